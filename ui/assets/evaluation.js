// The evaluation tab: which measure is drawn, which runs are compared, the report in its frame.
// What was chosen stays chosen when the tab is drawn anew, as in another language.
const chosen = {};

const drawMeasure = () => {
  const select = element.querySelector("select.measure");
  if (!select) return;
  for (const figure of element.querySelectorAll("figure[data-measure]"))
    figure.toggleAttribute("hidden", figure.dataset.measure !== select.value);
};

const labelReport = () => {
  const button = element.querySelector("button.report");
  if (!button) return;
  const open = Boolean(document.querySelector("#evaluation-report iframe"));
  const said = open ? button.dataset.shut : button.dataset.open;
  if (button.textContent === said) return; // else the observer below would call for ever
  button.setAttribute("aria-expanded", String(open));
  button.textContent = said;
  if (open) document.querySelector("#evaluation-report iframe").scrollIntoView();
};

const restore = () => {
  for (const select of element.querySelectorAll("select")) {
    const value = chosen[select.name || "measure"];
    if (value && [...select.options].some((option) => option.value === value)) select.value = value;
  }
  drawMeasure();
  labelReport();
};

element.addEventListener("change", (event) => {
  const select = event.target.closest("select");
  if (!select) return;
  chosen[select.name || "measure"] = select.value;
  drawMeasure();
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target.closest("form.comparing");
  if (form) trigger("juxtapose", { before: form.before.value, after: form.after.value });
});

element.addEventListener("click", (event) => {
  const button = event.target.closest("button.report");
  if (button) trigger("report", { open: button.getAttribute("aria-expanded") !== "true" });
});

watch("value", restore);

new MutationObserver(labelReport).observe(element.closest("#evaluation-page") ?? document.body, {
  childList: true,
  subtree: true,
});

element.dataset.ready = "true";
