"""The files that a site is made of, and which of them changed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from generator.reading.stamps import stamp, stamps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.reading.stamps import Stamp

_PAUSE = 0.2  # seconds
# So many times longer than a look at all files takes, the pause is at least.
_REST = 20
# An editor may save in several steps.
_CALM = 0.05  # seconds


class Inputs:
    """The files at some places, as they were when last looked at."""

    def __init__(self, places: Iterable[Path]) -> None:
        self._places = list(places)
        self._seen = self._look()

    def changes(self) -> Iterator[set[Path]]:
        """Wait for changes, without end: each time the files that were changed, added or deleted."""
        while True:
            started = time.monotonic()
            changed = self._changed()
            if not changed:
                time.sleep(max(_PAUSE, _REST * (time.monotonic() - started)))
                continue
            time.sleep(_CALM)
            while more := self._changed():
                changed |= more
                time.sleep(_CALM)
            yield {Path(path) for path in changed}

    def accept(self, files: Iterable[Path]) -> None:
        """Take these as they are now: they were written here."""
        for file in files:
            self._seen.pop(str(file), None)
            if found := stamp(file):
                self._seen[str(file)] = found

    def _changed(self) -> set[str]:
        before, self._seen = self._seen, self._look()
        return {path for path, _ in before.items() ^ self._seen.items()}

    def _look(self) -> dict[str, Stamp]:
        return {path: found for place in self._places for path, found in stamps(place)}
