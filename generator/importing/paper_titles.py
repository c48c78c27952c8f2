"""The table that names a run's papers, from the ids of the benchmark's dataset to the titles.

CSV with a header, JSON Lines, a JSON list of objects, each with `id` and `title` (or `paper_title`, as the dataset has
it); or one JSON object from ids to titles.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from generator import environment
from generator.catalogue import Code
from generator.loading.seed_files import read_text
from generator.problems import GeneratorError, Location, Problem
from generator.surveying import under

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_TITLES = ("title", "paper_title")


def read_titles(path: Path) -> dict[str, str]:
    """The title for each id. Raises GeneratorError if the file cannot be read or is no such table."""
    text = read_text(path.parent, path.name, environment.limits().seeds)
    if isinstance(text, Problem):
        raise GeneratorError([under(path.parent, text)])
    try:
        return dict(_pairs([*_rows(text)]))
    except (ValueError, RecursionError, csv.Error) as error:
        remedy = "write a CSV file whose first line is `id,title`, and below it one paper a line"
        wrong = Problem(Code.WRONG_TITLES, Location(str(path)), f"no table of ids and titles: {error}", remedy)
        raise GeneratorError([wrong]) from None


def _rows(text: str) -> Iterable[object]:
    if not text.lstrip().startswith(("{", "[")):
        return csv.DictReader(text.split("\n"), strict=True)
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    if isinstance(whole, dict) and "id" not in whole:
        return [{"id": name, "title": title} for name, title in whole.items()]
    return whole if isinstance(whole, list) else [whole]


def _pairs(rows: Sequence[object]) -> Iterator[tuple[str, str]]:
    if not rows:
        raise ValueError("no rows")
    for number, row in enumerate(rows, 1):
        match row:
            case {"id": str(name), "title": str(title)} | {"id": str(name), "paper_title": str(title)}:
                yield name, " ".join(title.split())
            case _:
                raise ValueError(f"row {number} has no id or no title")
