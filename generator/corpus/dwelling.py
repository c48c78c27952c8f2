"""What papers dwell on: the terms that their titles, traces and summaries bring up again and again.

A term is a word's key, or those of two neighbours with a blank between.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from generator.parallel import parallel_map
from generator.text.stop_words import STOP_WORDS
from generator.text.words import GENERIC, key, tokens, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from generator.model import Paper

    Weights = Mapping[str, float]
    # A key, or two neighbouring ones, that may turn out to be a term.
    Found = str | tuple[str, str]

# How much more a term weighs that stands in the title.
_TITLE = 1.5
_BREAK = re.compile(r"[.,;:!?()\"\n]+")
_OF_ANY_PAPER = GENERIC | words(" ".join(STOP_WORDS.paper))


@dataclass(frozen=True, slots=True)
class _Terms:
    """Of one paper: how often it brings up each term, in how many of its texts, and its tokens."""

    total: Mapping[str, int]
    texts: Mapping[str, int]
    tokens: Mapping[str, int]
    in_title: AbstractSet[str]
    number_of_texts: int

    def weights(self) -> dict[str, float]:
        """How much the paper dwells on each: what one of several planners brings up weighs little."""
        return {
            term: math.log1p(number / self.texts[term])
            * self.texts[term]
            / self.number_of_texts
            * (_TITLE if term in self.in_title else 1)
            for term, number in self.total.items()
        }


@dataclass(frozen=True, slots=True)
class Usage:
    """How the corpus uses terms: in how many papers and texts, and how often; and how often it uses each token."""

    papers: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)

    def copy(self) -> Usage:
        """The same, for further papers."""
        return Usage(self.papers.copy(), self.texts.copy(), self.total.copy(), self.tokens.copy())

    def add(self, paper: _Terms) -> None:
        """Count a paper in."""
        self.papers.update(paper.total.keys())
        self.texts.update(paper.texts)
        self.total.update(paper.total)
        self.tokens.update(paper.tokens)

    def take(self, paper: _Terms) -> None:
        """Count a paper out that was counted in: nothing is left of what it alone has."""
        _subtract(self.papers, dict.fromkeys(paper.total, 1))
        _subtract(self.texts, paper.texts)
        _subtract(self.total, paper.total)
        _subtract(self.tokens, paper.tokens)


@dataclass(frozen=True, slots=True)
class Dwelling:
    """The papers by their slugs, how much each dwells on which terms, and how all of them use these."""

    papers: Mapping[str, Paper]
    weights: Mapping[str, Weights]
    usage: Usage


def dwelling(papers: Iterable[Paper], past: Dwelling | None = None) -> Dwelling:
    """What these papers dwell on; those that were there in the past are not looked into again."""
    known = past.papers if past else {}
    usage = past.usage.copy() if past else Usage()
    found = {paper.slug: paper for paper in papers}
    weights = dict(past.weights) if past else {}
    for slug, paper in known.items():
        if found.get(slug) is not paper:
            usage.take(_terms_of(paper))
    new = [paper for slug, paper in found.items() if known.get(slug) is not paper]
    for paper, terms in zip(new, parallel_map(_terms_of, new), strict=True):
        usage.add(terms)
        weights[paper.slug] = terms.weights()
    return Dwelling(found, {slug: weights[slug] for slug in found}, usage)


def _subtract(counter: Counter[str], numbers: Mapping[str, int]) -> None:
    counter.subtract(numbers)
    for one in numbers:
        if not counter[one]:
            del counter[one]


def found_in(text: str) -> list[Found]:
    """The keys of a text's words, and each two neighbours among them."""
    return _found(_tokens(text))


def _terms_of(paper: Paper) -> _Terms:
    texts = [_tokens(text) for text in _texts(paper)]
    found = [_found(text) for text in texts]
    title = set(found_in(paper.title))
    # Most that is found comes up once, and is not looked into any further.
    total = Counter(chain.from_iterable(found))
    terms = {one: term for one, number in total.items() if (number > 1 or one in title) and (term := _term(one))}
    return _Terms(
        total={term: total[one] for one, term in terms.items()},
        texts=Counter(terms[one] for held in found for one in terms.keys() & set(held)),
        tokens=Counter(chain.from_iterable(texts)),
        in_title={terms[one] for one in title & terms.keys()},
        number_of_texts=len(texts),
    )


def _texts(paper: Paper) -> Iterator[str]:
    for trace in paper.traces:
        studies = (text for study in trace.studies for text in (study.name, study.ablated_part))
        yield ". ".join((paper.title, trace.reasoning, *studies))
    if paper.summary:
        yield ". ".join((paper.title, paper.summary.overview, *paper.summary.abstract))


def _tokens(text: str) -> list[str]:
    # A bare number tells nothing, so it keeps words apart that are no neighbours.
    return tokens(_BREAK.sub(" 0 ", text))


def _found(text: Iterable[str]) -> list[Found]:
    keys = list(map(key, text))
    return [*keys, *pairwise(keys)]


def _term(found: Found) -> str:
    """The term that it is, empty if it tells nothing."""
    if isinstance(found, str):
        return "" if found in _OF_ANY_PAPER else found
    one, two = found
    return f"{one} {two}" if one and two and not (one in _OF_ANY_PAPER and two in _OF_ANY_PAPER) else ""
