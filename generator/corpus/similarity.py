"""Similar papers: those whose titles, traces and summaries dwell on the same rare words, and which words these are.

Time grows with the number of papers, not with its square: a paper is compared by its weightiest terms only, and each
term leads only to the papers that it weighs most in.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from generator.text.words import GENERIC, key, tokens, usual_spelling, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from generator.model import Corpus, Paper

    # A term is a word's key, or those of two neighbours with a blank between.
    Weights = Mapping[str, float]
    # A key, or two neighbouring ones, that may turn out to be a term.
    _Found = str | tuple[str, str]
    # The spellings of each key, and how often each is used.
    Spelled = Mapping[str, Counter[str]]

# How much more a term weighs that stands in the title.
_TITLE = 1.5
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
_BREAK = re.compile(r"[.,;:!?()\"\n]+")
_OF_ANY_PAPER = GENERIC | words(
    """
    ability about accuracy accurate achieve achieving actual additional address addressing alignment alpha also amount
    applied apply approximation auxiliary average aware backbone batch because behavior beta better bound calculation
    capability capture capturing certain challenge claim clear clipping co combine combining complex complexity
    comprehensive computational compute computing conditional configuration consistent constraint context cost cot
    coverage crafted critical cross crucial dataset deep delta dependency depth directly distance divergence downstream
    dropout dual during early easy effectively efficiency efficient embedding enable enabling enhance enhancing ensure
    ensuring entropy epsilon exceed existing explicit external extraction fast figure fine finetuning first five fixed
    flexible found frame free gamma gaussian generalization global gpt gradient guided hand hard help hidden high
    however hybrid hyperparameter identifying important improved improving include including independent initial insight
    inter internal intra introduce joint key kl known lambda large layer learnable learned learning leverage leveraging
    limited llama local loss low manner max mean measure metric min mixed modeling multi natural need needed negative
    neural normal normalization novel optimal optimization optimize optimized overall paper paradigm parallel
    parameterization particular pattern performance positive possible post potential potentially practical pre predict
    presence pretrained previous primary prior product progressive proposal proposes provide purpose quantify random
    rank re real reason recognition reduce reducing regularization related relevant rely representation require required
    robust robustness schedule scheduler second selected self semi separate sequential setup shared shown sigma
    significant similar similarity simple since six small splitting stability static strong structure sub sufficient
    suggests supervision support switching system table tau temperature therefore third three threshold thus toward
    traditional trained treat tuning uncertain underlying understand understanding unified unique us useful weight whole
    wise work worse zero
    """
)


@dataclass(frozen=True, slots=True)
class Similar:
    """A similar paper by its slug, how alike it is (0 to 1) and up to four words or phrases that tell why."""

    slug: str
    score: float
    words: tuple[str, ...]


@dataclass(slots=True)
class _Usage:
    """How the corpus uses terms: in how many papers and texts, and how often; and how often it uses each token."""

    papers: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)


def similar_papers(corpus: Corpus) -> dict[str, tuple[Similar, ...]]:
    """Per slug of a paper the others most like it, at most five, the likest first; none where nothing is like it."""
    usage = _Usage()
    papers = {paper.slug: paper for paper in corpus.papers}
    titles = {slug: frozenset(_found(_tokens(paper.title))) for slug, paper in papers.items()}
    dwelt = {slug: _dwelt_on(paper, titles[slug], usage) for slug, paper in papers.items()}
    rarity = _rarity(usage, len(papers))
    profiles = {slug: _profile(weights, rarity) for slug, weights in dwelt.items()}
    leading, spelled = _leading(profiles), _spelled(usage.tokens)
    found: dict[str, tuple[Similar, ...]] = {}
    for slug, profile in profiles.items():
        others = []
        for other in _candidates(slug, profile, leading):
            shares = _shares(profile, profiles[other])
            score = _score(shares, titles[slug] & titles[other])
            if score >= _LEAST:
                others.append(Similar(other, score, _shown(shares, spelled)))
        others.sort(key=lambda one: (-one.score, one.slug))
        found[slug] = tuple(others[:_SHOWN])
    return found


def _texts(paper: Paper) -> Iterator[str]:
    for trace in paper.traces:
        studies = (text for study in trace.studies for text in (study.name, study.ablated_part))
        yield ". ".join((paper.title, trace.reasoning, *studies))
    if paper.summary:
        yield ". ".join((paper.title, paper.summary.overview, *paper.summary.abstract))


def _tokens(text: str) -> list[str]:
    # A bare number tells nothing, so it keeps words apart that are no neighbours.
    return tokens(_BREAK.sub(" 0 ", text))


def _found(text: Sequence[str]) -> list[_Found]:
    """The keys of a text's tokens, and each two neighbours among them."""
    keys = list(map(key, text))
    return [*keys, *pairwise(keys)]


def _term(found: _Found) -> str:
    """The term that it is, empty if it tells nothing."""
    if isinstance(found, str):
        return "" if found in _OF_ANY_PAPER else found
    one, two = found
    return f"{one} {two}" if one and two and not (one in _OF_ANY_PAPER and two in _OF_ANY_PAPER) else ""


def _dwelt_on(paper: Paper, title: AbstractSet[_Found], usage: _Usage) -> dict[str, float]:
    """The paper's terms and how much it dwells on each: what one of several planners brings up weighs little."""
    texts = [_tokens(text) for text in _texts(paper)]
    found = [_found(text) for text in texts]
    # Most that is found comes up once, and is not looked into any further.
    total = Counter(chain.from_iterable(found))
    terms = {one: term for one, number in total.items() if (number > 1 or one in title) and (term := _term(one))}
    kept = {term: total[one] for one, term in terms.items()}
    holding = Counter(terms[one] for held in found for one in terms.keys() & set(held))
    usage.tokens.update(chain.from_iterable(texts))
    usage.papers.update(kept.keys())
    usage.texts.update(holding)
    usage.total.update(kept)
    in_title = {terms[one] for one in title & terms.keys()}
    return {
        term: math.log1p(number / holding[term]) * holding[term] / len(texts) * (_TITLE if term in in_title else 1)
        for term, number in kept.items()
    }


def _rarity(usage: _Usage, papers: int) -> dict[str, float]:
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


def _score(shares: Weights, titles: AbstractSet[_Found]) -> float:
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
