"""Average-linkage clustering in which two items of one owner never meet."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Cluster = tuple[int, ...]
    Pairs = Mapping[tuple[int, int], float]


def clusters(owners: Sequence[int], alike: Callable[[int, int], float], threshold: float) -> list[Cluster]:
    """Items 0, 1, ... in sorted clusters of two or more, the largest first, then by their first item.

    `owners` names each item's owner. The two clusters whose members are most alike on average are joined, as long as
    that average reaches `threshold` (above 0); of equals, those with the earliest items.
    """
    items = range(len(owners))
    pairs = {(one, two): alike(one, two) for one in items for two in items[one + 1 :] if owners[one] != owners[two]}
    queue: list[tuple[float, Cluster, Cluster]]
    queue = [(-value, (one,), (two,)) for (one, two), value in pairs.items() if value >= threshold]
    heapq.heapify(queue)
    alive: set[Cluster] = {(item,) for item in items}
    while queue:
        _, one, two = heapq.heappop(queue)
        if one not in alive or two not in alive:
            continue
        joined = tuple(sorted(one + two))
        alive -= {one, two}
        for value, other in _links(joined, alive, owners, pairs):
            if value >= threshold:
                heapq.heappush(queue, (-value, min(joined, other), max(joined, other)))
        alive.add(joined)
    return sorted((found for found in alive if len(found) > 1), key=lambda found: (-len(found), found))


def _links(
    joined: Cluster, others: set[Cluster], owners: Sequence[int], pairs: Pairs
) -> Iterator[tuple[float, Cluster]]:
    """How alike `joined` and each cluster are that it may be joined with."""
    taken = {owners[item] for item in joined}
    for other in others:
        if taken.isdisjoint(owners[item] for item in other):
            values = [pairs[min(one, two), max(one, two)] for one in joined for two in other]
            yield math.fsum(values) / len(values), other
