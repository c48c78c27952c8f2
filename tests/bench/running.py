"""Run a command and say what it cost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import Timer
from typing import IO, TYPE_CHECKING

from bench.processes import watched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

GENERATOR = (sys.executable, "-m", "generator")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of all cores; MB of the largest process, and of the search indexer."""

    seconds: float
    cores: float
    memory: float
    indexer: float


class FailedError(Exception):
    """A command that did not end well, with its name and what it said, or after how many seconds it was stopped."""


def run(command: Sequence[str | Path], folder: Path, limit: float) -> Cost:
    """Run a command in a folder; after `limit` seconds, it and all that it started are killed. Raises FailedError."""
    with TemporaryFile() as log:
        start = time.perf_counter()
        with started(command, folder, log) as process:
            late = Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
            late.start()
            with watched(process.pid) as peaks:
                _, status, usage = os.wait4(process.pid, 0)
                seconds = time.perf_counter() - start
            late.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
        if seconds > limit:
            raise FailedError(f"stopped after {limit:g} s")
        if process.returncode:
            log.seek(0)
            raise FailedError(f"failed: {' '.join(map(str, command))}\n{log.read().decode(errors='replace')}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, peaks.others, peaks.indexer)


@contextmanager
def started(command: Sequence[str | Path], folder: Path, log: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A command in a group of its own, which ends with the block; its temporary files lie beside its folder."""
    changing = {"SITE_URL", "SOURCE_DATE_EPOCH", "PYTHONPATH"}
    environment = {name: value for name, value in os.environ.items() if name not in changing}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment | {"NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(folder.parent)},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
