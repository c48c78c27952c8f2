"""The page of the dataset: what to download, how to load it, and what each field means."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from generator.addresses import DATA, DATA_PAGE
from generator.dataset.archive import ARCHIVE
from generator.dataset.descriptions import ABOUT, CARD, LICENCE, USE, schema_name
from generator.dataset.records import CANARY, TABLES
from generator.fields import RecordField, fields
from generator.pages.page import FrontMatter, Link, Page
from generator.text.wording import format_bytes, meta_description, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.dataset import Download
    from generator.dataset.records import Table
    from generator.model import Corpus, Site

_TYPES = {str: "string", int: "integer", bool: "boolean"}
# How each reader loads the studies: the first from the unpacked archive, for it reads no plain addresses by itself,
# the others from {}.
_READERS = {
    "datasets": 'import datasets\nstudies = datasets.load_dataset("ablation-atlas", "studies", split="test")',
    "pandas": 'import pandas\nstudies = pandas.read_parquet("{}")',
    "DuckDB": "import duckdb\nstudies = duckdb.sql(\"FROM '{}'\")",
    "polars": 'import polars\nstudies = polars.read_parquet("{}")',
}


@dataclass(frozen=True, slots=True)
class FileView:
    """One file to download."""

    link: Link
    size: str


@dataclass(frozen=True, slots=True)
class FilesView:
    """Files that hold the same."""

    holds: str
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a record; `path` names those of nested records from the outside in, `[]` marks a list."""

    path: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class TableView:
    """One table, its fields and the schema that says the same to programs."""

    name: str
    holds: str
    schema: Link
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """What `data.md.jinja` reads; `readers` maps a library's name to its code, `sums` is what `sha256sum` reads."""

    about: str
    files: tuple[FilesView, ...]
    readers: dict[str, str]
    archive: str
    sums: str
    tables: tuple[TableView, ...]
    licence: str
    use: str
    canary: str


def data_page(corpus: Corpus, site: Site, downloads: Sequence[Download]) -> Page:
    """The page that tells of these files."""
    front_matter = FrontMatter(
        title="Data",
        description=meta_description(
            "Every trace, study and paper to download: JSON Lines, Parquet, CSV, and their fields."
        ),
        kind="index",
        version=corpus.version,
    )
    view = DataView(
        about=ABOUT,
        files=tuple(_files(downloads)),
        readers={name: code.format(f"{site.url}{DATA}studies.parquet") for name, code in _READERS.items()},
        archive=ARCHIVE,
        sums="\n".join(f"{one.file.sha256}  {one.name}" for one in downloads),
        tables=tuple(_table(table) for table in TABLES),
        licence=LICENCE,
        use=USE,
        canary=CANARY,
    )
    return Page(DATA_PAGE, "data.md.jinja", front_matter, view)


def _files(downloads: Iterable[Download]) -> Iterator[FilesView]:
    """What there is to download, the formats of a table together; the schemas are named beside the fields."""
    shown = (one for one in downloads if one.name not in {CARD, *map(schema_name, TABLES)})
    for (holds, records), files in groupby(shown, lambda one: (one.holds, one.records)):
        counted = "" if records is None else f", {pluralize(records, 'record')}"
        yield FilesView(f"{holds}{counted}", tuple(_file(one) for one in files))


def _file(one: Download) -> FileView:
    return FileView(Link(one.name, f"{DATA}{one.name}"), format_bytes(one.file.size))


def _table(table: Table) -> TableView:
    schema = schema_name(table)
    return TableView(table.name, table.holds, Link(schema, f"{DATA}{schema}"), tuple(_fields(table.record)))


def _fields(record: type, outer: str = "") -> Iterator[FieldView]:
    for field in fields(record):
        path = f"{outer}{field.name}"
        yield FieldView(path, _type(field), field.meaning)
        yield from _fields(field.kind, f"{path}[]." if field.many else f"{path}.") if field.fields else ()


def _type(field: RecordField) -> str:
    *others, last = field.choices or (_TYPES.get(field.kind, "record"),)
    one = f"{', '.join(others)} or {last}" if others else last
    return f"{f'list of {one}s' if field.many else one}{' or null' if field.optional else ''}"
