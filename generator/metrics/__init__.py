"""Metric families: the metrics of a corpus' studies, each under one canonical name however it is spelled.

A family lists the spellings it covers, so nothing is merged silently.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.metrics.canonical import canonical_metric
from generator.metrics.counting import StudyCounter
from generator.metrics.vocabulary import SYNONYMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Study, Task, Trace

__all__ = ["Family", "canonical_metric", "families", "families_of"]


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
    """Return the families of all metrics in the traces, in any order; the most used first, then by name."""
    counters: defaultdict[str, StudyCounter] = defaultdict(StudyCounter)
    for trace in traces:
        for study in trace.studies:
            for name in families_of(study):
                counters[name].add(trace)
            for spelling in set(study.metrics):
                counters[canonical_metric(spelling)].spellings[spelling] += 1
    found = (Family(name, name in SYNONYMS, **counter.counts()) for name, counter in counters.items())
    return tuple(sorted(found, key=lambda one: (-one.studies, one.name)))


def families_of(study: Study) -> tuple[str, ...]:
    """Return the canonical names of a study's metrics, each once, in the order of the metrics."""
    return tuple(dict.fromkeys(map(canonical_metric, study.metrics)))
