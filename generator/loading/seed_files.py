"""Read `seeds/`: the only reader of seeds. Decoding, repair, and what kind of seed a text is.

A file's name and folder say nothing; its content does.
"""

import codecs
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, islice
from pathlib import Path

from generator.diagnostics import Code, Diagnostic, Location
from generator.environment import SEED_LIMIT, SEEDS_LIMIT
from generator.loading.raw_trace import is_trace
from generator.loading.summary_outline import is_summary, resembles_summary
from generator.loading.trace_document import is_document
from generator.loading.trace_page import is_page

# The byte of each character, as mis-readers of UTF-8 take them for Latin-1 or for Windows-1252, where a byte without a
# letter is the control character of the same number (https://encoding.spec.whatwg.org/#windows-1252).
_MISREAD = {byte: byte for byte in range(256)}
_MISREAD |= {ord(bytes([byte]).decode("windows-1252", "ignore") or chr(byte)): byte for byte in range(256)}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# So much of a file is examined for UTF-16.
_START = 1_000  # bytes
# Of a larger file no line is shown beside its problems.
_MOST_SHOWN = 10_000_000  # bytes
# Parts of a path that lead to no file below; an absolute one begins with the first.
_STEPS = {"", ".", ".."}
_LFS = b"version https://git-lfs.github.com/spec/"
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
# Bytes that no encoding of texts uses but UTF-16. A stray one may stand in a text; other files are full of them.
_NO_LETTERS = bytes([*range(0x07), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
# What editors and file managers leave beside the files that somebody opened.
_LEFT_BEHIND = re.compile(r".*~|#.*#|~\$.*|thumbs\.db|desktop\.ini", re.IGNORECASE | re.DOTALL)


class Kind(StrEnum):
    """The kinds of seeds, by what they hold."""

    TRACE = "trace"
    DOCUMENT = "trace document"
    PAGE = "trace page"
    RECORDS = "records"
    SUMMARY = "summary"
    METADATA = "metadata"
    ADDITION = "addition"
    VERDICT = "verdict"
    GOLD = "gold ablations"


@dataclass(frozen=True, slots=True)
class Seed:
    """One raw file: `path` is relative to the seeds' folder with `/` between its parts, `text` has LF line ends.

    `sha256` is that of the file's bytes, in hexadecimal digits.
    """

    path: str
    kind: Kind
    text: str
    sha256: str


def list_seeds(folder: Path, limit: int) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """Return the path of every seed under `folder`, in order and relative to it, and which folders could not be read.

    Hidden files, READMEs and what programs leave behind are no seeds. An empty folder is a problem: nothing is
    published from it. So are seeds that hold more than `limit` bytes together. Paths in the problems are relative to
    `folder` too.
    """
    if not folder.is_dir():
        return (), [Diagnostic(Code.MISSING_FOLDER, Location(""), "no such folder")]
    diagnostics = list[Diagnostic]()
    sizes = dict(sorted(_sizes(folder, diagnostics)))
    total = sum(sizes.values())
    if not sizes and not diagnostics:
        diagnostics.append(Diagnostic(Code.NO_SEEDS, Location(""), "no seed found"))
    if total > limit:
        found = f"the seeds hold {megabytes(total)}, more than {megabytes(limit)}"
        hint = f"take large files out, or set {SEEDS_LIMIT} to a larger number"
        diagnostics.append(Diagnostic(Code.TOO_LARGE, Location(""), found, hint))
        return (), diagnostics
    return tuple(sizes), diagnostics


def read_seed(folder: Path, name: str, limit: int) -> tuple[Seed | None, Diagnostic | None]:
    """Read the seed called `name` below `folder`, or tell why there is none: more than `limit` bytes are a reason."""
    # Python reads bytes of a file's name that are not UTF-8 as lone surrogates.
    if any("\ud800" <= ch <= "\udfff" for ch in name):
        return None, Diagnostic(Code.FILE_NAME_NOT_UTF_8, Location(name), "the file's name is not UTF-8")
    if stray := _CONTROL.search(name):
        found = f"control character U+{ord(stray[0]):04X} in the file's name"
        return None, Diagnostic(Code.CONTROL_CHARACTER, Location(name), found, "rename it")
    data = _bytes(folder, name, limit)
    if isinstance(data, Diagnostic):
        return None, data
    text = _text(name, data)
    if isinstance(text, Diagnostic):
        return None, text
    kind = next((kind for kind, is_such in _SIGNS.items() if is_such(text)), _SUFFIXES.get(Path(name).suffix))
    if kind is None:
        return None, _of_no_kind(name, text)
    return Seed(name, kind, text, hashlib.sha256(data).hexdigest()), None


def _of_no_kind(name: str, text: str) -> Diagnostic:
    if resembles_summary(text):
        return Diagnostic(Code.UNKNOWN_LAYOUT, Location(name, 1), "a summary in a layout that is not known")
    found = "neither a trace nor a summary nor a paper's metadata nor an addition nor records of these"
    return Diagnostic(Code.UNKNOWN_KIND, Location(name, 1), found)


def stat_signature(path: Path) -> tuple[int, ...]:
    """Return numbers that differ once a file was changed, without reading it; none where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def read_text(folder: Path, name: str, limit: int) -> str | Diagnostic:
    """Return the text of any file below `folder`, or the reason why there is none."""
    data = _bytes(folder, name, limit)
    return data if isinstance(data, Diagnostic) else _text(name, data)


def _text(name: str, data: bytes) -> str | Diagnostic:
    if codec := _other_unicode(data):
        sample = Code.NOT_UTF_8.explanation.example.replace("ENCODING", codec)
        return Diagnostic(Code.NOT_UTF_8, Location(name), f"{codec}, expected UTF-8", sample=sample)
    no_text = Diagnostic(Code.NOT_TEXT, Location(name), "binary data, expected text")
    if (len(data) - len(data.translate(None, _NO_LETTERS))) * 20 > len(data):
        return no_text
    try:
        text = decode(data)
    except UnicodeDecodeError as error:
        if 0 in data:
            return no_text
        before = error.object[: error.start].decode()
        found = f"not UTF-8: byte 0x{error.object[error.start]:02x}"
        return Diagnostic(Code.NOT_UTF_8, Location.at(name, before, len(before)), found)
    if stray := _CONTROL.search(text):
        where = Location.at(name, text, stray.start())
        return Diagnostic(Code.CONTROL_CHARACTER, where, f"control character U+{ord(stray[0]):04X}", "delete it")
    return text


def _bytes(folder: Path, name: str, limit: int) -> bytes | Diagnostic:
    """Read a file, once it is known to be one."""
    if refused := refuse_to_open(folder, name):
        return refused
    try:
        with (folder / name).open("rb") as file:
            before = os.fstat(file.fileno())
            data = file.read(min(limit, before.st_size) + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        return _unreadable(name, error)
    if len(data) > limit:
        found = f"holds {megabytes(after.st_size)}, more than {megabytes(limit)}"
        return Diagnostic(Code.TOO_LARGE, Location(name), found, f"split it, or set {SEED_LIMIT} to a larger number")
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return Diagnostic(Code.CHANGED_WHILE_READ, Location(name), "changed while it was read")
    return lfs_pointer(name, data) or data


def refuse_to_open(folder: Path, name: str) -> Diagnostic | None:
    """Report what is not to be opened below a folder: a pipe never ends, a link may lead to anyone's secrets."""
    try:
        if _leads_out(folder, name):
            found = "a link that leads out of the seeds' folder"
            return Diagnostic(Code.LINK_OUTSIDE, Location(name), found, "put a copy of the file there")
        if not stat.S_ISREG((folder / name).stat().st_mode):
            found = "no regular file but a folder, a pipe, a socket or a device"
            return Diagnostic(Code.NOT_A_FILE, Location(name), found)
    except OSError as error:
        return _unreadable(name, error)
    return None


def lfs_pointer(name: str, data: bytes) -> Diagnostic | None:
    """Report a file that holds but where Git LFS has its content; `data` is its start."""
    if not data.startswith(_LFS):
        return None
    return Diagnostic(Code.LFS_POINTER, Location(name), "a Git LFS pointer, not the file itself")


def _leads_out(folder: Path, name: str) -> bool:
    """Tell whether the path of a file below the folder leads out. Few hold a link, or steps back, and are resolved."""
    parts = name.split("/")
    ways = accumulate(parts, "{}/{}".format, initial=str(folder))
    if _STEPS.isdisjoint(parts) and not any(map(os.path.islink, islice(ways, 1, None))):
        return False
    return not Path(os.path.realpath(folder / name, strict=True)).is_relative_to(os.path.realpath(folder))


def _other_unicode(data: bytes) -> str:
    """Return how a text is encoded whose byte-order mark, or every other byte, says UTF-16; empty if none does."""
    if data.startswith(_UTF16):
        return "UTF-16"
    even, odd = data[:_START:2], data[1:_START:2]
    halves = {"UTF-16BE": (even, odd), "UTF-16LE": (odd, even)}
    return next((codec for codec, (high, low) in halves.items() if high.count(0) * 2 > len(high) and 0 not in low), "")


def decode(data: bytes) -> str:
    """Return UTF-8 text with LF line ends and no byte-order mark; whole-file mojibake is undone where that is exact."""
    # A byte-order mark may stand before the slip, or have gone through it.
    text = fix_mojibake(data.decode("utf-8-sig")).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_seed(name: str) -> bool:
    """Tell whether a path relative to the seeds' folder, or the last part of one, is that of a seed.

    A hidden file, a README and what a program left behind are none.
    """
    *folders, last = name.split("/")
    hidden = any(part.startswith(".") for part in (*folders, last)) and name != "."
    return not (hidden or last.partition(".")[0].upper() == "README" or _LEFT_BEHIND.fullmatch(last))


def lines_of(path: str) -> list[str]:
    """Split a file into lines as problems count them, odd bytes escaped; return none where it cannot be read."""
    data = _bytes(Path(path).parent, Path(path).name, _MOST_SHOWN)
    if isinstance(data, Diagnostic):
        return []
    try:
        text = decode(data)
    except UnicodeDecodeError:
        text = data.decode("utf-8-sig", errors="backslashreplace")
    return text.split("\n")


def fix_mojibake(text: str) -> str:
    """Undo UTF-8 that was read as Latin-1 or Windows-1252, if every character of the text comes from that slip.

    Whole text or nothing: clean text never survives the round trip, so it is returned as it is.
    """
    if text.isascii():
        return text
    try:
        return codecs.charmap_encode(text, "strict", _MISREAD)[0].decode("utf-8")
    except UnicodeError:
        return text


def _sizes(folder: Path, diagnostics: list[Diagnostic]) -> Iterator[tuple[str, int]]:
    """Path and size in bytes of every file, wherever it lies. A loop, since folders may be nested without end."""
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(folder / inside) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{inside}{entry.name}/")
                    elif is_seed(entry.name):
                        yield f"{inside}{entry.name}", entry.stat(follow_symlinks=False).st_size
        except OSError as error:
            # A folder passed over in silence would look like seeds taken away, and their pages would go.
            diagnostics.append(_unreadable(Path(error.filename).relative_to(folder).as_posix(), error))


def megabytes(size: int) -> str:
    """Return a number of bytes as readers see it."""
    return f"{size / 1_000_000:,.1f} MB"


def _unreadable(name: str, error: OSError) -> Diagnostic:
    is_missing = isinstance(error, FileNotFoundError)
    hint = "correct its name, or fetch what the link leads to" if is_missing else "see to its permissions"
    return Diagnostic(Code.UNREADABLE_FILE, Location(name), f"cannot be read ({error.strerror})", hint)


# What a text without any sign is meant to be; a table may be empty.
_SUFFIXES = {".yml": Kind.METADATA, ".yaml": Kind.METADATA, ".jsonl": Kind.RECORDS}
# The first sign that a text shows tells its kind. An addition that lacks or misspells `added` is known by its `traces`.
_SIGNS: Mapping[Kind, Callable[[str], object]] = {
    Kind.RECORDS: re.compile(r"\{").match,
    Kind.PAGE: is_page,
    Kind.DOCUMENT: is_document,
    Kind.TRACE: is_trace,
    Kind.SUMMARY: is_summary,
    Kind.METADATA: re.compile(r"^title[ \t]*:", re.MULTILINE).search,
    Kind.ADDITION: re.compile(r"^(?:added|traces)[ \t]*:", re.MULTILINE).search,
    Kind.VERDICT: re.compile(r"^judge[ \t]*:", re.MULTILINE).search,
    Kind.GOLD: re.compile(r"^(?:ablations|total)[ \t]*:", re.MULTILINE).search,
}
