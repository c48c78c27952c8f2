// Opens the search, which is loaded then.

const trigger = document.querySelector(".atlas-search");
const label = trigger.querySelector("span");
let loaded;
let opening;

function load() {
  loaded ??= import("./search-modal.js").then(({ loadModal }) => loadModal(trigger)).catch((error) => {
    loaded = undefined;
    console.error(error);
    label.textContent = trigger.dataset.failed;
  });
  return loaded;
}

// Nothing typed is lost.
function fieldFor(entry, text) {
  const field = document.createElement("input");
  Object.assign(field, { type: "search", className: entry.className, placeholder: text, ariaLabel: text });
  entry.replaceWith(field);
  return field;
}

function open(field) {
  opening ??= load().then((show) => {
    opening = undefined;
    if (!trigger.isConnected) field.replaceWith(trigger);
    trigger.focus();
    show?.(field.value);
    field.value = "";
  });
}

function begin() {
  if (opening) return;
  const field = fieldFor(trigger, label.textContent);
  field.focus();
  open(field);
}

trigger.addEventListener("pointerenter", load, { once: true });
trigger.addEventListener("click", begin);

for (const link of document.querySelectorAll(".page--home > p > a:only-child")) {
  const field = fieldFor(link, link.textContent);
  field.addEventListener("focus", load);
  field.addEventListener("input", () => open(field));
}

if (new URLSearchParams(location.search).has(trigger.name)) load();
document.addEventListener("atlas-search", (event) => load().then((show) => show?.(event.detail)));

// Material would take the slash.
document.addEventListener("keydown", (event) => {
  const isTyped = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select");
  const isAsked = event.ctrlKey || event.metaKey ? event.key === "k" && !event.shiftKey : event.key === "/" && !isTyped;
  if (!isAsked || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  begin();
}, true);
