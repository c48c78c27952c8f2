"""Metric families: what the studies of a corpus measure, under one name however it is spelled.

A family lists the spellings it covers, so nothing is merged silently.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.metrics.naming import family
from generator.metrics.tallies import Tally
from generator.metrics.vocabulary import SYNONYMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Study, Task, Trace

__all__ = ["Family", "families", "families_of", "family"]


@dataclass(frozen=True, slots=True)
class Family:
    """A metric and the studies that ask for it; every count is a number of studies, the largest first.

    `spellings` are the metric as studies write it, `models` pairs of planner and model. A study that spells a metric in
    two ways counts once, but for each spelling. `known` metrics are well known; the others are
    benchmarks or go by their own words.
    """

    name: str
    known: bool
    studies: int
    spellings: tuple[tuple[str, int], ...]
    tasks: tuple[tuple[Task, int], ...]
    models: tuple[tuple[tuple[str, str], int], ...]


def families(traces: Iterable[Trace]) -> tuple[Family, ...]:
    """The families of all metrics in the traces, in any order; the most used first, then by name."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for trace in traces:
        for study in trace.studies:
            for name in families_of(study):
                tallies[name].add(trace)
            for spelling in set(study.metrics):
                tallies[family(spelling)].spellings[spelling] += 1
    found = (Family(name, name in SYNONYMS, **tally.counts()) for name, tally in tallies.items())
    return tuple(sorted(found, key=lambda one: (-one.studies, one.name)))


def families_of(study: Study) -> tuple[str, ...]:
    """The families of a study's metrics, each once, in the order of the metrics."""
    return tuple(dict.fromkeys(map(family, study.metrics)))
