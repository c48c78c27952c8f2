"""TF-IDF of the terms in papers' titles, traces and summaries: the weights of a paper's terms, and corpus statistics.

A term is a normalized word, or two neighbouring ones with a blank between.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain, pairwise

from generator.model import Paper
from generator.parallel import parallel_map
from generator.text.tokens import METHOD_WORDS, STOP_WORDS, content_words, normalize_token, tokens

Weights = Mapping[str, float]
# A normalized word, or two neighbouring ones, that may turn out to be a term.
Candidate = str | tuple[str, str]

# How much more a term weighs that stands in the title.
_TITLE = 1.5
_BREAK = re.compile(r"[.,;:!?()\"\n]+")
_STOP_WORDS = METHOD_WORDS | content_words(" ".join(STOP_WORDS["paper"]))


@dataclass(frozen=True, slots=True)
class _PaperTerms:
    """A paper's terms: how often it uses each, and in how many of its texts; and how often it uses each token."""

    total: Mapping[str, int]
    texts: Mapping[str, int]
    tokens: Mapping[str, int]
    in_title: AbstractSet[str]
    number_of_texts: int

    def weights(self) -> dict[str, float]:
        """Return each term's weight in the paper (TF); what one of several planners brings up weighs little."""
        return {
            term: math.log1p(number / self.texts[term])
            * self.texts[term]
            / self.number_of_texts
            * (_TITLE if term in self.in_title else 1)
            for term, number in self.total.items()
        }


@dataclass(frozen=True, slots=True)
class CorpusStatistics:
    """Counts over a corpus: the papers and texts with each term, and how often each term and each token is used."""

    papers: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)

    def add(self, paper: _PaperTerms) -> None:
        """Count a paper's terms."""
        self.papers.update(paper.total.keys())
        self.texts.update(paper.texts)
        self.total.update(paper.total)
        self.tokens.update(paper.tokens)


def index_terms(papers: Sequence[Paper]) -> tuple[dict[str, Weights], CorpusStatistics]:
    """Return the weights of each paper's terms, by its slug, and the corpus statistics."""
    weights: dict[str, Weights] = {}
    statistics = CorpusStatistics()
    for paper, terms in zip(papers, parallel_map(_terms_of, papers), strict=True):
        statistics.add(terms)
        weights[paper.slug] = terms.weights()
    return weights, statistics


def title_phrases(title: str) -> set[str]:
    """Return the phrases in a title that name a subject: "federated learning", but not "uncertainty-aware"."""
    pairs = pairwise(map(normalize_token, _tokens(title)))
    return {f"{one} {two}" for one, two in pairs if one and two and two not in _STOP_WORDS}


def _terms_of(paper: Paper) -> _PaperTerms:
    texts = [_tokens(text) for text in _texts(paper)]
    found = [_candidates(text) for text in texts]
    title = set(_candidates(_tokens(paper.title)))
    # Most that is found comes up once, and is not looked into any further.
    total = Counter(chain.from_iterable(found))
    terms = {one: term for one, number in total.items() if (number > 1 or one in title) and (term := _term(one))}
    return _PaperTerms(
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
    # A number is a stop word, so it keeps words apart that are no neighbours.
    return tokens(_BREAK.sub(" 0 ", text))


def _candidates(text: Iterable[str]) -> list[Candidate]:
    keys = list(map(normalize_token, text))
    return [*keys, *pairwise(keys)]


def _term(found: Candidate) -> str:
    """Return the candidate as a term, empty if it consists of stop words."""
    if isinstance(found, str):
        return "" if found in _STOP_WORDS else found
    one, two = found
    return f"{one} {two}" if one and two and not (one in _STOP_WORDS and two in _STOP_WORDS) else ""
