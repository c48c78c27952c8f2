"""Work shared out among the machine's cores."""

from __future__ import annotations

import gc
import os
import traceback
from contextlib import contextmanager
from functools import cache
from itertools import islice
from multiprocessing import Pipe
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

# Below so many items a share, starting the workers costs more than they save.
_WORTH_SHARING = 50
# Enough chunks that no core is left with much more than its share, few enough that handing them out costs nothing.
_CHUNKS_PER_CORE = 8
# A chunk's results travel as one, and so are in memory together, twice.
_CHUNK = 32
# While a worker's results are read it has the next chunk at hand.
_AHEAD = 2
# Of 19 at most: what others want is done first, nearly always.
_YIELDING = 15


def on_all_cores(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """What `function` makes of each item, in the order of the items.

    The workers are forked, so they see what this process holds, and only results travel. Where there is a single core,
    or no fork, as on Windows, this process does it all. Raises what the function raises, and ChildProcessError when the
    system ends a worker, for want of memory say; multiprocessing.Pool would wait for its result for ever.
    """
    number = _workers_for(len(items))
    if number < 2:
        yield from map(function, items)
        return
    size = min(_CHUNK, max(1, len(items) // (number * _CHUNKS_PER_CORE)))
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    with _workers(number, lambda at: list(map(function, chunks[at]))) as workers:
        waiting = iter(range(len(chunks)))
        for worker in workers * _AHEAD:
            worker.send(next(waiting))
        done: dict[int, list[Result]] = {}
        for at in range(len(chunks)):
            while at not in done:
                done |= _next_results(workers, waiting)
            yield from done.pop(at)


@contextmanager
def beside(function: Callable[[], Result], items: int, *, yielding: bool = False) -> Iterator[Callable[[], Result]]:
    """Have a worker call the function while the block goes on, which calls what it is given for the result.

    A yielding worker, with all that it has others do, takes only the time that the rest leaves. Where there is a single
    core, or no fork, or the function is about few items, it is called when the result first is. Raises as above.
    """
    if _workers_for(items) < 2:
        yield cache(function)
        return

    def work(_: int) -> Result:
        if yielding:
            os.nice(_YIELDING)
        return function()

    with _workers(1, work) as workers:
        workers[0].send(0)
        yield cache(lambda: _next_results(workers, iter(()))[0])


def _workers_for(items: int) -> int:
    """How many workers so many items are worth; none can be forked on Windows."""
    if not hasattr(os, "fork"):
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, items // _WORTH_SHARING)


def _next_results(workers: Sequence[Connection], waiting: Iterator[int]) -> dict[int, Any]:
    """The results of those that have some, each of whom is given something new to do."""
    ready, answers = wait(workers), {}
    try:
        for worker in workers:
            if worker in ready:
                at, answers[at] = worker.recv()
                for following in islice(waiting, 1):
                    worker.send(following)
    except (EOFError, ConnectionError):
        raise ChildProcessError("a worker process was ended by the system; is there enough memory?") from None
    for answer in answers.values():
        if isinstance(answer, Exception):
            raise answer
    return answers


@contextmanager
def _workers(number: int, work: Callable[[int], object]) -> Iterator[list[Connection]]:
    """Processes that each answer a number sent to them with that number and its work's result.

    A worker ends when the connection to it is closed, so none is left when this process ends, however it ends.
    """
    connections: list[Connection] = []
    processes = []
    try:
        for _ in range(number):
            ours, theirs = Pipe()
            connections.append(ours)
            process = os.fork()
            if not process:
                _serve(theirs, connections, work)
            theirs.close()
            processes.append(process)
        yield connections
    finally:
        for connection in connections:
            connection.close()
        for process in processes:
            os.waitpid(process, 0)


def _serve(asked: Connection, inherited: list[Connection], work: Callable[[int], object]) -> NoReturn:
    """Work until nothing is asked any more, and end without a trace of the process that this one was forked from."""
    try:
        for connection in inherited:
            connection.close()
        # What was there before is shared with the other workers for as long as nobody touches it.
        gc.freeze()
        while True:
            at = asked.recv()
            try:
                asked.send((at, work(at)))
            except Exception as error:  # noqa: BLE001 -- raised again where the results are awaited
                error.add_note(f"in a worker:\n{traceback.format_exc()}")
                asked.send((at, error))
    finally:
        # Whatever it was, a closed connection or an interrupt from the keyboard, the parent knows.
        os._exit(0)
