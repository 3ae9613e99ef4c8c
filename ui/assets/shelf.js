// The list of conversations: what is pressed in it becomes an event for Python. Renaming and
// deleting are asked once more inside the list. On a narrow screen the list comes over the chat.
const hide = (part, hidden) => part?.toggleAttribute("hidden", hidden);
const row = (target) => target.closest("li[data-id]");
const form = (item, name) => item.querySelector(`.${name}`);

const settle = (item) => {
  for (const name of ["renaming", "deleting"]) hide(form(item, name), true);
  hide(item.querySelector(".open"), false);
  hide(item.querySelector(".tools"), false);
};

const unfold = (item, name) => {
  settle(item);
  hide(item.querySelector(".open"), name === "renaming");
  hide(item.querySelector(".tools"), true);
  hide(form(item, name), false);
  form(item, name).querySelector("input, .cancel").focus();
};

const showList = (shown) => {
  document.body.classList.toggle("shelf-open", shown);
  document.querySelector(".shelf-switch")?.setAttribute("aria-expanded", String(shown));
};

document.addEventListener("click", (event) => {
  const target = event.target;
  if (target.closest(".shelf-switch")) {
    showList(!document.body.classList.contains("shelf-open"));
    if (document.body.classList.contains("shelf-open")) element.querySelector(".new")?.focus();
    return;
  }
  if (!target.closest("#shelf")) {
    showList(false);
    return;
  }
  if (target.closest(".new")) {
    showList(false);
    trigger("fresh", {});
    return;
  }
  const item = row(target);
  if (!item) return;
  if (target.closest(".open")) {
    showList(false);
    trigger("opened", { target_name: item.dataset.id });
  } else if (target.closest(".rename")) unfold(item, "renaming");
  else if (target.closest(".delete")) unfold(item, "deleting");
  else if (target.closest(".cancel")) {
    settle(item);
    item.querySelector(".open").focus();
  } else if (target.closest(".sure")) trigger("removed", { target_name: item.dataset.id });
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("#shelf .renaming")) return;
  event.preventDefault();
  const title = event.target.querySelector("input").value;
  trigger("renamed", { target_name: row(event.target).dataset.id, title });
});

let waiting = null;
document.addEventListener("input", (event) => {
  if (event.target.id !== "shelf-find") return;
  clearTimeout(waiting);
  waiting = setTimeout(() => trigger("sought", { words: event.target.value }), 250);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const item = event.target.closest?.("#shelf li[data-id]");
  if (item) {
    settle(item);
    item.querySelector(".open").focus();
  } else if (document.body.classList.contains("shelf-open")) {
    showList(false);
    document.querySelector(".shelf-switch")?.focus();
  }
});

// The list is drawn anew while somebody types into its box: the caret goes back to where it was.
watch("value", () => {
  const box = element.querySelector("#shelf-find");
  if (box && box.value && document.activeElement === document.body) {
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }
});
