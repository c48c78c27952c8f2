// Opens the search, and loads it only then: most never search.

const trigger = document.querySelector(".atlas-search");
const NAME = trigger.querySelector("span").textContent;
let loaded;
let opening;

function load() {
  loaded ??= import("./search-modal.js").then(({ loadModal }) => loadModal(trigger)).catch((error) => {
    loaded = undefined;
    console.error(error);
    trigger.querySelector("span").textContent = trigger.dataset.failed;
  });
  return loaded;
}

// Nothing that is typed before the search is there is lost.
function fieldFor(entry, placeholder) {
  const field = document.createElement("input");
  Object.assign(field, { type: "search", className: entry.className, placeholder, ariaLabel: NAME });
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
  const field = fieldFor(trigger, NAME);
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
