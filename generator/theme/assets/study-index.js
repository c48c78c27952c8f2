// The studies as numbers: what a choice of facets and words selects, how many studies each value would give, and the
// texts of the selected ones. Reads the files that generator/explorer writes; knows nothing of the page.

import { fold } from "./slugs.js";
import { wordsOf } from "./words.js";

// Whatever else it matches, a word in a study's name or ablated part puts it before those that have it elsewhere.
const IN_NAME_OR_PART = 1000;
const FACETS = ["action", "metric", "part", "verdict", "model", "task", "planner", "paper"];

// "masking", "masked" and "masks" are one word; so are "dropping" and "drop", "bias" and "biases".
const ENDINGS = [/(?:ations?|ings?|ers?|ed|es|e)$/, /(?<![aisu])s$/];

function stem(word) {
  for (const ending of ENDINGS) {
    const short = word.replace(ending, "");
    if (short !== word && short.length > 2) return short.replace(/([^aeiouls])\1$/, "$1");
  }
  return word;
}

export class StudyIndex {
  constructor(folder, facets) {
    this.folder = folder;
    this.files = new Map();
    this.size = facets.studies;
    this.perFile = facets.perFile;
    this.firstWords = facets.words;
    this.names = facets.values;
    // A corpus that nobody judged has no verdicts, a small one no kinds of parts.
    this.facets = FACETS.filter((facet) => this.names[facet]);
    this.slugs = facets.slugs;
    this.replacements = facets.replacements;
    this.citations = facets.citations;
    let paper = 0;
    this.columns = { ...facets.columns, paper: facets.columns.paper.map((step) => (paper += step)) };
    this.keys = { ...this.names, paper: this.slugs };
    this.places = Object.fromEntries(
      this.facets.map((facet) => [facet, new Map(this.keys[facet].map((key, place) => [key, place]))]),
    );
    // The studies' own metrics are among their words already.
    this.named = this.facets.filter((facet) => facet !== "metric").map((facet) => {
      const spellings = facets.spellings[facet] || {};
      return [this.columns[facet], placesOf(this.names[facet].map((name) => `${name} ${spellings[name] || ""}`))];
    });
  }

  static async open(folder) {
    const response = await fetch(new URL("facets.json", folder));
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    return new StudyIndex(folder, await response.json());
  }

  // What an address means, though by now most studies spell it with other capitals or signs.
  keyOf(facet, given) {
    if (this.places[facet].has(given)) return given;
    return this.keys[facet].find((key) => fold(key) === fold(given)) ?? given;
  }

  // What a value of a facet is called; one that no study has, as it was asked for.
  nameOf(facet, key) {
    return this.names[facet][this.places[facet].get(key)] ?? key;
  }

  // The rows that match, in their own order, and for each facet the number of studies per value: those that match all
  // other facets, whatever is chosen in this one.
  select(chosen, scores) {
    const wanted = this.facets.map((facet) => this.flags(facet, chosen[facet]));
    const columns = this.facets.map((facet) => this.columns[facet]);
    const counts = this.facets.map((facet) => new Uint32Array(this.names[facet].length));
    const rows = [];
    for (let row = 0; row < this.size; row++) {
      if (scores && !scores[row]) continue;
      let missed = -1;
      let misses = 0;
      for (let facet = 0; facet < wanted.length && misses < 2; facet++) {
        if (wanted[facet] && !has(wanted[facet], columns[facet][row])) {
          missed = facet;
          misses++;
        }
      }
      if (misses === 0) {
        rows.push(row);
        for (let facet = 0; facet < counts.length; facet++) add(counts[facet], columns[facet][row]);
      } else if (misses === 1) {
        add(counts[missed], columns[missed][row]);
      }
    }
    return { rows, counts: Object.fromEntries(this.facets.map((facet, at) => [facet, counts[at]])) };
  }

  flags(facet, keys) {
    if (!keys.length) return null;
    const flags = new Uint8Array(this.names[facet].length);
    for (const key of keys) if (this.places[facet].has(key)) flags[this.places[facet].get(key)] = 1;
    return flags;
  }

