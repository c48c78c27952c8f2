"""Run the real commands, and press Ctrl-C at some moment: all processes at a terminal get the signal at once."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from website.commands import environment

_PATIENCE = 120.0  # seconds
_LOOK = 0.002


@dataclass(frozen=True, slots=True)
class Moment:
    """When a run is interrupted: so many seconds after it can be stopped, or after it has started such a program."""

    seconds: float
    program: str = ""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """How a run ended, all it printed, and what it left in its folder for temporary files."""

    status: int
    output: str
    left: tuple[str, ...]


def interrupt(project: Path, arguments: list[str], moment: Moment, temporary: Path, **variables: str) -> Interrupted:
    """Interrupt Python with these arguments in a project; wait until all its processes are gone.

    A run that comes to its end before the moment is not interrupted.
    """
    temporary.mkdir()
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=project,
        env=environment() | {"TMPDIR": str(temporary)} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as started:
        _wait_until(lambda: started.poll() is not None or _reached(started.pid, moment.program))
        time.sleep(moment.seconds)
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGINT)
        output, _ = started.communicate(timeout=_PATIENCE)
    _wait_until(lambda: not _is_group(started.pid))
    return Interrupted(started.returncode, output, tuple(path.name for path in temporary.iterdir()))


def _wait_until(seen: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not seen():
        assert time.monotonic() < until
        time.sleep(_LOOK)


def _reached(process: int, program: str) -> bool:
    """Tell whether a process has said what it does when it is stopped, and runs such a program if one is named.

    Python itself neither holds SIGTERM back nor does anything about it.
    """
    proc = Path(f"/proc/{process}")
    if not program:
        masks = re.findall("^Sig(?:Blk|Cgt):\t(.*)", (proc / "status").read_text(), re.MULTILINE)
        return any(int(mask, 16) & 1 << signal.SIGTERM - 1 for mask in masks)
    children = (proc / "task" / str(process) / "children").read_text().split()
    return any(_name(child).startswith(program) for child in children)


def _name(process: str) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/comm").read_text()
    return ""


def _is_group(number: int) -> bool:
    with suppress(ProcessLookupError):
        os.killpg(number, 0)
        return True
    return False
