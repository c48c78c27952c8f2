// Names as generator/text/slugs.py makes them of texts with Latin letters: for what only the browser knows, a query or an
// old address.

const LETTERS = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i" };
const HASH = 6;
const SLUG = 140;
const RESERVED = /^(?:index|con|prn|aux|nul|(?:com|lpt)[0-9])$/;

// Without case and accents.
export function plain(text) {
  const lower = text.toLowerCase().replace(/[øłđðþßæœı]/g, (letter) => LETTERS[letter]);
  return lower.normalize("NFKD").replace(/\p{M}/gu, "");
}

// Letters and digits alone.
export function fold(text) {
  return plain(text).replace(/[^\p{L}\p{N}]+/gu, "");
}

export async function slugify(text) {
  const words = plain(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  if (words.length <= SLUG && !RESERVED.test(words)) return words;
  return `${shorten(words, SLUG - HASH - 1)}-${await digest(text)}`;
}

function shorten(slug, limit) {
  if (slug.length <= limit) return slug;
  const end = slug.lastIndexOf("-", limit);
  return slug.slice(0, end > 0 ? end : limit);
}

async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, HASH);
}
