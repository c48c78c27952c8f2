"""How a run ends that somebody stops: with Ctrl-C, or with the signal by which systems stop a program."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

_STOPPING = (signal.SIGINT, signal.SIGTERM)
# Windows has no way to have a signal wait.
_CAN_WAIT = hasattr(signal, "pthread_sigmask")


@contextmanager
def stoppable(*, at_once: bool = False) -> Iterator[None]:
    """Let a signal end the block with one line of text and the exit status of shells: 128 and the signal's number.

    The block can clean up as for any exception, unless it is to end `at_once`; so does whatever a second signal stops.
    What a library makes of that exception changes nothing: a block that was stopped ends so.
    """
    stopped: list[int] = []

    def stop(number: int, _: FrameType | None) -> NoReturn:
        stopped.append(number)
        _leave_at_the_next()
        raise SystemExit(128 + number)

    before = [signal.signal(number, _leave if at_once else stop) for number in _STOPPING]
    try:
        yield
    finally:
        for number, handler in zip(_STOPPING, before, strict=True):
            signal.signal(number, handler)
        if stopped:
            _say(stopped[0])
            raise SystemExit(128 + stopped[0])


def hold_back() -> None:
    """Have signals wait for `make_stoppable`, unless that was called already."""
    if _CAN_WAIT and signal.getsignal(signal.SIGINT) is not _stop:
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)


def make_stoppable() -> None:
    """Let a signal end a program of others, from now on, as it ends a `stoppable` block."""
    # Another thread never sees a signal, and may not say what becomes of one.
    if threading.current_thread() is threading.main_thread():
        for number in _STOPPING:
            signal.signal(number, _stop)
    if _CAN_WAIT:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)


def _stop(number: int, _: FrameType | None) -> NoReturn:
    _leave_at_the_next()
    _say(number)
    raise SystemExit(128 + number)


def _leave_at_the_next() -> None:
    # Within a finalizer Python can't raise what ends the run, and would show where: then it ends a little later.
    sys.unraisablehook = lambda _: None
    for number in _STOPPING:
        signal.signal(number, _leave)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    _say(number)
    os._exit(128 + number)


def _say(number: int) -> None:
    """Say how the run ends, past Python's buffer of standard error: the signal may have come while it was filled."""
    with suppress(OSError):
        os.write(2, f"stopped by {signal.Signals(number).name}\n".encode())


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back signals that stop until the block ends; processes that are forked in it never see one."""
    if not _CAN_WAIT:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
