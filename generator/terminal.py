"""Progress, questions and reports at a terminal; all but answers go to standard error."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, TypeVar

from generator.diagnostics import escape_unprintable

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")

# A report names so many of each kind.
_SHOWN = 20
# A bar is drawn so often on its way.
_STEPS = 100


def use_utf8() -> None:
    """Have all that is read and told in UTF-8, whatever the system's code page; what can't be written is escaped."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def tell(answer: str) -> bool:
    """Write a command's answer to standard output, and return whether that was possible; if not, say so.

    Whoever reads only its beginning, as `head` does, need not be told.
    """
    try:
        print(answer, flush=True)  # noqa: T201 -- the answer
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            say(f"standard output cannot be written ({error.strerror})")
        # Else it would be tried again at the end.
        with suppress(OSError):
            sys.stdout.close()
        return False
    return True


def say(*lines: str) -> None:
    """Write what goes with an answer to standard error."""
    with suppress(OSError):
        for line in lines:
            print(line, file=sys.stderr)  # noqa: T201 -- see above


class Bars:
    """A bar per stage; without a `progress`, as where nobody watches, there is none."""

    def __init__(self, progress: "Progress | None" = None) -> None:
        self._progress = progress

    def track(self, items: Iterable[Item], label: str, total: int) -> Iterable[Item]:
        """Yield the items one by one, while the stage's bar fills."""
        if self._progress is None:
            yield from items
            return
        self._progress.start()
        task, step = self._progress.add_task(label, total=total), max(1, total // _STEPS)
        for number, item in enumerate(items, 1):
            yield item
            if not number % step or number == total:
                self._progress.update(task, completed=number, refresh=True)

    @contextmanager
    def busy(self, label: str) -> Iterator[None]:
        """Show the label while something works whose length is unknown."""
        if self._progress is None:
            yield
            return
        self._progress.start()
        task = self._progress.add_task(label, total=None)
        self._progress.refresh()
        yield
        self._progress.update(task, total=1, completed=1, refresh=True)


@contextmanager
def bars() -> Iterator[Bars]:
    """Yield bars that appear with the first stage, so that questions can come before, and vanish when the run ends."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield Bars()
        return
    # They take a while to load.
    from rich.console import Console  # noqa: PLC0415 -- see above
    from rich.progress import Progress  # noqa: PLC0415 -- see above

    # Drawn by this thread alone: beside another one no worker may be forked.
    progress = Progress(console=Console(stderr=True), transient=True, auto_refresh=False)
    try:
        yield Bars(progress)
    finally:
        progress.stop()


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


def listed(title: str, lines: Sequence[str], most: int = _SHOWN) -> Iterator[str]:
    """Yield the lines of a list in a report below its title, nothing of an empty one; all above `most` are counted."""
    if lines:
        yield f"{title}:"
        yield from (f"  {escape_unprintable(line)}" for line in lines[:most])
    if len(lines) > most:
        yield f"  … and {len(lines) - most:,} more"
