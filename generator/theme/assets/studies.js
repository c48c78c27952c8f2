// The study explorer: the choice lives in the address, everything shown follows from it.

import { element, placeBelowTitle } from "./element.js";
import { StudyIndex } from "./study-index.js";
import { table } from "./study-table.js";

const ROOT = new URL("../", import.meta.url);
const LABELS = {
  action: "Action", metric: "Metric", part: "Part", verdict: "Verdict", model: "Model", task: "Task", planner: "Planner", paper: "Paper",
};
const SORTS = { match: "Best match", paper: "Paper title", model: "Model", replacements: "Most replacements" };
const FAILED = "The studies cannot be read. Is the connection down? Reload the page to try again.";
const SAVE = "Download CSV";
const PAGE = 20;
const SHORT = 8;
const LONGER = 40;

function button(text, properties) {
  return element("button", { type: "button", ...properties }, text);
}

// The choice and the address

function readChoice(names) {
  const given = new URLSearchParams(location.search);
  const sort = given.get("sort");
  return {
    query: given.get("q") || "",
    sort: Object.hasOwn(SORTS, sort) ? sort : "",
    facets: Object.fromEntries(names.map((facet) => [facet, [...new Set(given.getAll(facet))].filter(Boolean)])),
  };
}

function addressOf(choice) {
  const given = new URLSearchParams();
  if (choice.query) given.set("q", choice.query);
  for (const [facet, keys] of Object.entries(choice.facets)) for (const key of keys) given.append(facet, key);
  if (choice.sort) given.set("sort", choice.sort);
  const query = given.toString();
  return location.pathname + (query ? `?${query}` : "") + location.hash;
}

// One facet: its values with their counts, the chosen ones first

class Facet {
  constructor(name, index, toggled) {
    this.name = name;
    this.keys = index.keys[name];
    this.names = index.names[name];
    this.limit = SHORT;
    this.entries = new Map();
    this.toggled = toggled;
    this.isLong = this.names.length > SHORT;
    this.list = element("ul");
    this.more = button("", { className: "explorer__more", onclick: () => this.grow() });
    this.none = element("p", { className: "explorer__none", textContent: "None." });
    this.root = element("fieldset", {}, element("legend", {}, LABELS[name]));
    if (this.isLong) {
      const label = `Find a ${LABELS[name].toLowerCase()}`;
      this.filter = element("input", { type: "search", placeholder: label, "aria-label": label, autocomplete: "off" });
      this.filter.addEventListener("input", () => {
        this.limit = SHORT;
        this.draw();
      });
      this.root.append(this.filter);
    }
    this.root.append(this.list, this.none, this.more);
  }

  grow() {
    const before = this.limit;
    this.limit += LONGER;
    this.draw();
    this.list.children[before]?.querySelector("input").focus();
  }

  show(keys, counts) {
    this.chosen = new Set(keys);
    this.counts = counts;
    this.draw();
  }

  draw() {
    const focused = document.activeElement;
    const places = this.listed();
    this.list.replaceChildren(...places.slice(0, this.limit).map((place) => this.entry(place)));
    this.none.hidden = places.length > 0;
    this.more.hidden = places.length <= this.limit;
    this.more.textContent = `Show more of ${places.length.toLocaleString("en")}`;
    if (this.root.contains(focused)) focused.focus({ preventScroll: true });
  }

  // A short list keeps its order, so that nothing moves under the reader's hand.
  listed() {
    const text = this.filter?.value.trim().toLowerCase() || "";
    const isChosen = (place) => this.chosen.has(this.keys[place]);
    const places = [...this.names.keys()].filter((place) => {
      if (text) return this.names[place].toLowerCase().includes(text) && (this.counts[place] || isChosen(place));
      return !this.isLong || this.counts[place] || isChosen(place);
    });
    if (this.isLong) places.sort((a, b) => isChosen(b) - isChosen(a) || this.counts[b] - this.counts[a] || a - b);
    return places;
  }

  entry(place) {
    let entry = this.entries.get(place);
    if (!entry) {
      const box = element("input", { type: "checkbox" });
      const count = element("span", { className: "explorer__count" });
      box.addEventListener("change", () => this.toggled(this.name, this.keys[place], box.checked));
      const label = element("label", {}, box, element("span", {}, this.names[place]), " ", count);
      entry = { box, count, item: element("li", {}, label) };
      this.entries.set(place, entry);
    }
    const number = this.counts[place];
    entry.box.checked = this.chosen.has(this.keys[place]);
    entry.count.textContent = number.toLocaleString("en");
    entry.item.classList.toggle("explorer__empty", !number);
    return entry.item;
  }
}

// A study in the list

function card(study) {
  const link = element("a", { href: new URL(study.address, ROOT).href }, study.generic ? study.part : study.name);
  const action = element("strong", { className: `action action-${study.action.toLowerCase()}` }, study.action);
  const fields = element("dl");
  const field = (label, content) => fields.append(element("div", {}, element("dt", {}, label), element("dd", {}, content)));
  const chips = (texts) => element("ul", {}, ...texts.map((text) => element("li", {}, text)));
  if (study.generic) field("Name", study.name);
  else field("Ablated part", study.part);
  if (study.replacements.length) field("Replacements", chips(study.replacements));
  field("Metrics", chips(study.metrics));
  const paper = element("a", { href: new URL(`papers/${study.paper}/`, ROOT).href }, study.title);
  const from = [study.model, study.planner, `${study.task} task`, ...(study.verdict ? [study.verdict] : [])];
  const origin = element("p", { className: "explorer__origin" }, from.join(" · "));
  return element(
    "li",
    { className: "explorer__study" },
    element("p", { className: "explorer__paper" }, action, paper),
    element("h3", {}, link),
    fields,
    origin,
  );
}

