// Papers by what they are called: which of them a query means, though words are missing or misspelt. Reads the file
// that generator/exports/ writes; knows nothing of the page. A search takes time in proportion to the number of papers.

import { fold } from "./slugs.js";
import { wordsOf } from "./words.js";

// Of what a perfect match would have, and of what the best match has.
const LEAST = 0.4;
const NEAR_BEST = 0.6;

export class PaperIndex {
  constructor(records) {
    this.papers = records.map(([title, names, slug, counts]) => ({ title, names, slug, counts }));
    this.keys = this.papers.map(({ title, names }) => [title, ...names].map(fold));
    const holders = new Map();
    this.papers.forEach(({ title, names }, place) => {
      for (const word of called([title, ...names])) {
        if (holders.has(word)) holders.get(word).push(place);
        else holders.set(word, [place]);
      }
    });
    this.words = Array.from(holders, ([word, places]) => ({ word, places, letters: lettersOf(word) }));
  }

  static async open(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    return new PaperIndex(await response.json());
  }

  // The papers that the query may mean, the likeliest first, each with how well it fits, from 0 to 1.
  search(query) {
    const typed = wordsOf(query);
    const size = this.papers.length;
    const scores = new Float64Array(size);
    let whole = 0;
    for (const fits of this.fitsOf(typed)) {
      const found = fits.reduce((sum, fit) => sum + fit, 0);
      // A rare word says more than a common one; a word that no paper has may be a slip, and says little.
      const weight = found ? Math.log(1 + size / found) : Math.log(1 + size) / 2;
      whole += weight;
      fits.forEach((fit, place) => (scores[place] += weight * fit));
    }
    const best = scores.reduce((one, other) => Math.max(one, other), 0);
    const least = Math.max(LEAST * whole, NEAR_BEST * best);
    const key = typed.join("");
    const found = [];
    scores.forEach((score, place) => {
      if (score && score >= least) found.push({ place, fit: score / whole, closeness: this.closeness(place, key) });
    });
    const rank = ({ fit, closeness }) => fit + closeness;
    found.sort((a, b) => rank(b) - rank(a) || this.length(a.place) - this.length(b.place) || a.place - b.place);
    return found.map(({ place, fit, closeness }) => ({ ...this.papers[place], fit, closeness }));
  }

  // For each typed word, how well it fits each paper, from 0 to 1. "sim siam" may be one word to others.
  fitsOf(typed) {
    const last = typed.length - 1;
    const fits = typed.map((word, at) => this.fits(word, at === last));
    for (let at = 0; at < last; at++) {
      this.fits(typed[at] + typed[at + 1], at + 1 === last).forEach((fit, place) => {
        for (const one of [at, at + 1]) fits[one][place] = Math.max(fits[one][place], fit);
      });
    }
    return fits;
  }

  fits(typed, isUnfinished) {
    const fits = new Float64Array(this.papers.length);
    const letters = lettersOf(typed);
    for (const known of this.words) {
      const fit = likeness(typed, letters, known, isUnfinished);
      if (fit) for (const place of known.places) fits[place] = Math.max(fits[place], fit);
    }
    return fits;
  }

  // What is called exactly so stands before what merely holds the words.
  closeness(place, key) {
    const names = this.keys[place];
    if (names.includes(key)) return 0.5;
    if (names.some((name) => name.startsWith(key))) return 0.2;
    return names.some((name) => name.includes(key)) ? 0.1 : 0;
  }

  length(place) {
    return this.papers[place].title.length;
  }
}

// The words of a paper's names; "Few-Shot" is also called "fewshot".
function called(names) {
  return new Set(names.flatMap((name) => [...wordsOf(name), ...name.split(/[\s_]+/).map(fold)]).filter(Boolean));
}

// A bit per letter, some of them shared.
function lettersOf(word) {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function count(bits) {
  let number = 0;
  for (let left = bits; left; left &= left - 1) number++;
  return number;
}

// How many slips a word of this length is forgiven.
function forgiven(length) {
  return length < 4 ? 0 : length < 6 ? 1 : length < 11 ? 2 : 3;
}

// From 0 to 1. Whatever begins with the typed word is like it, the more the less is missing.
function likeness(typed, letters, { word, letters: known }, isUnfinished) {
  if (typed === word) return 1;
  const begun = 0.7 + (0.25 * typed.length) / word.length;
  if (word.startsWith(typed)) return isUnfinished || typed.length > 2 ? begun : 0;
  const most = forgiven(typed.length);
  // A letter that the word lacks is a slip at least.
  if (!most || word.length < typed.length - most || count(letters & ~known) > most) return 0;
  const { whole, start } = slips(typed, word, most);
  const cost = (number) => 1 - (1.2 * number) / typed.length;
  return Math.max(whole <= most ? cost(whole) : 0, start < most ? begun * cost(start) : 0);
}

// The fewest letters to add, drop, change or swap with their neighbour that make `word` of `typed`, and those that make
// any beginning of it; more than `most` are not counted.
export function slips(typed, word, most) {
  const width = Math.min(word.length, typed.length + most);
  let before = [];
  let above = Array.from({ length: width + 1 }, (_, at) => at);
  for (let row = 1; row <= typed.length; row++) {
    const line = [row];
    let least = row;
    for (let at = 1; at <= width; at++) {
      const isSame = typed[row - 1] === word[at - 1];
      let fewest = Math.min(above[at] + 1, line[at - 1] + 1, above[at - 1] + (isSame ? 0 : 1));
      if (row > 1 && at > 1 && typed[row - 1] === word[at - 2] && typed[row - 2] === word[at - 1]) {
        fewest = Math.min(fewest, before[at - 2] + 1);
      }
      line.push(fewest);
      least = Math.min(least, fewest);
    }
    if (least > most) return { whole: Infinity, start: Infinity };
    [before, above] = [above, line];
  }
  return { whole: width === word.length ? above[width] : Infinity, start: Math.min(...above) };
}
