"""Similar papers: those whose titles, traces and summaries dwell on the same rare words, and which words these are.

Time grows with the number of papers, not with its square: a paper is compared by its weightiest terms only, and each
term leads only to the papers that it weighs most in.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.parallel import parallel_map
from generator.corpus.dwelling import dwelling, found_in
from generator.text.words import GENERIC, key, usual_spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from generator.corpus.dwelling import Dwelling, Found, Usage, Weights
    from generator.model import Corpus

    # The spellings of each key, and how often each is used.
    Spelled = Mapping[str, Counter[str]]

# The terms that a paper is compared by, and the papers that one of them leads to.
_TERMS, _POSTINGS = 40, 80
# A term of more than this share of the papers tells nothing, unless papers are few. The smoothing is so many papers
# more for each term: two that share a very rare word may do so by chance.
_COMMON, _SMOOTHING = 0.25, 3
# What a paper is about comes up again and again; a word that comes up once a text belongs to the way of speaking.
_LEAST_REPEATED, _MOST_REPEATED = 1.25, 2.5
# A word or phrase in common may be chance: all that is shared beside it counts this many times at most.
_BESIDE, _STEM = 3, 6
_LEAST = 0.2
_SHOWN, _CANDIDATES, _TELLING = 5, 15, 4


@dataclass(frozen=True, slots=True)
class Similar:
    """A similar paper by its slug, how alike it is (0 to 1) and up to four words or phrases that tell why."""

    slug: str
    score: float
    words: tuple[str, ...]


def similar_papers(corpus: Corpus, known: Dwelling | None = None) -> dict[str, tuple[Similar, ...]]:
    """Per slug of a paper the others most like it, at most five, the likest first; none where nothing is like it.

    What the papers dwell on is worked out if it is not known.
    """
    dwelt = known or dwelling(corpus.papers)
    titles = {paper.slug: set(found_in(paper.title)) for paper in corpus.papers}
    rarity = _rarity(dwelt.usage, len(titles))
    profiles = {slug: _profile(weights, rarity) for slug, weights in dwelt.weights.items()}
    leading, spelled = _leading(profiles), _spelled(dwelt.usage.tokens)

    def likest(slug: str) -> tuple[Similar, ...]:
        profile, others = profiles[slug], []
        for other in _candidates(slug, profile, leading):
            shares = _shares(profile, profiles[other])
            score = _score(shares, titles[slug] & titles[other])
            if score >= _LEAST:
                others.append(Similar(other, score, _shown(shares, spelled)))
        return tuple(sorted(others, key=lambda one: (-one.score, one.slug))[:_SHOWN])

    return dict(zip(profiles, parallel_map(likest, list(profiles)), strict=True))


def _rarity(usage: Usage, papers: int) -> dict[str, float]:
    """What a term weighs wherever it stands; terms of a single paper and those of too many are missing."""
    found = {}
    most = max(_COMMON * papers, min(_SHOWN + 1, (papers + 1) // 2))
    for term, number in usage.papers.items():
        repeated = usage.total[term] / usage.texts[term]
        if 1 < number <= most and repeated >= _LEAST_REPEATED:
            found[term] = math.log1p(papers / (number + _SMOOTHING)) * (min(repeated, _MOST_REPEATED) - 1)
    return found


def _profile(weights: Weights, rarity: Weights) -> dict[str, float]:
    """The weightiest terms, as a vector of length 1."""
    weighed = [(weight * rarity[term], term) for term, weight in weights.items() if term in rarity]
    kept = sorted(weighed, key=lambda item: (-item[0], item[1]))[:_TERMS]
    length = math.sqrt(math.fsum(weight * weight for weight, _ in kept))
    return {term: weight / length for weight, term in kept}


def _leading(profiles: Mapping[str, Weights]) -> dict[str, list[tuple[str, float]]]:
    """Term -> the papers it weighs most in, and its weight there."""
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for slug, profile in profiles.items():
        for term, weight in profile.items():
            found[term].append((slug, weight))
    return {term: sorted(papers, key=lambda item: (-item[1], item[0]))[:_POSTINGS] for term, papers in found.items()}


def _candidates(slug: str, profile: Weights, leading: Mapping[str, Sequence[tuple[str, float]]]) -> list[str]:
    scores: defaultdict[str, float] = defaultdict(float)
    for term, weight in profile.items():
        for other, its_weight in leading[term]:
            scores[other] += weight * its_weight
    scores.pop(slug, None)
    return sorted(scores, key=lambda other: (-scores[other], other))[:_CANDIDATES]


def _shares(one: Weights, other: Weights) -> dict[str, float]:
    """What each shared term adds to the cosine, the most first."""
    shares = {term: weight * other[term] for term, weight in one.items() if term in other}
    return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def _score(shares: Weights, titles: AbstractSet[Found]) -> float:
    """The cosine, as far as it rests on more than one word or phrase, or on a phrase that stands in both titles."""
    cosine = math.fsum(shares.values())
    lead = next(iter(shares), "").split()
    if len(lead) > 1 and tuple(lead) in titles and GENERIC.isdisjoint(lead[1:]):
        return cosine
    stems = _stems(lead)
    return min(
        cosine, _BESIDE * math.fsum(share for term, share in shares.items() if stems.isdisjoint(_stems(term.split())))
    )


def _stems(found: Iterable[str]) -> set[str]:
    """Clusters and clustering are one matter."""
    return {word[:_STEM] for word in found}


def _shown(shares: Iterable[str], spelled: Spelled) -> tuple[str, ...]:
    ordered = list(shares)
    in_phrases = {word for term in ordered if " " in term for word in term.split()}
    telling = [term for term in ordered if term not in in_phrases]
    return tuple(_spelling(term, spelled) for term in telling[:_TELLING])


def _spelled(found: Mapping[str, int]) -> Spelled:
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for token, number in found.items():
        spelled[key(token)][token] = number
    return spelled


def _spelling(term: str, spelled: Spelled) -> str:
    *before, last = term.split()
    return " ".join([*(_shortest(spelled[word]) for word in before), usual_spelling(spelled[last])])


def _shortest(spellings: Counter[str]) -> str:
    """In the singular: "task planning" is said of many tasks."""
    least = min(map(len, spellings))
    return usual_spelling(Counter({one: number for one, number in spellings.items() if len(one) == least}))
