"""Titles as people misspell them: what two spellings of one title have in common, and what two titles never have."""

import re
from collections.abc import Sequence

from generator.citing.entry import plain_title
from generator.text.tokens import content_words, tokens

_ARTICLES = {"the", "a", "an"}
# Between title and subtitle.
_COLON = re.compile(r":\s*|\s[-\N{EN DASH}\N{EM DASH}]\s|\s?\N{EM DASH}\s?|\?\s|\.\s")
_CUT_OFF = re.compile(r"\s*(?:\.\.\.|…)$")
# A word that is shorter is another word if it is spelled otherwise.
_SHORTEST = 4
# So many words stand for each that may be misspelt.
PER_TYPO = 3
# So many content words make a part of a title tell the paper.
_TELLING = 3


def words_of(title: str) -> tuple[str, ...]:
    """Return a title's words without case, accents, signs and articles; Greek letters are spelled out."""
    if "&" in title:
        title = title.replace("&", " and ")
    found = tokens(plain_title(title) if "$" in title else title)
    return tuple(word for one in found if (word := one.casefold()) not in _ARTICLES)


def key_of(words: Sequence[str]) -> str:
    """Return what titles share that differ in blanks and hyphens only."""
    return "".join(words)


def parts_of(title: str) -> list[str]:
    """Return a title without its subtitle, and the subtitle; none where there is no subtitle."""
    parts = _COLON.split(title, maxsplit=1)
    return parts if len(parts) > 1 and all(parts) else []


def is_telling(part: str) -> bool:
    """Tell whether a part of a title is hardly that of another paper as well."""
    return len(content_words(part)) >= _TELLING


def without_ellipsis(title: str) -> str:
    """Return the beginning that is left of a title which was cut off; empty if it was not, or if too little is left."""
    kept = _CUT_OFF.sub("", title)
    return kept if kept != title and is_telling(kept) else ""


def are_spellings(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two titles are the same words but for hyphens and a few slips of a letter."""
    at = there = typos = 0
    while at < len(one) and there < len(other):
        left, right = one[at], other[there]
        if left == right:
            pass
        elif _is_joined(left, other, there):
            there += 1
        elif _is_joined(right, one, at):
            at += 1
        elif _is_slip(left, right):
            typos += 1
        else:
            return False
        at, there = at + 1, there + 1
    return at == len(one) and there == len(other) and typos * PER_TYPO <= len(one)


def _is_joined(word: str, words: Sequence[str], at: int) -> bool:
    """Tell whether a word is two that follow each other."""
    return word == "".join(words[at : at + 2])


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two words differ in a letter, or in the order of two, behind the first.

    The first letter often makes another word ("supervised", "unsupervised"), and so does any digit.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or one[0] != other[0] or len(long) - len(short) > 1 or not (one + other).isalpha():
        return False
    start = next((at for at, (left, right) in enumerate(zip(short, long, strict=False)) if left != right), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[start : start + 2][::-1] == long[start : start + 2]
    return short[start + 1 :] == long[start + 1 :] or (swapped and short[start + 2 :] == long[start + 2 :])
