// The search: a dialog over every text, loaded when somebody turns to it.

import { element } from "./element.js";
import { ask } from "./search-asking.js";
import { Facet } from "./search-facet.js";
import { result } from "./search-results.js";

const ROOT = new URL("../", import.meta.url);
const FACETS = ["Kind", "Task", "Planner", "Model", "Action", "Metric"];
const IDLE = "Every trace, study, paper and summary.";
const FAILED = "The search cannot be loaded. Is the connection down?";
const NOTHING = { number: 0, readable: 0, pages: [] };
const AT_ONCE = 8;
const PAUSE = 100; // milliseconds after a letter

class Search {
  constructor() {
    this.input = element("input", { type: "search", "aria-label": "Search all texts", placeholder: "Search traces, studies, papers, summaries", autocomplete: "off", spellcheck: false });
    this.input.addEventListener("input", () => this.seek());
    const close = element("button", { type: "button", "aria-label": "Close the search" });
    close.addEventListener("click", () => this.root.close());
    const form = element("form", { role: "search" }, this.input, close);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.links()[0]?.focus();
    });
    this.facets = FACETS.map((label) => new Facet(label, (name) => this.count(name), () => this.seek()));
    this.narrow = element("div", { className: "search-facets", hidden: true }, ...this.facets.map(({ root }) => root));
    this.status = element("p", { role: "status" }, IDLE);
    this.list = element("ol", { "aria-label": "Search results" });
    this.list.addEventListener("click", ({ target }) => this.follow(target.closest("a")));
    this.more = element("button", { type: "button", hidden: true }, "More results");
    this.more.addEventListener("click", () => this.read());
    // What the search cannot find, perhaps because it is misspelt, the finder looks for without being told again.
    this.finder = element("a", { href: new URL("papers/", ROOT).href }, "Find a paper by title");
    this.root = element(
      "dialog",
      { className: "search-dialog", "aria-label": "Search" },
      form,
      this.narrow,
      element("div", { className: "search-found" }, this.status, this.list, this.more),
      element("footer", {}, this.finder, element("span", {}, "↑ ↓ move, Enter opens, Esc closes")),
    );
    this.root.addEventListener("keydown", (event) => this.press(event));
    for (const turned of ["pointerdown", "focusin"]) this.root.addEventListener(turned, (event) => this.turn(event));
  }

  words() {
    return this.input.value.trim();
  }

  chosen() {
    const narrowing = this.facets.filter(({ chosen }) => chosen.size);
    return Object.fromEntries(narrowing.map(({ name, chosen }) => [name, { any: [...chosen] }]));
  }

  links() {
    return [...this.list.querySelectorAll("a")];
  }

  open(words) {
    if (words) {
      this.input.value = words;
      this.seek();
    }
    if (!this.root.open) this.root.showModal();
    this.input.select();
    ask("open").catch((error) => this.fail(error));
  }

  async seek() {
    const words = this.words();
    this.finder.search = words && new URLSearchParams({ q: words });
    const asked = Symbol(words);
    this.asked = asked;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    // Meanwhile the reader wrote on.
    if (asked !== this.asked) return;
    if (words && !this.links().length) this.status.textContent = "Searching …";
    try {
      const found = words ? await ask("find", words, this.chosen(), AT_ONCE) : NOTHING;
      if (asked === this.asked) this.show(words, found);
    } catch (error) {
      if (asked === this.asked) this.fail(error);
    }
  }

  show(words, { number, isSample, readable, pages }) {
    this.readable = readable;
    this.narrow.hidden = !words;
    this.status.textContent = words ? said(number, isSample) : IDLE;
    this.list.replaceChildren();
    this.add(pages);
    this.list.parentElement.scrollTop = 0;
  }

  add(pages) {
    this.list.append(...pages.map(result));
    this.more.hidden = this.list.children.length >= this.readable;
  }

  fail(error) {
    console.warn(error);
    this.show("", NOTHING);
    this.status.textContent = FAILED;
  }

  async read() {
    const { asked } = this;
    const read = this.list.children.length;
    try {
      const pages = await ask("read", read, read + AT_ONCE);
      if (asked !== this.asked || read < this.list.children.length) return;
      this.add(pages);
      this.list.children[read].querySelector("a").focus();
    } catch (error) {
      this.fail(error);
    }
  }

  async count(name) {
    try {
      return await ask("count", name, this.words(), this.chosen());
    } catch (error) {
      this.fail(error);
      return [];
    }
  }

  // A part of the page beneath is seen when nothing lies over it.
  follow(link) {
    if (link?.pathname === location.pathname) this.root.close();
  }

  // Up and down, through the field and the results; Escape undoes the last thing first.
  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [this.input, ...this.links(), this.more];
    const at = stops.indexOf(event.target);
    if (step && at >= 0) stops[at + step]?.focus();
    else if (event.key !== "Escape" || !this.undo()) return;
    event.preventDefault();
  }

  undo() {
    const facet = this.facets.find(({ root }) => root.open);
    if (facet) facet.close();
    else if (this.input.value) this.clear();
    else return false;
    return true;
  }

  clear() {
    this.input.value = "";
    this.input.focus();
    this.seek();
  }

  // What is open gives way to what the reader turns to. The dialog as such is focused wherever nothing else can be, and
  // pressed only beside what it holds.
  turn({ type, target }) {
    if (target !== this.root) for (const { root } of this.facets) root.open &&= root.contains(target);
    else if (type === "pointerdown") this.root.close();
  }
}

function said(number, isSample) {
  if (!number) return "No results. Another spelling may find it.";
  const pages = `${number.toLocaleString("en")} ${number === 1 ? "page" : "pages"}`;
  return isSample ? `About ${pages}, too many to compare all. The best of a sample are shown; another word narrows them.` : pages;
}

function styled() {
  const href = new URL("search.css", import.meta.url).href;
  return new Promise((onload, onerror) => document.head.append(element("link", { rel: "stylesheet", href, onload, onerror })));
}

async function made() {
  await styled();
  const search = new Search();
  document.body.append(search.root);
  return search;
}

const ready = made();
// A reader who turns to the search asks it soon.
ask("open").catch(() => {});

// Open the dialog, with these words if there are any.
export async function open(words = "") {
  (await ready).open(words);
}
