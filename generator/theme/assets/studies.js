// The study explorer: the choice lives in the address, everything shown follows from it.

import { button, element, placeBelowTitle } from "./element.js";
import { NothingFound } from "./nothing-found.js";
import { card } from "./study-card.js";
import { Facet } from "./study-facet.js";
import { StudyIndex } from "./study-index.js";
import { table } from "./study-table.js";
import { SORTS, LABELS, addressOf, called, citations, fileName, namesIn, readChoice } from "./study-view.js";
import { _, ngettext } from "./texts.js";

const ROOT = new URL("../", import.meta.url);
const FAILED = _("The studies cannot be read. Is the connection down? Reload the page to try again.");
const SAVE = _("Download CSV");
const PAGE = 20;
const counted = (number) => ngettext("%(number)s study", "%(number)s studies", number);

class Explorer {
  constructor(index) {
    this.index = index;
    this.choice = readChoice(this.index);
    this.turn = 0;
    this.facets = this.index.facets.map((name) => new Facet(name, index, (...change) => this.toggle(...change)));

    this.input = element("input", { type: "search", id: "explorer-query", autocomplete: "off", spellcheck: false });
    this.input.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.query(), 120);
    });
    const form = element("form", { role: "search" }, element("label", { htmlFor: "explorer-query" }, _("Search the studies")), this.input);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.query();
    });

    // On phones the filters stand before the list, and go away to show it; on wide screens they stay beside it.
    this.panel = element("section", { id: "explorer-filters", className: "explorer__filters", popover: "auto", "aria-labelledby": "explorer-filters-title" });
    this.opener = button(_("Filters"), { className: "explorer__opener", popovertarget: this.panel.id });
    this.closer = button("", { className: "explorer__closer", popovertarget: this.panel.id, popovertargetaction: "hide" });
    this.panel.append(element("h2", { id: "explorer-filters-title" }, _("Filters")), ...this.facets.map((facet) => facet.root), this.closer);

    this.status = element("p", { className: "explorer__status", role: "status", tabIndex: -1 });
    this.chosen = element("ul", { className: "explorer__chosen", "aria-label": _("Chosen values") });
    this.sort = element("select", { id: "explorer-sort" });
    this.sort.addEventListener("change", () => this.change({ sort: this.sort.value }));
    this.save = button(SAVE, { onclick: () => this.download() });
    this.link = button(_("Copy link"));
    this.cite = element("details", { className: "explorer__cite" });
    this.list = element("ol", { className: "explorer__list" });
    this.nothing = new NothingFound();
    this.more = button(_("Show more"), { className: "explorer__more", onclick: () => this.grow() });

    const tools = element("div", { className: "explorer__tools" });
    tools.append(this.status, element("label", { htmlFor: "explorer-sort" }, _("Sort by")), this.sort);
    const sharing = element("div", { className: "explorer__sharing" }, this.save, this.link, this.cite);
    const results = element("section", { className: "explorer__results", "aria-labelledby": "explorer-results-title" });
    results.append(element("h2", { id: "explorer-results-title" }, _("Results")), tools, sharing, this.chosen, this.nothing.root, this.list, this.more);
    this.parts = [form, this.opener, this.panel, results];

    // The browser would go back to a place in a list that is not there yet.
    history.scrollRestoration = "manual";
    addEventListener("popstate", () => this.restore().then(() => this.scroll()));
    document.addEventListener("click", (event) => event.target.closest?.("a") && this.remember(), true);
  }

  // From the address: at the beginning, and on the way back and forward.
  restore() {
    this.choice = readChoice(this.index);
    this.input.value = this.choice.query;
    return this.update(history.state?.shown || PAGE);
  }

  // Where the reader was when this page was left.
  scroll() {
    if (history.state?.top !== undefined) scrollTo({ top: history.state.top, behavior: "instant" });
  }

  // For the way back from a study: the place, and as long a list.
  remember() {
    history.replaceState({ shown: this.list.children.length, top: scrollY }, "");
  }

  toggle(facet, key, isChosen) {
    const others = this.choice.facets[facet].filter((other) => other !== key);
    this.change({ facets: { ...this.choice.facets, [facet]: isChosen ? [...others, key] : others } });
  }

  query() {
    clearTimeout(this.typing);
    if (this.input.value.trim() === this.choice.query) return;
    // Each letter is not a step to go back to.
    this.change({ query: this.input.value.trim() }, "replaceState");
  }

  change(part, remember = "pushState") {
    this.choice = { ...this.choice, ...part };
    if (!this.choice.query && this.choice.sort === "match") this.choice.sort = "";
    history[remember](null, "", addressOf(this.choice));
    return this.update(PAGE);
  }

  async update(shown) {
    const turn = ++this.turn;
    try {
      const scores = await this.index.search(this.choice.query);
      if (turn !== this.turn) return;
      const { rows, counts } = this.index.select(this.choice.facets, scores);
      this.rows = this.sorted(rows, scores);
      this.facets.forEach((facet) => facet.show(this.choice.facets[facet.name], counts[facet.name]));
      this.drawTools(counts);
      await this.draw(0, shown, turn);
    } catch (error) {
      this.fail(error);
    }
  }

  sorted(rows, scores) {
    const { replacements, columns, names } = this.index;
    const by = {
      paper: null,
      match: scores && ((a, b) => scores[b] - scores[a]),
      model: (a, b) => names.model[columns.model[a]].localeCompare(names.model[columns.model[b]], "en"),
      replacements: (a, b) => replacements[b] - replacements[a],
    }[this.order()];
    return by ? rows.sort(by) : rows;
  }

  order() {
    return this.choice.sort || (this.choice.query ? "match" : "paper");
  }

  drawTools() {
    const { query, facets } = this.choice;
    const total = this.rows.length;
    const isWhole = !query && this.index.facets.every((facet) => !facets[facet].length);
    const size = counted(this.index.size);
    const found = isWhole ? size : _("%(some)s of %(all)s", { some: total, all: size });
    this.status.textContent = total || isWhole ? found : _("No study matches. Remove a value or a word.");
    this.save.disabled = !total;
    this.nothing.show(query, !total);

    const orders = Object.keys(SORTS).filter((sort) => query || sort !== "match");
    this.sort.replaceChildren(...orders.map((sort) => element("option", { value: sort }, SORTS[sort])));
    this.sort.value = this.order();

    const chips = this.index.facets.flatMap((facet) =>
      facets[facet].map((key) => {
        return this.chip(`${LABELS[facet]}: ${called(facet, this.index.nameOf(facet, key))}`, () => this.toggle(facet, key, false));
      }),
    );
    if (query) chips.unshift(this.chip(_("Words: %(words)s", { words: query }), () => this.clearQuery()));
    if (chips.length > 1) {
      chips.push(element("li", {}, button(_("Clear all"), { className: "explorer__clear", onclick: () => this.clear() })));
    }
    this.chosen.replaceChildren(...chips);
    const number = this.index.facets.reduce((sum, facet) => sum + facets[facet].length, 0);
    this.opener.textContent = number ? `${_("Filters")} (${number})` : _("Filters");
    this.closer.textContent = total ? _("Show %(studies)s", { studies: counted(total) }) : _("No study matches");
    this.drawSharing();
  }

  // Material copies what a button holds.
  drawSharing() {
    this.link.dataset.clipboardText = location.href;
    const texts = citations(this.index.citations, namesIn(this.choice, this.index)).flatMap(([style, text]) => {
      return [element("pre", {}, text), button(_("Copy %(style)s", { style }), { "data-clipboard-text": text })];
    });
    this.cite.replaceChildren(element("summary", {}, _("Cite this view")), ...texts);
  }

  chip(text, onclick) {
    // What was clicked goes away; the reader goes on from the number of results.
    const removed = () => {
      this.status.focus({ preventScroll: true });
      onclick();
    };
    return element("li", {}, button(text, { onclick: removed, "aria-label": _("Remove %(value)s", { value: text }) }));
  }

  clearQuery() {
    this.input.value = "";
    this.change({ query: "" });
  }

  clear() {
    this.input.value = "";
    this.status.focus({ preventScroll: true });
    this.change({ query: "", facets: Object.fromEntries(this.index.facets.map((facet) => [facet, []])) });
  }

  async draw(start, end, turn) {
    const rows = this.rows.slice(start, end);
    const found = await Promise.all(rows.map((row) => this.index.study(row)));
    if (turn !== this.turn) return;
    const cards = found.map(card);
    if (start) this.list.append(...cards);
    else this.list.replaceChildren(...cards);
    const left = this.rows.length - end;
    this.more.hidden = left <= 0;
    this.more.textContent = _("Show %(some)s more of %(all)s", { some: Math.min(PAGE, left), all: left });
  }

  async grow() {
    const start = this.list.children.length;
    await this.draw(start, start + PAGE, this.turn).catch((error) => this.fail(error));
    this.remember();
    this.list.children[start]?.querySelector("h3 a").focus();
  }

  async download() {
    if (this.isSaving) return;
    this.isSaving = true;
    const rows = this.rows.slice();
    try {
      const file = await table(this.index, rows, ROOT, (done) => {
        this.save.textContent = _("Reading: %(share)s%%", { share: Math.floor((100 * done) / rows.length) });
      });
      const address = URL.createObjectURL(file);
      element("a", { href: address, download: `${fileName(namesIn(this.choice, this.index))}.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (error) {
      this.fail(error);
    }
    this.save.textContent = SAVE;
    this.isSaving = false;
  }

  fail(error) {
    console.error(error);
    this.status.textContent = FAILED;
  }
}

// Put up whole, so that nothing moves while it is read.
async function explore() {
  const explorer = new Explorer(await StudyIndex.open(new URL("data/studies/", ROOT)));
  await explorer.restore();
  const root = placeBelowTitle("explorer");
  root.className = "study-explorer";
  root.replaceChildren(...explorer.parts);
  explorer.scroll();
}

explore().catch((error) => {
  console.error(error);
  placeBelowTitle("explorer").append(element("p", { role: "alert" }, FAILED));
});
