"""The corpus as a dataset: tables of records for other programs, and the files that describe them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic_core import to_json

from generator.addresses import data_address
from generator.citing import bibliography
from generator.dataset import rows
from generator.dataset.archive import ARCHIVE, zipped
from generator.dataset.card import CARD, dataset_card
from generator.dataset.croissant import CROISSANT, description
from generator.dataset.download import Download
from generator.dataset.schemas import schema, schema_name
from generator.dataset.spreadsheet import as_csv
from generator.records import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.model import Corpus, Site
    from generator.records import StudyRow

__all__ = ["Download", "dataset"]


def dataset(corpus: Corpus, site: Site) -> tuple[Download, ...]:
    """The files of the dataset, each table's together; last the archive of all others."""
    studies = list(rows.studies(corpus))
    files = [
        *_tables(corpus, studies),
        Download.of("studies.csv", as_csv(studies, site.url), "every study, for spreadsheets", len(studies)),
        Download.of("papers.bib", bibliography(corpus).encode(), "every paper whose authors are known, in BibTeX"),
        *_schemas(site),
    ]
    files += [
        Download.of(CROISSANT, _json(description(corpus, site, files)), "description of all files in Croissant"),
        Download.of(CARD, dataset_card(corpus, site), "dataset card"),
    ]
    return *files, Download.of(ARCHIVE, zipped(files), "all of these files")


def _tables(corpus: Corpus, studies: Iterable[StudyRow]) -> Iterator[Download]:
    # It takes a while to load, and no other command than the one that writes the dataset needs it.
    from generator.dataset.parquet import as_parquet  # noqa: PLC0415 -- see above

    records: Mapping[str, Iterable[object]] = {
        "traces": rows.traces(corpus),
        "studies": studies,
        "papers": rows.papers(corpus),
        "planners": rows.planners(corpus),
        "summaries": rows.summaries(corpus),
        "agreement": rows.agreement(corpus),
        "additions": rows.additions(corpus),
    }
    for table in TABLES:
        lines = [to_json(record) + b"\n" for record in records[table.name]]
        text = b"".join(lines)
        yield Download.of(f"{table.name}.jsonl", text, table.holds, len(lines))
        yield Download.of(f"{table.name}.parquet", as_parquet(table.record, text), table.holds, len(lines))


def _schemas(site: Site) -> Iterator[Download]:
    home = data_address(site.url)
    for table in TABLES:
        yield Download.of(schema_name(table), _json(schema(table, home)), f"JSON Schema of {table.name}.jsonl")


def _json(content: object) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()
