// A view of the studies: what a reader chose, as it stands in the address and as it is told to others.

import { plain } from "./slugs.js";
import { _ } from "./texts.js";

export const LABELS = {
  action: _("Action"), metric: _("Metric"), part: _("Part"), verdict: _("Verdict"),
  model: _("Model"), task: _("Task"), planner: _("Planner"), paper: _("Paper"),
};
export const SORTS = { match: _("Best match"), paper: _("Paper title"), model: _("Model"), replacements: _("Most replacements") };
// What the site calls tasks and verdicts; all other values are somebody's own words.
const NAMES = {
  task: { author: _("author"), reviewer: _("reviewer") },
  verdict: { matched: _("matched"), "not matched": _("not matched"), "not judged": _("not judged") },
};
export const called = (facet, value) => NAMES[facet]?.[value] ?? value;
const LONGEST_NAME = 100;
// Where generator/exports/explorer.py has citations say what is chosen, and where.
const CHOSEN = "\ue000";
const ADDRESS = "\ue001";

export function readChoice(index) {
  const given = new URLSearchParams(location.search);
  const sort = given.get("sort");
  return {
    query: given.get("q") || "",
    sort: Object.hasOwn(SORTS, sort) ? sort : "",
    facets: Object.fromEntries(index.facets.map((facet) => [facet, keysIn(given.getAll(facet), facet, index)])),
  };
}

function keysIn(given, facet, index) {
  return [...new Set(given.filter(Boolean).map((key) => index.keyOf(facet, key)))];
}

export function addressOf(choice) {
  const given = new URLSearchParams();
  if (choice.query) given.set("q", choice.query);
  for (const [facet, keys] of Object.entries(choice.facets)) for (const key of keys) given.append(facet, key);
  if (choice.sort) given.set("sort", choice.sort);
  const query = given.toString();
  return location.pathname + (query ? `?${query}` : "") + location.hash;
}

// What is chosen, facet by facet.
export function namesIn({ query, facets }, index) {
  const values = index.facets.flatMap((facet) => facets[facet].map((key) => index.nameOf(facet, key)));
  return query ? [query, ...values] : values;
}

export function fileName(names) {
  const slug = plain(["ablation-studies", ...names].join(" ")).replace(/[^\p{L}\p{N}]+/gu, "-");
  return slug.slice(0, LONGEST_NAME).replace(/-$/, "");
}

// Pairs of style and citation; `templates` are those of the index.
export function citations(templates, names) {
  return Object.entries(templates).map(([style, text]) => {
    const chosen = style === "BibTeX" ? names.map(inBibTeX) : names;
    const told = chosen.length ? `: ${chosen.join(", ")}` : "";
    return [style, text.replace(CHOSEN, () => told).replace(ADDRESS, () => location.href)];
  });
}

function inBibTeX(name) {
  return `{${name.replace(/[\\{}~^]/g, " ").replace(/[&%$#_]/g, "\\$&")}}`;
}
