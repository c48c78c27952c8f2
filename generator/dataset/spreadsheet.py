"""Tables as CSV for spreadsheets: UTF-8 with a mark at its head, lists in one cell, nothing taken for a formula.

The columns of studies begin with those that the explorer's download has (`theme/assets/study-table.js`).
"""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain

from generator.addresses import paper_path, url_of
from generator.corpus.covered import TaskCoverage
from generator.dataset.records import StudyRow

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


def studies_sheet(rows: Iterable[StudyRow], root: str) -> Iterator[bytes]:
    """Yield the bytes of a file with a line for each study; `root` is the site's address."""
    named = ({**row, "url": f"{root}{row['url']}"} for row in rows)
    return _as_csv(_COLUMNS, ([_text(row[_RENAMED.get(name, name)]) for name in _COLUMNS] for row in named))


def coverage_sheet(covered: Iterable[TaskCoverage], root: str) -> Iterator[bytes]:
    """Yield the bytes of a file with a line for each paper, task and model that could have a trace of it."""
    cells = (
        (
            *(paper.title, paper.slug, one.task, planner.name, model.name, str(one.count(paper, planner, model))),
            f"{root}{url_of(paper_path(paper.slug))}",
        )
        for one in covered
        for paper in one.papers
        for planner, model in one.models
    )
    return _as_csv(_COVERED, cells)


def _as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    # Without the mark at a file's head, spreadsheets take UTF-8 for something else.
    yield BOM_UTF8
    for row in chain([columns], rows):
        line = StringIO(newline="")
        csv.writer(line).writerow(map(escape_formula, row))
        yield line.getvalue().encode()


def escape_formula(cell: str) -> str:
    """Return the cell, with an apostrophe before what a spreadsheet would take for a formula."""
    guarded = _WITHIN.sub(r"\1'\2", cell)
    return f"'{guarded}" if _FORMULA.match(cell) else guarded


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return BETWEEN.join(value)
    return "" if value is None else str(value)
