// Words as generator/text/tokens.py finds them: for what only the browser knows, a query.

import { plain } from "./slugs.js";

// Scripts without blanks between words: there any two letters in a row are one.
const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{3ffff}";
const RUN = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, "gu");
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");

export function wordsOf(text) {
  return (plain(text).match(RUN) || []).flatMap((run) => (IS_UNSPACED.test(run) ? pairs([...run]) : run));
}

function pairs(letters) {
  return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => letters[at] + letter);
}
