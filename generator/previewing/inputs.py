"""The files that a site is made of, and which of them changed."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from generator.loading.file_stamps import stamp, stamps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from watchdog.events import FileSystemEvent

    from generator.loading.file_stamps import Stamp

_PAUSE = 0.2  # seconds
# So many times longer than a look at all files takes, the pause is at least.
_REST = 20
# An editor may save in several steps.
_CALM = 0.05  # seconds
# The system would tell of each file that is only read, too.
_CHANGING = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]


class Inputs:
    """The files at some places, as they were when last looked at."""

    def __init__(self, places: Iterable[Path]) -> None:
        self._places = list(places)
        self._seen = self._look()

    def changes(self) -> Iterator[set[Path]]:
        """Wait for changes, without end: each time the files that were changed, added or deleted."""
        with _touches(self._places) as touched:
            while True:
                touched.clear()
                started = time.monotonic()
                changed = self._changed()
                if not changed:
                    touched.wait(max(_PAUSE, _REST * (time.monotonic() - started)))
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


@contextmanager
def _touches(places: Sequence[Path]) -> Iterator[Event]:
    """What is set as soon as the system tells of a change at one of the places. Not every file system tells of any."""
    touched, observer = Event(), Observer()
    # A place that cannot be watched is known as such only once the observer runs; then it stops no other.
    observer.start()
    for place in places:
        # An editor may put a new file into an old one's place, so of a single file the folder is watched.
        is_folder = place.is_dir()
        folder = str(place if is_folder else place.parent)
        with suppress(OSError):
            observer.schedule(_Bell(touched), folder, recursive=is_folder, event_filter=_CHANGING)
    try:
        yield touched
    finally:
        observer.stop()


class _Bell(FileSystemEventHandler):
    def __init__(self, touched: Event) -> None:
        self._touched = touched

    def on_any_event(self, event: FileSystemEvent) -> None:  # noqa: ARG002 -- what it was is looked at
        self._touched.set()
