"""Put rendered pages into docs/: what must change (pure), and changing it (the only writer and deleter)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.addresses import DATA
from generator.problems import Location, Problem
from generator.rendering import MARK, XML_HEAD, RenderedPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HEADS = (f"---\n{MARK}\n", XML_HEAD)
_MARKED_FILES = (".md", ".xml")
_DATA_FILES = (".json", ".jsonl")
# What a killed run may leave behind; no builder publishes hidden files.
_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Changes:
    """What turns the pages as they are into the pages as planned; paths are relative to docs/."""

    write: tuple[RenderedPage, ...]
    delete: tuple[str, ...]


def existing(docs: Path) -> dict[str, str]:
    """Path -> text of every Markdown, XML and data file below docs/; what is not UTF-8 is nobody's and comes as ""."""
    return {path.relative_to(docs).as_posix(): _text(path) for path in sorted(_files(docs))}


def hand_written(docs: Path) -> list[str]:
    """The files below docs/ that no run wrote, images and the like included."""
    found = existing(docs)
    paths = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file())
    return [path for path in paths if not _is_ours(path, found.get(path, ""))]


def diff(planned: Iterable[RenderedPage], found: Mapping[str, str]) -> tuple[Changes, list[Problem]]:
    """Which files to write and which stale ones to delete; a hand-written page in the way is a problem."""
    wanted = {page.path: page for page in planned}
    remedy = "rename it, or change the title or heading that leads to this address"
    problems = [
        Problem(Location(path), "a hand-written page stands where a generated one must go", remedy)
        for path in wanted
        if path in found and path.endswith(_MARKED_FILES) and not _is_ours(path, found[path])
    ]
    write = tuple(page for path, page in wanted.items() if found.get(path) != page.text)
    delete = tuple(path for path, text in found.items() if path not in wanted and _is_ours(path, text))
    return Changes(write, delete), problems


def apply(changes: Changes, docs: Path) -> None:
    """Carry the changes out, file by file and each at once: a file is whole at any moment, old or new."""
    for page in changes.write:
        path = docs / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}{_UNFINISHED}")
        unfinished.write_bytes(page.text.encode())
        unfinished.replace(path)
    for name in changes.delete:
        (docs / name).unlink(missing_ok=True)
        _prune(docs, (docs / name).parent)


def _is_ours(path: str, text: str) -> bool:
    """Whether a run wrote this file: pages and feeds carry a mark, data files can't, so theirs is the folder."""
    is_data = path.startswith(DATA) and path.endswith(_DATA_FILES)
    return is_data or text.startswith(_HEADS) or path.endswith(_UNFINISHED)


def _files(docs: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(docs):
        for name in names:
            if name.endswith((*_MARKED_FILES, *_DATA_FILES, _UNFINISHED)):
                yield Path(parent, name)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        return ""


def _prune(docs: Path, folder: Path) -> None:
    while folder != docs and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
