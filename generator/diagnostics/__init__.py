"""Diagnostics of seeds and of runs: a code, a place, a message and a hint.

Stages return or collect diagnostics instead of raising at the first one, so that a run reports all of them at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Self

from generator.diagnostics.codes import Code as Code
from generator.diagnostics.codes import Level as Level

_MOST_QUOTED = 60  # characters


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file.

    `line` and `column` count from 1, columns in characters of the decoded line; 0 stands for the whole file or line.
    """

    path: str
    line: int = 0
    column: int = 0

    @classmethod
    def at(cls, path: str, text: str, offset: int) -> Self:
        """Return the place of the character number `offset`, from 0, of a file's decoded `text`."""
        return cls(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))

    def in_column(self, column: int) -> Self:
        """Return another place in the same line."""
        return type(self)(self.path, self.line, column)

    def __str__(self) -> str:
        numbers = (str(number) for number in (self.line, self.column) if number)
        return ":".join([escape_unprintable(self.path), *numbers])


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: its place, what was found and expected, and what to do about it.

    Without a `hint` or a `sample` of what is right, those of its kind in `codes.yml` are told. `related` is another
    place that the message speaks of, such as the first of two.
    """

    code: Code
    location: Location
    message: str
    hint: str = ""
    related: Location | None = None
    sample: str = ""

    @property
    def level(self) -> Level:
        """Tell whether the finding stops the run."""
        return self.code.level

    @property
    def remedy(self) -> str:
        """Return what to do about it."""
        return self.hint or self.code.explanation.remedy

    @property
    def example(self) -> str:
        """Return what is right, as a file of this format has it."""
        return self.sample or self.code.explanation.example

    @property
    def text(self) -> str:
        """Message and hint on one line, which nothing in a seed can break or dress up."""
        related = f" (see {self.related})" if self.related else ""
        return escape_unprintable(f"{self.message}{related}; {self.remedy}")

    def moved(self, place: Callable[[Location], Location]) -> Self:
        """Return the same finding with `place` applied to its locations."""
        related = place(self.related) if self.related else None
        return replace(self, location=place(self.location), related=related)

    def __str__(self) -> str:
        return f"{self.location}: {self.level}: {self.text} [{self.code}]"


class GeneratorError(Exception):
    """The base of every error this package raises on purpose; carries all diagnostics of the run, sorted."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = sorted_unique(diagnostics)
        # The argument is what pickle rebuilds the error from, so that it arrives whole when a worker raises it.
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        """Return the diagnostics, a line each."""
        return "\n".join(map(str, self.diagnostics))


def sorted_unique(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort diagnostics by path, line and column, and drop duplicates."""
    return tuple(sorted(set(diagnostics), key=lambda one: (one.location, one.code, one.message)))


def errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics that stop a run, in their order."""
    return [diagnostic for diagnostic in diagnostics if diagnostic.level is Level.ERROR]


def truncated(text: str) -> str:
    """Quote a seed's text: unprintable characters are escaped, what follows 60 characters is cut."""
    return repr(text) if len(text) <= _MOST_QUOTED else repr(text[:_MOST_QUOTED] + "…")


def escape_unprintable(text: str) -> str:
    """Escape every character that cannot be seen or that changes how others look."""
    shown = (ch if ch.isprintable() else ch.encode("unicode_escape").decode() for ch in text)
    return text if text.isprintable() else "".join(shown)
