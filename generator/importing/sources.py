"""Files that hold traces: a checkout of the benchmark's page, an export of the site, a dataset, a single file.

A raw trace is a file, and so is a document as this project stores it. JSON and Parquet hold a trace a row, in the
columns of `records.TraceRecord`, or with the messages of a chat in place of the reasoning.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator import environment
from generator.diagnostics import Code, Diagnostic, Location, errors
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
_SUFFIXES = {".md", ".markdown", ".txt", "", ".jsonl", ".jsonlines", ".ndjson", ".ldjson", ".json", ".parquet"}
_KINDS = {Kind.TRACE, Kind.DOCUMENT, Kind.PAGE}
_NO_SEED = {Code.UNKNOWN_KIND, Code.UNKNOWN_LAYOUT}
# What begins as JSON does: an object, or a list of some.
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*[\[{])")
_START = 1_000  # bytes
# The columns of verdicts, of gold ablations, and of traces; of these one may be missing, or misspelt, to be told.
_COLUMNS = ({"trace", "judge"}, {"paper", "task", "ablations"})
_OF_TRACE = (("planner",), ("model",), ("task",), ("paper", "name"), ("messages", "reasoning"), ("studies",))
_SAMPLE = '{"planner": "…", "model": "…", "task": "reviewer", "paper": "…", "messages": […], "studies": […]}'
_RECORDS = (Trace, Gold, Verdict)


def told(*diagnostics: Diagnostic) -> Item:
    """Return what reads nothing, and says why; or does not even say that."""
    return lambda: ((), [*diagnostics])


def open_files(path: Path) -> list[Item]:
    """Return what reads each trace in a file, or in the files of a folder and its folders."""
    root = path if path.is_dir() else path.parent
    items = list[Item]()
    for file in [path] if path.is_file() else sorted(_files(path)):
        is_read = file == path or file.suffix.lower() in _SUFFIXES
        items += (_open(root, file, is_named=file == path) if is_read else []) or [told()]
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


def _open(root: Path, file: Path, *, is_named: bool) -> list[Item]:
    """Return what reads each trace of a file, or says what is wrong with it."""
    if refused := refuse_to_open(root, file.relative_to(root).as_posix()):
        return [told(with_prefix(root, refused))]
    if file.suffix.lower() == ".parquet" or is_parquet(file):
        rows = list(parquet_rows(file))
        unread = [row for row in rows if isinstance(row, Diagnostic)]
        return [told(*unread)] if unread else _numbered(file, rows)
    with file.open("rb") as opened:
        is_json = _JSON.match(opened.read(_START))
    return _open_json(root, file, is_named=is_named) if is_json else [partial(_read_file, root, file)]


def _open_json(root: Path, path: Path, *, is_named: bool) -> list[Item]:
    """Return what reads each row of a table of traces, or says what is wrong with it; nothing of any other table.

    What is broken is told, but of a folder's JSON that does not speak of a planner.
    """
    text = text_of(root, path)
    if isinstance(text, Diagnostic):
        return [told(text)]
    (number, line), *more = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    first, _ = decode_object(Location(str(path), number), line)
    if not (_is_known(first) or (first and more)) and (whole := json_value(text)) is not None:
        return _numbered(path, _records(whole))
    if not (_is_known(first) if first else is_named or path.suffix.lower() != ".json" or "planner" in text):
        return []
    if first or (more and more[0][1].startswith("{")):
        return [partial(_read_row, Location(str(path), number), line) for number, line in [(number, line), *more]]
    return [partial(_read_row, Location(str(path), 1), text)]


def _records(whole: object) -> Sequence[object]:
    """Return the records of a JSON value: a list, or one in an object that is no record itself."""
    if isinstance(whole, dict) and not _is_known(whole):
        return next((value for value in whole.values() if isinstance(value, list)), ())
    return whole if isinstance(whole, list) else [whole]


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
    diagnostics = [diagnostic] if diagnostic else []
    if _means_trace(values):
        values, diagnostics = _of_trace(where, values)
    if not errors(diagnostics) and (diagnostic := control_character(where, values)):
        diagnostics.append(diagnostic)
    if errors(diagnostics):
        return (), diagnostics
    record, found = read_gold(where, values) if is_gold(values) else record_of(where, values)
    return ([record] if isinstance(record, _RECORDS) else ()), diagnostics + found


def _of_trace(where: Location, values: Mapping[str, object]) -> tuple[dict[str, object], list[Diagnostic]]:
    """Return the record of a trace; its keys may be those of a trace's document, and a chat stand for its reasoning."""
    if missing := _missing(values):
        found = f"a trace without {' and '.join(missing)}"
        return {}, [Diagnostic(Code.MISSING_KEY, where, found, "add what is missing", sample=_SAMPLE)]
    own = {key: _rows(value) if key in {"messages", "studies"} else value for key, value in values.items()}
    known = {"name": values.get("paper"), "given_title": values.get("title"), **own}
    if "reasoning" in values:
        return known, []
    try:
        steps, diagnostics = steps_of_messages(where, known.pop("messages"))
    except RecursionError:
        return {}, [Diagnostic(Code.BROKEN_JSON, where, "messages nested too deep", "write plain messages")]
    return {**known, "reasoning": write_reasoning(steps)}, diagnostics


def _rows(value: object) -> object:
    """Return a list of objects; datasets may keep it as an object of lists, or as the text of its JSON."""
    if isinstance(value, str):
        return json_value(value) or value
    if not isinstance(value, dict) or len({len(one) if isinstance(one, list) else -1 for one in value.values()}) != 1:
        return value
    return [dict(zip(value, row, strict=True)) for row in zip(*value.values(), strict=True)]


def _missing(columns: Iterable[str]) -> list[str]:
    """Return which keys of a trace are not among these."""
    return [" or ".join(map(repr, keys)) for keys in _OF_TRACE if not {*keys} & {*columns}]


def _means_trace(columns: Iterable[str]) -> bool:
    return len(_missing(columns)) <= 1


def _is_known(columns: Iterable[str]) -> bool:
    """Tell whether a table with these columns is one of those that are imported."""
    return is_gold(columns) or _means_trace(columns) or any(wanted.issubset(columns) for wanted in _COLUMNS)
