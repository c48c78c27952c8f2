"""Text with a row a line, whose cells are parted by commas, semicolons, tabs or bars."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.diagnostics import Location, truncated

_DELIMITERS = ",;\t|"


def read_delimited(path: Path, lines: Iterable[str]) -> Iterator[tuple[Location, dict[str, str] | str]]:
    """Yield each row by its columns' names, which stand in the first line that is not empty, or what is wrong there.

    What parts the cells is what the first line has most of. `lines` keep their ends.
    """
    counted = enumerate(lines, 1)
    start, header = next(((number, line) for number, line in counted if line.strip()), (1, ""))
    delimiter = max(_DELIMITERS, key=header.count)
    columns = next(csv.reader([header], delimiter=delimiter), [])
    reader = csv.reader((line for _, line in counted), delimiter=delimiter, strict=True)
    is_empty, line = True, start + 1
    while True:
        try:
            cells = next(reader, None)
            found = cells and _row(columns, cells, delimiter)
        except csv.Error as error:
            found = f"quotes that do not match ({error})"
        if found is None:
            break
        if found:
            is_empty = False
            yield Location(str(path), line), found
        line = start + 1 + reader.line_num
    if is_empty:
        yield Location(str(path), start), "no rows below the names of the columns"


def _row(columns: list[str], cells: list[str], delimiter: str) -> dict[str, str] | str:
    """Return the cells by their columns, what is wrong with their number, or nothing of empty ones."""
    if not any(map(str.strip, cells)):
        return ""
    if len(cells) != len(columns):
        return f"{len(cells)} columns parted by {truncated(delimiter)}, expected {len(columns)}"
    return dict(zip(columns, cells, strict=True))
