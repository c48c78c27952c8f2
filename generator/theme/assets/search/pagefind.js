// Pagefind, as its dialog loads it, but that papers are found by their titles too, and that it says when it found
// something else than what was sought: by itself it takes letters off the end of a word that stands nowhere, until some
// page has what is left.

import { createInstance as create } from "../../pagefind/pagefind.js";
import { PaperIndex, slips } from "../paper-index.js";
import { plain } from "../slugs.js";
import { _ } from "../texts.js";
import { wordsOf } from "../words.js";
import { readable } from "./excerpts.js";

const NONE = { results: [], unfilteredResultCount: 0 };
// How many of the best pages are looked at: for the words that they were found by, and for what may be meant by others.
const FOUND_BY = 3;
const MEANT = 8;
// How much of a query a title has to fit to stand first, how many do, and how many where nothing else is found.
const FITS = 0.75;
const TITLES = 3;
const ALONE = 10;
// Few slip in a word's first letters, or twice in a short word.
const START = 3;
const LONG = 8;

export function createInstance(options) {
  const instance = create(options);
  const [search, facets] = [instance.search.bind(instance), instance.filters.bind(instance)];
  let isComplete = false;
  instance.filters = async () => {
    const all = await facets();
    isComplete = true;
    return all;
  };
  instance.search = async (query, filters) => {
    // Results name the facets that are loaded by then, and the dialog would forget all others for these.
    const named = isComplete ? {} : { filters: {} };
    const found = await (query ? truthful(search, query, filters) : search(query, filters));
    const results = found.results.map((result) => ({ ...result, data: async () => readable(await result.data()) }));
    const isNarrowed = Object.values(filters?.filters || {}).some((values) => values.length);
    return withTitles(search, query && !isNarrowed ? query : "", { ...found, results, ...named });
  };
  return instance;
}

let papers;

// The names of all papers; without them the search works as well.
function titles() {
  papers ??= PaperIndex.open(new URL("../../data/papers.json", import.meta.url)).catch(() => new PaperIndex([]));
  return papers;
}

// The papers first whose titles the query means, each once; `isByTitle` where nothing else is found.
async function withTitles(search, query, found) {
  const meant = query ? (await titles()).search(query) : [];
  const isByTitle = !found.results.length && meant.length > 0;
  const first = isByTitle ? meant.slice(0, ALONE) : meant.filter(({ fit }) => fit >= FITS).slice(0, TITLES);
  if (!first.length) return found;
  const hubs = (await search(found.instead || query, { filters: { kind: _("paper") } })).results.slice(0, MEANT);
  const pages = await Promise.all(hubs.map((hub) => hub.data()));
  const ids = new Set(hubs.filter((_hub, at) => first.some(({ slug }) => pages[at].url.endsWith(addressOf(slug)))).map(({ id }) => id));
  return { ...found, isByTitle, results: [...first.map(titled), ...found.results.filter(({ id }) => !ids.has(id))] };
}

function addressOf(slug) {
  return `papers/${slug}/`;
}

// A paper as Pagefind has results.
function titled({ title, slug, counts }) {
  const url = new URL(`../../${addressOf(slug)}`, import.meta.url).pathname;
  const excerpt = `Paper · ${counts}`;
  const page = { url, meta: { title }, excerpt, plain_excerpt: excerpt, sub_results: [], filters: {}, content: "", locations: [] };
  return { id: slug, score: 1, words: [], data: async () => page };
}

// The results of a query. Where a word of it stands nowhere, they are those of the query with the word that may be
// meant, and `instead` is that query; without such a word there are none.
async function truthful(search, query, filters) {
  if (/^\s*"/.test(query)) return search(query, filters);
  const typed = query.trim().split(/[\s\u2010-\u2015/-]+/u).flatMap(sought);
  const found = await search(typed.join(" "), filters);
  const pages = await wordsOfPages(found, FOUND_BY);
  const meant = await Promise.all(typed.map((word) => meaning(search, word, pages, typed)));
  if (meant.every((word, at) => word === typed[at])) return found;
  if (!meant.every(Boolean)) return { ...found, ...NONE };
  return { ...(await search(meant.join(" "), filters)), instead: meant.join(" ") };
}

// A word as the index has it: C++ and C# whole, Chinese and Japanese in pairs of letters.
function sought(word) {
  return word.match(/^\p{L}+(?:\+\+|#)/u) || wordsOf(word);
}

async function wordsOfPages({ results }, number) {
  const pages = await Promise.all(results.slice(0, number).map((result) => result.data()));
  const texts = pages.flatMap(({ content, meta }) => [content, ...Object.values(meta)]);
  return new Set(texts.flatMap((text) => text.split(/\s+/)).flatMap((word) => [plain(word), ...wordsOf(word)]));
}

// The word itself if it stands somewhere, or begins one that does; else the likest one known; null if none is like it.
async function meaning(search, word, words, typed) {
  const key = plain(word);
  if (words.has(key) || [...words].some((one) => one.startsWith(key))) return word;
  if ((await search(`"${word}"`)).results.length) return word;
  if (key.length <= START) return null;
  const beside = await wordsOfPages(await search(typed.filter((other) => other !== word).join(" ") || word), MEANT);
  const lengths = Array.from({ length: Math.max(1, (key.length >> 1) - START + 1) }, (_, more) => START + more);
  const begun = await Promise.all(lengths.map(async (length) => [...(await wordsOfPages(await search(key.slice(0, length)), MEANT))]));
  return likest(key, [...beside, ...begun.flat(), ...(await titles()).words.map((one) => one.word)]);
}

function likest(key, known) {
  let [best, least] = [null, key.length < LONG ? 2 : 3];
  for (const word of known) {
    const { whole } = slips(key, word, least - 1);
    if (whole < least) [best, least] = [word, whole];
  }
  return best;
}
