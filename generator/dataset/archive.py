"""All files of the dataset in one zip, of the same bytes on every machine.

The zip is also where the files wait until they are published: all of them together would not fit into the memory of a
small machine.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import SEEK_END
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from generator.files import SpooledFile
from generator.messages import Message

# The earliest that the format knows: no clock reaches the bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o100644 << 16
# What stands before a member's bytes beside its name (APPNOTE.TXT 6.3.10, 4.3.7).
_HEADER = 30


class Archive:
    """The zip while it is written into `spool`; members are stored as they are, as what compression makes differs."""

    def __init__(self, target: ZipFile, spool: IO[bytes], folder: str) -> None:
        self._target = target
        self._folder = folder
        self._spool = spool

    def add(self, path: str, name: str, chunks: Iterable[bytes]) -> SpooledFile:
        """Add a further member, called `name`, and return it as the file that is to stand at `path`."""
        entry = ZipInfo(f"{self._folder}/{name}", _DATE)
        entry.create_system = _UNIX
        entry.external_attr = _READABLE
        total = hashlib.sha256()
        with self._target.open(entry, "w") as member:
            for chunk in chunks:
                total.update(chunk)
                member.write(chunk)
        start = entry.header_offset + _HEADER + len(entry.filename.encode())
        return SpooledFile(path, self._spool, start, entry.file_size, total.hexdigest())


@contextmanager
def archiving(spool: IO[bytes], folder: str) -> Iterator[Archive]:
    """Yield a zip to add files to, in a folder of this name; it is whole when the block ends."""
    with ZipFile(spool, "w", ZIP_STORED) as target:
        yield Archive(target, spool, folder)


def as_file(path: str, spool: IO[bytes]) -> SpooledFile:
    """Return the finished zip as the file that is to stand at `path`."""
    size = spool.seek(0, SEEK_END)
    whole, total = SpooledFile(path, spool, 0, size, ""), hashlib.sha256()
    for chunk in whole.chunks():
        total.update(chunk)
    return replace(whole, sha256=total.hexdigest())


@dataclass(frozen=True, slots=True)
class Download:
    """`name` is the path below data/; `records` is None where none can be counted."""

    name: str
    file: SpooledFile
    holds: Message
    records: int | None = None
