"""The corpus as a dataset: tables of records for other programs, and the files that describe them.

All are in one zip, of the same bytes on every machine. There they also wait until they are published: all of them
together would not fit into the memory of a small machine.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import SEEK_END
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from generator.addresses import DATA, data_address
from generator.citing import bibliography
from generator.dataset import rows
from generator.dataset.descriptions import CARD, CROISSANT, archive_name, dataset_card, description, schema, schema_name
from generator.dataset.records import Download, Table, tables_of
from generator.dataset.rows import coverage
from generator.files import SpooledFile
from generator.loading.validation import adapter
from generator.messages import Message, _
from generator.model import Corpus
from generator.publication import Publication

__all__ = ["Download", "dataset"]

# The earliest that the format knows: no clock reaches the bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o100644 << 16


class Archive(ZipFile):
    """The zip while it is written into `spool`; members are stored as they are, as what compression makes differs."""

    def __init__(self, spool: IO[bytes], folder: str) -> None:
        super().__init__(spool, "w", ZIP_STORED)
        self._folder = folder
        self._spool = spool

    def add(self, name: str, chunks: Iterable[bytes]) -> SpooledFile:
        """Add a further member, and return it as the file that is to stand below data/."""
        entry = ZipInfo(f"{self._folder}/{name}", _DATE)
        entry.create_system = _UNIX
        entry.external_attr = _READABLE
        total = hashlib.sha256()
        with self.open(entry, "w") as member:
            start = self._spool.tell()
            for chunk in chunks:
                total.update(chunk)
                member.write(chunk)
        return SpooledFile(f"{DATA}{name}", self._spool, start, entry.file_size, total.hexdigest())


def dataset(corpus: Corpus, site: Publication, spool: IO[bytes]) -> tuple[Download, ...]:
    """Make the files of the dataset, each table's together, last the archive of all others; `spool` is to hold it."""
    # Parquet takes a while to load, and no other command than the one that writes the dataset needs it.
    from generator.dataset.table_formats import coverage_sheet, studies_sheet  # noqa: PLC0415 -- see above

    tables = tables_of(corpus)
    with Archive(spool, site.slug) as archive:
        files = [one for table in tables for one in _table(archive, table, _records(corpus, table.name, site))]
        studies = next(one.records for one in files if one.name == "studies.jsonl")

        def add(name: str, chunks: Iterable[bytes], holds: Message, records: int | None = None) -> None:
            files.append(Download(archive.add(name, chunks), holds, records))

        sheet, covered = studies_sheet(_records(corpus, "studies", site), site.url), coverage(corpus)
        add("studies.csv", sheet, _("every study, for spreadsheets"), studies)
        pairs, sheet = sum(len(one.papers) * len(one.models) for one in covered), coverage_sheet(covered, site.url)
        add("coverage.csv", sheet, _("which papers which models have traces for, and how many"), pairs)
        add("papers.bib", [bibliography(corpus).encode()], _("every paper whose authors are known, in BibTeX"))
        for table in tables:
            content = schema(table, data_address(site.url))
            add(schema_name(table), [_json(content)], _("JSON Schema of %(file)s", file=f"{table.name}.jsonl"))
        add(CROISSANT, [_json(description(corpus, site, files))], _("description of all files in Croissant"))
        add(CARD, [dataset_card(corpus, site)], _("dataset card"))
    return *files, Download(_as_file(archive_name(site), spool), _("all of these files"))


def _records(corpus: Corpus, table: str, site: Publication) -> Iterator[Any]:
    """Return a table's records, one by one."""
    return (record | {"canary": site.canary} for record in getattr(rows, table)(corpus))


def _table(archive: Archive, table: Table, records: Iterator[object]) -> list[Download]:
    """Return the table as JSON Lines, and as Parquet that is made of these lines."""
    from generator.dataset.table_formats import as_parquet  # noqa: PLC0415 -- as above

    lines = archive.add(f"{table.name}.jsonl", (_line(table, record) for record in records))
    number = sum(1 for _one in lines.lines())
    parquet = archive.add(f"{table.name}.parquet", as_parquet(lines.lines(), table.record))
    return [Download(file, table.holds, number) for file in (lines, parquet)]


def _line(table: Table, record: object) -> bytes:
    """Return a line of JSON; what some readers take for the end of one is written as an escape."""
    line = adapter(table.record).dump_json(record)
    for separator in "\x85\u2028\u2029":
        line = line.replace(separator.encode(), f"\\u{ord(separator):04x}".encode())
    return line + b"\n"


def _json(content: object) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()


def _as_file(name: str, spool: IO[bytes]) -> SpooledFile:
    """Return the finished zip as the file that is to stand below data/."""
    size = spool.seek(0, SEEK_END)
    whole, total = SpooledFile(f"{DATA}{name}", spool, 0, size, ""), hashlib.sha256()
    for chunk in whole.chunks():
        total.update(chunk)
    return replace(whole, sha256=total.hexdigest())
