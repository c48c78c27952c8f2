"""Tables in further formats: Parquet, and CSV for spreadsheets.

Parquet is typed from the records and compressed with Zstandard. CSV is UTF-8 with a mark at its head, lists in one
cell, and nothing that would be taken for a formula; the columns of studies begin with those that the explorer's
download has (`theme/assets/study-table.js`).
"""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import chain, islice

import pyarrow as pa
from pyarrow import json
from pyarrow import parquet as pq

from generator.addresses import paper_path, url_of
from generator.dataset.records import StudyRow
from generator.dataset.rows import TaskCoverage
from generator.fields import RecordField, fields

# So many rows are in memory at a time.
_GROUP = 500
_ATOMS = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), float: pa.float64()}
# What spreadsheets take for a formula or drop (https://owasp.org/www-community/attacks/CSV_Injection), full-width forms
# included. Apostrophes before it are counted in, so that whoever takes one away has the cell as it was.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
# With other settings a cell begins behind one of these, whatever quotes stand round it.
_WITHIN = re.compile("([;\t\r\n]\"*)('*[=+\\-@＝＋－＠])")
# Columns that are called otherwise in JSON Lines.
_RENAMED = {"paper_title": "title", "study": "number"}
_COLUMNS = (
    *("paper_title", "paper", "task", "planner", "model", "study", "name", "ablated_part", "action", "replacements"),
    *("metrics", "metric_families", "url", "id", "trace", "added", "seed", "sha256", "canary"),
)
_COVERED = ("paper_title", "paper", "task", "planner", "model", "traces", "url")


def as_parquet(lines: Iterator[bytes], record: type) -> Iterator[bytes]:
    """Yield the bytes of a table group by group; `lines` are its records as JSON."""
    schema = pa.schema([_column(field) for field in fields(record)])
    sink = BytesIO()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := b"".join(islice(lines, _GROUP)):
            # In one block, or a record longer than a block would be an error; in one thread, so no machine has a say
            # in it.
            reading = json.ReadOptions(use_threads=False, block_size=len(group))
            parsing = json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
            writer.write_table(json.read_json(pa.BufferReader(group), read_options=reading, parse_options=parsing))
            yield _taken(sink)
    yield _taken(sink)


def _taken(sink: BytesIO) -> bytes:
    """Return what has been written, and forget it."""
    written = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return written


def _column(field: RecordField) -> pa.Field:
    one = pa.struct([_column(inner) for inner in field.fields]) if field.fields else _ATOMS[field.kind]
    return pa.field(field.name, pa.list_(one) if field.many else one)


def studies_sheet(rows: Iterable[StudyRow], root: str) -> Iterator[bytes]:
    """Yield the bytes of a file with a line for each study; `root` is the site's address."""
    named = ({**row, "url": f"{root}{row['url']}"} for row in rows)
    return _as_csv(_COLUMNS, ([_text(row[_RENAMED.get(name, name)]) for name in _COLUMNS] for row in named))


def coverage_sheet(covered: Iterable[TaskCoverage], root: str) -> Iterator[bytes]:
    """Yield the bytes of a file with a line for each paper, task and model that could have a trace of it."""
    cells = (
        (
            *(paper.title, paper.slug, one.task, planner.name, model.name, str(one.count(paper, planner, model))),
            f"{root}{url_of(paper_path(paper.slug))}",
        )
        for one in covered
        for paper in one.papers
        for planner, model in one.models
    )
    return _as_csv(_COVERED, cells)


def _as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    # Without the mark at a file's head, spreadsheets take UTF-8 for something else.
    yield BOM_UTF8
    for row in chain([columns], rows):
        line = StringIO(newline="")
        csv.writer(line).writerow(map(escape_formula, row))
        yield line.getvalue().encode()


def escape_formula(cell: str) -> str:
    """Return the cell, with an apostrophe before what a spreadsheet would take for a formula."""
    guarded = _WITHIN.sub(r"\1'\2", cell)
    return f"'{guarded}" if _FORMULA.match(cell) else guarded


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return " | ".join(value)
    return "" if value is None else str(value)
