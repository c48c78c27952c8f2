// Opens Pagefind's search from the header, with Ctrl-K, / or the home page's entry. Its parts are loaded when somebody
// turns to it: most visits follow a link and never search.

const trigger = document.querySelector(".atlas-search");
const modal = document.querySelector("pagefind-modal");
const parts = new URL(trigger.dataset.parts, document.baseURI);
let loaded;

function append(tag, properties) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement(tag), properties, { onload: resolve, onerror: reject }));
  });
}

function load() {
  // A classic script: as a module, Pagefind could not tell where it lies.
  loaded ??= Promise.all([
    append("link", { rel: "stylesheet", href: new URL("pagefind-component-ui.css", parts).href }),
    append("script", { src: new URL("pagefind-component-ui.js", parts).href }),
  ]);
  return loaded;
}

async function open(query = "") {
  try {
    await load();
  } catch {
    loaded = undefined;
    trigger.lastElementChild.textContent = "Search is unreachable";
    return;
  }
  modal.open();
  const input = modal.querySelector("input");
  if (query && input) {
    input.value = query;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

for (const entry of document.querySelectorAll(".atlas-search, .page--home > p > a:only-child")) {
  entry.addEventListener("pointerenter", () => load().catch(() => {}), { once: true });
  entry.addEventListener("focus", () => load().catch(() => {}), { once: true });
  entry.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
}

// Other parts of a page may ask for it, with words.
document.addEventListener("atlas-search", (event) => open(event.detail));

document.addEventListener("keydown", (event) => {
  const isShortcut = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!(isShortcut || isSlash) || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  // Material would take the slash for its own search, which is not there.
  event.preventDefault();
  event.stopPropagation();
  open();
}, true);
