"""Rows of tables: text whose cells are parted by commas, semicolons, tabs or bars; JSON; Parquet."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator import environment
from generator.diagnostics import Code, Diagnostic, Location, truncated
from generator.environment import SEEDS_LIMIT
from generator.loading.seed_files import lfs_pointer, megabytes, read_text
from generator.loading.seeds import with_prefix
from generator.text.wording import pluralize

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

Row = TypeVar("Row")

_DELIMITERS = ",;\t|"
_SEP = re.compile(rf"sep=[{_DELIMITERS}]\s*$", re.IGNORECASE)
# Rows of Parquet that are unpacked at once, and the bytes of a value of which nothing else is known.
_BATCH, _VALUE = 64, 8


def text_of(folder: Path, path: Path) -> str | Diagnostic:
    """Return the text of a file below a folder, or why there is none; it may be as large as all seeds."""
    text = read_text(folder, path.relative_to(folder).as_posix(), environment.limits().seeds)
    return with_prefix(folder, text) if isinstance(text, Diagnostic) else text


def numbered(path: Path, rows: Iterable[Row], called: str = "row") -> Iterator[tuple[Location, Row]]:
    """Yield rows with their places: those of no line are named by their number."""
    return ((Location(f"{path} ({called} {number})"), row) for number, row in enumerate(rows, 1))


def json_value(text: str) -> object:
    """Return the one JSON value that a text is; None of JSON Lines, and of what is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def read_delimited(path: Path, lines: Iterable[str]) -> Iterator[tuple[Location, dict[str, str] | Diagnostic]]:
    """Yield each row by its columns' names, which stand in the first line that is not empty, or what is wrong there.

    What parts the cells is what that line has most of; `sep=;` above it, as Excel has it, says nothing else. `lines`
    keep their ends.
    """
    counted = ((number, line) for number, line in enumerate(lines, 1) if number > 1 or not _SEP.match(line))
    start, header = next(((number, line) for number, line in counted if line.strip()), (1, ""))
    delimiter = max(_DELIMITERS, key=header.count)
    parts = partial(csv.reader, delimiter=delimiter, skipinitialspace=True)
    columns = next(parts([header]), [])
    doubled = [name for name, times in Counter(map(_name, columns)).items() if name and times > 1]
    if doubled:
        where = Location(str(path), start)
        said = f"several columns are called {' and '.join(map(truncated, doubled))}, expected one of a name"
        yield where, Diagnostic(Code.BROKEN_TABLE, where, said)
        return
    reader = parts((line for _, line in counted), strict=True)
    is_empty, where = True, Location(str(path), start + 1)
    while True:
        try:
            if (cells := next(reader, None)) is None:
                break
            found = _row(columns, cells, delimiter)
        except csv.Error as error:
            found = f"quotes that do not match ({error})"
        if found:
            is_empty = False
            yield where, Diagnostic(Code.BROKEN_TABLE, where, found) if isinstance(found, str) else found
        where = Location(str(path), start + 1 + reader.line_num)
    if is_empty:
        where = Location(str(path), start)
        yield where, Diagnostic(Code.BROKEN_TABLE, where, "no rows below the names of the columns")


def _name(column: str) -> str:
    return column.strip().casefold()


def _row(columns: list[str], cells: list[str], delimiter: str) -> dict[str, str] | str:
    """Return the cells by their columns, what is wrong with their number, or nothing of empty ones."""
    if not any(map(str.strip, cells)):
        return ""
    if len(cells) != len(columns):
        return f"{len(cells)} columns parted by {truncated(delimiter)}, expected {len(columns)}"
    return dict(zip(columns, cells, strict=True))


def is_parquet(path: Path) -> bool:
    """Tell whether a file begins as Parquet does, whatever it is called."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def parquet_rows(path: Path) -> Iterator[dict[str, object] | Diagnostic]:
    """Yield the rows of a Parquet file, and at last why the rest cannot be read, if it can't.

    It may unpack to as much as all seeds may hold: a few kilobytes can unpack to more than there is memory.
    """
    # Arrow takes its time to import, which nothing else here needs.
    from pyarrow import ArrowException, parquet  # noqa: PLC0415 -- see above

    try:
        with path.open("rb") as file:
            pointer = lfs_pointer(str(path), file.read(100))
        if pointer:
            yield pointer
            return
        with parquet.ParquetFile(path) as table:
            yield from _unpacked(path, table, environment.limits().seeds)
    except (OSError, ArrowException) as error:
        found, hint = f"not Parquet that can be read ({error})", "download it anew"
        sample = f"{path.name} begins and ends with PAR1"
        yield Diagnostic(Code.UNREADABLE_FILE, Location(str(path)), found, hint, sample=sample)


def _unpacked(path: Path, table: "ParquetFile", limit: int) -> Iterator[dict[str, object] | Diagnostic]:
    number, size = 0, 0
    largest = max((table.metadata.row_group(at).total_byte_size for at in range(table.num_row_groups)), default=0)
    for batch in table.iter_batches(_BATCH) if largest <= limit else ():
        # A value takes room in Python even where it is none.
        size += batch.nbytes + _VALUE * batch.num_rows * (batch.num_columns + 1)
        if size > limit:
            break
        yield from batch.to_pylist()
        number += batch.num_rows
    if max(size, largest) > limit:
        found = f"unpacks to more than {megabytes(limit)}; {pluralize(number, 'row')} fit"
        hint = f"split it, or set {SEEDS_LIMIT} to a larger number"
        yield Diagnostic(Code.TOO_LARGE, Location(str(path)), found, hint)
