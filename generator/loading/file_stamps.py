"""Stamps that tell whether a file is still the one that was seen, without reading it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    # Size, the times of the last change of content and of anything, place on the disk.
    Stamp = tuple[int, int, int, int]


def stamp(path: Path) -> Stamp | None:
    """Stamp a file; None where there is none."""
    try:
        return _stamp(path.stat())
    except OSError:
        return None


def stamps(place: Path) -> Iterator[tuple[str, Stamp]]:
    """Path and stamp of a file, or of every file below a folder but hidden ones and what Python keeps."""
    waiting = [str(place)]
    if found := place.is_file() and stamp(place):
        yield waiting.pop(), found
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith((".", "__pycache__")):
                        continue
                    if entry.is_dir():
                        waiting.append(entry.path)
                    else:
                        yield entry.path, _stamp(entry.stat())
        except OSError:
            # It went away meanwhile.
            continue


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
