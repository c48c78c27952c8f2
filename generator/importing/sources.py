"""Files that hold traces: a checkout of the benchmark's page, an export of the site, a dataset, a single file.

A raw trace is a file, and so is a document as this project stores it. JSON Lines and Parquet hold a trace a row, in the
columns of `records.TraceRecord`.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator import environment
from generator.diagnostics import Code, Diagnostic, Location
from generator.importing.benchmark.dataset_rows import is_gold, read_gold
from generator.importing.table_rows import is_parquet, json_value, numbered, parquet_rows, text_of
from generator.importing.transcript import steps_of_messages, write_reasoning
from generator.loading.json_lines import control_character, decode_object, record_of
from generator.loading.seed_files import Kind, is_seed, read_seed, refuse_to_open
from generator.loading.seeds import parse_seed, with_prefix
from generator.model import Gold, Record, Trace, Verdict

# Records of traces, or of what judges say of them, and what is wrong; neither where there is nothing to import.
Read = tuple[Sequence[Record], list[Diagnostic]]
Item = Callable[[], Read]

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


def told(*diagnostics: Diagnostic) -> Item:
    """Return what reads nothing, and says why; or does not even say that."""
    return lambda: ((), [*diagnostics])


def open_files(path: Path) -> list[Item]:
    """Return what reads each trace in a file, or in the files of a folder and its folders."""
    root = path if path.is_dir() else path.parent
    items = list[Item]()
    for file in [path] if path.is_file() else sorted(_files(path)):
        if file.suffix in _TABLES:
            items += _open_table(root, file) or [told()]
        elif file.suffix in _TEXTS or file == path:
            items.append(partial(_read_file, root, file))
        else:
            items.append(told())
    return items


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if is_seed(name))


def _read_file(root: Path, file: Path) -> Read:
    seed, diagnostic = read_seed(root, file.relative_to(root).as_posix(), environment.limits().seed)
    if seed is None or seed.kind not in _KINDS:
        return (), [with_prefix(root, diagnostic)] if diagnostic and diagnostic.code not in _NO_SEED else []
    records, diagnostics = parse_seed(replace(seed, path=str(file)))
    return [record for record in records if isinstance(record, _RECORDS)], list(diagnostics)


def _open_table(root: Path, path: Path) -> list[Item]:
    """Return what reads each row of a table of traces, or says why it cannot be read; nothing of any other table."""
    if refused := refuse_to_open(root, path.relative_to(root).as_posix()):
        return [told(with_prefix(root, refused))]
    if path.suffix == ".parquet" or is_parquet(path):
        rows = list(parquet_rows(path))
        unread = [row for row in rows if isinstance(row, Diagnostic)]
        return [told(*unread)] if unread else _numbered(path, rows)
    text = text_of(root, path)
    if isinstance(text, Diagnostic):
        return [told(text)]
    if path.suffix == ".json" and (whole := json_value(text)) is not None:
        return _numbered(path, whole if isinstance(whole, list) else [whole])
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    first, broken = decode_object(Location(str(path), 1), lines[0][1]) if lines else ({}, None)
    if not (_is_known(first) or (broken and path.suffix != ".json")):
        return []
    return [partial(_read_row, Location(str(path), number), line) for number, line in lines]


def _numbered(path: Path, rows: Sequence[object]) -> list[Item]:
    """Return what reads the rows of a table of traces. A row is no line, and is named by its number."""
    if not rows or not isinstance(rows[0], dict) or not _is_known(rows[0]):
        return []
    return [
        partial(_read_row, where, json.dumps(row, ensure_ascii=False, default=str))
        for where, row in numbered(path, rows)
    ]


def _read_row(where: Location, line: str) -> Read:
    values, diagnostic = decode_object(where, line)
    if "messages" in values and "reasoning" not in values:
        values = _of_transcript(values)
    if diagnostic := diagnostic or control_character(where, values):
        return (), [diagnostic]
    record, diagnostics = read_gold(where, values) if is_gold(values) else record_of(where, values)
    return ([record] if isinstance(record, _RECORDS) else ()), diagnostics


def _of_transcript(values: Mapping[str, object]) -> dict[str, object]:
    """Return the record of a trace that a transcript is; its keys may be those of a trace's document."""
    known = {"name": values.get("paper", ""), "given_title": values.get("title", "")}
    own = {key: value for key, value in values.items() if key != "messages"}
    return {**known, **own, "reasoning": write_reasoning(steps_of_messages(values["messages"]))}


def _is_known(columns: Iterable[str]) -> bool:
    """Tell whether a table with these columns is one of those that are imported."""
    return is_gold(columns) or any(wanted.issubset(columns) for wanted in _COLUMNS)
