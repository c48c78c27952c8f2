"""Which paper of the corpus a record of a table is about. The index is over the corpus, so tables may be long."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from generator.importing.bibliographies.spellings import (
    PER_TYPO,
    are_spellings,
    is_telling,
    key_of,
    parts_of,
    without_ellipsis,
    words_of,
)
from generator.model import Paper, Source, Task
from generator.text.slugs import match_key

# A title is looked up by so many of its words, the rarest of the corpus: three may be misspelt.
_RAREST = 4


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
        self._numbers: defaultdict[str, set[str]] = defaultdict(set)
        self._titles: defaultdict[str, set[str]] = defaultdict(set)
        self._parts: defaultdict[str, set[str]] = defaultdict(set)
        self._quoted: defaultdict[str, set[str]] = defaultdict(set)
        self._repositories: defaultdict[str, set[str]] = defaultdict(set)
        self._leads: defaultdict[str, set[str]] = defaultdict(set)
        self._by_word: defaultdict[str, list[_Name]] = defaultdict(list)
        names = [name for paper in papers for name in self._add(paper)]
        common = Counter(word for name in names for word in set(name.words))
        for name in names:
            for word in sorted(set(name.words), key=lambda word: (common[word], -len(word), word))[:_RAREST]:
                self._by_word[word].append(name)

    def _add(self, paper: Paper) -> Iterator[_Name]:
        """Enter a paper by its numbers, titles and parts of titles, and yield its names."""
        for fact in paper.facts:
            if fact.name in {"arxiv", "doi"}:
                self._numbers[fact.values[0].lower()].add(paper.slug)
        for trace in paper.traces if paper.title_source is Source.INFERRED else ():
            if trace.task is Task.AUTHOR:
                self._repositories[match_key(trace.name)].add(paper.slug)
        for title in dict.fromkeys((paper.title, *paper.aliases, *paper.quoted)):
            words = words_of(title)
            self._titles[key_of(words)].add(paper.slug)
            for part in filter(is_telling, parts_of(title)):
                self._parts[key_of(words_of(part))].add(paper.slug)
            self._leads[match_key(title.partition(":")[0])].add(paper.slug)
            # Planners quote titles without their subtitles.
            if is_telling(title) and (title in paper.quoted or paper.title_source is Source.QUOTED):
                self._quoted[key_of(words)].add(paper.slug)
            yield _Name(words, len(key_of(words)), paper.slug)

    def match(self, titles: Iterable[str], numbers: Iterable[str], repository: str = "") -> Match | None:
        """Find the papers with one of these titles or numbers; None where there is none.

        A `repository` of the record's code helps where the corpus knows the paper by that name alone.
        """
        by_number = {slug for number in numbers for slug in self._numbers.get(number.lower(), ())}
        worded = [(title, words_of(title)) for title in titles]
        by_title = {slug for _, words in worded for slug in self._titles.get(key_of(words), ())}
        if by_number:
            return Match(Certainty.NUMBER, frozenset(by_number | by_title))
        if by_title:
            return Match(Certainty.TITLE, frozenset(by_title))
        title, words = worded[0]
        lead = match_key(title.partition(":")[0])
        named = self._repositories.get(lead, set())
        ways = (
            (Certainty.REPOSITORY, named if match_key(repository) == lead else set()),
            (Certainty.SPELLING, self._by_spelling(words)),
            (Certainty.PART, self._by_part(title, words)),
            (Certainty.DOUBT, named | self._leads.get(match_key(title), set())),
        )
        return next((Match(certainty, frozenset(found)) for certainty, found in ways if found), None)

    def _by_spelling(self, words: tuple[str, ...]) -> set[str]:
        # No slip makes a title longer or shorter by more than a letter.
        length, most = len(key_of(words)), len(words) // PER_TYPO
        names = (name for word in set(words) for name in self._by_word.get(word, ()))
        near = (name for name in names if abs(name.length - length) <= most)
        return {name.slug for name in near if are_spellings(name.words, words)}

    def _by_part(self, title: str, words: tuple[str, ...]) -> set[str]:
        """Find papers whose title begins or ends like this one, up to a colon or an ellipsis."""
        found = set(self._parts.get(key_of(words), ()))
        for part in parts_of(title):
            found |= self._quoted.get(key_of(words_of(part)), set())
        if begun := without_ellipsis(title):
            start = key_of(words_of(begun))
            names = (name for word in set(words) for name in self._by_word.get(word, ()))
            found |= {name.slug for name in names if key_of(name.words).startswith(start)}
        return found
