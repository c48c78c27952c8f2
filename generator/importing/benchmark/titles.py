"""The table that names a run's papers: the title for each id of the benchmark's dataset."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.diagnostics import Code, Diagnostic, GeneratorError, Location, truncated
from generator.importing.table_rows import is_parquet, json_value, numbered, read_delimited, read_parquet, text_of
from generator.loading.json_lines import read_object

# What the columns are called, in the benchmark's dataset and elsewhere.
_IDS = ("id", "paper_id", "instance_id")
_TITLES = ("title", "paper_title")


def read_titles(path: Path) -> dict[str, str]:
    """Read a table with the columns `id` and `title`, or one JSON object from ids to titles, told by its content.

    Raises GeneratorError with every line that cannot be read, or if the file is no such table.
    """
    titles: dict[str, str] = {}
    first: dict[str, Location] = {}
    diagnostics = []
    for where, row in _rows(path):
        known = row.message if isinstance(row, Diagnostic) else _pair(row)
        if isinstance(known, str):
            diagnostics.append(Diagnostic(Code.WRONG_TITLES, where, known))
            continue
        name, title = known
        if titles.setdefault(name, title) != title:
            found = f"a second title for {truncated(name)}, {truncated(title)}"
            diagnostics.append(Diagnostic(Code.WRONG_TITLES, where, found, "keep one of the two", first[name]))
        first.setdefault(name, where)
    if not titles and not diagnostics:
        diagnostics.append(Diagnostic(Code.WRONG_TITLES, Location(str(path)), "no table of ids and titles: no rows"))
    if diagnostics:
        raise GeneratorError(diagnostics)
    return titles


def _pair(row: object) -> tuple[str, str] | str:
    """Return the id and the title of a row, or what is wrong with it."""
    if not isinstance(row, dict):
        return "no object with an id and a title"
    known = {str(key).strip().casefold(): value for key, value in row.items()}
    values = [next((known[key] for key in keys if known.get(key) is not None), "") for keys in (_IDS, _TITLES)]
    if not isinstance(values[0], str | int) or not isinstance(values[1], str):
        return f"an id or a title that is no text: {truncated(json.dumps(values, default=str))}"
    name, title = (" ".join(str(value).split()) for value in values)
    if not name or not title:
        return f"no {'title' if name else 'id'} here, expected the columns `id` and `title`"
    return name, title


def _rows(path: Path) -> Iterable[tuple[Location, object]]:
    """Return the rows of the table, with their places. Raises GeneratorError if the file cannot be read."""
    if is_parquet(path):
        rows = read_parquet(path)
        if isinstance(rows, Diagnostic):
            raise GeneratorError([rows])
        return numbered(path, rows)
    text = text_of(path.parent, path)
    if isinstance(text, Diagnostic):
        raise GeneratorError([text])
    if not text.lstrip().startswith(("{", "[")):
        return _delimited_rows(path, text)
    whole = json_value(text)
    if whole is None:
        return _json_lines(path, text)
    if isinstance(whole, dict) and not any(key in whole for key in _IDS):
        whole = [{"id": name, "title": title} for name, title in whole.items()]
    return numbered(path, whole if isinstance(whole, list) else [whole])


def _json_lines(path: Path, text: str) -> Iterator[tuple[Location, object]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = Location(str(path), number)
            row, broken = read_object(where, line)
            yield where, broken or row


def _delimited_rows(path: Path, text: str) -> Iterator[tuple[Location, object]]:
    for where, row in read_delimited(path, [f"{line}\n" for line in text.split("\n")]):
        if not isinstance(row, Diagnostic):
            columns = {name.strip().casefold() for name in row}
            if not all(columns.intersection(names) for names in (_IDS, _TITLES)):
                start = Location(str(path), 1)
                yield start, Diagnostic(Code.WRONG_TITLES, start, "no columns `id` and `title` in the first line")
                return
        yield where, row
