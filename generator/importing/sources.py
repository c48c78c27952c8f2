"""Files that hold traces: a checkout of the benchmark's page, an export of the site, a dataset, a single file.

A raw trace is a file, and so is a document as this project stores it. JSON Lines and Parquet hold a trace a row, in the
columns of `records.TraceRecord`.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator import environment
from generator.diagnostics import Code, Diagnostic, Location
from generator.environment import SEEDS_LIMIT
from generator.importing.benchmark.gold_rows import is_gold, read_gold
from generator.importing.transcript import steps_of_messages, write_reasoning
from generator.loading.json_lines import control_character, decode_object, record_of
from generator.loading.seed_files import Kind, is_seed, lfs_pointer, megabytes, read_seed, read_text, refuse_to_open
from generator.loading.seeds import parse_seed, with_prefix
from generator.model import Gold, Record, Trace, Verdict
from generator.text.wording import pluralize

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

Read = tuple[Trace | Sequence[Record] | None, list[Diagnostic]]
Rows = tuple[list[Callable[[], Read]], Diagnostic | None]


# Whatever else a checkout holds is not even read.
_TEXTS = {".md", ".markdown", ".txt", ""}
_KINDS = {Kind.TRACE, Kind.DOCUMENT, Kind.PAGE}
_NO_SEED = {Code.UNKNOWN_KIND, Code.UNKNOWN_LAYOUT}
_TABLES = {".jsonl", ".ndjson", ".json", ".parquet"}
# Of traces, transcripts that stand for a reasoning, verdicts, and gold ablations.
_COLUMNS = (
    {"planner", "model", "task", "reasoning", "studies"},
    {"planner", "model", "task", "messages", "studies"},
    {"trace", "judge"},
    {"paper", "task", "ablations"},
)
_RECORDS = (Trace, Gold, Verdict)
# Rows that are unpacked at once, and the bytes of a value of which nothing else is known.
_BATCH, _VALUE = 64, 8


@dataclass(frozen=True, slots=True)
class TraceSource:
    """Something to import from.

    Each of `items` reads one trace, or records of what judges say of traces. It returns nothing where an error says
    why, or where there is nothing to import. `diagnostics` are those of the source as a whole. `passed_over` counts
    the files in it that hold no traces.
    """

    items: tuple[Callable[[], Read], ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    passed_over: int = 0


def open_files(path: Path) -> TraceSource:
    """Open every trace in a file, or in the files of a folder and its folders."""
    root = path if path.is_dir() else path.parent
    items, diagnostics, passed_over = [], [], 0
    for file in [path] if path.is_file() else sorted(_files(path)):
        if file.suffix in _TABLES:
            rows, diagnostic = open_table(root, file)
            items += rows
            diagnostics += [diagnostic] if diagnostic else []
            passed_over += not (rows or diagnostic)
        elif file.suffix in _TEXTS or file == path:
            items.append(partial(_read_file, root, file))
        else:
            passed_over += 1
    return TraceSource(tuple(items), tuple(diagnostics), passed_over)


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if is_seed(name))


def _read_file(root: Path, file: Path) -> Read:
    seed, diagnostic = read_seed(root, file.relative_to(root).as_posix(), environment.limits().seed)
    if seed is None or seed.kind not in _KINDS:
        return None, [with_prefix(root, diagnostic)] if diagnostic and diagnostic.code not in _NO_SEED else []
    records, diagnostics = parse_seed(replace(seed, path=str(file)))
    return [record for record in records if isinstance(record, _RECORDS)], list(diagnostics)


def open_table(root: Path, path: Path) -> Rows:
    """Open a table of traces, to be read row by row; say why it cannot be read; neither if it holds something else."""
    name = path.relative_to(root).as_posix()
    if refused := refuse_to_open(root, name):
        return [], with_prefix(root, refused)
    if path.suffix == ".parquet" or is_parquet(path):
        rows = read_parquet(path)
        return ([], rows) if isinstance(rows, Diagnostic) else (_numbered(path, rows), None)
    # A table holds many seeds, so it may be as large as all of them.
    text = read_text(root, name, environment.limits().seeds)
    if isinstance(text, Diagnostic):
        return [], with_prefix(root, text)
    if path.suffix == ".json" and (whole := _whole(text)) is not None:
        return _numbered(path, whole), None
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    first, broken = decode_object(Location(str(path), 1), lines[0][1]) if lines else ({}, None)
    if not (_is_known(first) or (broken and path.suffix != ".json")):
        return [], None
    return [partial(_read_row, Location(str(path), number), line) for number, line in lines], None


def _whole(text: str) -> list[object] | None:
    """Return the rows of a text that is one JSON value; None of JSON Lines and of what is no JSON."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) else [value]


