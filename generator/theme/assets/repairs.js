// What Material lacks.

const REPAIRS = {
  ".headerlink:not([aria-label])": (link) => {
    link.dataset.clipboardText = link.href;
    link.ariaLabel = `# ${link.parentElement.textContent.replace(/#\s*$/, "")}`;
  },
  ".md-code__nav": (nav) => { nav.role = "none"; },
  ".md-typeset__scrollwrap": (wrap) => { if (wrap.scrollWidth > wrap.clientWidth) wrap.tabIndex = 0; },
};

function repair() {
  for (const [selector, mend] of Object.entries(REPAIRS)) document.querySelectorAll(selector).forEach(mend);
}

new MutationObserver(repair).observe(document.body, { childList: true, subtree: true });
repair();

document.addEventListener("selectionchange", () => document.querySelector("math") && import("./formulas.js"), { once: true });
