// What screen readers miss in parts that other people's scripts put up, until they mend it: Material's copy button
// stands in a landmark without a name of its own, Pagefind's drop-downs hide theirs behind a role.

const REPAIRS = {
  ".md-code__nav": (nav) => nav.setAttribute("role", "none"),
  ".pf-dropdown-trigger": (trigger) => trigger.setAttribute("aria-label", trigger.closest("[label]").getAttribute("label")),
};

function repair() {
  for (const [selector, mend] of Object.entries(REPAIRS)) document.querySelectorAll(selector).forEach(mend);
}

new MutationObserver(repair).observe(document.body, { childList: true, subtree: true });
repair();
