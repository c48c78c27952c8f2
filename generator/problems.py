"""What can be wrong with a seed, and where.

Stages return or collect `Problem`s instead of raising at the first one, so that a run reports all of them at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Level(StrEnum):
    """An error stops the run; a warning is reported and the text is kept verbatim."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A line of a file; `line` counts from 1, 0 stands for the file as a whole."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding: where, what was found and expected, and what to do about it."""

    location: Location
    message: str
    remedy: str
    level: Level = Level.ERROR

    def __str__(self) -> str:
        prefix = "warning: " if self.level is Level.WARNING else ""
        return f"{self.location}: {prefix}{self.message}; {self.remedy}"


class GeneratorError(Exception):
    """The base of every error this package raises on purpose; carries all problems of the run."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a run."""
    return [problem for problem in problems if problem.level is Level.ERROR]
