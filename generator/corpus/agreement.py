"""Agreement groups: the studies of one paper in which several planners ablate the same part.

The action matters little: one planner removes what another replaces. docs/agreement.md explains the method and says how
well it does.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Action, Group, Proposal, Study, Trace
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
THRESHOLD = 0.52
# How much a word counts that stands in the ablated part's name, in the rest of that field, in the study's name, and
# among the replacements. A word in several of them counts for each. Whole numbers: their sums are the same in any order
# and on any machine.
_HEAD, _REST, _NAME, _REPLACEMENTS = 10, 3, 10, 3
# What two studies gain whose replacements read the same, and whose action is the same; what they lose for each sign
# that one asks how many or how large and the other does not.
_SAME_REPLACEMENTS, _SAME_ACTION, _OTHER_QUESTION = 0.3, 0.1, 0.2
# Every study is compared with every other up to so many, more than any real paper has; of more only those of a block.
_BLOCK = 400


def groups(traces: Sequence[Trace], threshold: float = THRESHOLD) -> tuple[Group, ...]:
    """Group the similar studies among one paper's traces of one task, which may come in any order.

    `threshold`, above 0, is the mean similarity that a group needs. The largest group comes first, of equals the one
    with the earliest study by trace id and place in the plan. A study is in one group at most.
    """
    ordered = sorted(traces, key=lambda trace: (trace.id, trace.seed))
    trace_numbers = [number for number, trace in enumerate(ordered) for _ in trace.studies]
    proposals = [Proposal(trace, number) for trace in ordered for number in range(1, len(trace.studies) + 1)]
    studies = _weighted([study for trace in ordered for study in trace.studies])
    found: list[Cluster] = []
    for block in _blocks(studies):
        similarities = _similarities([studies[at] for at in block], [trace_numbers[at] for at in block])
        found += [tuple(block[at] for at in cluster) for cluster in _clusters(similarities, threshold)]
    found.sort(key=lambda cluster: (-len(cluster), cluster))
    return tuple(Group(tuple(proposals[at] for at in cluster)) for cluster in found)


@dataclass(frozen=True, slots=True)
class _Weighted:
    """A study's words: those that name its part, what each of all weighs, and those of its replacements.

    `quantity` counts the signs, 0 to 2, that it asks how many or how large.
    """

    head: frozenset[str]
    weights: Mapping[str, int]
    total: int
    length: float
    replacements: frozenset[str]
    action: Action
    quantity: int


def _weighted(studies: Sequence[Study]) -> list[_Weighted]:
    """Weigh the words of all studies that are proposed for one paper.

    Words weigh less the more of the studies use them, down to a quarter: every study of a paper on curves says "curve".
    """
    parts = [head_and_rest(study.ablated_part) for study in studies]
    replaced = [stems(content_words(" ".join(study.replacements))) for study in studies]
    found = [_word_weights(*each) for each in zip(parts, studies, replaced, strict=True)]
    frequencies = Counter(word for weights in found for word in weights)
    rarity = {word: 4 * len(studies) - 3 * count for word, count in frequencies.items()}
    weighted = [{word: weight * rarity[word] for word, weight in weights.items()} for weights in found]
    return [
        _Weighted(
            head=frozenset(head),
            weights=weights,
            total=sum(weights.values()),
            length=math.sqrt(sum(weight * weight for weight in weights.values())),
            replacements=frozenset(replacements),
            action=study.action,
            quantity=_is_aspect(study.ablated_part) + _replaced_by_numbers(study),
        )
        for study, (head, _), replacements, weights in zip(studies, parts, replaced, weighted, strict=True)
    ]


def _blocks(studies: Sequence[_Weighted]) -> Iterator[Sequence[int]]:
    """Yield the numbers of the studies that are compared with each other: all, or those whose parts read alike.

    So time grows with the number of studies, not with its square.
    """
    numbers: Sequence[int] = range(len(studies))
    if len(studies) > _BLOCK:
        numbers = sorted(numbers, key=lambda at: (sorted(studies[at].head), at))
    blocks = math.ceil(len(studies) / _BLOCK)
    for at in range(blocks):
        yield sorted(numbers[len(studies) * at // blocks : len(studies) * (at + 1) // blocks])


def _similarities(studies: Sequence[_Weighted], cannot_link: Sequence[int]) -> list[list[float]]:
    """Return the similarity of each study with each, at most 1.4: 0 for no word in common, less for hardly any.

    Studies of equal values in `cannot_link` are never in one group: theirs is -infinity.
    """
    # The studies that use a word, by what it weighs there: that is much the same in most of them.
    users: dict[str, dict[int, list[int]]] = {}
    found = [[-math.inf] * len(studies) for _ in studies]
    for at, study in enumerate(studies):
        shared, product = [0] * at, [0] * at
        for word, mine in study.weights.items():
            seen = users.setdefault(word, {})
            for its, others in seen.items():
                less, times = min(mine, its), mine * its
                for other in others:
                    shared[other] += less
                    product[other] += times
            seen.setdefault(mine, []).append(at)
        for other in range(at):
            if cannot_link[at] != cannot_link[other]:
                value = _similarity(study, studies[other], shared[other], product[other])
                found[at][other] = found[other][at] = value
    return found


def _similarity(one: _Weighted, other: _Weighted, shared: int, product: int) -> float:
    """Return the similarity of two studies, given the weight that they share and the product of their weights.

    It is the mean of the cosine of the studies' words and of the weight of the words in common as a share of what the
    terser study weighs, so that a long description contains a short one; more where they put the same in the part's
    place, less where only one asks how many or how large.
    """
    if not shared:
        return 0
    contained = 1 if one.head and one.head == other.head else shared / min(one.total, other.total)
    similarity = (contained + product / (one.length * other.length)) / 2
    if both := len(one.replacements & other.replacements):
        similarity += _SAME_REPLACEMENTS * both / math.sqrt(len(one.replacements) * len(other.replacements))
    if one.action == other.action:
        similarity += _SAME_ACTION
    return similarity - _OTHER_QUESTION * abs(one.quantity - other.quantity)


def _word_weights(part: tuple[set[str], set[str]], study: Study, replacements: set[str]) -> Counter[str]:
    head, rest, name = map(stems, (*part, content_words(study.name)))
    weights: Counter[str] = Counter()
    for weight, found in ((_HEAD, head), (_REST, rest), (_NAME, name), (_REPLACEMENTS, replacements)):
        weights.update(dict.fromkeys(found, weight))
    return weights


def _replaced_by_numbers(study: Study) -> bool:
    """Tell whether at least half of the replacements hold a digit: "8 heads"."""
    numbers = sum(any(map(str.isdecimal, each)) for each in study.replacements)
    return 2 * numbers >= len(study.replacements) > 0


def _is_aspect(part: str) -> bool:
    """Tell whether a part is the number, the size or the like of another: "number of heads", "patch size"."""
    name = next(iter(phrases(part)), "").casefold().partition(" of ")[0]
    words = [word for token in tokens(name) if (word := normalize_token(token)) not in GREEK_LETTERS | {""}]
    return not ASPECT_WORDS.isdisjoint(words[-1:])


def _clusters(similarities: Sequence[Sequence[float]], threshold: float) -> Iterator[Cluster]:
    """Cluster items, known by their places, by average linkage with cannot-link constraints.

    `similarities` are of each item with each; -infinity keeps them, and so all that they join, in different clusters.
    Clusters are joined as long as the mean similarity of their members reaches `threshold`, which is above 0: the most
    similar first, of equals those with the earliest items. Returns sorted clusters of two or more items, in no order.
    """
    # A cluster is known by its earliest member.
    members: dict[int, Cluster] = {at: (at,) for at in range(len(similarities))}
    # Of two clusters, the sum of the similarities of one's members with the other's.
    sums = [list(row) for row in similarities]

    def alike(one: int, others: Iterable[int]) -> Iterator[tuple[float, int, int]]:
        for other in others:
            mean = sums[one][other] / (len(members[one]) * len(members[other]))
            if mean >= threshold:
                yield -mean, min(one, other), max(one, other)

    rows = enumerate(similarities)
    queue = [(-value, to, at) for at, row in rows for to, value in enumerate(row[:at]) if value >= threshold]
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
