// Opens Pagefind's search from the header or the home page, with Ctrl-K or /. Its parts are loaded when somebody turns to it: most visits
// follow a link and never search.

const FACETS = { kind: "Kind", model: "Model", planner: "Planner", action: "Action", metric: "Metric", task: "Task" };
// Without a limit Pagefind draws a place for every result, which takes seconds where there are thousands.
const MODAL = `
<pagefind-modal-header>
  <pagefind-input placeholder="Search papers, studies, metrics" debounce="120"></pagefind-input>
</pagefind-modal-header>
<pagefind-modal-body>
  <div class="atlas-facets">${Object.entries(FACETS).map(dropdown).join("")}</div>
  <pagefind-summary default-message="Finds words in reasonings, plans and summaries, and leads to the study that holds them."></pagefind-summary>
  <pagefind-results max-results="30"></pagefind-results>
</pagefind-modal-body>
<pagefind-modal-footer>
  <a class="atlas-finder">Find a paper by title, typos forgiven</a>
  <pagefind-keyboard-hints></pagefind-keyboard-hints>
</pagefind-modal-footer>`;

const trigger = document.querySelector(".atlas-search");
const parts = new URL(trigger.dataset.parts, document.baseURI);
const papers = new URL("../papers/", parts);
let loaded;

function dropdown([filter, label]) {
  return `<pagefind-filter-dropdown filter="${filter}" label="${label}" sort="count-desc" hide-clear></pagefind-filter-dropdown>`;
}

function append(tag, properties) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement(tag), properties, { onload: resolve, onerror: reject }));
  });
}

async function loadModal() {
  // Pagefind's script finds its index beside itself, and takes up what is on the page by then.
  const modal = document.createElement("pagefind-modal");
  modal.innerHTML = MODAL;
  document.body.append(modal);
  try {
    await Promise.all([
      append("link", { rel: "stylesheet", href: new URL("pagefind-component-ui.css", parts).href }),
      append("script", { src: new URL("pagefind-component-ui.js", parts).href }),
    ]);
  } catch (error) {
    modal.remove();
    throw error;
  }
  lead(modal);
  return modal;
}

// To the finder of papers, with what was sought here; and out of the way of a place on the page beneath.
function lead(modal) {
  modal.addEventListener("click", (event) => {
    if (event.target.closest("a")?.pathname === location.pathname) modal.close();
  });
  const link = modal.querySelector(".atlas-finder");
  link.href = papers.href;
  link.addEventListener("click", () => {
    papers.searchParams.set("q", modal.querySelector("input").value);
    link.href = papers.href;
  });
}

function load() {
  loaded ??= loadModal().catch((error) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function open(query = "") {
  try {
    const modal = await load();
    modal.open();
    if (query) fill(modal.querySelector("input"), query);
  } catch (error) {
    console.error(error);
    trigger.lastElementChild.textContent = "Search is unreachable";
  }
}

function fill(input, query) {
  input.value = query;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const entry of document.querySelectorAll(".atlas-search, .page--home > p > a:only-child")) {
  for (const event of ["pointerenter", "focus"]) entry.addEventListener(event, () => load().catch(() => {}), { once: true });
  entry.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
}

// Other parts of a page may ask for it, with words.
document.addEventListener("atlas-search", (event) => open(event.detail));

// Material would take the slash for its own search, which is not there.
document.addEventListener("keydown", (event) => {
  // What was opened last is closed first: Pagefind would close the search below its list of values.
  const values = event.key === "Escape" && document.querySelector(".pf-dropdown-trigger[aria-expanded=true]");
  if (values) {
    event.preventDefault();
    event.stopPropagation();
    values.click();
    return;
  }
  const isShortcut = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!(isShortcut || isSlash) || event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select")) return;
  event.preventDefault();
  event.stopPropagation();
  open();
}, true);
