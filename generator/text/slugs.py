"""Permanent names: slugs for addresses, keys for matching, anchors for studies.

Everything here depends on the named item alone, so adding a seed never changes another page's address.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from anyascii import anyascii

from generator.text import CharacterTable, strip_accents

# Letters that NFKD leaves whole although they have an ASCII spelling.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_BETWEEN = re.compile(r"[^a-z0-9]+")
_SIGNS = re.compile(r"[\W_]+")
# Romanised Chinese has a capital for each syllable.
_SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Digits of a hash beside words, and of one that stands alone: of 24 bits two of some thousand texts have the same.
_HASH, _WHOLE_HASH = 6, 16
_ANCHOR_WORDS = 48
# The longest published slug has 133, and the longest path without its ending 174. Windows takes paths of 260, of which
# the folder of the site and the file's own name need some.
_SLUG = 140
_STEM = 180
# A folder's own page, and what Windows takes for a device, whatever ending the name has.
_RESERVED = {
    "index",
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}


# Case, accents and spelling are each letter's own, so one table takes all of them away.
_PLAIN = CharacterTable(lambda letter: strip_accents(letter.casefold().translate(_LETTERS)))


def plain(text: str) -> str:
    """Return a text without case, accents and ligatures; what it says of each letter holds in any text."""
    return text.lower() if text.isascii() else text.translate(_PLAIN)


@cache
def slugify(text: str) -> str:
    """Return a slug: `a-z0-9-` only, words joined by single hyphens, at most 140 characters, never empty.

    A text without Latin letters is romanised. A hash of the text stands behind what others may share: that, the
    beginning of a long text, and a name which a site or a file system keeps for itself.
    """
    words = _joined(plain(text))
    if words and words not in _RESERVED and len(words) <= _SLUG:
        return words
    words = words or _joined(_SYLLABLE.sub("-", anyascii(text)).lower())
    if not words:
        return short_hash(text, digits=_WHOLE_HASH)
    return f"{truncate_slug(words, _SLUG - _HASH - 1)}-{short_hash(text)}"


def _joined(text: str) -> str:
    return _BETWEEN.sub("-", text).strip("-")


def unique_slugs(texts: Iterable[str]) -> Iterator[str]:
    """Yield a slug for each text of a page, behind it a number where one before it has the same."""
    taken: Counter[str] = Counter()
    for text in texts:
        slug = slugify(text)
        while taken[slug]:
            taken[slug] += 1
            slug = f"{slug}-{taken[slug]}"
        taken[slug] += 1
        yield slug


def match_key(text: str) -> str:
    """Return a key, letters and digits alone, for matching titles with titles and with slugs in headings."""
    return _SIGNS.sub("", plain(text))


def truncate_slug(slug: str, limit: int) -> str:
    """Return the leading words of a slug, at most `limit` characters; a longer first word is cut."""
    if len(slug) <= limit:
        return slug
    head = slug[: limit + 1].rpartition("-")[0]
    return head or slug[:limit]


def fit_path(stem: str) -> str:
    """Return a path of slugs without its ending; of one that is too long for some file systems a hash takes the end."""
    if len(stem) <= _STEM:
        return stem
    return f"{truncate_slug(stem, _STEM - _HASH - 1)}-{short_hash(stem)}"


def anchor(part: str, identity: Iterable[str]) -> str:
    """Return a study's anchor: words of the ablated part, and a hash of the strings that identify the study.

    Order, numbering and the other studies of the trace do not enter it.
    """
    return f"study-{truncate_slug(slugify(part), _ANCHOR_WORDS)}-{short_hash(*identity)}"


def short_hash(*parts: str, digits: int = _HASH) -> str:
    """Return some hexadecimal digits, a hash of these parts in this order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:digits]
