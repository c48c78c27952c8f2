"""A file of the dataset, with what a reader wants to know before loading it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.files import SpooledFile


@dataclass(frozen=True, slots=True)
class Download:
    """`name` is the path below data/; `records` is None where none can be counted."""

    name: str
    file: SpooledFile
    holds: str
    records: int | None = None
