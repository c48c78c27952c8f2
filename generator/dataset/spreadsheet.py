"""The studies as CSV for spreadsheets: UTF-8 with a mark at its head, lists in one cell, nothing taken for a formula.

The columns begin with those that the explorer's download has (`theme/assets/study-table.js`).
"""

import csv
import re
from codecs import BOM_UTF8, getwriter
from collections.abc import Iterable, Iterator
from io import BytesIO

from generator.dataset.records import StudyRow

BETWEEN = " | "
# What spreadsheets take for a formula or drop (https://owasp.org/www-community/attacks/CSV_Injection), full-width forms
# included. Apostrophes before it are counted in, so that whoever takes one away has the cell as it was.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
# Columns that are called otherwise in JSON Lines.
_RENAMED = {"paper_title": "title", "study": "number"}
_COLUMNS = (
    *("paper_title", "paper", "task", "planner", "model", "study", "name", "ablated_part", "action", "replacements"),
    *("metrics", "metric_families", "url", "id", "trace", "added", "seed", "sha256", "canary"),
)


class Spreadsheet:
    """The file while its rows come in; `root` is the site's address."""

    def __init__(self, root: str) -> None:
        self._root = root
        # Without the mark at its head, spreadsheets take UTF-8 for something else.
        self._data = BytesIO(BOM_UTF8)
        self._data.seek(len(BOM_UTF8))
        self._lines = csv.writer(getwriter("utf-8")(self._data))
        self._lines.writerow(_COLUMNS)

    def tee_rows(self, rows: Iterable[StudyRow]) -> Iterator[StudyRow]:
        """Yield the rows as they come, each once it has its line."""
        for row in rows:
            values = {**row, "url": f"{self._root}{row['url']}"}
            self._lines.writerow([escape_formula(_text(values[_RENAMED.get(name, name)])) for name in _COLUMNS])
            yield row

    def getvalue(self) -> bytes:
        """Return the file, after the last row."""
        return self._data.getvalue()


def escape_formula(cell: str) -> str:
    """Return the cell, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return BETWEEN.join(value)
    return "" if value is None else str(value)
