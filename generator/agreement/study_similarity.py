"""Similarity of two studies of one paper in what they ablate: from 0, no word in common, to 1, the same name."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.text.tokens import content_words, head_and_rest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.model import Study

# How much a word counts that stands in the ablated part's name, in the rest of that field, in the study's name, and
# among the replacements. A word in several of them counts for each.
_HEAD, _REST, _NAME, _REPLACEMENTS = 1.0, 0.5, 1.0, 0.3


@dataclass(frozen=True, slots=True)
class _Profile:
    """The words of a study: those that name its part (`head`), the weight of every word, and the sum of the weights."""

    head: set[str]
    weights: dict[str, float]
    total: float


def study_similarity(studies: Sequence[Study]) -> Callable[[int, int], float]:
    """Return a symmetric measure, 0 to 1, of two studies by their indices.

    `studies` are all that are proposed for one paper. The measure is the weight of the words in common as a share of
    what the terser study weighs, so that a long description contains a short one. Words weigh less the more of the
    studies use them (inverse document frequency): every study of a paper on curves says "curve".
    """
    weighted = [_word_weights(study) for study in studies]
    frequencies = Counter(word for _, weights in weighted for word in weights)
    idf = {word: math.log1p(len(studies) / count) for word, count in frequencies.items()}
    profiles = [
        _profile(head, {word: weight * idf[word] for word, weight in weights.items()}) for head, weights in weighted
    ]
    return lambda one, other: _overlap(profiles[one], profiles[other])


def _word_weights(study: Study) -> tuple[set[str], dict[str, float]]:
    head, rest = head_and_rest(study.ablated_part)
    replacements = content_words(" ".join(study.replacements))
    fields = ((_HEAD, head), (_REST, rest), (_NAME, content_words(study.name)), (_REPLACEMENTS, replacements))
    weights: dict[str, float] = {}
    for weight, found in fields:
        for word in found:
            weights[word] = weights.get(word, 0) + weight
    return head, weights


def _profile(head: set[str], weights: dict[str, float]) -> _Profile:
    return _Profile(head, weights, math.fsum(weights.values()))


def _overlap(one: _Profile, other: _Profile) -> float:
    if one.head and one.head == other.head:
        return 1
    least = min(one.total, other.total)
    common = one.weights.keys() & other.weights.keys()
    # fsum gives the same sum in any order, and a set has another order in every run.
    return math.fsum(min(one.weights[word], other.weights[word]) for word in common) / least if least else 0
