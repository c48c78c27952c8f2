// What screen readers miss in Material's copy button and wide tables; and links to places copy their address.

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
