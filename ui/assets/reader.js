// The reader: links to places of the work become events for Python and steps of the browser's
// history; what Python has drawn is brought into view. Gradio gives `trigger`.
//
// It belongs to an element outside the reader's tab, because a tab does not exist before it is
// looked at, and links to places stand in the chat too. The listeners sit on the document.
const ours = /[?&](p|about|conflicts)=/;
const page = () => document.querySelector("#reading .reading");
const part = (selector) => document.querySelector(`#reading ${selector}`);
const tab = (name) => document.querySelector(`#${name}-tab-button`);
const selected = (button) => button?.getAttribute("aria-selected") === "true";
let arriving = false; // whether the next drawing was asked for by the reader
let asked = false; // whether anything was asked for yet
let place = { section: null, top: 0 }; // where the reader has scrolled to

const pause = (time) => new Promise((resume) => setTimeout(resume, time));

// Brings the reader to the front. While the page is being put together there are no tabs yet, or
// Gradio goes back to the first one: it is tried until it holds, five seconds long.
const select = async () => {
  for (let tries = 0; tries < 100; tries += 1) {
    if (document.querySelector("#reader")?.checkVisibility()) return;
    if (!selected(tab("reader"))) tab("reader")?.click();
    await pause(50);
  }
};

const visit = (query, { push = true, arrive = true } = {}) => {
  if (push && location.search !== query) history.pushState(null, "", query);
  if (arrive) select();
  arriving = arrive;
  asked = true;
  trigger("visit", { query });
};

// Search

const words = () => document.querySelector("#reading-words")?.value.trim() ?? "";

const seek = (text, listed = 0) => trigger("seek", { words: text, listed });

const clear = () => {
  const box = document.querySelector("#reading-words");
  box.value = "";
  box.focus();
  seek("");
};

const among = (step) => {
  const links = [...document.querySelectorAll("#reading-found .places a")];
  const at = links.indexOf(document.activeElement) + step;
  if (at < 0) document.querySelector("#reading-words")?.focus();
  else links[at]?.focus();
};

// Copying links

const tell = (name) => {
  const said = page()?.querySelector(".bar [role=status]");
  if (said) said.textContent = said.dataset[name];
};

const copy = async (query) => {
  const done = await window.copyText(new URL(query, location.href).href); // page.js
  if (!done) history.pushState(null, "", query); // then it can be taken from the address bar
  tell(done ? "copied" : "failed");
};

const pieceOf = (node) =>
  (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest("[data-start]");

// Offsets are code points; a string of the browser counts some letters twice.
const offset = (piece, node, at) => {
  const range = document.createRange();
  range.selectNodeContents(piece);
  if (node) range.setEnd(node, at);
  return Number(piece.dataset.start) + Array.from(range.toString()).length;
};

const chosen = () => {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const first = pieceOf(range.startContainer);
  if (!first?.closest("#reading")) return null;
  const last = pieceOf(range.endContainer);
  const start = offset(first, range.startContainer, range.startOffset);
  const end = last ? offset(last, range.endContainer, range.endOffset) : offset(first, null, 0);
  return start < end ? `?p=${start}-${end}` : null;
};

document.addEventListener("selectionchange", () => {
  const button = page()?.querySelector(".copy-selected");
  if (button) button.disabled = chosen() === null;
});

// On a narrow screen contents and search are folded away

const unfold = (open) => {
  document.querySelector("#reader")?.classList.toggle("unfolded", open);
  page()?.querySelector(".toggle")?.setAttribute("aria-expanded", String(open));
};

const toggle = () => {
  const open = !document.querySelector("#reader").classList.contains("unfolded");
  unfold(open);
  if (open) document.querySelector("#reading-words")?.focus();
};

// Events of the page

document.addEventListener("click", (event) => {
  const other = event.target.closest("[role=tab]");
  if (other && other !== tab("reader") && ours.test(location.search))
    history.pushState(null, "", location.pathname);
  const link = event.target.closest('a[href^="?"]');
  if (link && ours.test(link.getAttribute("href"))) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another window opens it
    event.preventDefault();
    visit(link.getAttribute("href"));
    return;
  }
  const button = event.target.closest("#reader button");
  if (!button) return;
  if (button.matches(".toggle")) toggle();
  if (button.matches(".gather") && words())
    visit(`?about=${encodeURIComponent(words())}`);
  if (button.matches(".found .close")) clear();
  if (button.matches(".found .more")) seek(words(), Number(button.value));
  if (button.matches(".copy")) copy(button.dataset.link);
  if (button.matches(".copy-selected") && chosen()) copy(chosen());
  if (button.matches(".save button")) trigger("save", { form: button.value });
});

document.addEventListener("mousedown", (event) => {
  // pressing the button must not take away the words that it is to link to
  if (event.target.closest("#reader .copy-selected")) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  if (!event.target.closest("#reading-search")) return;
  event.preventDefault();
  seek(words());
});

document.addEventListener("keydown", (event) => {
  if (!event.target.closest?.("#reading-found .places a, #reading-words")) return;
  if (event.key === "Escape" && words()) clear();
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  among(event.key === "ArrowDown" ? 1 : -1);
});

document.addEventListener(
  "scroll",
  (event) => {
    if (event.target.matches?.("#reading .body"))
      place = { section: page()?.dataset.section ?? null, top: event.target.scrollTop };
  },
  true,
);

addEventListener("popstate", () => {
  if (ours.test(location.search)) visit(location.search, { push: false });
  else if (selected(tab("reader"))) tab("chat")?.click();
});

// What was drawn

const markOutline = () => {
  const section = page()?.dataset.section;
  for (const link of document.querySelectorAll("#reading-outline [data-section]"))
    if (link.dataset.section === section) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
};

const bringIntoView = (focus) => {
  const body = part(".body");
  const opened = part("mark.opened");
  const target = opened ?? part(".problem") ?? part('.body [tabindex="-1"]');
  if (!body || !target) return;
  if (focus) target.focus({ preventScroll: true });
  body.scrollTop = 0;
  if (opened) {
    const from = opened.getBoundingClientRect().top - body.getBoundingClientRect().top;
    body.scrollTop = Math.max(0, from - body.clientHeight / 4);
  }
};

document.addEventListener("reading-drawn", async () => {
  markOutline();
  if (!page()) {
    // looked at for the first time, without a link: the work from its beginning
    if (!asked) visit("", { push: false, arrive: false });
    return;
  }
  if (arriving) {
    unfold(false);
    await select(); // what cannot be seen can be neither scrolled to nor focused
    // A list of what was found stays where it is: its reader goes on in it.
    if (!document.querySelector("#reading-found .places"))
      document.querySelector("#reading-outline [aria-current]")?.scrollIntoView({ block: "nearest" });
  }
  if (!arriving && page().dataset.section === place.section) part(".body").scrollTop = place.top;
  else bringIntoView(arriving);
  arriving = false;
  // The outline is drawn anew in another language.
  outline.disconnect();
  outline.observe(document.querySelector("#reading-outline"), { childList: true, subtree: true });
});
const outline = new MutationObserver(markOutline);

if (ours.test(location.search)) visit(location.search, { push: false });
