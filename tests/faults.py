"""Run the real generator in processes of their own, and stop it at the n-th thing it does to the files of a folder.

Each kind of fault comes from Python's audit hooks, which tell of an operation before it is done, or from the kernel's
limit on the size of files, which cuts a write short in its midst.
"""

import errno
import multiprocessing
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import NoReturn

import pytest
from examples import data_files

from generator.corpus.linking import link
from generator.diagnostics import GeneratorError
from generator.interruption import stoppable
from generator.pages import problems_page
from generator.publication import Publication
from generator.rendering import render_page

_CHANGING = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.symlink", "os.link", "os.truncate"}
# Less than any file of the corpus holds.
_WRITTEN = 20
KILLED = 99
_SURPRISED = 98
_PATIENCE = 300  # seconds
# What the server has, nobody who is forked from it needs to compile or to work out.
render_page(problems_page())
data_files(link((), (), ())[0], Publication("", ""))


class Fault(StrEnum):
    """What happens at the n-th operation."""

    KILL = "killed before the operation"
    TEAR = "killed in the midst of the write"
    FULL = "the disk is full"
    FULL_WITHIN = "the disk is full in the midst of the write"
    READ_ONLY = "the disk is read-only"
    STOP = "Ctrl-C before the operation"

    @property
    def within_writes(self) -> bool:
        """Whether it strikes writes only."""
        return self in {Fault.TEAR, Fault.FULL_WITHIN}


class _Strike:
    """An audit hook: counts what changes files under a folder, and strikes at number `at`."""

    def __init__(self, folder: Path, fault: Fault, at: int) -> None:
        self._folder, self._fault, self._at = str(folder), fault, at
        self.count = 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        changes = writes if self._fault.within_writes else (writes or event in _CHANGING)
        if not changes or not self._is_inside(str(arguments[0])):
            return
        self.count += 1
        # A disk that is full or read-only stays so; what is killed is killed once.
        if self.count == self._at or (self.count > self._at and self._fault in {Fault.FULL, Fault.READ_ONLY}):
            self._strike(event, str(arguments[0]))

    def _is_inside(self, path: str) -> bool:
        # Whole folders are deleted by names relative to their parent's handle.
        return path.startswith(self._folder) or not path.startswith("/")

    def _strike(self, event: str, path: str) -> None:
        match self._fault:
            case Fault.KILL:
                os._exit(KILLED)
            case Fault.TEAR:
                signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
                resource.setrlimit(resource.RLIMIT_FSIZE, (_WRITTEN, _WRITTEN))
            case Fault.FULL_WITHIN:
                resource.setrlimit(resource.RLIMIT_FSIZE, (_WRITTEN, _WRITTEN))
            case Fault.STOP:
                signal.raise_signal(signal.SIGINT)
            case Fault.FULL if event not in {"os.remove", "os.rmdir"}:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
            case Fault.READ_ONLY:
                raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)


def run(action: Callable[[], object], folder: Path, fault: Fault, at: int) -> tuple[int, str]:
    """How a run ended that met the fault at operation `at` (from 1) in the folder, and what it said.

    The status is 0 if it went through, which says how many operations it took; 1 for problems, which are told;
    130 for Ctrl-C, `KILLED`, or minus the signal that ended it. The process comes from a server without threads: forked
    from one that serves pages or computes, it might wait for a lock that nobody holds any more.
    """
    processes = _server()
    told, tells = processes.Pipe(duplex=False)
    process = processes.Process(target=_run, args=(action, folder, fault, at, tells))
    process.start()
    process.join(_PATIENCE)
    assert process.exitcode is not None, f"{fault}, operation {at}: still running after {_PATIENCE} seconds"
    return process.exitcode, told.recv() if told.poll() else ""


def operations(action: Callable[[], object], folder: Path, fault: Fault) -> int:
    """How many operations in the folder a run takes at which the fault can strike."""
    return int(run(action, folder, fault, sys.maxsize)[1])


@cache
def _server() -> ForkServerContext:
    """What the processes are forked from, with all loaded that a run needs."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(
        ["pytest", "bs4", "generator.site.build", "generator.dataset.table_formats", "test_faults"]
    )
    with pytest.MonkeyPatch.context() as environment:
        # Python 3.11 doesn't tell the server where to look for modules, and what it doesn't find it does without.
        environment.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        forkserver.ensure_running()
    return processes


def _run(action: Callable[[], object], folder: Path, fault: Fault, at: int, tells: Connection) -> NoReturn:
    status, said = _act(action, _Strike(folder, fault, at))
    # A pipe: while the fault lasts no file may be written.
    tells.send(said)
    os._exit(status)


def _act(action: Callable[[], object], strike: _Strike) -> tuple[int, str]:
    sys.addaudithook(strike)
    try:
        with stoppable():
            action()
    except GeneratorError as error:
        return 1, str(error)
    except SystemExit as end:
        return int(end.code or 0), ""
    except BaseException:  # noqa: BLE001 -- a child must not go on as a second test run, whatever happens
        return _SURPRISED, traceback.format_exc()
    return 0, str(strike.count)
