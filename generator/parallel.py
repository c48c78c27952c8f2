"""Work on all cores of the machine, and how far it got."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import Any, Protocol, TypeVar

from generator.interruption import undisturbed

Item = TypeVar("Item")
Result = TypeVar("Result")

# With fewer items for each worker, to start it costs more than it saves.
_WORTH_A_WORKER = 50
# A chunk's results travel together, and so are in memory twice.
_CHUNK = 32
# What the workers work on; they are forked while it stands here, so that only numbers and results travel.
_job: tuple[Callable[[Any], Any], Sequence[Any]] = (repr, ())


def parallel_map(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Call the function with each item, and yield the results in the order of the items.

    The workers are forked, so the function and the items may be anything that this process holds; only results are
    pickled. Where processes can't be forked, or must not, as beside a running thread, this process does all the work.
    Raises what the function raises, and MemoryError when the system ends a worker.
    """
    global _job  # noqa: PLW0603 -- forked workers see it, and it need not be pickled
    number = _workers_for(len(items))
    if number < 2:
        yield from map(function, items)
        return
    size = min(_CHUNK, -(-len(items) // (number * 8)))
    _job = (function, items)
    pool = ProcessPoolExecutor(number, mp_context=get_context("fork"), initializer=_settle)
    try:
        with undisturbed():
            chunks = pool.map(_work, range(0, len(items), size), [size] * -(-len(items) // size))
        for results in chunks:
            yield from results
    except BrokenProcessPool:
        raise MemoryError("a worker process was ended by the system") from None
    finally:
        pool.shutdown(cancel_futures=True)
        _job = (repr, ())


def _workers_for(items: int) -> int:
    """Return how many workers so many items are worth; none where processes can't be forked."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, items // _WORTH_A_WORKER)


def _settle() -> None:
    """Leave alone what was there before the fork: it is shared with the other workers while nobody touches it."""
    gc.freeze()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """End this worker when its parent is killed: else it would wait for work for ever."""
    if parent := parent_process():
        parent.join()
    os._exit(1)


def _work(start: int, size: int) -> list[Any]:
    function, items = _job
    return [function(item) for item in items[start : start + size]]


class ProgressCallback(Protocol):
    """Passes the items of a stage on, and may show how far it got."""

    def __call__(self, items: Iterable[Item], label: str, total: int) -> Iterable[Item]:
        """Yield the items one by one; `total` is their number."""


def no_progress(items: Iterable[Item], label: str, total: int) -> Iterable[Item]:  # noqa: ARG001 -- a callback without a bar
    """Return the items, and show nothing."""
    return items
