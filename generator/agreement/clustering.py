"""Average-linkage clustering with cannot-link constraints."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Cluster = tuple[int, ...]
    Pairs = Mapping[tuple[int, int], float]


def clusters(cannot_link: Sequence[int], similarity: Callable[[int, int], float], threshold: float) -> list[Cluster]:
    """Cluster the items 0, 1, ... by average linkage.

    Arguments:
        cannot_link: a value for each item; items of equal values are never in one cluster.
        similarity: of two items by their numbers, symmetric.
        threshold: clusters are joined, the most similar first, as long as the mean similarity of their members reaches
            this, which is above 0; of equals, those with the earliest items are joined first.

    Returns:
        Sorted clusters of two or more items, the largest first, then by their first item.

    """
    items = range(len(cannot_link))
    pairs = {
        (one, two): similarity(one, two)
        for one in items
        for two in items[one + 1 :]
        if cannot_link[one] != cannot_link[two]
    }
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
        for value, other in _links(joined, alive, cannot_link, pairs):
            if value >= threshold:
                heapq.heappush(queue, (-value, min(joined, other), max(joined, other)))
        alive.add(joined)
    return sorted((found for found in alive if len(found) > 1), key=lambda found: (-len(found), found))


def _links(
    joined: Cluster, others: set[Cluster], cannot_link: Sequence[int], pairs: Pairs
) -> Iterator[tuple[float, Cluster]]:
    """Yield the mean similarity of `joined` and each cluster that it may be joined with."""
    taken = {cannot_link[item] for item in joined}
    for other in others:
        if taken.isdisjoint(cannot_link[item] for item in other):
            values = [pairs[min(one, two), max(one, two)] for one in joined for two in other]
            yield math.fsum(values) / len(values), other
