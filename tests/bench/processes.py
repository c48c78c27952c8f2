"""What the processes of a group use, read from /proc (Linux; elsewhere nothing is found)."""

from __future__ import annotations

import os
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROC = Path("/proc")
_INDEXER = b"pagefind"
_EACH = 0.05  # seconds between two looks
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
_TICK = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Peaks:
    """The most memory that one process held at any time, in MB: of the search indexer, and of all others."""

    indexer: float = 0
    others: float = 0

    def look(self, group: int) -> None:
        """Take in what the processes of the group have held up to now."""
        for process in _processes(group):
            try:
                peak = _PEAK.search((process / "status").read_text())
                is_indexer = _INDEXER in (process / "cmdline").read_bytes()
            except OSError:
                continue
            held = int(peak[1]) * 1024 / 1e6 if peak else 0
            if is_indexer:
                self.indexer = max(self.indexer, held)
            else:
                self.others = max(self.others, held)


@contextmanager
def watched(group: int) -> Iterator[Peaks]:
    """The peaks of a group of processes, which grow for as long as the block lasts."""
    peaks, over = Peaks(), Event()

    def look() -> None:
        while not over.wait(_EACH):
            peaks.look(group)

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()


def wait_until_idle(group: int, still: float = 1.0) -> None:
    """Return once the group has used no processor for so many seconds, but for a tenth of it, to look for changes."""
    used = _seconds(group)
    while True:
        time.sleep(still)
        before, used = used, _seconds(group)
        if used - before < still / 10:
            return


def _seconds(group: int) -> float:
    """The processor's time that the group's processes, and those they waited for, have used."""
    total = 0
    for process in _processes(group):
        try:
            total += sum(map(int, _fields(process)[11:15]))
        except OSError:
            continue
    return total * _TICK


def _processes(group: int) -> Iterator[Path]:
    for process in _PROC.glob("[0-9]*"):
        try:
            if int(_fields(process)[2]) == group:
                yield process
        except OSError:
            continue


def _fields(process: Path) -> list[str]:
    """What /proc/PID/stat tells after the program's name, which may itself hold blanks and brackets."""
    return (process / "stat").read_text().rpartition(") ")[2].split(" ")
