"""Work shared out among the machine's cores."""

from __future__ import annotations

import os
from multiprocessing import get_all_start_methods, get_context
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")

# Below so many items a share, starting the workers costs more than they save.
_WORTH_SHARING = 50
# Enough chunks that no core is left with much more than its share, few enough that handing them out costs nothing.
_CHUNKS_PER_CORE = 8
# A chunk's results travel as one, and so are in memory together, twice.
_CHUNK = 32

_shared: list[Callable[[int], Any]] = []


def on_all_cores(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """What `function` makes of each item, in the order of the items.

    The workers are forked, so they see what this process holds, and only results travel. Where there is a single core,
    or no fork, as on Windows, this process does it all.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = min(cores, len(items) // _WORTH_SHARING)
    if workers < 2 or "fork" not in get_all_start_methods():
        yield from map(function, items)
        return
    with get_context("fork").Pool(workers, _shared.append, (lambda at: function(items[at]),)) as pool:
        size = min(_CHUNK, max(1, len(items) // (workers * _CHUNKS_PER_CORE)))
        yield from pool.imap(_result, range(len(items)), size)


def _result(at: int) -> Any:  # noqa: ANN401 -- whatever the shared function returns
    return _shared[-1](at)
