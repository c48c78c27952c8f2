"""Permanent names: slugs for addresses, keys for matching, anchors for studies.

Everything here depends on the named item alone, so adding a seed never changes another page's address.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import cache

from generator.text import CharacterTable, strip_accents

# Letters that NFKD leaves whole although they have an ASCII spelling.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_BETWEEN = re.compile(r"[^a-z0-9]+")
_SIGNS = re.compile(r"[\W_]+")
_HASH = 6
_ANCHOR_WORDS = 48
# File systems take names of 255 bytes; the longest published slug has 133.
_SLUG = 200


# Case, accents and spelling are each letter's own, so one table takes all of them away.
_PLAIN = CharacterTable(lambda letter: strip_accents(letter.casefold().translate(_LETTERS)))


@cache
def slugify(text: str) -> str:
    """Return a slug: `a-z0-9-` only, words joined by single hyphens, at most 200 characters, never empty.

    The slug of a text without such letters, or with too many, ends in a hash of the text; so does that of "index",
    which is a folder's own page.
    """
    words = _BETWEEN.sub("-", text.translate(_PLAIN)).strip("-")
    if words and words != "index" and len(words) <= _SLUG:
        return words
    return "-".join(piece for piece in (truncate_slug(words, _SLUG), short_hash(text)) if piece)


def match_key(text: str) -> str:
    """Return a key, letters and digits alone, for matching titles with titles and with slugs in headings."""
    return _SIGNS.sub("", text.translate(_PLAIN))


def truncate_slug(slug: str, limit: int) -> str:
    """Return the leading words of a slug, at most `limit` characters; a longer first word is cut."""
    if len(slug) <= limit:
        return slug
    head = slug[: limit + 1].rpartition("-")[0]
    return head or slug[:limit]


def anchor(part: str, identity: Iterable[str]) -> str:
    """Return a study's anchor: words of the ablated part, and a hash of the strings that identify the study.

    Order, numbering and the other studies of the trace do not enter it.
    """
    return f"study-{truncate_slug(slugify(part), _ANCHOR_WORDS)}-{short_hash(*identity)}"


def short_hash(*parts: str) -> str:
    """Return six hexadecimal digits, a hash of these parts in this order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_HASH]
