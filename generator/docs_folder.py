"""The folder of the pages, docs/: brought up to date as a whole, one run at a time.

A run notes in `docs/.generated` which files it wrote. What is not noted there was written by a person, and is never
changed or deleted.
"""

import errno
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from filelock import FileLock, Timeout

from generator.diagnostics import Code, Diagnostic, GeneratorError, Location
from generator.files import RenderedFile, SpooledFile
from generator.interruption import undisturbed

_MANIFEST = ".generated"
# No builder publishes what is hidden, and a killed run may leave it.
STAGING = ".unfinished"
# A preview's run takes a second or two; who starts another one beside it need not know.
_PATIENCE = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Changes:
    """Which files were written and which deleted; paths are relative to docs/."""

    write: tuple[str, ...]
    delete: tuple[str, ...]


def sync_files(planned: Iterable[RenderedFile | SpooledFile], docs: Path, *, whole: bool = True) -> Changes:
    """Bring docs/ up to date; the planned files are taken one by one, and never held together.

    If they are the `whole`, earlier files that are not planned any more are deleted. What changed is first written
    beside the files it replaces, so a full disk leaves all of them as they are; then each file is replaced at once.
    Raises GeneratorError with every hand-written file in the way, or with what the system refused to do.
    """
    with staged(docs) as staging:
        owned = generated_files(docs)
        names, written, diagnostics = _stage(planned, docs, staging, owned)
        if diagnostics:
            raise GeneratorError(diagnostics)
        stale = owned - names if whole else frozenset()
        _note(docs, owned | names)
        changes = Changes(tuple(written), tuple(sorted(stale)))
        _apply(changes, docs, staging)
        _note(docs, (owned | names) - stale)
    return changes


def generated_files(docs: Path) -> frozenset[str]:
    """Return the paths of the files that runs wrote, relative to docs/."""
    try:
        return frozenset((docs / _MANIFEST).read_text("utf-8").splitlines())
    except FileNotFoundError:
        return frozenset()


def hand_written_files(docs: Path) -> list[str]:
    """Return the paths of the files below docs/ that no run wrote, images and the like included."""
    owned = generated_files(docs)
    found = (path.relative_to(docs) for path in docs.rglob("*") if path.is_file())
    shown = (path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts))
    return sorted(name for name in shown if name not in owned)


def refuse_overlap(folder: Path, *others: Path) -> None:
    """Raise GeneratorError if `folder` lies within one of the others, or one of them in it."""
    whole = folder.resolve()
    for other in others:
        if whole.is_relative_to(other.resolve()) or other.resolve().is_relative_to(whole):
            where = "within" if whole.is_relative_to(other.resolve()) else "around"
            diagnostic = Diagnostic(Code.FOLDER_WITHIN, Location(str(folder)), f"{where} the folder {other}")
            raise GeneratorError([diagnostic])


def replace_contents(folder: Path, contents: Path, aside: Path) -> None:
    """Put all that `contents` holds into `folder`, in place of all there that is not hidden, which goes to `aside`.

    All three lie on one disk, so that no file is copied.
    """
    aside.mkdir()
    with undisturbed():
        for entry in [entry for entry in folder.iterdir() if not entry.name.startswith(".")]:
            entry.rename(aside / entry.name)
        for entry in list(contents.iterdir()):
            entry.rename(folder / entry.name)


def copy_hand_written(docs: Path, target: Path) -> None:
    """Copy what persons wrote below docs/ into another folder, times included: what has not changed stays so."""
    for name in hand_written_files(docs):
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(docs / name, copy)


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Provide a hidden place in `folder` for files that wait, made with the first of them and gone at the end.

    No other run writes into the folder meanwhile. Raises GeneratorError with what the system refuses to do.
    """
    staging = folder / STAGING
    with refusals_reported(folder), exclusive_lock(folder):
        _clear(staging)
        try:
            yield staging
        finally:
            with undisturbed():
                shutil.rmtree(staging, ignore_errors=True)


def _clear(folder: Path) -> None:
    """Delete what a killed run left behind, of which the search's indexer may go on writing into it for a while."""
    end = time.monotonic() + _PATIENCE
    while folder.exists():
        try:
            shutil.rmtree(folder)
        except OSError as error:
            if error.errno != errno.ENOTEMPTY or time.monotonic() > end:
                raise
            time.sleep(0.1)


