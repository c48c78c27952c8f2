// One way to narrow what is found: a button that opens its values, which are read when somebody looks at them.

import { element } from "./element.js";

const SHOWN = 12;

export class Facet {
  // `count` finds the values with their numbers of pages; `change` is told when others are chosen.
  constructor(label, count, change) {
    this.label = label;
    this.name = label.toLowerCase();
    this.count = count;
    this.change = change;
    this.chosen = new Set();
    this.values = [];
    this.summary = element("summary", {}, label);
    const about = `Find in ${this.name}`;
    this.field = element("input", { type: "search", placeholder: about, "aria-label": about, autocomplete: "off", spellcheck: false, hidden: true });
    this.field.addEventListener("input", () => this.draw());
    this.list = element("div", { role: "group", "aria-label": label });
    this.list.addEventListener("change", ({ target }) => this.choose(target.value, target.checked));
    this.root = element("details", { name: "search-facet" }, this.summary, element("div", {}, this.field, this.list));
    this.root.addEventListener("toggle", () => this.read());
  }

  close() {
    this.root.open = false;
    this.summary.focus();
  }

  choose(value, isChosen) {
    if (isChosen) this.chosen.add(value);
    else this.chosen.delete(value);
    this.summary.textContent = this.chosen.size ? `${this.label}: ${this.chosen.size > 1 ? this.chosen.size : [...this.chosen]}` : this.label;
    this.change();
  }

  // The values for what is sought now, if they can be seen.
  async read() {
    if (!this.root.open) return;
    const counts = new Map([...this.chosen].map((value) => [value, 0]).concat(await this.count(this.name)));
    const rank = ([value, number]) => (this.chosen.has(value) ? Infinity : number);
    this.values = [...counts].sort((one, other) => rank(other) - rank(one) || one[0].localeCompare(other[0], "en"));
    this.field.hidden = this.values.length <= SHOWN;
    this.draw();
  }

  draw() {
    const sought = this.field.hidden ? "" : this.field.value.trim().toLowerCase();
    const shown = this.values.filter(([value]) => value.toLowerCase().includes(sought)).slice(0, SHOWN);
    this.list.replaceChildren(...(shown.length ? shown.map((entry) => this.row(...entry)) : ["None"]));
  }

  row(value, number) {
    const box = element("input", { type: "checkbox", value, checked: this.chosen.has(value) });
    return element("label", {}, box, element("span", {}, value), element("span", { className: "search-count" }, number.toLocaleString("en")));
  }
}
