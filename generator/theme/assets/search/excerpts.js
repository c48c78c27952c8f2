// Excerpts that read as sentences; Pagefind's begin and end wherever its number of words does.

// In words: a section of so many is shown whole, of a longer one the sentences that say most.
const WHOLE = 50;
const MOST = 36;
const ITEM = 6;
const LABEL = 8;
const ENDS = /[.!?…]["'”’)\]]*$/u;
const SHORTENED = /(?:^|[^\p{L}])(?:e\.g|i\.e|al|vs|cf|figs?|eqs?|sec|tab)\.$/iu;

// A result with an excerpt of its beginning, if that holds a word of the query, and one of each section that does.
export function readable(page) {
  // Where words stand without blanks between them, Pagefind knows better where they end.
  if (page.raw_content.includes("\u200b") || !page.sub_results.length) return page;
  const words = page.raw_content.split(/\s+/);
  const headings = page.anchors.filter(({ element, text }) => /^h\d/i.test(element) && text?.trim()).map(({ location }) => location);
  const sections = page.sub_results.map((section) => {
    const { location = 0, text = "" } = section.anchor || {};
    // The heading itself stands above the excerpt.
    const start = location + text.trim().split(/\s+/).filter(Boolean).length;
    const end = Math.min(words.length, ...headings.filter((other) => other > location));
    return { ...section, excerpt: excerpt(words, start, end, section.weighted_locations) };
  });
  const beginning = sections.find(({ anchor }) => !anchor || /^h1/i.test(anchor.element));
  return { ...page, excerpt: beginning?.excerpt || "", sub_results: sections.filter((section) => section !== beginning) };
}

function excerpt(words, start, end, hits) {
  const marked = new Map(hits.map(({ location, balanced_score: score }) => [location, score]));
  const sentences = sentencesOf(words, start, end);
  let [from, to] = [start, end];
  if (end - start > WHOLE) {
    const scores = sentences.map(([first, last]) => sum(first, last, (at) => marked.get(at) || 0));
    const best = scores.indexOf(Math.max(...scores));
    [from, to] = sentences[best];
    for (const [, last] of sentences.slice(best + 1)) if (last - from <= MOST) to = last;
    if (to - from > WHOLE) {
      const hit = words.findIndex((_, at) => at >= from && marked.has(at));
      if (hit - from > MOST) from = hit - LABEL;
      to = Math.min(to, from + MOST);
    }
  }
  const shown = listed(words, sentences).slice(from, to).map((word, at) => (marked.has(from + at) ? `<mark>${word}</mark>` : word));
  const isBegun = sentences.some(([first]) => first === from);
  const isEnded = sentences.some(([, last]) => last === to);
  return `${isBegun ? "" : "… "}${shown.join(" ")}${isEnded ? "" : " …"}`;
}

function sum(start, end, value) {
  let total = 0;
  for (let at = start; at < end; at++) total += value(at);
  return total;
}

// The place of each sentence's first word, and the place behind its last.
function sentencesOf(words, start, end) {
  const sentences = [];
  let first = start;
  for (let at = start; at < end; at++) {
    const isEnd = at + 1 === end || (ENDS.test(words[at]) && !SHORTENED.test(words[at]));
    if (!isEnd) continue;
    sentences.push([first, at + 1]);
    first = at + 1;
  }
  return sentences;
}

// Pagefind ends each item of a list with a stop: behind a label they are one list.
function listed(words, sentences) {
  const told = [...words];
  let isList = false;
  for (const [first, last] of sentences) {
    const hasLabel = words.slice(first, last).some((word) => word.endsWith(":"));
    const isItem = isList && !hasLabel && last - first <= ITEM;
    if (isItem) told[first - 1] = told[first - 1].replace(/\.$/, ",");
    isList = isItem || (hasLabel && last - first <= LABEL);
  }
  return told;
}
