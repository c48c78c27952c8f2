"""What can be wrong with a seed, and where.

Stages return or collect `Problem`s instead of raising at the first one, so that a run reports all of them at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.catalogue import Code, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_CHARS = 60


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; `line` and `column` (in characters of the decoded line) count from 1, 0 stands for all."""

    path: str
    line: int = 0
    column: int = 0

    @classmethod
    def at(cls, path: str, text: str, offset: int) -> Location:
        """Where a decoded text holds its character number `offset`, which counts from 0."""
        return cls(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))

    def in_column(self, column: int) -> Location:
        """Another place in the same line."""
        return Location(self.path, self.line, column)

    def __str__(self) -> str:
        return ":".join([visible(self.path), *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: where, what was found and expected, and what to do about it.

    `related` is another place that the message speaks of, such as the first of two.
    """

    code: Code
    location: Location
    message: str
    remedy: str
    related: Location | None = None

    @property
    def level(self) -> Level:
        """Whether this stops the run."""
        return self.code.level

    @property
    def text(self) -> str:
        """What to tell the reader, on one line that nothing in a seed can break or dress up."""
        related = f" (see {self.related})" if self.related else ""
        return visible(f"{self.message}{related}; {self.remedy}")

    def moved(self, place: Callable[[Location], Location]) -> Problem:
        """The same finding, with its places named another way."""
        related = place(self.related) if self.related else None
        return replace(self, location=place(self.location), related=related)

    def __str__(self) -> str:
        return f"{self.location}: {self.level}: {self.text} [{self.code}]"


class GeneratorError(Exception):
    """The base of every error this package raises on purpose; carries all problems of the run."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        # What it is made of, so that it arrives whole when a worker raises it.
        super().__init__(self.problems)

    def __str__(self) -> str:
        """The problems, a line each."""
        return "\n".join(map(str, self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by path and line, each once."""
    return tuple(sorted(set(problems), key=lambda problem: (problem.location, problem.code, problem.message)))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a run."""
    return [problem for problem in problems if problem.level is Level.ERROR]


def quoted(text: str) -> str:
    """A seed's text in quotes, unprintable characters escaped, cut after 60 characters."""
    return repr(text) if len(text) <= _CHARS else repr(text[:_CHARS] + "…")


def visible(text: str) -> str:
    """A text with every character escaped that cannot be seen or that changes how others look."""
    return text if text.isprintable() else "".join(ch if ch.isprintable() else _escaped(ch) for ch in text)


def _escaped(ch: str) -> str:
    return ch.encode("unicode_escape").decode()
