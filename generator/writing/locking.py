"""One run at a time for a folder: a lock that the system itself takes back when a run ends, however it ends."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from generator.catalogue import Code
from generator.problems import GeneratorError, Location, Problem

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A preview's run takes a second or two; who starts another one beside it need not know.
_PATIENCE = 5.0  # seconds
_PAUSE = 0.1


@contextmanager
def alone(folder: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold `folder`, which is made if need be, against other runs; wait up to `patience` seconds for one to end.

    The folder itself is locked, not a file in it: a file would be left behind, and a preview that watches the folder
    would build without end. Windows and some network drives have no such locks; there two runs may meet, and each
    file is still whole. Raises GeneratorError when another run goes on for longer.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, folder, patience)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                remedy = "wait until it has ended, then run again"
                problem = Problem(Code.ANOTHER_RUN, Location(str(folder)), "another run writes here", remedy)
                raise GeneratorError([problem]) from None
            time.sleep(_PAUSE)
        except OSError:
            return
        else:
            return
