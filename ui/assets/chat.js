// What can be done in the chat: the buttons of answers and questions become events for Python,
// copying happens here, and pointing at a marker shows its quotation.
//
// The chat draws its messages anew while an answer is written, and strips what screen readers need:
// the listeners sit on the document, and labels are put back as messages appear.
const chat = () => document.querySelector("#chat");
const reply = (part) => part.closest(".reply");

// Buttons

const say = (place, name) => {
  for (const other of place.querySelectorAll(".said")) other.classList.remove("now");
  const said = place.querySelector(`.said.${name}`);
  if (!said) return;
  said.setAttribute("role", "status");
  said.classList.add("now");
  setTimeout(() => said.classList.remove("now"), 4000);
};

const copy = async (button) => {
  const text = reply(button).querySelector(`.copied-text.${button.name}`)?.textContent ?? "";
  const done = await window.copyText(text); // page.js
  button.focus();
  say(button.closest(".acts"), done ? "copied" : "not-copied");
};

const remarkOf = (button) => reply(button).querySelector(".remark-text")?.value ?? "";

// A message may be drawn anew just when its thumb was pressed, from what was known before.
const justJudged = new Map(); // index of the exchange -> name of the thumb, or "none"

const judge = (button) => {
  const liked = button.classList.contains("on") ? "none" : button.name;
  justJudged.set(button.value, liked);
  setTimeout(() => justJudged.delete(button.value), 3000);
  label();
  trigger("act", { name: liked, index: Number(button.value), text: remarkOf(button) });
};

const act = (button) => {
  if (button.name === "copy" || button.name === "copy-md") copy(button);
  else if (button.name === "good" || button.name === "bad") judge(button);
  else if (button.name === "remark") {
    const thumb = reply(button).querySelector(".thumb.on")?.name ?? "none";
    trigger("act", { name: thumb, index: Number(button.value), text: remarkOf(button) });
    say(button.closest(".remarking"), "saved");
  } else if (button.name === "edit") trigger("edit", { index: Number(button.value) });
  else if (button.name === "retry") trigger("retry", { index: Number(button.value) });
  else if (button.name === "check") {
    trigger("check", { index: Number(button.value) });
    document.querySelector("#desk-tab-button")?.click();
  }
};

document.addEventListener("click", (event) => {
  const target = event.target;
  const button = target.closest("#chat button.act");
  if (button) act(button);
  const example = target.closest("#chat button.example");
  if (example) trigger("example", { index: Number(example.value) });
  const chapter = target.closest("#chat button.chapter");
  if (chapter) trigger("chapter", { target_name: chapter.name });
  const offer = target.closest("#offers button.offer");
  if (offer) trigger("offer", { index: Number(offer.dataset.offer) });
  if (target.closest("#banner button.cancel")) trigger("uneditable", {});
  const wanted = target.closest("#bar button.export");
  if (wanted) {
    wanted.closest("details").open = false;
    trigger("wanted", { format: wanted.dataset.format });
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("#chat .remark-text")) return;
  event.preventDefault();
  event.target.closest(".remarking").querySelector("button[name=remark]").click();
});

const label = () => {
  for (const thumb of document.querySelectorAll("#chat .thumb")) {
    const liked = justJudged.get(thumb.value);
    if (liked !== undefined) {
      thumb.classList.toggle("on", thumb.name === liked);
      reply(thumb).querySelector(".remarking")?.classList.toggle("open", liked !== "none");
    }
    const pressed = String(thumb.classList.contains("on"));
    if (thumb.getAttribute("aria-pressed") !== pressed) thumb.setAttribute("aria-pressed", pressed);
  }
};

// The quotation beside a marker: it comes for the pointer and the keyboard alike, can itself be
// pointed at, and goes with Escape.

const card = document.createElement("div");
card.id = "hover-card";
card.setAttribute("role", "tooltip");
card.hidden = true;
document.body.append(card);
let shownFor = null;
let leaving = null;

const hideCard = () => {
  shownFor?.removeAttribute("aria-describedby");
  shownFor = null;
  card.hidden = true;
};

const showCard = (marker) => {
  clearTimeout(leaving);
  if (shownFor === marker && !card.hidden) return;
  const source = reply(marker)?.querySelector(`a.place[href="${marker.getAttribute("href")}"]`);
  if (!source) return;
  hideCard();
  const address = document.createElement("strong");
  address.textContent = source.textContent;
  const quoted = source.parentElement.querySelector(".quoted").cloneNode(true);
  card.replaceChildren(address, quoted);
  card.hidden = false;
  shownFor = marker;
  marker.setAttribute("aria-describedby", card.id);
  putBeside(marker);
};

const putBeside = (marker) => {
  const at = marker.getBoundingClientRect();
  const size = card.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left - 20), innerWidth - size.width - 8);
  const below = at.bottom + 6 + size.height < innerHeight;
  card.style.left = `${left}px`;
  card.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)}px`;
};

const leave = () => {
  clearTimeout(leaving);
  leaving = setTimeout(hideCard, 200);
};

const marker = (event) => event.target.closest?.("#chat a.marker");
document.addEventListener("mouseover", (event) => {
  const over = marker(event);
  if (over) showCard(over);
  else if (event.target.closest?.("#hover-card")) clearTimeout(leaving);
  else if (shownFor && document.activeElement !== shownFor) leave();
});
document.addEventListener("focusin", (event) => {
  const over = marker(event);
  if (over?.matches(":focus-visible")) showCard(over);
  else if (shownFor) hideCard();
});
document.addEventListener("click", (event) => {
  if (shownFor && !event.target.closest("#hover-card")) hideCard();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hideCard();
});
document.addEventListener(
  "scroll",
  (event) => {
    if (!shownFor || event.target === card) return;
    if (shownFor.matches(":hover, :focus-visible")) putBeside(shownFor);
    else hideCard();
  },
  true,
);

new MutationObserver(() => {
  label();
  if (shownFor && !shownFor.isConnected) hideCard();
}).observe(chat() ?? document.body, { childList: true, subtree: true });
