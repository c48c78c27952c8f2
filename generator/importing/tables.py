"""Tables of records as this site exports them, in JSON Lines or Parquet.

The columns are those of `records.TraceRecord`. Tables of anything else hold no traces.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from generator import environment
from generator.catalogue import Code
from generator.loading.json_lines import read_object, read_record
from generator.loading.seed_files import read_text
from generator.model import Trace
from generator.problems import Location, Problem
from generator.surveying import under

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from generator.importing.source import Read

    Rows = tuple[list[Callable[[], Read]], Problem | None]

LINES, PARQUET = ".jsonl", ".parquet"
_COLUMNS = {"planner", "model", "task", "reasoning", "studies"}


def open_table(root: Path, path: Path) -> Rows:
    """What reads each row of a table of traces, or why the file cannot be read; neither if it holds something else."""
    return _parquet(path) if path.suffix == PARQUET else _lines(root, path)


def _lines(root: Path, path: Path) -> Rows:
    # A table holds many seeds, so it may be as large as all of them.
    text = read_text(root, path.relative_to(root).as_posix(), environment.limits().seeds)
    if isinstance(text, Problem):
        return [], under(root, text)
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    first, broken = read_object(Location(str(path), 1), lines[0][1]) if lines else ({}, None)
    if not (broken or _of_traces(first)):
        return [], None
    return [partial(_read, Location(str(path), number), line) for number, line in lines], None


def _parquet(path: Path) -> Rows:
    # Arrow takes its time to import, which nothing else here needs.
    from pyarrow import ArrowException, parquet  # noqa: PLC0415 -- see above

    try:
        table = parquet.read_table(path)
    except (OSError, ArrowException) as error:
        found, remedy = f"not Parquet that can be read ({error})", "download it anew"
        return [], Problem(Code.UNREADABLE_FILE, Location(str(path)), found, remedy)
    if not _of_traces(table.column_names):
        return [], None
    lines = (json.dumps(row, ensure_ascii=False, default=str) for row in table.to_pylist())
    # A row is no line, and what stands in the file's lines is not for people.
    return [partial(_read, Location(f"{path} (row {number})"), line) for number, line in enumerate(lines, 1)], None


def _read(where: Location, line: str) -> Read:
    record, problems = read_record(where, line)
    return (record if isinstance(record, Trace) else None), problems


def _of_traces(columns: Iterable[str]) -> bool:
    return _COLUMNS.issubset(columns)
