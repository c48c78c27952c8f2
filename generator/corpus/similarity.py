"""Similar papers by the cosine of their TF-IDF vectors, and the terms that make them similar.

A term is a normalized word, or two neighbouring ones with a blank between, in a paper's title, traces or summary. Time
grows with the number of papers, not with its square: a vector holds a paper's weightiest terms only, and a term leads
only to the papers that it weighs most in (champion lists).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

from generator.model import Corpus, Paper
from generator.parallel import parallel_map
from generator.text.tokens import (
    METHOD_WORDS,
    STOP_WORDS,
    content_words,
    normalize_token,
    stems,
    tokens,
    usual_spelling,
)

Weights = Mapping[str, float]
# The spellings of each key, and how often each is used.
Spelled = Mapping[str, Counter[str]]
# A normalized word, or two neighbouring ones, that may turn out to be a term.
Candidate = str | tuple[str, str]

# How much more a term weighs that stands in the title.
_TITLE = 1.5
_BREAK = re.compile(r"[.,;:!?()\"\n]+")
_STOP_WORDS = METHOD_WORDS | content_words(" ".join(STOP_WORDS["paper"]))
# The terms that a paper is compared by, and the papers that one of them leads to.
_TERMS, _POSTINGS = 40, 80
# A term of more than this share of the papers tells nothing, unless papers are few. The smoothing is so many papers
# more for each term: two that share a very rare word may do so by chance.
_COMMON, _SMOOTHING = 0.25, 3
# How often a text that uses a term repeats it: what a paper is about comes up again and again.
_LEAST_REPEATED, _MOST_REPEATED = 1.25, 2.5
# Nine of ten pairs that reach this are worth a reader's while; docs/agreement.md says how that was measured.
_LEAST = 0.19
_SHOWN, _CANDIDATES, _REASONS = 5, 15, 4


@dataclass(frozen=True, slots=True)
class Similar:
    """A similar paper by its slug, its similarity (0 to 1) and up to four words or phrases that make it similar."""

    slug: str
    score: float
    words: tuple[str, ...]


def similar_papers(corpus: Corpus) -> dict[str, tuple[Similar, ...]]:
    """Return the most similar papers per slug of a paper: at most five, the most similar first, perhaps none."""
    weights, counts = _index(corpus.papers)
    titles = {paper.slug: _title_phrases(paper.title) for paper in corpus.papers}
    idf = _idf(counts, len(titles))
    vectors = {slug: _unit_vector(found, idf) for slug, found in weights.items()}
    champions, spelled = _champion_lists(vectors), _spelled(counts.tokens)

    def most_similar(slug: str) -> tuple[Similar, ...]:
        vector, others = vectors[slug], []
        for other in _nearest_candidates(slug, vector, champions):
            contributions = _contributions(vector, vectors[other])
            score = _score(contributions, titles[slug] & titles[other])
            if score >= _LEAST:
                others.append(Similar(other, score, _shown(contributions, spelled)))
        return tuple(sorted(others, key=lambda one: (-one.score, one.slug))[:_SHOWN])

    return dict(zip(vectors, parallel_map(most_similar, list(vectors)), strict=True))


class _Counts(NamedTuple):
    """The papers and texts with each term, how often it is used, and how often each token is."""

    papers: Counter[str]
    texts: Counter[str]
    total: Counter[str]
    tokens: Counter[str]


def _index(papers: Sequence[Paper]) -> tuple[dict[str, Weights], _Counts]:
    """Return the weights of each paper's terms, by its slug, and the counts of all papers."""
    weights: dict[str, Weights] = {}
    counts = _Counts(Counter(), Counter(), Counter(), Counter())
    for paper, (found, texts, total, used) in zip(papers, parallel_map(_terms_of, papers), strict=True):
        weights[paper.slug] = found
        counts.papers.update(total.keys())
        counts.texts.update(texts)
        counts.total.update(total)
        counts.tokens.update(used)
    return weights, counts


def _terms_of(paper: Paper) -> tuple[Weights, Counter[str], dict[str, int], Counter[str]]:
    """Return the weights of a paper's terms (TF), in how many texts and how often each is used; and uses of tokens.

    What one of several planners brings up weighs little.
    """
    texts = [_tokens(text) for text in _texts(paper)]
    found = [_candidates(text) for text in texts]
    title = set(_candidates(_tokens(paper.title)))
    # Most that is found comes up once, and is not looked into any further.
    counted = Counter(chain.from_iterable(found))
    terms = {one: term for one, number in counted.items() if (number > 1 or one in title) and (term := _term(one))}
    total = {term: counted[one] for one, term in terms.items()}
    within = Counter(terms[one] for held in found for one in terms.keys() & set(held))
    in_title = {terms[one] for one in title & terms.keys()}
    weights = {
        term: math.log1p(number / within[term]) * within[term] / len(texts) * (_TITLE if term in in_title else 1)
        for term, number in total.items()
    }
    return weights, within, total, Counter(chain.from_iterable(texts))


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


