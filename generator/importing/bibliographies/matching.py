"""Which paper a record of a table is about, however its title is spelt; the index is over the corpus, not the table."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from generator.citing.entry import plain_title
from generator.model import Paper, Source, Task
from generator.text.slugs import match_key
from generator.text.tokens import content_words, tokens

# A title is looked up by so many of its words, the rarest of the corpus: three may be misspelt.
_RAREST = 4
_ARTICLES = {"the", "a", "an"}
# Between title and subtitle.
_COLON = re.compile(r":\s*|\s[-\N{EN DASH}\N{EM DASH}]\s|\s?\N{EM DASH}\s?|\?\s|\.\s")
_CUT_OFF = re.compile(r"\s*(?:\.\.\.|…)$")
# A word that is shorter is another word if it is spelled otherwise.
_SHORTEST = 4
# So many words stand for each that may be misspelt.
_PER_TYPO = 3
# So many content words make a part of a title tell the paper.
_TELLING = 3


class Certainty(IntEnum):
    """How a record was recognised, the most certain first."""

    NUMBER = 0
    TITLE = 1
    REPOSITORY = 2
    SPELLING = 3
    PART = 4
    # A short name before the colon, or a repository's.
    DOUBT = 5


@dataclass(frozen=True, slots=True)
class Match:
    """The papers that a record may be about, by their slugs, and how it was recognised; more than one is a doubt."""

    certainty: Certainty
    slugs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a paper: its words, how many letters they have, and the paper's slug."""

    words: tuple[str, ...]
    length: int
    slug: str


class Index:
    """All names and numbers of the corpus' papers."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        # Slugs by the kinds of keys and the keys.
        self._slugs: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_word: defaultdict[str, list[_Name]] = defaultdict(list)
        names = [name for paper in papers for name in self._add(paper)]
        common = Counter(word for name in names for word in set(name.words))
        for name in names:
            for word in sorted(set(name.words), key=lambda word: (common[word], -len(word), word))[:_RAREST]:
                self._by_word[word].append(name)

    def _add(self, paper: Paper) -> Iterator[_Name]:
        """Enter a paper by its numbers, titles and parts of titles, and yield its names."""
        keys = {("number", fact.values[0].lower()) for fact in paper.facts if fact.name in {"arxiv", "doi"}}
        if paper.title_source is Source.INFERRED:
            keys |= {("repository", match_key(trace.name)) for trace in paper.traces if trace.task is Task.AUTHOR}
        for title in dict.fromkeys((paper.title, *paper.aliases, *paper.quoted)):
            words = _words(title)
            keys |= {("title", _key(words)), ("lead", match_key(title.partition(":")[0]))}
            keys |= {("part", _key(_words(part))) for part in _parts_of(title) if _is_telling(part)}
            # Planners quote titles without their subtitles.
            if _is_telling(title) and (title in paper.quoted or paper.title_source is Source.QUOTED):
                keys.add(("quoted", _key(words)))
            yield _Name(words, len(_key(words)), paper.slug)
        for key in keys:
            self._slugs[key].add(paper.slug)

    def _found(self, kind: str, *keys: str) -> set[str]:
        return {slug for key in keys for slug in self._slugs.get((kind, key), ())}

    def match(self, titles: Iterable[str], numbers: Iterable[str], repository: str = "") -> Match | None:
        """Find the papers with one of these titles or numbers; None where there is none.

        A `repository` of the record's code helps where the corpus knows the paper by that name alone.
        """
        worded = [(title, _words(title)) for title in titles]
        by_number = self._found("number", *(number.lower() for number in numbers))
        by_title = self._found("title", *(_key(words) for _, words in worded))
        if by_number:
            return Match(Certainty.NUMBER, frozenset(by_number | by_title))
        if by_title:
            return Match(Certainty.TITLE, frozenset(by_title))
        title, words = worded[0]
        lead = match_key(title.partition(":")[0])
        named = self._found("repository", lead)
        ways = (
            (Certainty.REPOSITORY, named if match_key(repository) == lead else set()),
            (Certainty.SPELLING, self._by_spelling(words)),
            (Certainty.PART, self._by_part(title, words)),
            (Certainty.DOUBT, named | self._found("lead", match_key(title))),
        )
        return next((Match(certainty, frozenset(found)) for certainty, found in ways if found), None)

    def _sharing(self, words: Iterable[str]) -> Iterator[_Name]:
        """Yield names with one of these words among their rarest."""
        return (name for word in set(words) for name in self._by_word.get(word, ()))

    def _by_spelling(self, words: tuple[str, ...]) -> set[str]:
        # No slip makes a title longer or shorter by more than a letter.
        length, most = len(_key(words)), len(words) // _PER_TYPO
        near = (name for name in self._sharing(words) if abs(name.length - length) <= most)
        return {name.slug for name in near if _are_spellings(name.words, words)}

    def _by_part(self, title: str, words: tuple[str, ...]) -> set[str]:
        """Find papers whose title begins or ends like this one, up to a colon or an ellipsis."""
        found = self._found("part", _key(words)) | self._found("quoted", *map(_key, map(_words, _parts_of(title))))
        if begun := _without_ellipsis(title):
            start = _key(_words(begun))
            found |= {name.slug for name in self._sharing(words) if _key(name.words).startswith(start)}
        return found


def _words(title: str) -> tuple[str, ...]:
    """Return a title's words without case, accents, signs and articles; Greek letters are spelled out."""
    if "&" in title:
        title = title.replace("&", " and ")
    found = tokens(plain_title(title) if "$" in title else title)
    return tuple(word for one in found if (word := one.casefold()) not in _ARTICLES)


def _key(words: Sequence[str]) -> str:
    """Return what titles share that differ in blanks and hyphens only."""
    return "".join(words)


def _parts_of(title: str) -> list[str]:
    """Return a title without its subtitle, and the subtitle; none where there is no subtitle."""
    parts = _COLON.split(title, maxsplit=1)
    return parts if len(parts) > 1 and all(parts) else []


def _is_telling(part: str) -> bool:
    """Tell whether a part of a title is hardly that of another paper as well."""
    return len(content_words(part)) >= _TELLING


def _without_ellipsis(title: str) -> str:
    """Return the beginning that is left of a title which was cut off; empty if it was not, or if too little is left."""
    kept = _CUT_OFF.sub("", title)
    return kept if kept != title and _is_telling(kept) else ""


def _are_spellings(one: Sequence[str], other: Sequence[str]) -> bool:
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
    return at == len(one) and there == len(other) and typos * _PER_TYPO <= len(one)


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