def _numbered(path: Path, rows: Sequence[object]) -> list[Callable[[], Read]]:
    """Return the rows of a table of traces, none of any other. A row is no line, and is named by its number."""
    if not rows or not isinstance(rows[0], dict) or not _is_known(rows[0]):
        return []
    lines = (json.dumps(row, ensure_ascii=False, default=str) for row in rows)
    return [partial(_read_row, Location(f"{path} (row {number})"), line) for number, line in enumerate(lines, 1)]


def is_parquet(path: Path) -> bool:
    """Tell whether a file begins as Parquet does, whatever it is called."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def read_parquet(path: Path) -> list[dict[str, object]] | Diagnostic:
    """Return the rows of a Parquet file, or why there are none."""
    rows = list[dict[str, object]]()
    for row in parquet_rows(path):
        if isinstance(row, Diagnostic):
            return row
        rows.append(row)
    return rows


def parquet_rows(path: Path) -> Iterator[dict[str, object] | Diagnostic]:
    """Yield the rows of a Parquet file, and at last why the rest cannot be read, if it can't.

    It may unpack to as much as all seeds may hold: a few kilobytes can unpack to more than there is memory.
    """
    # Arrow takes its time to import, which nothing else here needs.
    from pyarrow import ArrowException, parquet  # noqa: PLC0415 -- see above

    try:
        with path.open("rb") as file:
            pointer = lfs_pointer(str(path), file.read(100))
        if pointer:
            yield pointer
            return
        with parquet.ParquetFile(path) as table:
            yield from _unpacked(path, table, environment.limits().seeds)
    except (OSError, ArrowException) as error:
        found, hint = f"not Parquet that can be read ({error})", "download it anew"
        yield Diagnostic(Code.UNREADABLE_FILE, Location(str(path)), found, hint)


def _unpacked(path: Path, table: "ParquetFile", limit: int) -> Iterator[dict[str, object] | Diagnostic]:
    number, size = 0, 0
    largest = max((table.metadata.row_group(at).total_byte_size for at in range(table.num_row_groups)), default=0)
    for batch in table.iter_batches(_BATCH) if largest <= limit else ():
        # A value takes room in Python even where it is none.
        size += batch.nbytes + _VALUE * batch.num_rows * (batch.num_columns + 1)
        if size > limit:
            break
        yield from batch.to_pylist()
        number += batch.num_rows
    if max(size, largest) > limit:
        found = f"unpacks to more than {megabytes(limit)}; {pluralize(number, 'row')} fit"
        hint = f"split it, or set {SEEDS_LIMIT} to a larger number"
        yield Diagnostic(Code.TOO_LARGE, Location(str(path)), found, hint)


def _read_row(where: Location, line: str) -> Read:
    values, diagnostic = decode_object(where, line)
    if "messages" in values and "reasoning" not in values:
        values = _of_transcript(values)
    if diagnostic := diagnostic or control_character(where, values):
        return None, [diagnostic]
    record, diagnostics = read_gold(where, values) if is_gold(values) else record_of(where, values)
    return ([record] if isinstance(record, _RECORDS) else None), diagnostics


def _of_transcript(values: Mapping[str, object]) -> dict[str, object]:
    """Return the record of a trace that a transcript is; its keys may be those of a trace's document."""
    known = {"name": values.get("paper", ""), "given_title": values.get("title", "")}
    own = {key: value for key, value in values.items() if key != "messages"}
    return {**known, **own, "reasoning": write_reasoning(steps_of_messages(values["messages"]))}


def _is_known(columns: Iterable[str]) -> bool:
    """Tell whether a table with these columns is one of those that are imported."""
    return is_gold(columns) or any(wanted.issubset(columns) for wanted in _COLUMNS)
