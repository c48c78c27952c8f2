"""Read all that a source holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.catalogue import Code, Level
from generator.importing.files import open_files
from generator.importing.run_folder import is_run, open_run
from generator.problems import GeneratorError, Location, Problem, errors

if TYPE_CHECKING:
    from pathlib import Path

    from generator.importing.run_folder import Run
    from generator.importing.source import Source
    from generator.model import Trace
    from generator.surveying import Track

_KINDS = (
    "expected a checkout of the benchmark's project page, the output folder of `ablation-bench plan`, JSON Lines as "
    "this site exports them, or a dataset's folder of Parquet or JSON Lines"
)


@dataclass(frozen=True, slots=True)
class Contents:
    """The traces of a source; for each trace that cannot be read, why; and what is odd about the others."""

    traces: tuple[Trace, ...]
    refused: tuple[tuple[Problem, ...], ...]
    warnings: tuple[Problem, ...]
    passed_over: int


def open_source(path: Path, run: Run | None) -> Source:
    """What the content of `path` shows it to be; `run` is whose output folder it is, if it is one.

    Raises GeneratorError where nothing is.
    """
    if not path.exists():
        raise GeneratorError([_unknown(path, "no such file or folder")])
    return open_run(path, run) if run and is_run(path) else open_files(path)


def read_source(path: Path, run: Run | None, track: Track) -> Contents:
    """Everything that `path` holds. Raises GeneratorError if that is nothing."""
    source = open_source(path, run)
    refused: list[tuple[Problem, ...]] = [(problem,) for problem in errors(source.problems)]
    warnings = [problem for problem in source.problems if problem.level is Level.WARNING]
    traces, passed_over = [], source.passed_over
    for read in track(source.items, "Reading traces", len(source.items)):
        trace, problems = read()
        if errors(problems):
            refused.append(tuple(problems))
        elif trace:
            traces.append(trace)
            warnings += problems
        else:
            passed_over += 1
    if not traces and not refused:
        raise GeneratorError([_unknown(path, "nothing to import")])
    return Contents(tuple(traces), tuple(refused), tuple(warnings), passed_over)


def _unknown(path: Path, found: str) -> Problem:
    return Problem(Code.UNKNOWN_SOURCE, Location(str(path)), f"{found}, {_KINDS}", "name one of these")
