"""Files that hold traces: a checkout of the benchmark's page, an export of the site, a dataset, a single file.

A raw trace is a file, and so is a document as this project stores it. JSON Lines and Parquet hold a trace a row, in the
columns of `records.TraceRecord`.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator import environment
from generator.catalogue import Code
from generator.contributing.importing.source import Source
from generator.contributing.importing.tables import LINES, PARQUET, open_table
from generator.model import Trace
from generator.reading.seeds import Kind, is_seed, read_seed
from generator.surveying import parse, under

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.contributing.importing.source import Read

# Whatever else a checkout holds is not even read.
_TEXTS = {".md", ".markdown", ".txt", ""}
_KINDS = {Kind.TRACE, Kind.DOCUMENT, Kind.PAGE}


def open_files(path: Path) -> Source:
    """Every trace in a file, or in the files of a folder and its folders."""
    root = path if path.is_dir() else path.parent
    items, problems, passed_over = [], [], 0
    for file in [path] if path.is_file() else sorted(_files(path)):
        if file.suffix in {LINES, PARQUET}:
            rows, problem = open_table(root, file)
            items += rows
            problems += [problem] if problem else []
            passed_over += not (rows or problem)
        elif file.suffix in _TEXTS or file == path:
            items.append(partial(_read, root, file))
        else:
            passed_over += 1
    return Source(tuple(items), tuple(problems), passed_over)


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if is_seed(name))


def _read(root: Path, file: Path) -> Read:
    seed, problem = read_seed(root, file.relative_to(root).as_posix(), environment.limits().seed)
    if seed is None or seed.kind not in _KINDS:
        return None, [under(root, problem)] if problem and problem.code is not Code.UNKNOWN_KIND else []
    records, problems = parse(replace(seed, path=str(file)))
    return next((record for record in records if isinstance(record, Trace)), None), list(problems)
