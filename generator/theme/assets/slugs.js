// Names as generator/text/slugs.py makes them: for what only the browser knows, a query or an old address.

const LETTERS = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i" };
const HASH = 6;
const SLUG = 200;

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
  if (words && words !== "index" && words.length <= SLUG) return words;
  return [shorten(words), await digest(text)].filter(Boolean).join("-");
}

function shorten(slug) {
  if (slug.length <= SLUG) return slug;
  const end = slug.lastIndexOf("-", SLUG);
  return slug.slice(0, end > 0 ? end : SLUG);
}

async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, HASH);
}
