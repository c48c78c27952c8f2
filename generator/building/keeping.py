"""What a run keeps for later ones: files that are trusted only while they are whole, and made of what is asked for.

A file begins with the key of all that it is made of and the hash of what follows. It is written aside and moved into
place, so that runs may share a folder; and it can be deleted at any time.
"""

from __future__ import annotations

import os
import pickle
import platform
import shutil
from contextlib import contextmanager
from copyreg import dispatch_table
from dataclasses import is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from io import BufferedReader

# Below the project's folder.
CACHE = ".cache"
_PACKAGE = Path(__file__).parent.parent
_CODE = (".py", ".yml", ".jinja", ".html")
# What reads seeds and writes pages beside the generator's own code.
_LIBRARIES = ("beautifulsoup4", "jinja2", "latex2mathml", "markdown-it-py", "pydantic", "pyyaml")
# So many keys have their files kept: those of the last runs.
_KEPT = 3
# Protocol 5 and the state of frozen dataclasses are the same in all versions of Python that this project runs in.
_PROTOCOL = 5
# Where the values are defined that a run may keep.
_VALUES = {"diagnostics.codes", "diagnostics.diagnostic", "model", "surveying", "corpus.similarity"}
_BROKEN = (
    *(pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, KeyError),
    *(MemoryError, OverflowError, TypeError, ValueError),
)


def digest(parts: Iterable[bytes]) -> str:
    """A name for all parts in their order, and for where one ends and the next begins."""
    total = sha256()
    for part in parts:
        total.update(sha256(part).digest())
    return total.hexdigest()[:32]


@cache
def code() -> str:
    """A name for the generator's code, for Python's version and for those of the libraries."""
    files = sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _CODE)
    versions = (platform.python_version(), *map(version, _LIBRARIES))
    return digest((*(one.encode() for one in versions), *(path.read_bytes() for path in files)))


def keep(path: Path, key: str, write: Callable[[BinaryIO], None]) -> None:
    """Put what `write` writes at `path` under `key`; the oldest of those beside it make room."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with unfinished.open("w+b") as file:
            start = file.write(_head(key, ""))
            write(file)
            file.seek(start)
            total = file_digest(file, sha256).hexdigest()
            file.seek(0)
            file.write(_head(key, total))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def kept(path: Path, key: str) -> Iterator[BinaryIO | None]:
    """What is kept at `path`, or nothing if it is not there, not whole or made of anything else than `key` says."""
    file = _opened(path)
    if not file:
        yield None
        return
    with file:
        head = file.read(len(_head(key, "")))
        total = file_digest(file, sha256).hexdigest()
        file.seek(len(head))
        yield file if head == _head(key, total) else None


def _opened(path: Path) -> BufferedReader | None:
    try:
        return path.open("rb")
    except OSError:
        return None


def make_room(folder: Path) -> None:
    """Delete all that is in a folder but what was changed last."""
    for old in sorted(folder.iterdir(), key=_changed)[:-_KEPT]:
        if old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.unlink(missing_ok=True)


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        # Another run has deleted it.
        return 0


def _head(key: str, total: str) -> bytes:
    return f"{key} {total:64}\n".encode()


def write_values(values: object, file: BinaryIO) -> None:
    """Write frozen values of this project, which may refer to each other, so that `read_values` reads them."""
    pickler = pickle.Pickler(file, _PROTOCOL)
    pickler.dispatch_table = {**dispatch_table, MappingProxyType: _unfrozen}
    pickler.dump(values)


def read_values(file: BinaryIO) -> object:
    """The values that `write_values` wrote, or nothing if these are none: no other code than theirs is ever called."""
    try:
        return _Values(file).load()
    except _BROKEN:
        return None


class _Values(pickle.Unpickler):
    """Makes values of the project's own types, and dates; whatever else a file asks for is refused."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) == (date.__module__, date.__name__):
            return date
        if (module, name) == (__name__, _frozen.__name__):
            return _frozen
        package, _, inside = module.partition(".")
        if package == "generator" and inside in _VALUES:
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of this project")


def _frozen(mapping: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(mapping)


def _unfrozen(mapping: MappingProxyType[object, object]) -> tuple[Callable[..., object], tuple[object]]:
    return _frozen, (dict(mapping),)
