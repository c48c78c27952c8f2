// What screen readers miss in parts that other people's scripts put up, until they mend it: Material's copy button
// stands in a landmark without a name of its own and wide tables scroll without the keyboard, Pagefind's drop-downs hide
// their names behind a role. And links to places copy their address too, as Material's buttons do.

const REPAIRS = {
  ".headerlink": (link) => { link.dataset.clipboardText = link.href; },
  ".pf-dropdown-menu": (menu) => { menu.tabIndex = 0; },
  ".md-code__nav": (nav) => nav.setAttribute("role", "none"),
  ".md-typeset__scrollwrap": (wrap) => { if (wrap.scrollWidth > wrap.clientWidth) wrap.tabIndex = 0; },
  ".pf-dropdown-trigger": (trigger) => trigger.setAttribute("aria-label", trigger.closest("[label]").getAttribute("label")),
};

function repair() {
  for (const [selector, mend] of Object.entries(REPAIRS)) document.querySelectorAll(selector).forEach(mend);
}

new MutationObserver(repair).observe(document.body, { childList: true, subtree: true });
repair();
