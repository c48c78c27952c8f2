"""Agreement groups: the studies of one paper in which several planners ablate the same part.

The action plays no role: one planner removes what another replaces. docs/agreement.md explains the method and says how
well it does.
"""

import heapq
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from generator.model import Group, Proposal, Study, Trace
from generator.text.tokens import (
    ASPECT_WORDS,
    GREEK_LETTERS,
    content_words,
    head_and_rest,
    normalize_token,
    phrases,
    stems,
    tokens,
)

Cluster = tuple[int, ...]

# Chosen for precision: a wrong group misleads a reader more than a missing one. See docs/agreement.md for its curve.
THRESHOLD = 0.36
# How much a word counts that stands in the ablated part's name, in the rest of that field, in the study's name, and
# among the replacements. A word in several of them counts for each; one that asks how many or how large, half.
_HEAD, _REST, _NAME, _REPLACEMENTS = 1.0, 0.3, 1.0, 0.3
_ASPECT = 0.5
_ASPECT_STEMS = stems(ASPECT_WORDS)
# Weights are whole numbers of this part: their sums are the same in any order and on any machine.
_UNIT = 1_000_000
# Every study is compared with every other up to so many, more than any real paper has; of more only those of a block.
_BLOCK = 400


def groups(traces: Sequence[Trace], threshold: float = THRESHOLD) -> tuple[Group, ...]:
    """Group the similar studies among one paper's traces of one task, which may come in any order.

    `threshold` is the mean similarity, 0 to 1, that a group needs. The largest group comes first, of equals the one
    with the earliest study by trace id and place in the plan. A study is in one group at most.
    """
    ordered = sorted(traces, key=lambda trace: (trace.id, trace.seed))
    trace_numbers = [number for number, trace in enumerate(ordered) for _ in trace.studies]
    proposals = [Proposal(trace, number) for trace in ordered for number in range(1, len(trace.studies) + 1)]
    studies = [study for trace in ordered for study in trace.studies]
    similarity = _study_similarity(studies)
    found = [
        cluster for block in _blocks(studies) for cluster in _clusters(block, trace_numbers, similarity, threshold)
    ]
    found.sort(key=lambda cluster: (-len(cluster), cluster))
    return tuple(Group(tuple(proposals[at] for at in cluster)) for cluster in found)


def _blocks(studies: Sequence[Study]) -> Iterator[Sequence[int]]:
    """Yield the numbers of the studies that are compared with each other: all, or those whose parts read alike.

    So time grows with the number of studies, not with its square.
    """
    numbers: Sequence[int] = range(len(studies))
    if len(studies) > _BLOCK:
        numbers = sorted(numbers, key=lambda at: (sorted(head_and_rest(studies[at].ablated_part)[0]), at))
    for start in range(0, len(studies), _BLOCK):
        yield sorted(numbers[start : start + _BLOCK])


def _study_similarity(studies: Sequence[Study]) -> Callable[[int, int], float]:
    """Return a symmetric measure of two studies by their indices: 0, no word in common, to 1, the same words.

    `studies` are all that are proposed for one paper. The measure is the mean of the cosine of the studies' words and
    of the weight of the words in common as a share of what the terser study weighs, so that a long description contains
    a short one. Words weigh less the more of the studies use them (inverse document frequency): every study of a paper
    on curves says "curve". It is 0 for a study about a part and one about how many or how large.
    """
    heads = [head_and_rest(study.ablated_part)[0] for study in studies]
    is_aspect = [_is_aspect(study.ablated_part) for study in studies]
    weights = [_word_weights(study) for study in studies]
    frequencies = Counter(word for found in weights for word in found)
    idf = {word: math.log((len(studies) + 1) / count) for word, count in frequencies.items()}
    weighted = [{word: round(weight * idf[word] * _UNIT) for word, weight in found.items()} for found in weights]
    totals = [sum(found.values()) for found in weighted]
    lengths = [math.sqrt(sum(weight * weight for weight in found.values())) for found in weighted]

    def similarity(one: int, other: int) -> float:
        ours, theirs = weighted[one], weighted[other]
        common = ours.keys() & theirs.keys()
        if not common or is_aspect[one] != is_aspect[other]:
            return 0
        shared = product = 0
        for word in common:
            mine, its = ours[word], theirs[word]
            shared += min(mine, its)
            product += mine * its
        is_same = heads[one] and heads[one] == heads[other]
        contained = 1 if is_same else shared / min(totals[one], totals[other])
        return (contained + product / (lengths[one] * lengths[other])) / 2

    return similarity


def _word_weights(study: Study) -> dict[str, float]:
    head, rest = head_and_rest(study.ablated_part)
    replacements = content_words(" ".join(study.replacements))
    fields = ((_HEAD, head), (_REST, rest), (_NAME, content_words(study.name)), (_REPLACEMENTS, replacements))
    weights: dict[str, float] = {}
    for weight, found in fields:
        for word in stems(found):
            weights[word] = weights.get(word, 0) + (weight * _ASPECT if word in _ASPECT_STEMS else weight)
    return weights


def _is_aspect(part: str) -> bool:
    """Tell whether a part is the number, the size or the like of another: "number of heads", "patch size"."""
    name = next(iter(phrases(part)), "").casefold().partition(" of ")[0]
    words = [word for token in tokens(name) if (word := normalize_token(token)) not in GREEK_LETTERS | {""}]
    return not ASPECT_WORDS.isdisjoint(words[-1:])


def _clusters(
    items: Sequence[int], cannot_link: Sequence[int], similarity: Callable[[int, int], float], threshold: float
) -> Iterator[Cluster]:
    """Cluster items, given as ascending numbers, by average linkage with cannot-link constraints.

    Arguments:
        items: the numbers of the items.
        cannot_link: a value for each number; items of equal values are never in one cluster.
        similarity: of two items by their numbers, symmetric.
        threshold: clusters are joined, the most similar first, as long as the mean similarity of their members reaches
            this, which is above 0; of equals, those with the earliest items are joined first.

    Returns:
        Sorted clusters of two or more items, in no order.

    """
    # A cluster is known by its earliest member's place among the items; no place is in two of them.
    members: dict[int, Cluster] = {at: (item,) for at, item in enumerate(items)}
    # The sum of the similarities of the members of two clusters. What may not be joined takes all that it joins along.
    sums = [[-math.inf] * len(items) for _ in items]
    for one, other in combinations(range(len(items)), 2):
        if cannot_link[items[one]] != cannot_link[items[other]]:
            sums[one][other] = sums[other][one] = similarity(items[one], items[other])

    def alike(one: int, others: Iterable[int]) -> Iterator[tuple[float, int, int]]:
        for other in others:
            mean = sums[one][other] / (len(members[one]) * len(members[other]))
            if mean >= threshold:
                yield -mean, min(one, other), max(one, other)

    queue = [pair for one in members for pair in alike(one, range(one + 1, len(items)))]
    heapq.heapify(queue)
    while queue:
        pair = heapq.heappop(queue)
        _, one, other = pair
        # One of them may have grown since, or be part of another.
        if one in members and other in members and pair in alike(one, [other]):
            members[one] = tuple(sorted(members[one] + members.pop(other)))
            for at in members:
                sums[one][at] = sums[at][one] = sums[one][at] + sums[other][at]
            for found in alike(one, members):
                heapq.heappush(queue, found)
    yield from (found for found in members.values() if len(found) > 1)
