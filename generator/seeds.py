"""Read `seeds/`: the only reader of seeds. Decoding, repair, and what kind of seed a text is.

A file's name and folder say nothing; its content does.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import ftfy.bad_codecs  # registers sloppy-windows-1252, the code page as mis-readers of UTF-8 apply it

from generator.catalogue import Code
from generator.parsing.addition import is_addition
from generator.parsing.document import is_document
from generator.parsing.json_lines import are_records
from generator.parsing.summary import is_summary
from generator.parsing.trace import is_trace
from generator.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ftfy.bad_codecs.ok()
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_METADATA = re.compile(r"^title[ \t]*:", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


class Kind(StrEnum):
    """What a seed holds."""

    TRACE = "trace"
    DOCUMENT = "trace document"
    RECORDS = "records"
    SUMMARY = "summary"
    METADATA = "metadata"
    ADDITION = "addition"


@dataclass(frozen=True, slots=True)
class Seed:
    """One raw file: `path` is relative to the seeds' folder with `/` between its parts, `text` has LF line ends.

    `sha256` is that of the file's bytes, in hexadecimal digits.
    """

    path: str
    kind: Kind
    text: str
    sha256: str


def read_seeds(folder: Path) -> tuple[tuple[Seed, ...], list[Problem]]:
    """Every seed under `folder` in the order of their paths, and what could not be read.

    Hidden files and READMEs are no seeds. An empty folder is a problem: nothing is published from it. Paths in the
    problems are relative to `folder`, as they are in the seeds.
    """
    remedy = "put trace, summary or paper files into it, or name another folder with --seeds"
    if not folder.is_dir():
        return (), [Problem(Code.MISSING_FOLDER, Location(""), "no such folder", remedy)]
    seeds, problems = [], list[Problem]()
    for name in sorted(_names(folder, problems)):
        seed, problem = read_seed(folder / name, name)
        if seed:
            seeds.append(seed)
        if problem:
            problems.append(problem)
    if not seeds and not problems:
        problems.append(Problem(Code.NO_SEEDS, Location(""), "no seed found", remedy))
    return tuple(seeds), problems


def read_seed(path: Path, name: str) -> tuple[Seed | None, Problem | None]:
    """The seed at `path`, called `name` in records and problems, or the reason why there is none."""
    if not _is_unicode(name):
        found = "the file's name is not UTF-8"
        return None, Problem(Code.FILE_NAME_NOT_UTF_8, Location(name), found, "rename it")
    try:
        data = path.read_bytes()
        text = decode(data)
    except OSError as error:
        return None, _unreadable(name, error)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        found = f"not UTF-8: byte 0x{error.object[error.start]:02x}" if len(error.object) > error.start else "not UTF-8"
        where = Location.at(name, before, len(before))
        return None, Problem(Code.NOT_UTF_8, where, found, "save the file as UTF-8")
    if stray := _CONTROL.search(text):
        where = Location.at(name, text, stray.start())
        return None, Problem(Code.CONTROL_CHARACTER, where, f"control character U+{ord(stray[0]):04X}", "delete it")
    kind = _kind(path, text)
    if kind is None:
        found = "neither a trace nor a summary nor a paper's metadata nor an addition nor records of these"
        remedy = "compare it with the examples in docs/contributing.md, or move it out of the seeds' folder"
        return None, Problem(Code.UNKNOWN_KIND, Location(name, 1), found, remedy)
    return Seed(name, kind, text, hashlib.sha256(data).hexdigest()), None


def decode(data: bytes) -> str:
    """UTF-8 text with LF line ends and no byte-order mark; whole-file mojibake is undone where that is exact."""
    if data.startswith(_UTF16):
        raise UnicodeDecodeError("utf-8", data, 0, 2, "a UTF-16 byte-order mark")
    # A byte-order mark may stand before the slip, or have gone through it.
    text = repair(data.decode("utf-8-sig")).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_seed(name: str) -> bool:
    """Whether a path relative to the seeds' folder, or the last part of one, is no hidden file and no README."""
    *folders, last = name.split("/")
    hidden = any(part.startswith(".") for part in (*folders, last)) and name != "."
    return not hidden and last.partition(".")[0].upper() != "README"


def lines_of(path: str) -> list[str]:
    """The lines of a file as problems count them, bytes that are not UTF-8 escaped; none where it cannot be read."""
    try:
        data = Path(path).read_bytes()
    except OSError:
        return []
    try:
        text = decode(data)
    except UnicodeDecodeError:
        text = data.decode("utf-8-sig", errors="backslashreplace")
    return text.split("\n")


def repair(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252, if every character of the text comes from that slip.

    Whole text or nothing: clean text never survives the round trip, so it is returned as it is.
    """
    # The codec takes U+FFFD for byte 1A, but it is what an earlier reader left of a byte that is lost.
    if text.isascii() or "\ufffd" in text:
        return text
    try:
        return text.encode("sloppy-windows-1252").decode("utf-8")
    except UnicodeError:
        return text


def _names(folder: Path, problems: list[Problem]) -> Iterator[str]:
    # A folder passed over in silence would look like seeds taken away, and their pages would go.
    def report(error: OSError) -> None:
        problems.append(_unreadable(Path(error.filename).relative_to(folder).as_posix(), error))

    for parent, folders, names in os.walk(folder, onerror=report):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if is_seed(name):
                yield Path(parent, name).relative_to(folder).as_posix()


def _unreadable(name: str, error: OSError) -> Problem:
    remedy = "check that it is there and its permissions"
    return Problem(Code.UNREADABLE_FILE, Location(name), f"cannot be read ({error.strerror})", remedy)


def _is_unicode(name: str) -> bool:
    """Whether a path can be written down; Python reads other bytes of a file's name as lone surrogates."""
    return not any("\ud800" <= ch <= "\udfff" for ch in name)


def _kind(path: Path, text: str) -> Kind | None:
    return next((kind for kind, is_such in _SIGNS.items() if is_such(text)), _SUFFIXES.get(path.suffix))


# What a text without any sign is meant to be; a table may be empty.
_SUFFIXES = {".yml": Kind.METADATA, ".yaml": Kind.METADATA, ".jsonl": Kind.RECORDS}
# The first sign that a text shows tells its kind.
_SIGNS: Mapping[Kind, Callable[[str], object]] = {
    Kind.RECORDS: are_records,
    Kind.DOCUMENT: is_document,
    Kind.TRACE: is_trace,
    Kind.SUMMARY: is_summary,
    Kind.METADATA: _METADATA.search,
    Kind.ADDITION: is_addition,
}
