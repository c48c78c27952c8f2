// Find a paper, a metric or a kind of parts by what it is called: a field above the index of all, its query in the address.

import { element, placeBelowTitle } from "./element.js";
import { NothingFound } from "./nothing-found.js";
import { PaperIndex } from "./paper-index.js";
import { _, ngettext } from "./texts.js";

const ROOT = new URL("../", import.meta.url);
const INDEXES = {
  papers: {
    place: (slug) => `papers/${slug}/`,
    label: _("Find a paper by title, typos forgiven"),
    found: _("Papers found"),
    none: _("No paper found."),
    count: (number) => ngettext("%(number)s paper", "%(number)s papers", number),
    failed: _("The papers cannot be read. Is the connection down? Reload the page to try again."),
  },
  metrics: {
    place: (address) => address,
    label: _("Find a metric, typos forgiven"),
    found: _("Metrics found"),
    none: _("No metric found."),
    count: (number) => ngettext("%(number)s metric", "%(number)s metrics", number),
    failed: _("The metrics cannot be read. Is the connection down? Reload the page to try again."),
  },
  parts: {
    place: (address) => address,
    label: _("Find a kind of parts, typos forgiven"),
    found: _("Kinds of parts found"),
    none: _("No kind of parts found."),
    count: (number) => ngettext("%(number)s kind of parts", "%(number)s kinds of parts", number),
    failed: _("The parts cannot be read. Is the connection down? Reload the page to try again."),
  },
};
const [NAME] = location.href.slice(ROOT.href.length).split("/");
const INDEX = INDEXES[NAME];
const SHOWN = 30;

function entry(paper) {
  const item = element("li", {}, element("a", { href: new URL(INDEX.place(paper.slug), ROOT).href }, paper.title));
  if (paper.names.length) item.append(` (${paper.names.join(", ")})`);
  item.append(" ", element("em", {}, paper.counts));
  return item;
}

class PaperFinder {
  constructor(root) {
    this.root = root;
    this.input = element("input", { type: "search", id: "paper-query", autocomplete: "off", spellcheck: false });
    this.input.addEventListener("focus", () => this.open().catch(() => {}), { once: true });
    this.input.addEventListener("input", () => this.find());
    this.form = element("form", { role: "search" }, element("label", { htmlFor: "paper-query" }, INDEX.label), this.input);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.links()[0]?.focus();
    });
    this.status = element("p", { className: "finder__status", role: "status" });
    this.list = element("ul", { "aria-label": INDEX.found });
    this.nothing = new NothingFound();
    root.addEventListener("keydown", (event) => this.step(event));
    root.replaceChildren(this.form, this.status, this.list, this.nothing.root);
    root.classList.add("finder");
    this.input.value = new URLSearchParams(location.search).get("q") || "";
    this.find();
  }

  query() {
    return this.input.value.trim();
  }

  links() {
    return [...this.list.querySelectorAll("a")];
  }

  // All names, from the moment somebody wants one.
  open() {
    this.index ??= PaperIndex.open(new URL(`data/${NAME}.json`, ROOT));
    return this.index;
  }

  async find() {
    const query = this.query();
    this.remember(query);
    this.root.classList.toggle("finder--asked", Boolean(query));
    try {
      const found = query ? (await this.open()).search(query) : [];
      // While the names were being read, the reader wrote on.
      if (query === this.query()) this.show(query, found);
    } catch (error) {
      console.error(error);
      this.root.classList.remove("finder--asked");
      this.status.textContent = INDEX.failed;
    }
  }

  remember(query) {
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  show(query, found) {
    this.list.replaceChildren(...found.slice(0, SHOWN).map(entry));
    this.nothing.show(query, !found.length);
    this.status.textContent = query ? said(found.length) : "";
  }

  // Up and down, through the field and the results.
  step(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [this.input, ...this.links()];
    const at = stops.indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    stops[at + step]?.focus();
  }
}

function said(number) {
  if (!number) return INDEX.none;
  const all = INDEX.count(number);
  return number > SHOWN ? _("The best %(some)s of %(all)s. Another word narrows them.", { some: SHOWN, all }) : all;
}

new PaperFinder(placeBelowTitle("paper-finder"));
