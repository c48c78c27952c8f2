"""Tables as CSV for spreadsheets: UTF-8 with a mark at its head, lists in one cell, nothing taken for a formula.

The columns of studies begin with those that the explorer's download has (`theme/assets/study-table.js`).
"""

import csv
import re
from codecs import BOM_UTF8, getwriter
from collections.abc import Iterable, Iterator
from io import BytesIO

from generator.addresses import paper_path, url_of
from generator.corpus.covered import coverage
from generator.dataset.records import StudyRow
from generator.model import Corpus

BETWEEN = " | "
# What spreadsheets take for a formula or drop (https://owasp.org/www-community/attacks/CSV_Injection), full-width forms
# included. Apostrophes before it are counted in, so that whoever takes one away has the cell as it was.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
# With other settings a cell begins behind one of these, whatever quotes stand round it.
_WITHIN = re.compile("([;\t\r\n]\"*)('*[=+\\-@＝＋－＠])")
# Columns that are called otherwise in JSON Lines.
_RENAMED = {"paper_title": "title", "study": "number"}
_COLUMNS = (
    *("paper_title", "paper", "task", "planner", "model", "study", "name", "ablated_part", "action", "replacements"),
    *("metrics", "metric_families", "url", "id", "trace", "added", "seed", "sha256", "canary"),
)


_COVERED = ("paper_title", "paper", "task", "planner", "model", "traces", "url")


class Spreadsheet:
    """The file while its rows come in; `root` is the site's address."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._data = _with_mark()
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


def coverage_sheet(corpus: Corpus, root: str) -> tuple[bytes, int]:
    """Return the file with a line for each paper, task and model that could have a trace of it; and their number."""
    data = _with_mark()
    lines = csv.writer(getwriter("utf-8")(data))
    lines.writerow(_COVERED)
    number = 0
    for one in coverage(corpus):
        for paper in one.papers:
            address = f"{root}{url_of(paper_path(paper.slug))}"
            for planner, model in one.models:
                count = one.count(paper, planner, model)
                cells = (paper.title, paper.slug, one.task, planner.name, model.name, str(count), address)
                lines.writerow(map(escape_formula, cells))
                number += 1
    return data.getvalue(), number


def _with_mark() -> BytesIO:
    """Return an empty file with the mark at its head: without it, spreadsheets take UTF-8 for something else."""
    data = BytesIO(BOM_UTF8)
    data.seek(len(BOM_UTF8))
    return data


def escape_formula(cell: str) -> str:
    """Return the cell, with an apostrophe before what a spreadsheet would take for a formula."""
    guarded = _WITHIN.sub(r"\1'\2", cell)
    return f"'{guarded}" if _FORMULA.match(cell) else guarded


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return BETWEEN.join(value)
    return "" if value is None else str(value)
