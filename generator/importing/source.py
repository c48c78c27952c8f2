"""What a source holds, before any of it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.model import Trace
    from generator.problems import Problem

    Read = tuple[Trace | None, list[Problem]]


@dataclass(frozen=True, slots=True)
class Source:
    """Something to import from.

    Each of `items` reads one trace; without one, an error says why, or the item is none. `problems` are those of the
    source as a whole. `passed_over` counts the files in it that hold no traces.
    """

    items: tuple[Callable[[], Read], ...]
    problems: tuple[Problem, ...] = ()
    passed_over: int = 0
