"""What the benchmark's dataset says: the title of each paper's id, how studies are spelt, and gold ablations.

A row of these has `id`, `paper_title`, and either `ablations_in_paper`, a list of studies or the JSON of one, or
`num_ablation_suggestions`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.diagnostics import Code, Diagnostic, GeneratorError, Location, truncated
from generator.importing.table_rows import is_parquet, json_value, numbered, parquet_rows, read_delimited, text_of
from generator.loading.json_lines import read_object
from generator.loading.located_yaml import LocatedMapping
from generator.loading.raw_plan import split_metrics
from generator.loading.validation import place_record
from generator.model import Gold, Task

# What the columns are called, in the benchmark's dataset and elsewhere.
_IDS = ("id", "paper_id", "instance_id")
_TITLES = ("title", "paper_title")
_LISTED, _COUNTED = "ablations_in_paper", "num_ablation_suggestions"


def is_gold(columns: Iterable[str]) -> bool:
    """Tell whether a table with these columns lists or counts what papers ablate."""
    return "id" in columns and not {_LISTED, _COUNTED}.isdisjoint(columns)


def read_gold(where: Location, row: Mapping[str, object]) -> tuple[Gold | None, list[Diagnostic]]:
    """Return the gold ablations of a row, or why there are none; none without a reason where it has no ablation."""
    listed = row.get(_LISTED)
    try:
        ablations = json.loads(listed) if isinstance(listed, str) else listed
    except ValueError as error:
        found = f"{_LISTED!r} is no list of studies: {error}"
        return None, [Diagnostic(Code.BROKEN_JSON, where, found, "write it as the dataset does")]
    task = Task.REVIEWER if ablations is None else Task.AUTHOR
    values = {"paper": row["id"], "task": task.value, "total": row.get(_COUNTED)}
    if isinstance(ablations, list):
        values["ablations"] = [_given(study_values(one)) if isinstance(one, dict) else one for one in ablations]
    if not (known := _given(values)).keys() & {"ablations", "total"}:
        return None, []
    return place_record(Gold, where.path, LocatedMapping(known, {(): where}))


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value}


def study_values(raw: Mapping[str, object]) -> dict[str, object]:
    """Return a study's values; what is of the wrong type is kept, for the check of the whole record to report."""
    study = {key: _value_text(raw[key]) for key in ("name", "ablated_part", "action") if key in raw}
    name, action = study.get("name"), study.get("action")
    if isinstance(name, str):
        study["name"] = " ".join(name.split("\n"))
    if isinstance(action, str):
        study["action"] = action.upper().removeprefix("ACTION.")
    if replacements := _value_texts(raw.get("replacement")):
        study["replacements"] = replacements
    if "metrics" in raw:
        metrics = raw["metrics"]
        study["metrics"] = list(split_metrics(metrics)) if isinstance(metrics, str) else _value_texts(metrics)
    return study


def _value_text(value: object) -> object:
    """Return a text's lines without blanks at their ends and without empty ones, as in a raw plan."""
    if not isinstance(value, str):
        return value
    return "\n".join(line.strip() for line in re.split(r"\r\n?|\n", value) if line.strip())


def _value_texts(value: object) -> list[object]:
    """Return the items of a list, or whatever else there is as the only one; what says nothing is no item."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    texts = [_value_text(item if isinstance(item, str) else str(item)) for item in items]
    return [text for text in texts if text]


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
        rows = list(parquet_rows(path))
        if broken := [row for row in rows if isinstance(row, Diagnostic)]:
            raise GeneratorError(broken)
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
