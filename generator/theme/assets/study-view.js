// A view of the studies: what a reader chose, as it stands in the address and as it is told to others.

import { plain } from "./slugs.js";

export const LABELS = {
  action: "Action", metric: "Metric", part: "Part", verdict: "Verdict", model: "Model", task: "Task", planner: "Planner", paper: "Paper",
};
export const SORTS = { match: "Best match", paper: "Paper title", model: "Model", replacements: "Most replacements" };
const LONGEST_NAME = 100;
// Where generator/exports/explorer.py has citations say what is chosen, and where.
const CHOSEN = "\ue000";
const ADDRESS = "\ue001";

export function readChoice(names) {
  const given = new URLSearchParams(location.search);
  const sort = given.get("sort");
  return {
    query: given.get("q") || "",
    sort: Object.hasOwn(SORTS, sort) ? sort : "",
    facets: Object.fromEntries(names.map((facet) => [facet, [...new Set(given.getAll(facet))].filter(Boolean)])),
  };
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
