"""Passages: the sentence of a text that tells most of something, and the fragment of an address that leads there."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from urllib.parse import quote

from generator.text.tokens import content_words

_BETWEEN = re.compile(r"(?<=[.!?])\s+|\n+")
# Marks of Markdown that no reader sees; whatever else Markdown reads as something ends a run of plain words.
_MARKS = re.compile(r"[*`]+|^\s*(?:[-+#>]+|\d+[.)])\s")
_PLAIN = re.compile(r"[^\s\\$\[\]<>&|_~^#]+")
# An address names so many words of a sentence's beginning, and of its end; of a short one no fewer than these.
_FIRST, _LAST, _FEWEST = 5, 2, 3

Sentence = tuple[str, AbstractSet[str]]


def sentences(markdown: str) -> list[Sentence]:
    """Return the sentences of a text, each with its content words."""
    return [(one, content_words(one)) for one in _BETWEEN.split(markdown)]


def best_sentence(ones: Sequence[Sentence], name: AbstractSet[str], further: AbstractSet[str]) -> str:
    """Return the first sentence that holds most content words of a name, and of what else is said of it.

    Empty where none holds half of the name's words.
    """
    text, words = max(ones, key=lambda one: (len(one[1] & name), len(one[1] & further)), default=("", set()))
    return text if name and 2 * len(words & name) >= len(name) else ""


def text_fragment(sentence: str) -> str:
    """Return the fragment by which browsers find a sentence in a page, from its first plain words to its last ones.

    https://wicg.github.io/scroll-to-text-fragment/; empty where too few words would show as they are written.
    """
    words = _MARKS.sub("", sentence).split()
    plain = [bool(_PLAIN.fullmatch(word)) for word in words]
    start = next((at for at in range(len(words)) if all(plain[at : at + _FIRST])), 0)
    first = words[start : start + _FIRST]
    last = words[max(start + _FIRST, len(words) - _LAST) :]
    if len(first) < _FEWEST or not all(plain[start : start + _FIRST]):
        return ""
    ends = [first, last] if last and all(map(_PLAIN.fullmatch, last)) else [first]
    return ":~:text=" + ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
