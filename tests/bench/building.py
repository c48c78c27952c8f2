"""Builds side by side: all contestants in turn, as often as asked, and the medians of what they cost."""

from __future__ import annotations

import shutil
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.places import Size, clear, size
from bench.running import Cost, FailedError, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.contestants import Contestant


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a contestant builds, but not again after so many seconds in all; and when one build is stopped."""

    runs: int
    seconds: float
    limit: float


@dataclass(frozen=True, slots=True)
class Build:
    """Who built a corpus of so many traces, how often, at what median cost, and what came of it."""

    contestant: str
    traces: int
    runs: int
    cost: Cost
    size: Size

    @property
    def per_page(self) -> float:
        """Milliseconds by the clock."""
        return 1000 * self.cost.seconds / self.size.pages


def builds(
    contestants: Sequence[Contestant], traces: int, patience: Patience, say: Callable[[str], None]
) -> list[Build]:
    """What each contestant's builds took; they take turns, so that a busy moment hits all alike.

    One site stands at a time; that of the last contestant stays, so there are no more turns once it is out of patience.
    Who fails is named and left out.
    """
    *_, last = contestants
    costs: dict[str, list[Cost]] = {one.name: [] for one in contestants}
    sizes: dict[str, Size] = {}
    failed: set[str] = set()

    def is_over(one: Contestant) -> bool:
        return one.name in failed or sum(cost.seconds for cost in costs[one.name]) > patience.seconds

    for _ in range(patience.runs):
        for one in contestants:
            if is_over(one) or is_over(last):
                continue
            clear(*(other.built for other in contestants))
            prepare(one)
            try:
                costs[one.name].append(run(one.command, one.folder, patience.limit))
                sizes[one.name] = size(one.built)
            except FailedError as error:
                failed.add(one.name)
                say(f"{one.name}, {traces:,} traces: {error}")
    done = [one.name for one in contestants if one.name not in failed]
    return [Build(name, traces, len(costs[name]), median(costs[name]), sizes[name]) for name in done]


def prepare(contestant: Contestant) -> None:
    """Delete what is stale, and put back what the command starts from."""
    clear(*contestant.stale)
    if contestant.fresh:
        shutil.copytree(contestant.fresh, contestant.folder, dirs_exist_ok=True)


def median(costs: Sequence[Cost]) -> Cost:
    """Of each figure alone."""
    figures = zip(*((cost.seconds, cost.cores, cost.memory, cost.indexer) for cost in costs), strict=True)
    return Cost(*map(statistics.median, figures))
