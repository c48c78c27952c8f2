"""Pagefind's index in the same bytes whenever it is made of the same pages.

Pagefind 1.5.2 writes the names and the values of filters in an order that differs from run to run, and calls each file
by a hash of what it holds; all else comes out alike. Its files are gzipped: a mark, then one list in CBOR (RFC 8949) of
numbers, texts and lists.
"""

from __future__ import annotations

import gzip
import json
from enum import IntEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MARK = b"pagefind_dcd"
_DIGITS = 10
# The lower five bits of a value's first byte are a number, a length, or from here on tell in how many bytes it follows:
# 1, 2, 4 or 8.
_FOLLOWS = 24


class _Kind(IntEnum):
    """The upper three bits of a value's first byte (RFC 8949, 3.1)."""

    NUMBER = 0
    TEXT = 3
    LIST = 4


def make_reproducible(folder: Path) -> None:
    """Put the filters of the index in `folder` in order, and call what this changes by what it holds."""
    entry = folder / "pagefind-entry.json"
    content = json.loads(entry.read_text("utf-8"))
    for language in content["languages"].values():
        language["hash"] = _settle(folder, language["hash"])
    entry.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _settle(folder: Path, name: str) -> str:
    """Put the filters of one language in order; the new name of what lists them, which was called `name`."""
    listing = folder / f"pagefind.{name}.pf_meta"
    version, pages, chunks, filters, *rest = unpacked(listing.read_bytes())
    settled = []
    for title, old in sorted(filters):
        path = folder / "filter" / f"{old}.pf_filter"
        _, values = unpacked(path.read_bytes())
        settled.append([title, _replace(path, old, [title, sorted(values)])])
    return _replace(listing, name, [version, pages, chunks, settled, *rest])


def _replace(path: Path, name: str, values: list[Any]) -> str:
    """Write the values in place of a file whose path holds its `name`, a language and a hash; the new name."""
    data = packed(values)
    new = f"{name.partition('_')[0]}_{sha256(data).hexdigest()[:_DIGITS]}"
    path.unlink()
    path.with_name(path.name.replace(name, new)).write_bytes(data)
    return new


def unpacked(data: bytes) -> list[Any]:
    """The list that a file of Pagefind's holds."""
    values: list[Any]
    values, _ = _read(gzip.decompress(data).removeprefix(_MARK), 0)
    return values


def packed(values: list[Any]) -> bytes:
    """A file of Pagefind's that holds the list."""
    return gzip.compress(_MARK + b"".join(_written(values)), mtime=0)


def _read(data: bytes, at: int) -> tuple[Any, int]:
    """The value at a place, and the place behind it."""
    kind, number = data[at] >> 5, data[at] & 31
    at += 1
    if number >= _FOLLOWS:
        end = at + (1 << (number - _FOLLOWS))
        number, at = int.from_bytes(data[at:end], "big"), end
    match kind:
        case _Kind.NUMBER:
            return number, at
        case _Kind.TEXT:
            return data[at : at + number].decode(), at + number
        case _Kind.LIST:
            values = []
            for _ in range(number):
                value, at = _read(data, at)
                values.append(value)
            return values, at
        case _:
            raise AssertionError(kind)


def _written(value: object) -> Iterator[bytes]:
    match value:
        case int():
            yield _head(_Kind.NUMBER, value)
        case str():
            text = value.encode()
            yield _head(_Kind.TEXT, len(text)) + text
        case list():
            yield _head(_Kind.LIST, len(value))
            for one in value:
                yield from _written(one)
        case _:
            raise AssertionError(value)


def _head(kind: int, number: int) -> bytes:
    """A value's first bytes, the fewest that hold the number."""
    if number < _FOLLOWS:
        return bytes([kind << 5 | number])
    exponent = next(exponent for exponent in range(4) if number < 256 ** (1 << exponent))
    return bytes([kind << 5 | _FOLLOWS + exponent]) + number.to_bytes(1 << exponent, "big")
