"""Tables of papers as people have them -> one mapping a paper, read by the library of each format, piece by piece.

A format is told by how the file begins, or else by the end of its name. Texts of hundreds of megabytes are never in
memory as a whole.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import ijson
import yaml

from generator.diagnostics import Code, Diagnostic, Location
from generator.importing.table_rows import is_parquet, json_value, numbered, parquet_rows, read_delimited, text_of
from generator.loading.json_lines import decode_object, read_object
from generator.loading.located_yaml import broken_yaml
from generator.loading.seed_files import lfs_pointer

if TYPE_CHECKING:
    from bibtexparser.model import Field, String

# What cannot be read is told below, in the words of this project.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 100_000  # bytes or characters
_SIGNS = (
    ("bibtex", re.compile(r"(?:\s*(?:%[^\n]*|@comment[^\n]*)\n)*\s*@\w+\s*[{(]", re.IGNORECASE)),
    ("ris", re.compile(r"\s*TY  - ")),
    ("json", re.compile(r"\s*[\[{]")),
)
_SUFFIXES = {".bib": "bibtex", ".ris": "ris", ".csv": "delimited", ".tsv": "delimited", ".yml": "yaml", ".yaml": "yaml"}
# Levels of brackets; a record of Crossref's API has nine.
_DEEPEST = 100
# So many entries of BibTeX are read at a time.
_GROUP = 1000
# How a record of BibTeX or RIS begins.
_ENTRY, _RIS = re.compile(r"\s*@(?P<kind>\w+)\s*[{(]"), re.compile("TY  -")
# What BibTeX has for a blank that is not broken; behind a backslash it is an accent.
_TIE = re.compile(r"(?<!\\)~")
# What `#` joins: texts in braces or quotes, and names of texts.
_PIECE = re.compile(r'\{(?:[^{}]|\{[^{}]*\})*\}|"[^"]*"|[^\s#]+')
_NO_JSON = re.compile(r'(?<![\w"])(?:NaN|-?Infinity)\b')
# What stands in cells that say nothing; Na may be a name.
_NOTHING = {"", "-", "--", "nan", "NaN", "none", "None", "null", "NULL", "NA", "n/a", "N/A", "#N/A", "<NA>", "NaT"}
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
    text = head.decode("utf-16" if head.startswith(_UTF16) else "utf-8-sig", errors="replace")
    found = next((name for name, sign in _SIGNS if sign.match(text)), _SUFFIXES.get(path.suffix.lower(), ""))
    return "lines" if found == "json" and _are_lines(text) else found


def _are_lines(text: str) -> bool:
    """Tell whether the first line that says something is a paper of its own."""
    line, _, rest = text.lstrip().partition("\n")
    first = json_value(line)
    return isinstance(first, dict) and (rest.lstrip().startswith("{") or not {"title", "curated"}.isdisjoint(first))


def read_rows(path: Path) -> Iterator[TableRow | Diagnostic]:
    """Yield the records of a table, and a diagnostic for each that cannot be read, or if there is none."""
    table, where, is_empty = format_of(path), Location(str(path)), True
    with path.open("rb") as file:
        if pointer := lfs_pointer(str(path), file.read(_HEAD)):
            yield pointer
            return
    try:
        for place, record in _READERS[table](path):
            if isinstance(record, Diagnostic):
                yield record
            elif isinstance(record, dict):
                yield TableRow(place, {_key(key): value for key, value in record.items() if _says(value)}, table)
            else:
                continue
            is_empty = False
    except UnicodeDecodeError as error:
        yield Diagnostic(Code.NOT_UTF_8, where, f"not UTF-8: byte 0x{error.object[error.start]:02x}")
    except ijson.JSONError as error:
        yield _broken_json(path, error)
    except (RecursionError, OSError) as error:
        yield Diagnostic(Code.BROKEN_TABLE, where, f"no {table} from here on: {error}")
    else:
        if is_empty:
            yield Diagnostic(Code.BROKEN_TABLE, where, f"no record of {table} here")


@cache
def _key(name: object) -> str:
    return re.sub(r"[\s-]+", "_", str(name).strip().lower().replace("(s)", "s"))


def _says(value: object) -> bool:
    return not (isinstance(value, str | float) and str(value).strip() in _NOTHING)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        return "utf-16" if file.read(2) in _UTF16 else "utf-8-sig"


def _lines_of(path: Path) -> Iterator[str]:
    with path.open(encoding=_encoding(path), newline="") as text:
        yield from text


def _bibtex(path: Path) -> _Found:
    # It takes its time to import, as do those of the other formats: each is loaded where it is needed.
    import bibtexparser  # noqa: PLC0415 -- see above
    from bibtexparser import model  # noqa: PLC0415

    doubles = model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock
    names = ""
    for start, lines in _grouped(_lines_of(path), _ENTRY, _GROUP):
        text = "".join(lines)
        library = bibtexparser.parse_string(names + text)
        first = start - names.count("\n")
        strings = dict[str, str]()
        for one in library.strings:
            strings[one.key.lower()] = _value(one, strings)
        for block in library.blocks:
            where = Location(str(path), first + (block.start_line or 0))
            # A key that is given twice is no matter here.
            entry = block.ignore_error_block if isinstance(block, doubles) else block
            if isinstance(entry, model.Entry):
                yield where, {"key": entry.key} | {field.key: _value(field, strings) for field in entry.fields}
            elif isinstance(entry, model.ParsingFailedBlock):
                said = str(getattr(entry.error, "abort_reason", entry.error))
                found = f"an entry that cannot be read: {' '.join(said.split())}"
                yield where, Diagnostic(Code.BROKEN_TABLE, where, found)
        names = "".join(f"@string{{{key} = {{{value}}}}}\n" for key, value in strings.items())


def _value(field: "Field | String", strings: Mapping[str, str]) -> str:
    """Return the value of a field or a `@string`, which may be joined of several by `#`."""
    text = str(field.value)
    if field.enclosing == "no-enclosing" and "#" in text:
        pieces: list[str] = _PIECE.findall(text)
        text = "".join(one[1:-1] if one[0] in '{"' else strings.get(one.lower(), one) for one in pieces)
    return text if "://" in text else _TIE.sub(" ", text)


def _ris(path: Path) -> _Found:
    import rispy  # noqa: PLC0415

    for start, lines in _grouped(_lines_of(path), _RIS, 1):
        at = next((number for number, line in enumerate(lines) if _RIS.match(line)), None)
        if at is None:
            continue
        where = Location(str(path), start + at)
        try:
            found, said = rispy.loads("".join(lines)), "no line `ER  - ` at its end"
        except (OSError, ValueError, KeyError) as error:
            found, said = [], str(error)
        yield (
            where,
            found[0] if found else Diagnostic(Code.BROKEN_TABLE, where, f"a record that cannot be read: {said}"),
        )


def _grouped(lines: Iterable[str], begin: re.Pattern[str], size: int) -> Iterator[tuple[int, list[str]]]:
    """Yield groups of so many records, which begin with such lines, and the number of the first line of each."""
    group, start, records = list[str](), 1, 0
    for number, line in enumerate(lines, 1):
        if begin.match(line):
            records += 1
            if records > size:
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
    for prefix, event, value in islice(ijson.parse(_shallow(path)), _HEAD):
        if event == "map_key":
            # A record may have its title in an object of its own.
            keys[re.sub(r"\.(?:content|info)$", "", prefix)].add(str(value).lower())
    titled = [prefix for prefix, names in keys.items() if "title" in names]
    is_paper = "" in titled and not _AUTHORS.isdisjoint(keys[""])
    # Those of lists first, of these the outermost.
    found = min(titled, key=lambda one: (not one.endswith("item"), one.count(".")), default=None)
    if found is None:
        return
    if found and not found.endswith("item"):
        records: Iterable[object] = (one for _, one in ijson.kvitems(ijson.parse(_shallow(path)), ""))
    else:
        records = ijson.items(ijson.parse(_shallow(path)), "" if is_paper else found)
    yield from numbered(path, records, "record")


def _broken_json(path: Path, error: Exception) -> Diagnostic:
    """Return where a file is no JSON; ijson does not tell the line."""
    text = text_of(path.parent, path)
    if isinstance(text, Diagnostic):
        return text
    broken = decode_object(Location(str(path), 1), text)[1]
    if broken and broken.location.column:
        return broken
    found = _NO_JSON.search(text)
    where = Location.at(str(path), text, found.start()) if found else Location(str(path))
    said = f"{found[0]}, which JSON does not have" if found else " ".join(str(error).split())
    return Diagnostic(Code.BROKEN_JSON, where, f"broken JSON: {said}", "write null" if found else "export it anew")


def _pieces(path: Path) -> Iterator[str]:
    with path.open(encoding=_encoding(path)) as text:
        yield from iter(partial(text.read, _HEAD), "")


def _shallow(path: Path) -> Iterator[tuple[str, object]]:
    """Yield the parts of JSON. Raises RecursionError at some depth: ijson remembers the whole way to each."""
    depth = 0
    pieces = ijson.from_iter(piece.encode() for piece in _pieces(path))
    for event, value in ijson.basic_parse(pieces, multiple_values=True):
        depth += event.startswith("start_") - event.startswith("end_")
        if depth > _DEEPEST:
            raise RecursionError(f"more than {_DEEPEST} levels of brackets")
        yield event, value


def _yaml(path: Path) -> _Found:
    text = "".join(_lines_of(path))
    try:
        _check_depth(text)
        whole = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 -- makes texts, lists and dicts
    except yaml.YAMLError as error:
        broken = broken_yaml(str(path), text, error)
        yield broken.location, broken
        return
    if isinstance(whole, dict) and "title" not in whole:
        whole = next((value for value in whole.values() if isinstance(value, list)), whole)
    yield from numbered(path, whole if isinstance(whole, list) else [whole], "record")


def _check_depth(text: str) -> None:
    """Raise RecursionError for an alias, or at some depth: the loader would leave it to the system to stop that."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            raise RecursionError(f"more than {_DEEPEST} levels of brackets, or an alias")


_READERS: Mapping[str, Callable[[Path], _Found]] = {
    "bibtex": _bibtex,
    "ris": _ris,
    "json": _json,
    "lines": _json_lines,
    "delimited": lambda path: read_delimited(path, _lines_of(path)),
    "yaml": _yaml,
    "parquet": lambda path: numbered(path, parquet_rows(path), "record"),
}
