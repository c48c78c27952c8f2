"""How alike two studies of one paper are in what they ablate: 0, no telling word in common, to 1, the same name."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.text.words import head_and_rest, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.model import Study

# How much a word counts that stands in the ablated part's name, in the rest of that field, in the study's name, and
# among the replacements. A word in several of them counts for each.
_HEAD, _REST, _NAME, _REPLACEMENTS = 1.0, 0.5, 1.0, 0.3


@dataclass(frozen=True, slots=True)
class _Profile:
    """What a study is compared by: the words that name its part, and the weight of every word."""

    head: set[str]
    weights: dict[str, float]
    total: float


def likeness(studies: Sequence[Study]) -> Callable[[int, int], float]:
    """A symmetric measure between two of the studies, which are all that is proposed for one paper.

    The weight of the words in common as a share of what the terser study weighs, so that a long description contains a
    short one. Words that many of the studies use weigh little: every study of a paper on curves says "curve".
    """
    bags = [_bag(study) for study in studies]
    uses = Counter(word for _, bag in bags for word in bag)
    rarity = {word: math.log1p(len(studies) / count) for word, count in uses.items()}
    profiles = [_profile(head, {word: weight * rarity[word] for word, weight in bag.items()}) for head, bag in bags]
    return lambda one, other: _overlap(profiles[one], profiles[other])


def _bag(study: Study) -> tuple[set[str], dict[str, float]]:
    head, rest = head_and_rest(study.ablated_part)
    replacements = words(" ".join(study.replacements))
    fields = ((_HEAD, head), (_REST, rest), (_NAME, words(study.name)), (_REPLACEMENTS, replacements))
    bag: dict[str, float] = {}
    for weight, found in fields:
        for word in found:
            bag[word] = bag.get(word, 0) + weight
    return head, bag


def _profile(head: set[str], weights: dict[str, float]) -> _Profile:
    return _Profile(head, weights, math.fsum(weights.values()))


def _overlap(one: _Profile, other: _Profile) -> float:
    if one.head and one.head == other.head:
        return 1
    least = min(one.total, other.total)
    common = one.weights.keys() & other.weights.keys()
    # fsum gives the same sum in any order, and a set has another order in every run.
    return math.fsum(min(one.weights[word], other.weights[word]) for word in common) / least if least else 0
