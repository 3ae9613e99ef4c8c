// The citation panel: what is pressed in the chat or in the panel becomes an event for Python,
// and what Python has put into the panel is brought into view.
//
// Runs once, with `element`, `trigger` and `watch` given by Gradio. The listeners sit on the
// document because the chat draws its messages anew while an answer is being written.
const links = 'a[href^="#cite-"], a[href^="#near-"]';
const shown = () => element.querySelector(".panel.open");
let opener = null; // the link that was pressed, to give the focus back to
let arriving = false; // whether the next content was asked for by the reader

// One request at a time: of two on the way the earlier might be answered last, and a panel that was
// opened again just after it was closed would be closed by that.
const PATIENCE = 2000; // ms after which the answer is taken to have changed nothing
let waiting = 0; // timer of the request on the way, 0 when there is none
let next = null; // what was pressed last meanwhile

const send = (event, data) => {
  if (waiting) {
    next = [event, data];
    return;
  }
  arriving = event === "open";
  waiting = setTimeout(answered, PATIENCE);
  trigger(event, data);
};

const answered = () => {
  clearTimeout(waiting);
  waiting = 0;
  if (!next) return;
  const [event, data] = next;
  next = null;
  send(event, data);
};

const arrive = () => {
  bringIntoView();
  opener?.scrollIntoView({ block: "nearest" });
  element.querySelector("h2")?.focus({ preventScroll: true });
};

const ask = (name) => {
  if (shown()?.dataset.target === name) arrive();
  else send("open", { target_name: name });
};

const close = () => {
  if (!shown()) return;
  const name = shown().dataset.target;
  const back =
    opener?.isConnected && opener.getAttribute("href") === `#${name}`
      ? opener
      : document.querySelector(`#chat a[href="#${name}"]`);
  shown().remove();
  markShown();
  back?.focus();
  send("shut", {});
};

const mark = (name) => {
  for (const link of document.querySelectorAll(links))
    link.classList.toggle("shown", link.getAttribute("href") === `#${name}`);
};

const bringIntoView = () => {
  const body = element.querySelector(".body");
  const cited = element.querySelector("mark");
  if (!body || !cited) return;
  const above = cited.getBoundingClientRect().top - body.getBoundingClientRect().top;
  const room = Math.max(0, (body.clientHeight - cited.getBoundingClientRect().height) / 2);
  body.scrollTop += above - Math.min(room, body.clientHeight / 3);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest(links);
  if (link) {
    event.preventDefault();
    // From the reader a link leads back to the chat.
    if (!link.closest("#chat")) document.querySelector("#chat-tab-button")?.click();
    opener = link;
    ask(link.getAttribute("href").slice(1));
    return;
  }
  const step = event.target.closest("#panel button[data-target]");
  if (step) ask(step.dataset.target);
  if (event.target.closest("#panel button.close")) close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

const markShown = () => mark(shown()?.dataset.target ?? null);
new MutationObserver(markShown).observe(document.querySelector("#chat") ?? document.body, {
  childList: true, // messages drawn anew, in another language for instance
  subtree: true,
});

watch("value", () => {
  markShown();
  if (arriving && shown()) arrive();
  else bringIntoView();
  arriving = false;
  answered();
});
