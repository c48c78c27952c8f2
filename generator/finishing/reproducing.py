"""Pagefind's index in the same bytes whenever it is made of the same pages, and lighter where words are everywhere.

Pagefind 1.5.2 writes the names and the values of filters in an order that differs from run to run, and calls each file
by a hash of what it holds; all else comes out alike. Its files are gzipped: a mark, then one list in CBOR (RFC 8949).
"""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import cbor2

from generator.finishing.thinning import MOST, thinned

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

# The filter that names the pages which stand for all.
SAMPLE = "sample"
_MARK = b"pagefind_dcd"
_DIGITS = 10
# Pagefind puts words into files of some thirty thousand bytes, of which only single words exceed that much.
_HEAVY = 40_000


def make_reproducible(folder: Path) -> set[Path]:
    """Put the filters of an index in order, thin its words, and call the files that this changes by what they hold.

    Returns the files that the index consists of; what else is in the folder is not of it.
    """
    entry = folder / "pagefind-entry.json"
    content = json.loads(entry.read_text("utf-8"))
    listed = {entry}
    for language in content["languages"].values():
        language["hash"] = _settle(folder, language["hash"])
        listed |= _listed(folder, language["hash"])
    entry.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")
    return listed


def _listed(folder: Path, name: str) -> set[Path]:
    """The files of one language, among them what lists them and is called `name`."""
    listing = folder / f"pagefind.{name}.pf_meta"
    _, pages, chunks, filters, *_ = unpacked(listing.read_bytes())
    return {
        listing,
        *(folder / "fragment" / f"{page}.pf_fragment" for page, *_ in pages),
        *(folder / "index" / f"{chunk}.pf_index" for _, _, chunk in chunks),
        *(folder / "filter" / f"{values}.pf_filter" for _, values in filters),
    }


def _settle(folder: Path, name: str) -> str:
    """Settle the files of one language; the new name of what lists them, which was called `name`."""
    listing = folder / f"pagefind.{name}.pf_meta"
    version, pages, chunks, filters, *rest = unpacked(listing.read_bytes())
    settled, sample = [], frozenset[int]()
    for title, old in sorted(filters):
        path = folder / "filter" / f"{old}.pf_filter"
        _, values = unpacked(path.read_bytes())
        settled.append([title, _replace(path, old, [title, sorted(values)])])
        if title == SAMPLE:
            sample = frozenset(number for _, numbers in values for number in numbers)
    if len(pages) > MOST:
        chunks = [[*ends, _lighten(folder / "index" / f"{old}.pf_index", old, sample)] for *ends, old in chunks]
    return _replace(listing, name, [version, pages, chunks, settled, *rest])


def _lighten(path: Path, name: str, sample: AbstractSet[int]) -> str:
    """Thin the words of a heavy file; its new name."""
    if path.stat().st_size < _HEAVY:
        return name
    words, *rest = unpacked(path.read_bytes())
    return _replace(path, name, [thinned(words, sample), *rest])


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
    values = cbor2.loads(gzip.decompress(data).removeprefix(_MARK))
    return values


def packed(values: list[Any]) -> bytes:
    """A file of Pagefind's that holds the list."""
    return gzip.compress(_MARK + cbor2.dumps(values), mtime=0)
