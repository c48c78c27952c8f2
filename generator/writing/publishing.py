"""Put rendered files into docs/, the only writer and deleter there: all of them, or with any problem none."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.addresses import DATA
from generator.catalogue import Code
from generator.files import MARK
from generator.problems import GeneratorError, Location, Problem
from generator.rendering import TEXT_MARK, XML_HEAD
from generator.writing.staging import UNFINISHED, staged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from generator.files import RenderedFile, SpooledFile

_HEADS = (f"---\n{MARK}\n".encode(), XML_HEAD.encode())
_TEXT_MARK = TEXT_MARK.encode()
_MARKED_FILES = (".md", ".xml", ".txt")
# Longer than what stands above a mark, and the mark.
_HEAD_BYTES = 500


@dataclass(frozen=True, slots=True)
class Changes:
    """What turned the files as they were into the files as planned; paths are relative to docs/."""

    write: tuple[str, ...]
    delete: tuple[str, ...]


def publish(planned: Iterable[RenderedFile | SpooledFile], docs: Path, kept: AbstractSet[str] = frozenset()) -> Changes:
    """Bring docs/ up to date; the planned files are taken one by one, and never held together.

    The files in `kept` are planned too, and known to stay as they are.
    What changed is first written beside the files it replaces, so a full disk leaves all of them as they are; then
    each file is replaced at once, so it is whole at any moment, old or new. Raises GeneratorError with every
    hand-written file in the way, or with what the system refused to do.
    """
    with staged(docs) as staging:
        changes, problems = _stage(planned, kept, docs, staging)
        if problems:
            raise GeneratorError(problems)
        _apply(changes, docs, staging)
    return changes


def hand_written(docs: Path) -> list[str]:
    """The files below docs/ that no run wrote, images and the like included."""
    return [name for name in sorted(_names(docs)) if not _is_ours(docs, name)]


def _stage(
    planned: Iterable[RenderedFile | SpooledFile], kept: AbstractSet[str], docs: Path, staging: Path
) -> tuple[Changes, list[Problem]]:
    """Write what differs into `staging`, and say which files are stale and which stand in the way."""
    found = set(_names(docs))
    wanted, write, problems = set(kept), list[str](), list[Problem]()
    # Many files lie in one folder.
    obstacle_above, make_folder = cache(partial(_obstacle_above, docs)), cache(_make_folder)
    for page in planned:
        wanted.add(page.path)
        path = docs / page.path
        if obstacle := obstacle_above(path.parent) or _obstacle(docs, page.path):
            problems.append(obstacle)
        elif not _holds(path, page):
            unfinished = staging / page.path
            make_folder(unfinished.parent)
            with unfinished.open("wb") as target:
                target.writelines(page.chunks())
            write.append(page.path)
    delete = tuple(name for name in sorted(found - wanted) if _is_ours(docs, name))
    return Changes(tuple(write), delete), problems


def _holds(path: Path, page: RenderedFile | SpooledFile) -> bool:
    """Whether the file is there and holds what is planned."""
    try:
        with path.open("rb") as file:
            return all(file.read(len(chunk)) == chunk for chunk in page.chunks()) and not file.read(1)
    except FileNotFoundError:
        return False


def _apply(changes: Changes, docs: Path, staging: Path) -> None:
    make_folder = cache(_make_folder)
    for name in changes.write:
        path = docs / name
        make_folder(path.parent)
        (staging / name).replace(path)
    for name in changes.delete:
        (docs / name).unlink(missing_ok=True)
        _prune(docs, (docs / name).parent)


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def _obstacle_above(docs: Path, folder: Path) -> Problem | None:
    """What no run wrote and yet stands where a folder must be."""
    there = next(one for one in (folder, *folder.parents) if one == docs or os.path.lexists(one))
    if there.is_dir():
        return None
    return _in_the_way(there, "a file stands where a folder of pages must be", "rename it")


def _obstacle(docs: Path, name: str) -> Problem | None:
    """What no run wrote and yet stands where a file must go."""
    path = docs / name
    if not os.path.lexists(path):
        return None
    if path.is_dir():
        return _in_the_way(path, "a folder stands where a generated file must go", "rename it")
    if not _is_ours(docs, name):
        remedy = "rename it, or change the title or heading that leads to this address"
        return _in_the_way(path, "a hand-written page stands where a generated one must go", remedy)
    return None


def _in_the_way(path: Path, found: str, remedy: str) -> Problem:
    return Problem(Code.PLACE_TAKEN, Location(str(path)), found, remedy)


def _is_ours(docs: Path, name: str) -> bool:
    """Whether a run wrote this file: pages and feeds carry a mark, data files can't, so theirs is the folder."""
    path = docs / name
    # A run writes regular files; to read a pipe would never end.
    if not path.is_file():
        return False
    if not name.endswith(_MARKED_FILES):
        return name.startswith(DATA)
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return head.startswith(_HEADS) or head.split(b"\n", 2)[1:2] == [_TEXT_MARK]


def _names(docs: Path) -> Iterator[str]:
    """Every file below docs/ but those of an unfinished run."""
    for parent, folders, names in os.walk(docs):
        folder = f"{Path(parent).relative_to(docs).as_posix()}/".removeprefix("./")
        if not folder and UNFINISHED in folders:
            folders.remove(UNFINISHED)
        yield from (f"{folder}{name}" for name in names)


def _prune(docs: Path, folder: Path) -> None:
    while folder != docs and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
