// The examiner's desk: what is pressed becomes an event for Python, which draws the desk anew; the
// focus stays on the statement that was just judged. Keys are told on the desk itself.
let focused = null; // number of the statement to give the focus back to, or "question"

const statement = (target) => target.closest?.("#desk-sheet .statement");
const pressed = (item) =>
  item.querySelector(".judge[aria-pressed=true]")?.dataset.judgement ?? "none";

const send = (item, judgement) => {
  focused = item.dataset.statement;
  trigger("judge", {
    statement: Number(item.dataset.statement),
    judgement,
    remark: item.querySelector(".remark")?.value ?? "",
  });
};

const toggle = (item, judgement) =>
  send(item, pressed(item) === judgement ? "none" : judgement);

document.addEventListener("click", (event) => {
  const target = event.target;
  if (!target.closest("#desk-sheet")) return;
  const choice = target.closest(".choose");
  if (choice) {
    focused = "question";
    trigger("choose", { position: Number(choice.dataset.position) });
    return;
  }
  const button = target.closest(".judge");
  if (button) toggle(statement(button), button.dataset.judgement);
  const wanted = target.closest(".export");
  if (wanted) trigger("wanted", { format: wanted.dataset.format });
  if (target.closest(".print")) window.print();
});

document.addEventListener("change", (event) => {
  if (event.target.matches?.("#desk-sheet .remark")) {
    const item = statement(event.target);
    send(item, pressed(item));
    focused = null; // whoever left the line has gone on to something else
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches?.("#desk-sheet form")) return;
  event.preventDefault();
  const name = form.elements.namedItem("name").value;
  focused = "question";
  if (form.matches(".sign")) trigger("sign", { name });
  else trigger("unsign", { name, reason: form.elements.namedItem("reason").value });
});

const KEYS = { 1: "supported", 2: "partly", 3: "unsupported" };
const STEPS = { KeyJ: 1, KeyK: -1 }; // the keys themselves, whatever the layout writes on them

document.addEventListener("keydown", (event) => {
  const item = statement(event.target);
  if (!item || event.target.matches("input") || event.ctrlKey || event.altKey || event.metaKey)
    return;
  const judgement = KEYS[event.key];
  if (judgement && item.querySelector(".judge")) {
    event.preventDefault();
    toggle(item, judgement);
  }
  const step = STEPS[event.code];
  if (!step) return;
  const items = [...element.querySelectorAll(".statement")];
  const next = items[items.indexOf(item) + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
});

watch("value", () => {
  if (focused === null) return;
  const place =
    focused === "question"
      ? element.querySelector("#desk-question")
      : element.querySelector(`.statement[data-statement="${focused}"]`);
  place?.focus({ preventScroll: focused !== "question" });
  focused = null;
});
