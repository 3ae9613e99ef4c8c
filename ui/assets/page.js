// The page as a whole: its language for the browser and screen readers, Gradio's own English
// labels, light and dark. Runs once when the page has been loaded.
//
// Gradio has no Kazakh and does not let its labels be translated from Python, therefore they are
// replaced as they appear. Which words to use stands in the head of the page (data-page).
() => {
  const root = document.documentElement;
  const original = new WeakMap(); // element -> { attribute: Gradio's own English }
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
  const translate = (element, name) => {
    const now = element.getAttribute(name);
    if (now === null) return;
    const known = original.get(element) ?? {};
    const english = known[name]?.shown === now ? known[name].english : now;
    const shown = page.builtIn[english] ?? english;
    original.set(element, { ...known, [name]: { english, shown } });
    set(element, name, shown);
  };
  const translateText = (element) => {
    const english = element.dataset.english ?? element.textContent.trim();
    const shown = page.builtIn[english];
    if (shown === undefined) return;
    element.dataset.english = english;
    if (element.textContent !== shown) element.textContent = shown;
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
    readPage();
    showTheme();
    nameTheSwitch();
    unlabelMessages();
    for (const element of document.querySelectorAll(labelled)) {
      translate(element, "aria-label");
      translate(element, "title");
    }
    for (const element of document.querySelectorAll(".toast-title, .toast-text"))
      translateText(element);
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