@contextmanager
def exclusive_lock(folder: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold `folder`, which is made for the time if need be, against other runs; wait up to `patience` seconds for one.

    The lock lies beside the folder: in it, a preview that watches the folder would build without end. Raises
    GeneratorError when another run goes on for longer.
    """
    is_new, place = not folder.exists(), folder.resolve()
    # Who holds the folder already may take it once more.
    lock = FileLock(place.with_name(f".{place.name}.lock"), is_singleton=True)
    try:
        with undisturbed():
            folder.mkdir(parents=True, exist_ok=True)
            with suppress(Timeout):
                lock.acquire(timeout=0)
        if not lock.is_locked:
            lock.acquire(timeout=patience)
        yield
    except Timeout:
        raise GeneratorError([Diagnostic(Code.ANOTHER_RUN, Location(str(folder)), "another run writes here")]) from None
    finally:
        with undisturbed():
            if lock.lock_counter == 1:
                # Windows deletes no file that is open; there it stays.
                with suppress(OSError):
                    Path(lock.lock_file).unlink(missing_ok=True)
            lock.release()
            if is_new and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


@contextmanager
def spool_file(folder: Path) -> Iterator[IO[bytes]]:
    """Provide a temporary file for what is too large for the memory until it is written into `folder`.

    It has no name, so that nothing is left of it however the run ends. Raises GeneratorError with what the system
    refuses to do.
    """
    with refusals_reported(folder), TemporaryFile() as spool:
        yield spool


@contextmanager
def refusals_reported(folder: Path) -> Iterator[None]:
    """Raise GeneratorError with what the system refuses to do in `folder`, in place of its own error."""
    try:
        yield
    except OSError as error:
        # A failed write names no file, and one in a folder that is being cleared is named without it.
        named = error.filename2 or error.filename
        found = f"cannot be written ({error.strerror}{f': {named}' if named else ''})"
        raise GeneratorError([Diagnostic(Code.CANNOT_BE_WRITTEN, Location(str(folder)), found)]) from None


def write_file(folder: Path, file: RenderedFile | SpooledFile) -> None:
    """Write a file below a folder, and the folders that lead to it."""
    path = folder / file.path
    _make_folder(path.parent)
    with path.open("wb") as target:
        target.writelines(file.chunks())


def _make_folder(folder: Path) -> None:
    # Most are there.
    if not folder.is_dir():
        folder.mkdir(parents=True)


def _stage(
    planned: Iterable[RenderedFile | SpooledFile], docs: Path, staging: Path, owned: AbstractSet[str]
) -> tuple[frozenset[str], list[str], list[Diagnostic]]:
    """Write what differs into `staging`; the names of all files, of the different ones, and what is in the way."""
    names, written, diagnostics = set[str](), list[str](), list[Diagnostic]()
    for file in planned:
        names.add(file.path)
        if _holds(docs / file.path, file):
            continue
        if obstacle := _obstacle(docs, file.path, owned):
            diagnostics.append(obstacle)
            continue
        write_file(staging, file)
        written.append(file.path)
    return frozenset(names), written, diagnostics


def _holds(path: Path, page: RenderedFile | SpooledFile) -> bool:
    """Return whether the file is there, is no link, and holds what is planned."""
    try:
        # To read a pipe would never end.
        if path.is_symlink() or not path.is_file():
            return False
        with path.open("rb") as file:
            return all(file.read(len(chunk)) == chunk for chunk in page.chunks()) and not file.read(1)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _obstacle(docs: Path, name: str, owned: AbstractSet[str]) -> Diagnostic | None:
    """Return what no run wrote and yet stands where a file, or a folder that leads to it, must be."""
    path = docs / name
    above = next(one for one in path.parents if one == docs or os.path.lexists(one))
    if not above.is_dir():
        path, found, hint = above, "a file stands where a folder of pages must be", "rename it"
    elif path.is_dir():
        found, hint = "a folder stands where a generated file must go", "rename it"
    elif os.path.lexists(path) and name not in owned:
        found = "a hand-written page stands where a generated one must go"
        hint = "rename it, or change the title or heading that leads to this address; delete it if a run wrote it"
    else:
        return None
    return Diagnostic(Code.PLACE_TAKEN, Location(str(path)), found, hint)


def _note(docs: Path, names: AbstractSet[str]) -> None:
    """Note which files are the generator's, before the first of them is touched and after the last is deleted."""
    if names != generated_files(docs):
        unfinished = docs / f"{_MANIFEST}.new"
        unfinished.write_text("".join(f"{name}\n" for name in sorted(names)), "utf-8")
        unfinished.replace(docs / _MANIFEST)


def _apply(changes: Changes, docs: Path, staging: Path) -> None:
    for name in changes.write:
        _make_folder((docs / name).parent)
        (staging / name).replace(docs / name)
    for name in changes.delete:
        (docs / name).unlink(missing_ok=True)
        _prune(docs, (docs / name).parent)


def _prune(docs: Path, folder: Path) -> None:
    while folder != docs and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
