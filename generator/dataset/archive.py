"""All files of the dataset in one zip, of the same bytes on every machine.

The zip is also where the files wait until they are published: all of them together would not fit into the memory of a
small machine.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import SEEK_END
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from generator.addresses import DATA
from generator.files import SpooledFile
from generator.messages import Message

# The earliest that the format knows: no clock reaches the bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o100644 << 16
# What stands before a member's bytes beside its name (APPNOTE.TXT 6.3.10, 4.3.7).
_HEADER = 30


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the dataset and what it holds; `records` is None where none can be counted."""

    file: SpooledFile
    holds: Message
    records: int | None = None

    @property
    def name(self) -> str:
        """Its path below data/."""
        return self.file.path.removeprefix(DATA)


class Archive(ZipFile):
    """The zip while it is written into `spool`; members are stored as they are, as what compression makes differs."""

    def __init__(self, spool: IO[bytes], folder: str) -> None:
        super().__init__(spool, "w", ZIP_STORED)
        self._folder = folder
        self._spool = spool

    def add(self, name: str, chunks: Iterable[bytes]) -> SpooledFile:
        """Add a further member, and return it as the file that is to stand below data/."""
        entry = ZipInfo(f"{self._folder}/{name}", _DATE)
        entry.create_system = _UNIX
        entry.external_attr = _READABLE
        total = hashlib.sha256()
        with self.open(entry, "w") as member:
            for chunk in chunks:
                total.update(chunk)
                member.write(chunk)
        start = entry.header_offset + _HEADER + len(entry.filename.encode())
        return SpooledFile(f"{DATA}{name}", self._spool, start, entry.file_size, total.hexdigest())


def as_file(name: str, spool: IO[bytes]) -> SpooledFile:
    """Return the finished zip as the file that is to stand below data/."""
    size = spool.seek(0, SEEK_END)
    whole, total = SpooledFile(f"{DATA}{name}", spool, 0, size, ""), hashlib.sha256()
    for chunk in whole.chunks():
        total.update(chunk)
    return replace(whole, sha256=total.hexdigest())
