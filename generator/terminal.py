"""Progress and questions at a terminal, on stderr; no progress is shown where nobody watches."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from generator.progress import no_progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from rich.progress import Progress

Item = TypeVar("Item")

# A bar is drawn so often on its way.
_STEPS = 100


class Bars(Protocol):
    """A bar per stage, where a person watches."""

    def track(self, items: Iterable[Item], label: str, total: int) -> Iterable[Item]:
        """Yield the items one by one, while the stage's bar fills."""

    def busy(self, label: str) -> AbstractContextManager[None]:
        """Show the label while something works whose length is unknown."""


@contextmanager
def bars() -> Iterator[Bars]:
    """Yield bars that appear with the first stage, so that questions can come before, and vanish when the run ends."""
    if not sys.stderr.isatty():
        yield _NoBars()
        return
    # They take a while to load.
    from rich.console import Console  # noqa: PLC0415 -- see above
    from rich.progress import Progress  # noqa: PLC0415 -- see above

    # Drawn by this thread alone: beside another one no worker may be forked.
    progress = Progress(console=Console(stderr=True), transient=True, auto_refresh=False)
    try:
        yield _Bars(progress)
    finally:
        progress.stop()


class _NoBars:
    track = staticmethod(no_progress)

    @contextmanager
    def busy(self, label: str) -> Iterator[None]:  # noqa: ARG002 -- as with bars
        yield


class _Bars:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def track(self, items: Iterable[Item], label: str, total: int) -> Iterable[Item]:
        self._progress.start()
        task = self._progress.add_task(label, total=total)
        step = max(1, total // _STEPS)
        for number, item in enumerate(items, 1):
            yield item
            if not number % step or number == total:
                self._progress.update(task, completed=number, refresh=True)

    @contextmanager
    def busy(self, label: str) -> Iterator[None]:
        self._progress.start()
        task = self._progress.add_task(label, total=None)
        self._progress.refresh()
        yield
        self._progress.update(task, total=1, completed=1, refresh=True)


def ask(question: str, *, needed: bool, choices: Sequence[str] = ()) -> str:
    """Return a person's answer, one of the `choices` if there are any; asked again while one is needed and missing."""
    shown = f"{question} ({', '.join(choices)})" if choices else question
    while True:
        print(f"{shown}: ", end="", file=sys.stderr, flush=True)  # noqa: T201 -- the question
        answer = input().strip()
        if answer in choices or not (choices or (needed and not answer)):
            return answer


def ask_all(question: str) -> list[str]:
    """Return a person's answers, one a line, up to an empty one."""
    answers = []
    while answer := ask(question, needed=False):
        answers.append(answer)
    return answers