  // How well each row answers the query, 0 where it lacks a word of it; null for a query without words.
  async search(query) {
    const words = wordsOf(query);
    if (!words.length) return null;
    const unfinished = /[\p{L}\p{N}]$/u.test(query);
    const found = await Promise.all(words.map((word, at) => this.rowsWith(word, unfinished && at === words.length - 1)));
    const scores = found[0];
    for (const other of found.slice(1)) {
      for (let row = 0; row < this.size; row++) scores[row] = scores[row] && other[row] ? scores[row] + other[row] : 0;
    }
    return scores;
  }

  async rowsWith(word, unfinished) {
    const root = stem(word);
    const matches = (other) => {
      if (!other.startsWith(root)) return 0;
      if (other === word) return 3;
      return stem(other) === root ? 2 : Number(unfinished && other.startsWith(word));
    };
    const scores = new Float32Array(this.size);
    const isNamed = new Uint8Array(this.size);
    const give = (row, score) => (scores[row] = Math.max(scores[row], score));
    for (const file of await this.wordFiles(root)) {
      for (const [other, steps] of Object.entries(file)) {
        const match = matches(other);
        let row = 0;
        if (!match) continue;
        for (const step of steps) {
          give((row += step >> 1), match);
          isNamed[row] |= step & 1;
        }
      }
    }
    // A word of a facet's value stands for all studies that have the value.
    for (const [column, placesByWord] of this.named) {
      const matching = [];
      for (const [other, places] of placesByWord) {
        const match = matches(other);
        if (match) for (const place of places) matching[place] = Math.max(matching[place] || 0, match);
      }
      if (!matching.length) continue;
      column.forEach((places, row) => {
        for (const place of [places].flat()) if (matching[place]) give(row, matching[place]);
      });
    }
    const holding = scores.reduce((count, score) => count + (score > 0), 0);
    const rarity = Math.log(1 + this.size / (1 + holding));
    return scores.map((score, row) => score * rarity + isNamed[row] * IN_NAME_OR_PART);
  }

  // The files that may hold words beginning with `root`: they are in order, and `firstWords` says where each begins.
  wordFiles(root) {
    const after = this.firstWords.findIndex((first) => first > root && !first.startsWith(root));
    const end = after < 0 ? this.firstWords.length : after;
    const from = this.firstWords.findLastIndex((first) => first <= root);
    const numbers = [];
    for (let number = Math.max(0, from); number < end; number++) numbers.push(number);
    return Promise.all(numbers.map((number) => this.file(`words-${number}`)));
  }

  // The study at this row, in its own words.
  async study(row) {
    const file = await this.file(`rows-${Math.floor(row / this.perFile)}`);
    const [name, generic, part, replacements, metrics, number, address] = file[row % this.perFile];
    const own = (facet) => this.names[facet][this.columns[facet][row]];
    return {
      name, generic, part, metrics, number, address,
      // Each as it is shown and, where that differs, as it was written.
      replacements: replacements.map((forms) => [forms].flat()),
      action: own("action"), task: own("task"), model: own("model"), planner: own("planner"), title: own("paper"),
      paper: this.slugs[this.columns.paper[row]], verdict: this.names.verdict && own("verdict"),
      families: this.columns.metric[row].map((place) => this.names.metric[place]),
    };
  }

  file(name) {
    if (!this.files.has(name)) {
      const reading = fetch(new URL(`${name}.json`, this.folder)).then((response) => {
        if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
        return response.json();
      });
      reading.catch(() => this.files.delete(name));
      this.files.set(name, reading);
    }
    return this.files.get(name);
  }
}

// Word -> the places of the names that hold it.
function placesOf(names) {
  const found = new Map();
  names.forEach((name, place) => {
    for (const word of wordsOf(name)) {
      if (!found.has(word)) found.set(word, []);
      found.get(word).push(place);
    }
  });
  return found;
}

function has(flags, value) {
  return typeof value === "number" ? flags[value] : value.some((one) => flags[one]);
}

function add(counts, value) {
  if (typeof value === "number") counts[value]++;
  else for (const one of value) counts[one]++;
}
