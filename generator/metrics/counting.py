"""Counts of the studies that ask for something: by task, by model and by spelling."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict, TypeVar

if TYPE_CHECKING:
    from generator.model import Task, Trace

_Counted = TypeVar("_Counted", str, "Task", tuple[str, str])


class StudyCounts(TypedDict):
    """Every count is a number of studies, the largest first; `models` are pairs of planner and model."""

    studies: int
    spellings: tuple[tuple[str, int], ...]
    tasks: tuple[tuple[Task, int], ...]
    models: tuple[tuple[tuple[str, str], int], ...]


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

    def counts(self) -> StudyCounts:
        """Return the counts so far, in an order that does not depend on that of the studies."""
        return StudyCounts(
            studies=self.studies,
            spellings=_ranked(self.spellings),
            tasks=_ranked(self.tasks),
            models=_ranked(self.models),
        )


def _ranked(counts: Counter[_Counted]) -> tuple[tuple[_Counted, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
