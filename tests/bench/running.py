"""Run commands and measure what they cost."""

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread
from typing import IO

ROOT = Path(__file__).parents[2]
PYTHON = sys.executable

_LOOK_EVERY = 0.05  # seconds
_LIMIT = 1_800  # seconds after which a command is killed
_PATIENCE = 60  # seconds; who has run for so long in all does not run again
# Linux tells the most memory that a process ever held; elsewhere nothing is found.
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
_INDEXER = b"pagefind"
_CHANGING = frozenset({"SITE_URL", "SOURCE_DATE_EPOCH", "SEEDS", "PYTHONPATH"})


class FailedError(Exception):
    """A command that failed or took too long, with its name and its output."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, the folder it runs in, and the folders that are deleted before each run."""

    arguments: Sequence[str | Path]
    folder: Path
    stale: Sequence[Path] = ()
    python_path: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, seconds of all cores, and MB of the largest process but the search indexer."""

    seconds: float
    cores: float
    megabytes: float


def take_turns(commands: Mapping[str, Command], runs: int) -> dict[str, Cost]:
    """Run the commands one after another, `runs` rounds of them; return the medians of each by its name.

    They take turns so that a busy moment of the machine slows all alike. Who fails is named and left out.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name in [name for name, own in costs.items() if sum(cost.seconds for cost in own) < _PATIENCE]:
            try:
                costs[name].append(run(commands[name]))
            except FailedError as error:
                say(f"{name}: left out, {error}")
                del costs[name]
    return {name: _median(own) for name, own in costs.items()}


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 -- the command's answer


def run(command: Command) -> Cost:
    """Run a command once. Raises FailedError, also when it takes too long."""
    for folder in command.stale:
        shutil.rmtree(folder, ignore_errors=True)
    with TemporaryFile() as log:
        start = time.perf_counter()
        with started(command, log) as process, _largest(process.pid) as peaks:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        if process.returncode:
            log.seek(0)
            said = log.read().decode(errors="replace").strip()[-2_000:]
            raise FailedError(f"{' '.join(map(str, command.arguments))} failed after {seconds:.0f} s:\n{said}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, max(peaks, default=0))


@contextmanager
def started(command: Command, log: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command in a process group of its own, which ends with the block."""
    environment = {name: value for name, value in os.environ.items() if name not in _CHANGING}
    environment |= {"NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(command.folder)}
    if command.python_path:
        environment["PYTHONPATH"] = command.python_path
    process = subprocess.Popen(
        command.arguments,
        cwd=command.folder,
        env=environment,
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


@contextmanager
def _largest(group: int) -> Iterator[list[float]]:
    """Collect the memory of the group's processes while the block runs; kill the group after the limit."""
    found, over = list[float](), Event()

    def watch() -> None:
        until = time.monotonic() + _LIMIT
        while not over.wait(_LOOK_EVERY):
            found[:] = [max((*found, *_held(group)), default=0)]
            if time.monotonic() > until:
                os.killpg(group, signal.SIGKILL)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()


def _held(group: int) -> Iterator[float]:
    """Yield the most MB that each process of a group held up to now."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # The program's name comes first, in brackets, and may itself hold any character.
            is_member = int((process / "stat").read_text().rpartition(") ")[2].split()[2]) == group
            if is_member and _INDEXER not in (process / "cmdline").read_bytes():
                peak = _PEAK.search((process / "status").read_text())
                yield int(peak[1]) * 1024 / 1e6 if peak else 0
        except OSError:
            continue


def _median(costs: Sequence[Cost]) -> Cost:
    figures = zip(*((cost.seconds, cost.cores, cost.megabytes) for cost in costs), strict=True)
    return Cost(*map(statistics.median, figures))
