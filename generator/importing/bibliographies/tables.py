"""Tables of papers as people have them -> one mapping a paper, read by the library of each format, piece by piece.

A format is told by how the file begins, or else by the end of its name. Texts of hundreds of megabytes are never in
memory as a whole.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import IO

import ijson
import yaml

from generator.diagnostics import Code, Diagnostic, Location
from generator.importing.table_rows import is_parquet, json_value, numbered, parquet_rows, read_delimited
from generator.loading.json_lines import read_object

# What cannot be read is told below, in the words of this project.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 100_000  # bytes
_SIGNS = (
    ("bibtex", re.compile(r"(?:\s*(?:%[^\n]*|@comment[^\n]*)\n)*\s*@\w+\s*[{(]", re.IGNORECASE)),
    ("ris", re.compile(r"\s*TY  - ")),
    ("json", re.compile(r"\s*[\[{]")),
)
_SUFFIXES = {".bib": "bibtex", ".ris": "ris", ".csv": "delimited", ".tsv": "delimited", ".yml": "yaml", ".yaml": "yaml"}
# Levels of brackets; a record of Crossref's API has nine.
_DEEPEST = 100
# So many records are read at a time.
_GROUP = 1000
# How a record of BibTeX or RIS begins.
_ENTRY, _RIS = re.compile(r"\s*@(?P<kind>\w+)\s*[{(]"), re.compile("TY  -")
# A paper has them, a list of papers that has a title doesn't.
_AUTHORS = {"author", "authors", "authorships"}

# Records as a format's library gives them, each with its place.
_Found = Iterator[tuple[Location, object]]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A record: where it stands, its values by keys as `keys.yml` spells them, and the format of the `table`."""

    where: Location
    values: Mapping[str, object]
    table: str


def format_of(path: Path) -> str:
    """Return the format of a file, a key of `_READERS`; empty if it has none of these."""
    if is_parquet(path):
        return "parquet"
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"version https://git-lfs"):
        return ""
    text = head.decode("utf-16" if head.startswith(_UTF16) else "utf-8-sig", errors="replace")
    found = next((name for name, sign in _SIGNS if sign.match(text)), _SUFFIXES.get(path.suffix.lower(), ""))
    return "lines" if found == "json" and _are_lines(text) else found


def _are_lines(text: str) -> bool:
    """Tell whether the first line that says something is a paper of its own."""
    line, _, rest = text.lstrip().partition("\n")
    first = json_value(line)
    return isinstance(first, dict) and (rest.lstrip().startswith("{") or not {"title", "curated"}.isdisjoint(first))


def read_rows(path: Path) -> Iterator[TableRow | Diagnostic]:
    """Yield the records of a table, and a diagnostic for each that cannot be read."""
    table = format_of(path)
    try:
        for where, record in _READERS[table](path):
            if isinstance(record, Diagnostic):
                yield record
            elif isinstance(record, dict):
                yield TableRow(where, {_key(key): value for key, value in record.items()}, table)
    except UnicodeDecodeError as error:
        found = f"not UTF-8: byte 0x{error.object[error.start]:02x}"
        yield Diagnostic(Code.NOT_UTF_8, Location(str(path)), found)
    except (ijson.JSONError, yaml.YAMLError, RecursionError, OSError) as error:
        said = " ".join(str(error).split())
        yield Diagnostic(Code.BROKEN_TABLE, Location(str(path)), f"no {table} from here on: {said}")


@cache
def _key(name: object) -> str:
    return re.sub(r"[\s-]+", "_", str(name).strip().lower())


