// The search: Pagefind's dialog over every text, loaded when somebody turns to it.

import { element } from "./element.js";

const ROOT = new URL("../", import.meta.url);
const FILTERS = ["Kind", "Task", "Planner", "Model", "Action", "Metric", "Paper"];

function loaded(tag, properties) {
  return new Promise((onload, onerror) => document.head.append(element(tag, { ...properties, onload, onerror })));
}

function dialog() {
  const input = element("pagefind-input", { debounce: 100, placeholder: "Search traces, studies, papers, summaries" });
  const filters = FILTERS.map((label) =>
    element("pagefind-filter-dropdown", { filter: label.toLowerCase(), label, sort: label === "Metric" ? "count-desc" : "default", "hide-clear": "" }),
  );
  return element(
    "pagefind-modal",
    { "reset-on-close": "false" },
    element("pagefind-modal-header", {}, input),
    element(
      "pagefind-modal-body",
      {},
      element("div", { className: "search-filters" }, ...filters),
      element("pagefind-summary", { "default-message": "Every trace, study, paper and summary." }),
      element("pagefind-results"),
    ),
    element("pagefind-modal-footer", {}, finder, element("pagefind-keyboard-hints")),
  );
}

// What the search cannot find, perhaps because it is misspelt, the finder looks for without being told again.
const finder = element("a", { className: "search-finder", href: new URL("papers/", ROOT).href }, "Find a paper by title");

function takeWords({ target }) {
  if (target.type === "search") finder.search = target.value && new URLSearchParams({ q: target.value });
}

// Pagefind's filters are comboboxes, which take no name from what they show; they may be drawn again.
function nameFilters(modal) {
  for (const filter of modal.querySelectorAll("[role=combobox]:not([aria-labelledby])")) {
    filter.firstElementChild.id = `${filter.id}-label`;
    filter.setAttribute("aria-labelledby", filter.firstElementChild.id);
  }
}

async function made() {
  await Promise.all([
    loaded("link", { rel: "stylesheet", href: new URL("pagefind/pagefind-component-ui.css", ROOT).href }),
    loaded("link", { rel: "stylesheet", href: new URL("assets/search.css", ROOT).href }),
    loaded("script", { src: new URL("pagefind/pagefind-component-ui.js", ROOT).href }),
  ]);
  const modal = dialog();
  modal.addEventListener("input", takeWords);
  new MutationObserver(() => nameFilters(modal)).observe(modal, { childList: true, subtree: true });
  document.body.append(element("pagefind-config", { "bundle-path": new URL("pagefind/", ROOT).pathname }), modal);
  return modal;
}

const ready = made();

// Open the dialog, with these words if there are any.
export async function open(words = "") {
  const modal = await ready;
  if (words) {
    const input = modal.querySelector("input");
    input.value = words;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  modal.open();
}
