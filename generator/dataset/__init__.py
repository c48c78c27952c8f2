"""The corpus as a dataset: tables of records for other programs, and the files that describe them."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from pydantic_core import to_json

from generator.addresses import DATA, data_address
from generator.citing import bibliography
from generator.dataset import rows
from generator.dataset.archive import ARCHIVE, archiving, whole
from generator.dataset.card import CARD, dataset_card
from generator.dataset.croissant import CROISSANT, description
from generator.dataset.download import Download
from generator.dataset.schemas import schema, schema_name
from generator.dataset.spreadsheet import as_csv
from generator.records import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.model import Corpus, Site
    from generator.records import Table

__all__ = ["Download", "dataset"]

Record = TypeVar("Record")

# So many records are in memory at a time, and in a group of rows in Parquet.
_GROUP = 2000
_ROWS: Mapping[str, Callable[[Corpus], Iterable[object]]] = {
    "traces": rows.traces,
    "studies": rows.studies,
    "papers": rows.papers,
    "planners": rows.planners,
    "summaries": rows.summaries,
    "agreement": rows.agreement,
    "additions": rows.additions,
}


def dataset(corpus: Corpus, site: Site, spool: BinaryIO) -> tuple[Download, ...]:
    """The files of the dataset, each table's together; last the archive of all others, which `spool` is to hold."""
    with archiving(spool) as archive:

        def download(name: str, chunks: Iterable[bytes], holds: str, records: int | None = None) -> Download:
            return Download(name, archive.add(f"{DATA}{name}", name, chunks), holds, records)

        files = [one for table in TABLES for one in _table(corpus, table, download)]
        studies = next(one.records for one in files if one.name == "studies.jsonl")
        rows_of_studies = in_groups(rows.studies(corpus))
        files += [
            download("studies.csv", as_csv(rows_of_studies, site.url), "every study, for spreadsheets", studies),
            download("papers.bib", [bibliography(corpus).encode()], "every paper whose authors are known, in BibTeX"),
            *(download(schema_name(table), [_schema(table, site)], _holds_schema(table)) for table in TABLES),
        ]
        described = _json(description(corpus, site, files))
        files += [
            download(CROISSANT, [described], "description of all files in Croissant"),
            download(CARD, [dataset_card(corpus, site)], "dataset card"),
        ]
    return *files, Download(ARCHIVE, whole(f"{DATA}{ARCHIVE}", spool), "all of these files")


def _line(record: object) -> bytes:
    """A line of JSON; what some readers take for the end of one is written as an escape."""
    line = to_json(record)
    for separator in "\x85\u2028\u2029":
        line = line.replace(separator.encode(), f"\\u{ord(separator):04x}".encode())
    return line + b"\n"


def _table(corpus: Corpus, table: Table, download: Callable[..., Download]) -> Iterator[Download]:
    # It takes a while to load, and no other command than the one that writes the dataset needs it.
    from generator.dataset.parquet import Parquet  # noqa: PLC0415 -- see above

    parquet = Parquet(table.record)
    counted: list[int] = []

    def lines() -> Iterator[bytes]:
        for group in in_groups(_ROWS[table.name](corpus)):
            text = b"".join(map(_line, group))
            counted.append(len(group))
            parquet.add(text)
            yield text

    in_lines = download(f"{table.name}.jsonl", lines(), table.holds)
    yield replace(in_lines, records=sum(counted))
    yield download(f"{table.name}.parquet", [parquet.finished()], table.holds, sum(counted))


def in_groups(records: Iterable[Record]) -> Iterator[list[Record]]:
    """The records, so many at a time as fit into any memory."""
    remaining = iter(records)
    while group := list(islice(remaining, _GROUP)):
        yield group


def _schema(table: Table, site: Site) -> bytes:
    return _json(schema(table, data_address(site.url)))


def _holds_schema(table: Table) -> str:
    return f"JSON Schema of {table.name}.jsonl"


def _json(content: object) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()