def _lines_of(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        encoding = "utf-16" if file.read(2) in _UTF16 else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as text:
        yield from text


def _bibtex(path: Path) -> _Found:
    # It takes its time to import, as do those of the other formats: each is loaded where it is needed.
    import bibtexparser  # noqa: PLC0415 -- see above
    from bibtexparser import model  # noqa: PLC0415

    doubles = model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock
    names = ""
    for start, lines in _grouped(_lines_of(path), _ENTRY):
        text = "".join(lines)
        library = bibtexparser.parse_string(names + text)
        first = start - names.count("\n")
        for block in library.blocks:
            where = Location(str(path), first + (block.start_line or 0))
            # A key that is given twice is no matter here.
            entry = block.ignore_error_block if isinstance(block, doubles) else block
            if isinstance(entry, model.Entry):
                yield where, {"key": entry.key} | {field.key: field.value for field in entry.fields}
            elif isinstance(entry, model.ParsingFailedBlock):
                said = str(getattr(entry.error, "abort_reason", entry.error))
                found = f"an entry that cannot be read: {' '.join(said.split())}"
                yield where, Diagnostic(Code.BROKEN_TABLE, where, found)
        names = "".join(f"@string{{{one.key} = {{{one.value}}}}}\n" for one in library.strings)


def _ris(path: Path) -> _Found:
    import rispy  # noqa: PLC0415

    for start, lines in _grouped(_lines_of(path), _RIS):
        try:
            records = rispy.loads("".join(lines))
        except (OSError, ValueError, KeyError) as error:
            where = Location(str(path), start)
            yield where, Diagnostic(Code.BROKEN_TABLE, where, f"records that cannot be read: {error}")
            continue
        starts = [start + at for at, line in enumerate(lines) if _RIS.match(line)]
        yield from ((Location(str(path), at), one) for at, one in zip(starts, records, strict=False))


def _grouped(lines: Iterable[str], begin: re.Pattern[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield groups of whole records, which begin with such lines, and the number of the first line of each."""
    group, start, records = list[str](), 1, 0
    for number, line in enumerate(lines, 1):
        if begin.match(line):
            records += 1
            if records > _GROUP:
                yield start, group
                group, start, records = [], number, 1
        group.append(line.replace("\r\n", "\n"))
    yield start, group


def _json_lines(path: Path) -> _Found:
    for number, line in enumerate(_lines_of(path), 1):
        if line.strip():
            where = Location(str(path), number)
            record, diagnostic = read_object(where, line)
            yield where, diagnostic or record.get("curated", record)


def _json(path: Path) -> _Found:
    """Yield the objects with a title, in the outermost list of such or in an object from ids, or the only one."""
    keys: defaultdict[str, set[str]] = defaultdict(set)
    with path.open("rb") as file:
        for prefix, event, value in islice(ijson.parse(_shallow(file)), _HEAD):
            if event == "map_key":
                # A record may have its title in an object of its own.
                keys[re.sub(r"\.(?:content|info)$", "", prefix)].add(str(value).lower())
    titled = [prefix for prefix, names in keys.items() if "title" in names]
    is_paper = "" in titled and not _AUTHORS.isdisjoint(keys[""])
    # Those of lists first, of these the outermost.
    found = min(titled, key=lambda one: (not one.endswith("item"), one.count(".")), default=None)
    if found is None:
        return
    with path.open("rb") as file:
        if found and not found.endswith("item"):
            records: Iterable[object] = (one for _, one in ijson.kvitems(ijson.parse(_shallow(file)), ""))
        else:
            records = ijson.items(ijson.parse(_shallow(file)), "" if is_paper else found)
        yield from numbered(path, records, "record")


def _shallow(file: IO[bytes]) -> Iterator[tuple[str, object]]:
    """Yield the parts of JSON. Raises RecursionError at some depth: ijson remembers the whole way to each."""
    depth = 0
    for event, value in ijson.basic_parse(file, multiple_values=True):
        depth += event.startswith("start_") - event.startswith("end_")
        if depth > _DEEPEST:
            raise RecursionError(f"more than {_DEEPEST} levels of brackets")
        yield event, value


def _yaml(path: Path) -> _Found:
    text = "".join(_lines_of(path))
    depth = 0
    # The loader would go down without end, and leave it to the system to stop that.
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            raise RecursionError(f"more than {_DEEPEST} levels of brackets, or an alias")
    whole = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 -- makes texts, lists and dicts
    if isinstance(whole, dict) and "title" not in whole:
        whole = next((value for value in whole.values() if isinstance(value, list)), whole)
    yield from numbered(path, whole if isinstance(whole, list) else [whole], "record")


_READERS: Mapping[str, Callable[[Path], _Found]] = {
    "bibtex": _bibtex,
    "ris": _ris,
    "json": _json,
    "lines": _json_lines,
    "delimited": lambda path: read_delimited(path, _lines_of(path)),
    "yaml": _yaml,
    "parquet": lambda path: numbered(path, parquet_rows(path), "record"),
}
