// Opens the search, and loads it only then: most never search.

const trigger = document.querySelector(".atlas-search");
const parts = new URL(trigger.dataset.parts, document.baseURI);
let loaded;

function load() {
  loaded ??= import("./search-modal.js").then(({ loadModal }) => loadModal(parts)).catch((error) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function open(query) {
  try {
    (await load())(query);
  } catch (error) {
    console.error(error);
    trigger.lastElementChild.textContent = "Search is unreachable";
  }
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
  const isShortcut = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const isTyped = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select");
  const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyped;
  if (!isShortcut && !isSlash) return;
  event.preventDefault();
  event.stopPropagation();
  open();
}, true);
