"""A file of the dataset, with what a reader wants to know before loading it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from generator.addresses import DATA
from generator.files import RenderedFile


@dataclass(frozen=True, slots=True)
class Download:
    """`name` is the path below data/, `sha256` in hexadecimal digits; `records` is None where none can be counted."""

    name: str
    data: bytes
    holds: str
    records: int | None
    sha256: str

    @classmethod
    def of(cls, name: str, data: bytes, holds: str, records: int | None = None) -> Download:
        """The file with its checksum."""
        return cls(name, data, holds, records, hashlib.sha256(data).hexdigest())

    @property
    def file(self) -> RenderedFile:
        """The file as it is written."""
        return RenderedFile(f"{DATA}{self.name}", self.data)
