"""The studies as CSV for spreadsheets: UTF-8 with a mark at its head, lists in one cell, nothing taken for a formula.

The columns begin with those that the explorer's download has (`theme/assets/study-table.js`).
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.records import StudyRow

BETWEEN = " | "
# What spreadsheets take for a formula or drop (https://owasp.org/www-community/attacks/CSV_Injection), full-width forms
# included. Apostrophes before it are counted in, so that whoever takes one away has the cell as it was.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_COLUMNS: Mapping[str, Callable[[StudyRow, str], str]] = {
    "paper_title": lambda row, _: row["title"],
    "paper": lambda row, _: row["paper"],
    "task": lambda row, _: row["task"],
    "planner": lambda row, _: row["planner"],
    "model": lambda row, _: row["model"],
    "study": lambda row, _: str(row["number"]),
    "name": lambda row, _: row["name"],
    "ablated_part": lambda row, _: row["ablated_part"],
    "action": lambda row, _: row["action"],
    "replacements": lambda row, _: BETWEEN.join(row["replacements"]),
    "metrics": lambda row, _: BETWEEN.join(row["metrics"]),
    "metric_families": lambda row, _: BETWEEN.join(row["metric_families"]),
    "url": lambda row, root: f"{root}{row['url']}",
    "id": lambda row, _: row["id"],
    "trace": lambda row, _: row["trace"],
    "added": lambda row, _: row["added"] or "",
    "seed": lambda row, _: row["seed"],
    "sha256": lambda row, _: row["sha256"],
    "canary": lambda row, _: row["canary"],
}


def as_csv(groups: Iterable[Iterable[StudyRow]], root: str) -> Iterator[bytes]:
    """A line per study, group by group; `root` is the site's address."""
    # Without the mark at its head, spreadsheets take UTF-8 for something else.
    yield BOM_UTF8 + _lines([_COLUMNS])
    for rows in groups:
        yield _lines([guarded(cell(row, root)) for cell in _COLUMNS.values()] for row in rows)


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
