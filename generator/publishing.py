"""Put rendered pages into docs/: what must change (pure), and changing it (the only writer and deleter)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.addresses import DATA
from generator.catalogue import Code
from generator.problems import Location, Problem
from generator.rendering import MARK, TEXT_MARK, XML_HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.files import RenderedFile

_HEADS = (f"---\n{MARK}\n".encode(), XML_HEAD.encode())
_TEXT_MARK = TEXT_MARK.encode()
_MARKED_FILES = (".md", ".xml", ".txt")
# What a killed run may leave behind; no builder publishes hidden files.
_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Changes:
    """What turns the pages as they are into the pages as planned; paths are relative to docs/."""

    write: tuple[RenderedFile, ...]
    delete: tuple[str, ...]


def existing(docs: Path) -> dict[str, bytes]:
    """Path -> content of every file below docs/ that a run may have written."""
    return {name: (docs / name).read_bytes() for name in sorted(_names(docs))}


def hand_written(docs: Path) -> list[str]:
    """The files below docs/ that no run wrote, images and the like included."""
    found = existing(docs)
    paths = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file())
    return [path for path in paths if not _is_ours(path, found.get(path, b""))]


def diff(planned: Iterable[RenderedFile], found: Mapping[str, bytes]) -> tuple[Changes, list[Problem]]:
    """Which files to write and which stale ones to delete; a hand-written page in the way is a problem."""
    wanted = {page.path: page for page in planned}
    remedy = "rename it, or change the title or heading that leads to this address"
    problems = [
        Problem(Code.PLACE_TAKEN, Location(path), "a hand-written page stands where a generated one must go", remedy)
        for path in wanted
        if path in found and path.endswith(_MARKED_FILES) and not _is_ours(path, found[path])
    ]
    write = tuple(page for path, page in wanted.items() if found.get(path) != page.data)
    delete = tuple(path for path, data in found.items() if path not in wanted and _is_ours(path, data))
    return Changes(write, delete), problems


def blocked(planned: Iterable[RenderedFile], docs: Path) -> list[Problem]:
    """Where no planned file can go: a file stands where its folder must be, or a folder where the file itself must."""
    wanted = [PurePosixPath(page.path) for page in planned]
    folders = sorted({folder for path in wanted for folder in path.parents})
    remedy = "rename it"
    return [
        Problem(Code.PLACE_TAKEN, Location(str(path)), "a file stands where a folder of pages must be", remedy)
        for path in folders
        if (docs / path).exists() and not (docs / path).is_dir()
    ] + [
        Problem(Code.PLACE_TAKEN, Location(str(path)), "a folder stands where a generated file must go", remedy)
        for path in wanted
        if (docs / path).is_dir()
    ]


def apply(changes: Changes, docs: Path) -> None:
    """Carry the changes out, file by file and each at once: a file is whole at any moment, old or new."""
    for page in changes.write:
        path = docs / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}{_UNFINISHED}")
        unfinished.write_bytes(page.data)
        unfinished.replace(path)
    for name in changes.delete:
        (docs / name).unlink(missing_ok=True)
        _prune(docs, (docs / name).parent)


def _is_ours(path: str, data: bytes) -> bool:
    """Whether a run wrote this file: pages and feeds carry a mark, data files can't, so theirs is the folder."""
    if path.endswith(_MARKED_FILES):
        return data.startswith(_HEADS) or data.split(b"\n", 2)[1:2] == [_TEXT_MARK]
    return path.startswith(DATA) or path.endswith(_UNFINISHED)


def _names(docs: Path) -> Iterator[str]:
    for parent, _, names in os.walk(docs):
        folder = f"{Path(parent).relative_to(docs).as_posix()}/".removeprefix("./")
        yield from (
            f"{folder}{name}"
            for name in names
            if folder.startswith(DATA) or name.endswith((*_MARKED_FILES, _UNFINISHED))
        )


def _prune(docs: Path, folder: Path) -> None:
    while folder != docs and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
