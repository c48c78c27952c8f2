// What Material's copy button, links to places and wide tables lack.

const REPAIRS = {
  ".headerlink": (link) => { link.dataset.clipboardText = link.href; },
  ".md-code__nav": (nav) => nav.setAttribute("role", "none"),
  ".md-typeset__scrollwrap": (wrap) => { if (wrap.scrollWidth > wrap.clientWidth) wrap.tabIndex = 0; },
};

function repair() {
  for (const [selector, mend] of Object.entries(REPAIRS)) document.querySelectorAll(selector).forEach(mend);
}

new MutationObserver(repair).observe(document.body, { childList: true, subtree: true });
repair();

// Whoever selects a formula may copy it.
document.addEventListener("selectionchange", () => document.querySelector("math") && import("./formulas.js"), { once: true });
