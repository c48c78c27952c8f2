"""Families: what studies have in common, such as a metric, under one name however it is spelled.

A family lists the spellings it covers, so nothing is merged silently.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from generator.metrics.canonical import canonical_metric
from generator.model import Study, Task, Trace

__all__ = ["Family", "StudyCounter", "canonical_metric", "families", "families_of"]

_Counted = TypeVar("_Counted", str, "Task", tuple[str, str])


@dataclass(frozen=True, slots=True)
class Family:
    """A metric or a type of ablated part, and its studies; every count is a number of studies, the largest first.

    `spellings` are the name as studies write it, `models` pairs of planner and model. A study that spells a metric in
    two ways counts once, but for each spelling. `papers` are counted for types of parts alone.
    """

    name: str
    studies: int
    spellings: tuple[tuple[str, int], ...]
    tasks: tuple[tuple[Task, int], ...]
    models: tuple[tuple[tuple[str, str], int], ...]
    papers: int = 0


@dataclass(slots=True)
class StudyCounter:
    """Counts studies as they are added; `spellings` are counted by the caller."""

    studies: int = 0
    spellings: Counter[str] = field(default_factory=Counter)
    tasks: Counter[Task] = field(default_factory=Counter)
    models: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, trace: Trace) -> None:
        """Count one more study of a trace."""
        self.studies += 1
        self.tasks[trace.task] += 1
        self.models[trace.planner, trace.model] += 1

    def family(self, name: str, papers: int = 0) -> Family:
        """Return the counts so far, in an order that does not depend on that of the studies."""
        return Family(name, self.studies, _ranked(self.spellings), _ranked(self.tasks), _ranked(self.models), papers)


def families(traces: Iterable[Trace]) -> tuple[Family, ...]:
    """Return the families of all metrics in the traces, in any order; the most used first, then by name."""
    counters: defaultdict[str, StudyCounter] = defaultdict(StudyCounter)
    for trace in traces:
        for study in trace.studies:
            for name in families_of(study):
                counters[name].add(trace)
            for spelling in set(study.metrics):
                counters[canonical_metric(spelling)].spellings[spelling] += 1
    found = (counter.family(name) for name, counter in counters.items())
    return tuple(sorted(found, key=lambda one: (-one.studies, one.name)))


def families_of(study: Study) -> tuple[str, ...]:
    """Return the canonical names of a study's metrics, each once, in the order of the metrics."""
    return tuple(dict.fromkeys(map(canonical_metric, study.metrics)))


def _ranked(counts: Counter[_Counted]) -> tuple[tuple[_Counted, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
