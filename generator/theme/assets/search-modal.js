// Pagefind's dialog: its parts, the site's words in it, and the way from it to the finder of papers.

import { _, ngettext } from "./texts.js";

const FACETS = { kind: _("Kind"), model: _("Model"), planner: _("Planner"), action: _("Action"), metric: _("Metric"), task: _("Task") };
const SOUGHT = _("Search papers, studies, metrics");
const FOUND = _("Finds words in reasonings, plans and summaries, parts by other names too, and leads to the study that holds them.");
// Without a limit Pagefind draws a place for every result, which takes seconds where there are thousands.
const MODAL = `
<pagefind-config bundle-path="${new URL("search/", import.meta.url).href}"></pagefind-config>
<pagefind-modal-header>
  <pagefind-input placeholder="${SOUGHT}" debounce="120"></pagefind-input>
</pagefind-modal-header>
<pagefind-modal-body>
  <div class="atlas-facets">${Object.entries(FACETS).map(dropdown).join("")}</div>
  <pagefind-summary default-message="${FOUND}"></pagefind-summary>
  <pagefind-results max-results="30"></pagefind-results>
</pagefind-modal-body>
<pagefind-modal-footer>
  <a class="atlas-finder" href="papers/">${_("Find a paper by title, typos forgiven")}</a>
  <a class="atlas-finder" href="studies/">${_("All studies of these words")}</a>
  <pagefind-keyboard-hints></pagefind-keyboard-hints>
</pagefind-modal-footer>`;

function dropdown([filter, label]) {
  return `<pagefind-filter-dropdown filter="${filter}" label="${label}" sort="count-desc" hide-clear></pagefind-filter-dropdown>`;
}

function append(tag, properties) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement(tag), properties, { onload: resolve, onerror: reject }));
  });
}

// Resolves to what opens the dialog, with words to search for if there are any. The page's address keeps them under the
// name of the button that opens it, and what the results are narrowed to as `only`.
export async function loadModal(trigger) {
  const parts = new URL(trigger.dataset.parts, document.baseURI);
  // Pagefind's script finds its index beside itself, and takes up what is on the page by then.
  const modal = document.createElement("pagefind-modal");
  modal.innerHTML = MODAL;
  document.body.append(modal);
  try {
    await Promise.all([
      append("link", { rel: "stylesheet", href: new URL("pagefind-component-ui.css", parts).href }),
      append("link", { rel: "stylesheet", href: new URL("search-modal.css", import.meta.url).href }),
      append("script", { src: new URL("pagefind-component-ui.js", parts).href }),
    ]);
  } catch (error) {
    modal.remove();
    throw error;
  }
  new MutationObserver(() => name(modal)).observe(modal, { childList: true, subtree: true });
  document.addEventListener("keydown", closeValues, true);
  const { instance } = modal.querySelector("pagefind-summary");
  let found = {};
  let sought = {};
  instance.on("results", (results) => tell(modal, (found = results)));
  lead(modal, new URL("../", parts), () => found.instead);
  instance.on("search", (query, filters) => remember(trigger.name, (sought = { query, filters })));
  modal.querySelector("dialog").addEventListener("close", () => remember(trigger.name, {}));
  const show = (query, only = []) => {
    if (query) instance.triggerSearchWithFilters(query, filtersIn(only));
    else remember(trigger.name, sought);
    open(modal);
  };
  const restore = () => {
    const given = new URLSearchParams(location.search);
    if (given.get(trigger.name)) show(given.get(trigger.name), given.getAll("only"));
    else modal.close();
  };
  // Searches that are begun before Pagefind has its index end in any order, and the last to end would be shown.
  await instance.triggerLoad();
  addEventListener("popstate", restore);
  restore();
  return show;
}

function open(modal) {
  modal.open();
  // Right after it was closed Pagefind still takes it for open, until the browser says that it is closed.
  const dialog = modal.querySelector("dialog");
  if (!dialog.open) dialog.addEventListener("close", () => modal.open(), { once: true });
}

// The search stands in the page's address while the dialog is open: to share, to reload, to go back to.
function remember(words, { query, filters }) {
  const address = new URL(location.href);
  const { searchParams: given } = address;
  given.delete(words);
  given.delete("only");
  if (query) given.set(words, query);
  for (const [facet, values] of Object.entries((query && filters) || {})) {
    for (const value of values) given.append("only", `${facet}:${value}`);
  }
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

function filtersIn(only) {
  const filters = {};
  for (const one of only) {
    const [facet, ...value] = one.split(":");
    if (Object.hasOwn(FACETS, facet)) (filters[facet] ??= []).push(value.join(":"));
  }
  return filters;
}

// What was found instead where a word stands nowhere.
function tell(modal, { instead, isByTitle, results }) {
  if (!instead && !isByTitle) return;
  const { value } = modal.querySelector("input");
  const found = isByTitle
    ? ngettext("%(number)s paper with a title like it", "%(number)s papers with a title like it", results.length)
    : ngettext("%(number)s result for “%(instead)s” instead", "%(number)s results for “%(instead)s” instead", results.length, { instead });
  const nothing = _("No page has all of “%(words)s”.", { words: value });
  modal.querySelector(".pf-summary").textContent = `${nothing} ${found}`;
}

// To the finder of papers and the explorer of studies, with what was sought here, or instead of it; and out of the way of a place
// on the page beneath.
function lead(modal, root, instead) {
  modal.addEventListener("click", (event) => {
    if (event.target.closest("a")?.pathname === location.pathname) modal.close();
  });
  for (const link of modal.querySelectorAll(".atlas-finder")) {
    const address = new URL(link.getAttribute("href"), root);
    link.href = address.href;
    link.addEventListener("click", () => {
      address.searchParams.set("q", instead() || modal.querySelector("input").value);
      link.href = address.href;
    });
  }
}

// Pagefind's drop-downs hide their names behind a role, and scroll without the keyboard.
function name(modal) {
  for (const trigger of modal.querySelectorAll(".pf-dropdown-trigger:not([aria-label])")) {
    trigger.setAttribute("aria-label", trigger.closest("[label]").getAttribute("label"));
  }
  for (const list of modal.querySelectorAll(".pf-dropdown-menu, .pf-dropdown-options")) list.tabIndex = 0;
}

// What was opened last is closed first: Pagefind would close the search below its list of values.
function closeValues(event) {
  const values = event.key === "Escape" && document.querySelector(".pf-dropdown-trigger[aria-expanded=true]");
  if (!values) return;
  event.preventDefault();
  event.stopPropagation();
  values.click();
}
