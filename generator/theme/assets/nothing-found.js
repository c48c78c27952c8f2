// What a page's own search offers where it finds nothing: the site's search, over all texts and forgiving typos.

import { button, element } from "./element.js";
import { _ } from "./texts.js";

export class NothingFound {
  constructor() {
    this.search = button("", { onclick: () => document.dispatchEvent(new CustomEvent("atlas-search", { detail: this.query })) });
    this.root = element("p", { className: "nothing-found", hidden: true }, `${_("Another spelling may find it.")} `, this.search);
  }

  // Shown for a query alone: nothing but words can be spelled otherwise.
  show(query, isNothing) {
    this.query = query;
    this.root.hidden = !query || !isNothing;
    this.search.textContent = _("Search all texts for “%(query)s”", { query });
  }
}
