"""What a person at a terminal sees of a long run: progress on stderr, nothing where nobody watches."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Item = TypeVar("Item")


class Bars:
    """A bar per stage, on a terminal only."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def track(self, items: Iterable[Item], label: str, total: int) -> Iterable[Item]:
        """The items one by one, while the stage's bar fills."""
        return self._progress.track(items, total=total, description=label)

    @contextmanager
    def busy(self, label: str) -> Iterator[None]:
        """A bar that moves while something works whose length is unknown."""
        task = self._progress.add_task(label, total=None)
        yield
        self._progress.update(task, total=1, completed=1)


@contextmanager
def bars() -> Iterator[Bars]:
    """Bars that vanish when the run ends."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bars(progress)
