"""How far a stage got: what a caller may show of it."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class ProgressCallback(Protocol):
    """Passes the items of a stage on, and may show how far it got."""

    def __call__(self, items: Iterable[Item], label: str, total: int) -> Iterable[Item]:
        """Yield the items one by one; `total` is their number."""


def no_progress(items: Iterable[Item], label: str, total: int) -> Iterable[Item]:  # noqa: ARG001 -- a callback without a bar
    """Return the items, and show nothing."""
    return items
