// The page as a whole: its language for the browser and screen readers, Gradio's own English
// labels, light and dark, copying. Runs once when the page has been loaded.
//
// Gradio has no Kazakh and does not let its labels be translated from Python, therefore they are
// replaced as they appear. Which words to use stands in the head of the page (data-page).
() => {
  const root = document.documentElement;
  const original = new WeakMap(); // element -> what Gradio said in English, and what is shown for it
  let page = { language: "kk", builtIn: {}, languages: "" };

  const keep = {
    read: (name) => {
      try {
        return localStorage.getItem(name);
      } catch {
        return null;
      }
    },
    write: (name, value) => {
      try {
        localStorage.setItem(name, value);
      } catch {
        // a browser that keeps nothing forgets the choice, and works
      }
    },
  };

  // Light and dark

  const system = matchMedia("(prefers-color-scheme: dark)");
  const applyTheme = () => {
    const chosen = keep.read("dayek-theme");
    const dark = chosen ? chosen === "dark" : system.matches;
    document.body.classList.toggle("dark", dark);
    root.style.colorScheme = dark ? "dark" : "light";
    showTheme();
  };
  const showTheme = () => {
    const button = document.querySelector("#theme button");
    const dark = String(document.body.classList.contains("dark"));
    if (button && button.getAttribute("aria-pressed") !== dark)
      button.setAttribute("aria-pressed", dark);
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#theme button")) return;
    keep.write("dayek-theme", document.body.classList.contains("dark") ? "light" : "dark");
    applyTheme();
  });
  system.addEventListener("change", applyTheme);

  // Language

  const readPage = () => {
    const carrier = document.querySelector("#brand [data-page]");
    if (carrier) page = JSON.parse(carrier.dataset.page);
    if (root.lang !== page.language) root.lang = page.language;
  };
  const set = (element, name, value) => {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  };
  // What Gradio says now, in the page's language; what stands there may be our own earlier word.
  const inOurWords = (element, part, now) => {
    const known = original.get(element) ?? {};
    const english = known[part]?.shown === now ? known[part].english : now;
    const shown = page.builtIn[english] ?? english;
    original.set(element, { ...known, [part]: { english, shown } });
    return shown;
  };
  const translate = (element, name) => {
    const now = element.getAttribute(name);
    if (now !== null) set(element, name, inOurWords(element, name, now));
  };
  const translateText = (element) => {
    const shown = inOurWords(element, "text", element.textContent.trim());
    if (element.textContent.trim() !== shown) element.textContent = shown;
  };
  const nameTheSwitch = () => {
    const group = document.querySelector("#language");
    if (!group) return;
    set(group, "role", "radiogroup");
    set(group, "aria-label", page.languages);
    // One name makes them one group for the arrow keys; Gradio gives each its own.
    for (const input of group.querySelectorAll("input")) {
      set(input, "name", "dayek-language");
      set(input.parentElement, "lang", input.value);
    }
  };
  // Gradio reads out the source of a message; without its label the message itself is read.
  const unlabelMessages = () => {
    for (const message of document.querySelectorAll("#chat [data-testid][aria-label]"))
      message.removeAttribute("aria-label");
  };
  const labelled = "button[aria-label], button[title], [role=log][aria-label], [role=status][aria-label]";
  const review = () => {
    follow();
    readPage();
    showTheme();
    nameTheSwitch();
    unlabelMessages();
    for (const element of document.querySelectorAll(labelled)) {
      translate(element, "aria-label");
      translate(element, "title");
    }
    for (const element of document.querySelectorAll(".toast-title, .toast-message-text, #chat .sr-only"))
      translateText(element);
  };

  // Reading: a new question goes to the top and the answer grows below it, so that it is read from
  // its beginning. Whoever scrolls or presses something in the chat reads on undisturbed.

  let questions = 0;
  let following = false;
  const follow = () => {
    const rows = document.querySelectorAll("#chat .user-row");
    if (rows.length > questions) following = true;
    questions = rows.length;
    if (following && questions) rows[questions - 1].scrollIntoView({ block: "start" });
  };
  for (const sign of ["wheel", "touchmove", "pointerdown", "keydown"])
    document.addEventListener(sign, (event) => {
      if (event.target.closest?.("#chat")) following = false;
    });

  // Copying, for every part of the page. Older browsers, and pages without https, have no clipboard
  // to write to.

  const copyTheOldWay = (text) => {
    const before = document.activeElement;
    const field = document.createElement("textarea");
    field.value = text;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus();
    return done;
  };
  window.copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyTheOldWay(text);
    }
  };

  let planned = false;
  const plan = () => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      review();
    });
  };
  new MutationObserver(plan).observe(root, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["aria-label", "title", "lang", "data-page", "name"],
  });
  applyTheme();
  review();
}
