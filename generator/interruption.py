"""How a run ends that somebody stops: with Ctrl-C, or with the signal by which systems stop a program."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_STOPPING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable(*, at_once: bool = False) -> Iterator[None]:
    """Let a signal end the block with one line of text and the exit status of shells: 128 and the signal's number.

    The block can clean up as for any exception, unless it is to end `at_once`; so does whatever a second signal stops.
    """
    before = [signal.signal(number, _leave if at_once else _stop) for number in _STOPPING]
    try:
        yield
    finally:
        for number, handler in zip(_STOPPING, before, strict=True):
            signal.signal(number, handler)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    print(f"stopped by {signal.Signals(number).name}", file=sys.stderr, flush=True)  # noqa: T201 -- how the run ended
    os._exit(128 + number)


def _stop(number: int, _: FrameType | None) -> NoReturn:
    for further in _STOPPING:
        signal.signal(further, _leave)
    print(f"stopped by {signal.Signals(number).name}", file=sys.stderr)  # noqa: T201 -- how the run ends
    raise SystemExit(128 + number)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back until the block ends; processes that are forked in it never see one. Windows has no such way."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
