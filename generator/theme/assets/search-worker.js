// What seeks, aside from the page, which stays quick meanwhile: Pagefind, and what it found last. Only what is shown leaves.

import { createInstance } from "../pagefind/pagefind.js";

// Pagefind holds each page that it finds against every place of the words. With more pages than these that takes seconds,
// so instead of all it compares those of the sample, which the index names (generator/finishing/searching.py).
const MOST = 3000;
const PARTS = 3;

// With every search Pagefind counts the values of all filters that it has loaded, so those that are only looked at are
// loaded apart, once there are some.
const seeking = created();
let counting;
let last;

function created() {
  return createInstance({ baseUrl: new URL("..", import.meta.url).pathname });
}

// How many pages with these words have the chosen values at most; and of all with the words, how many have each value.
async function counted(pagefind, words, chosen) {
  // No page is of such a sample: so all are counted, and none compared.
  const { unfilteredResultCount, totalFilters } = await pagefind.search(words, { filters: { ...chosen, sample: "none" } });
  const most = Object.entries(chosen).map(([name, { any }]) => atMost(totalFilters[name], any));
  return { number: Math.min(unfilteredResultCount, ...most), counts: totalFilters };
}

function atMost(counts, values) {
  return values.length ? values.reduce((sum, value) => sum + (counts[value] ?? 0), 0) : Infinity;
}

// The pages with these words that have the chosen values, best first; or those of the sample.
async function found(words, chosen) {
  const { number } = await counted(seeking, words, chosen);
  const isSample = number > MOST;
  const { results } = await seeking.search(words, { filters: isSample ? { ...chosen, sample: "yes" } : chosen });
  return { results, isSample, number: isSample ? number : results.length };
}

// A page as it is shown, with those of its parts that hold most of the words.
function told({ url, excerpt, meta, filters, sub_results }) {
  // What has no heading, or the page's own, is no part of it.
  const parts = sub_results.filter(({ anchor }) => anchor && anchor.element !== "h1");
  const best = [...parts].sort((one, other) => other.locations.length - one.locations.length).slice(0, PARTS);
  const shown = parts.filter((part) => best.includes(part)).map(({ url, title, excerpt }) => ({ url, title, excerpt }));
  return { url, excerpt, title: meta.title, filters, parts: shown };
}

const answers = {
  // Have all loaded that a search begins with.
  open: () => seeking.init(),

  // How many pages there are, how many of them can be read, and the first of these.
  async find(words, chosen, first) {
    last = found(words, chosen);
    const { number, isSample, results } = await last;
    return { number, isSample, readable: results.length, pages: await answers.read(0, first) };
  },

  // Some of the pages last asked for.
  async read(from, to) {
    const { results } = await last;
    return Promise.all(results.slice(from, to).map(async (result) => told(await result.data())));
  },

  // The values of one filter, each with the number of pages that choosing it alone would leave. Of very many pages that
  // is the number with these words, whatever else is chosen.
  async count(name, words, chosen) {
    const open = { ...chosen, [name]: { any: [] } };
    counting ??= created();
    const { number, counts } = await counted(counting, words, open);
    const { [name]: values = {} } = number > MOST ? counts : (await counting.search(words, { filters: open })).filters;
    return Object.entries(values).filter(([, pages]) => pages);
  },
};

addEventListener("message", async ({ data: { id, name, given } }) => {
  try {
    postMessage({ id, answer: await answers[name](...given) });
  } catch (error) {
    postMessage({ id, error: String(error) });
  }
});
