"""The studies as CSV for spreadsheets: UTF-8 with a mark at its head, lists in one cell, nothing taken for a formula.

The columns begin with those that the explorer's download has (`theme/assets/study-table.js`).
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8, getwriter
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.dataset.records import StudyRow

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


class Spreadsheet:
    """The file while its rows come in; `root` is the site's address."""

    def __init__(self, root: str) -> None:
        self._root = root
        # Without the mark at its head, spreadsheets take UTF-8 for something else.
        self._data = BytesIO(BOM_UTF8)
        self._data.seek(len(BOM_UTF8))
        self._lines = csv.writer(getwriter("utf-8")(self._data))
        self._lines.writerow(_COLUMNS)

    def entered(self, rows: Iterable[StudyRow]) -> Iterator[StudyRow]:
        """The rows as they come, each once it has its line."""
        for row in rows:
            self._lines.writerow([guarded(cell(row, self._root)) for cell in _COLUMNS.values()])
            yield row

    def finished(self) -> bytes:
        """The file, after the last row."""
        return self._data.getvalue()


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