// The explorer

class Explorer {
  constructor(index) {
    this.index = index;
    this.choice = readChoice(this.index.facets);
    this.turn = 0;
    this.facets = this.index.facets.map((name) => new Facet(name, index, (...change) => this.toggle(...change)));

    this.input = element("input", { type: "search", id: "explorer-query", autocomplete: "off", spellcheck: false });
    this.input.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.query(), 120);
    });
    const form = element("form", { role: "search" }, element("label", { htmlFor: "explorer-query" }, "Search the studies"), this.input);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.query();
    });

    this.opener = button("Filters", { className: "explorer__opener", "aria-expanded": "false", "aria-controls": "explorer-filters" });
    this.panel = element("section", { id: "explorer-filters", className: "explorer__filters", "aria-labelledby": "explorer-filters-title" });
    this.panel.append(element("h2", { id: "explorer-filters-title" }, "Filters"), ...this.facets.map((facet) => facet.root));
    this.opener.addEventListener("click", () => {
      const isOpen = this.panel.classList.toggle("explorer__filters--open");
      this.opener.setAttribute("aria-expanded", String(isOpen));
    });

    this.status = element("p", { className: "explorer__status", role: "status", tabIndex: -1 });
    this.chosen = element("ul", { className: "explorer__chosen", "aria-label": "Chosen values" });
    this.sort = element("select", { id: "explorer-sort" });
    this.sort.addEventListener("change", () => this.change({ sort: this.sort.value }));
    this.save = button(SAVE, { onclick: () => this.download() });
    this.list = element("ol", { className: "explorer__list" });
    this.more = button("Show more", { className: "explorer__more", onclick: () => this.grow() });

    const tools = element("div", { className: "explorer__tools" });
    tools.append(this.status, element("label", { htmlFor: "explorer-sort" }, "Sort by"), this.sort, this.save);
    const results = element("section", { className: "explorer__results", "aria-labelledby": "explorer-results-title" });
    results.append(element("h2", { id: "explorer-results-title" }, "Results"), tools, this.chosen, this.list, this.more);
    this.parts = [form, this.opener, this.panel, results];

    addEventListener("popstate", () => this.restore());
  }

  // From the address: at the beginning, and on the way back and forward.
  restore() {
    this.choice = readChoice(this.index.facets);
    this.input.value = this.choice.query;
    return this.update(history.state?.shown || PAGE);
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
    const size = `${this.index.size.toLocaleString("en")} ${this.index.size === 1 ? "study" : "studies"}`;
    const found = isWhole ? size : `${total.toLocaleString("en")} of ${size}`;
    this.status.textContent = total || isWhole ? found : "No study matches. Remove a value or a word.";
    this.save.disabled = !total;

    const orders = Object.keys(SORTS).filter((sort) => query || sort !== "match");
    this.sort.replaceChildren(...orders.map((sort) => element("option", { value: sort }, SORTS[sort])));
    this.sort.value = this.order();

    const chips = this.index.facets.flatMap((facet) =>
      facets[facet].map((key) => {
        const name = this.index.names[facet][this.index.places[facet].get(key)] ?? key;
        return this.chip(`${LABELS[facet]}: ${name}`, () => this.toggle(facet, key, false));
      }),
    );
    if (query) chips.unshift(this.chip(`Words: ${query}`, () => this.clearQuery()));
    if (chips.length > 1) {
      chips.push(element("li", {}, button("Clear all", { className: "explorer__clear", onclick: () => this.clear() })));
    }
    this.chosen.replaceChildren(...chips);
    const number = this.index.facets.reduce((sum, facet) => sum + facets[facet].length, 0);
    this.opener.textContent = number ? `Filters (${number})` : "Filters";
  }

  chip(text, onclick) {
    // What was clicked goes away; the reader goes on from the number of results.
    const removed = () => {
      this.status.focus({ preventScroll: true });
      onclick();
    };
    return element("li", {}, button(text, { onclick: removed, "aria-label": `Remove ${text}` }));
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
    this.more.textContent = `Show ${Math.min(PAGE, left).toLocaleString("en")} more of ${left.toLocaleString("en")}`;
  }

  async grow() {
    const start = this.list.children.length;
    await this.draw(start, start + PAGE, this.turn).catch((error) => this.fail(error));
    // The way back from a study leads to as long a list.
    history.replaceState({ shown: start + PAGE }, "");
    this.list.children[start]?.querySelector("h3 a").focus();
  }

  async download() {
    if (this.isSaving) return;
    this.isSaving = true;
    const rows = this.rows.slice();
    try {
      const file = await table(this.index, rows, ROOT, (done) => {
        this.save.textContent = `Reading: ${Math.floor((100 * done) / rows.length)}%`;
      });
      const address = URL.createObjectURL(file);
      element("a", { href: address, download: "ablation-studies.csv" }).click();
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
}

explore().catch((error) => {
  console.error(error);
  placeBelowTitle("explorer").append(element("p", { role: "alert" }, FAILED));
});
