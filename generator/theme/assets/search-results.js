// Pages that were found, as items of a list; whatever they say is text.

import { element } from "./element.js";

const ORIGIN = ["kind", "planner", "model", "task"];

function plain(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
}

// An excerpt of Pagefind's; the only markup in it is around the words that were sought.
function marked(excerpt) {
  const texts = excerpt.split(/<mark>(.*?)<\/mark>/s).map(plain);
  return texts.map((text, at) => (at % 2 ? element("mark", {}, text) : text));
}

function part({ title, url, excerpt }) {
  return element("li", {}, element("a", { href: url }, title), element("p", {}, ...marked(excerpt)));
}

export function result({ title, url, excerpt, filters, parts }) {
  const origin = ORIGIN.flatMap((name) => filters[name] ?? []).join(" · ");
  const item = element("li", {}, element("h2", {}, element("a", { href: url }, title)));
  if (origin) item.append(element("p", { className: "search-origin" }, origin));
  item.append(element("p", {}, ...marked(excerpt)));
  if (parts.length) item.append(element("ul", {}, ...parts.map(part)));
  return item;
}
