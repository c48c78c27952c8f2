// One facet of the explorer: its values with their counts, the chosen ones first.

import { button, element } from "./element.js";
import { LABELS, called } from "./study-view.js";
import { _, shown } from "./texts.js";

const SHORT = 8;
const LONGER = 40;

export class Facet {
  constructor(name, index, toggled) {
    this.name = name;
    this.keys = index.keys[name];
    this.names = index.names[name].map((value) => called(name, value));
    this.limit = SHORT;
    this.entries = new Map();
    this.toggled = toggled;
    this.isLong = this.names.length > SHORT;
    this.list = element("ul");
    this.more = button("", { className: "explorer__more", onclick: () => this.grow() });
    this.none = element("p", { className: "explorer__none", textContent: _("None.") });
    this.root = element("fieldset", {}, element("legend", {}, LABELS[name]));
    if (this.isLong) {
      const label = _("Find: %(facet)s", { facet: LABELS[name] });
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
    this.more.textContent = _("Show more of %(number)s", { number: places.length });
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
    entry.count.textContent = shown(number);
    entry.item.classList.toggle("explorer__empty", !number);
    return entry.item;
  }
}