def _title_phrases(title: str) -> set[str]:
    """Return the phrases in a title that name a subject: "federated learning", but not "uncertainty-aware"."""
    pairs = pairwise(map(normalize_token, _tokens(title)))
    return {f"{one} {two}" for one, two in pairs if one and two and two not in _STOP_WORDS}


def _idf(counts: _Counts, papers: int) -> dict[str, float]:
    """Return each term's inverse document frequency; terms of a single paper and those of too many are left out."""
    found = {}
    most = max(_COMMON * papers, min(_SHOWN + 1, (papers + 1) // 2))
    for term, number in counts.papers.items():
        repeated = counts.total[term] / counts.texts[term]
        if 1 < number <= most and repeated >= _LEAST_REPEATED:
            found[term] = math.log1p(papers / (number + _SMOOTHING)) * (min(repeated, _MOST_REPEATED) - 1)
    return found


def _unit_vector(weights: Weights, idf: Weights) -> dict[str, float]:
    """Return a paper's weightiest terms as a vector of length 1."""
    weighed = [(weight * idf[term], term) for term, weight in weights.items() if term in idf]
    kept = sorted(weighed, key=lambda item: (-item[0], item[1]))[:_TERMS]
    length = math.sqrt(math.fsum(weight * weight for weight, _ in kept))
    return {term: weight / length for weight, term in kept}


def _champion_lists(vectors: Mapping[str, Weights]) -> dict[str, list[tuple[str, float]]]:
    """Return per term the papers that it weighs most in, and its weight there."""
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for slug, vector in vectors.items():
        for term, weight in vector.items():
            found[term].append((slug, weight))
    return {term: sorted(papers, key=lambda item: (-item[1], item[0]))[:_POSTINGS] for term, papers in found.items()}


def _nearest_candidates(slug: str, vector: Weights, champions: Mapping[str, Sequence[tuple[str, float]]]) -> list[str]:
    scores: defaultdict[str, float] = defaultdict(float)
    for term, weight in vector.items():
        for other, its_weight in champions[term]:
            scores[other] += weight * its_weight
    scores.pop(slug, None)
    return sorted(scores, key=lambda other: (-scores[other], other))[:_CANDIDATES]


def _contributions(one: Weights, other: Weights) -> dict[str, float]:
    """Return what each shared term adds to the cosine, the most first."""
    contributions = {term: weight * other[term] for term, weight in one.items() if term in other}
    return dict(sorted(contributions.items(), key=lambda item: (-item[1], item[0])))


def _score(contributions: Mapping[str, float], titles: AbstractSet[str]) -> float:
    """Return how much of the cosine rests on more than one word: two papers may share a word by chance.

    It is what the papers share beside the word that adds most, and the phrases that both titles hold.
    """
    lead = stems(next(iter(contributions), "").split())
    counting = (
        value for term, value in contributions.items() if term in titles or lead.isdisjoint(stems(term.split()))
    )
    return math.fsum(counting)


def _shown(contributions: Iterable[str], spelled: Spelled) -> tuple[str, ...]:
    """Return the terms that add most, spelled; none shares a word with another."""
    ordered = list(contributions)
    in_phrases = {word for term in ordered if " " in term for word in term.split()}
    chosen: list[str] = []
    for term in ordered:
        taken = stems(word for one in chosen for word in one.split())
        if term not in in_phrases and taken.isdisjoint(stems(term.split())):
            chosen.append(term)
    return tuple(_spelling(term, spelled) for term in chosen[:_REASONS])


def _spelled(found: Mapping[str, int]) -> Spelled:
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for token, number in found.items():
        spelled[normalize_token(token)][token] = number
    return spelled


def _spelling(term: str, spelled: Spelled) -> str:
    *before, last = term.split()
    return " ".join([*(_shortest(spelled[word]) for word in before), usual_spelling(spelled[last])])


def _shortest(spellings: Counter[str]) -> str:
    """Return the usual one of the shortest spellings, a singular: "task planning" is said of many tasks."""
    least = min(map(len, spellings))
    return usual_spelling(Counter({one: number for one, number in spellings.items() if len(one) == least}))
