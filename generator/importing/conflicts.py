"""Whether traces fit among the seeds: the file they want is free, and what they say goes with the rest."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.catalogue import Code
from generator.corpus.linking import link_records
from generator.importing.comparison import origin
from generator.problems import Location, Problem, errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from generator.model import Record, Trace

    # Where a trace would be stored, below the seeds' folder, and the trace.
    Placed = tuple[str, Trace]
    Misfits = dict[str, tuple[Problem, ...]]


def misfits(folder: Path, records: Sequence[Record], new: Sequence[Placed], renewed: Sequence[Placed]) -> Misfits:
    """By their ids, the traces that cannot be stored, and why; `renewed` are those that replace one of `records`."""
    refused: Misfits = {}
    for path, trace in new:
        if os.path.lexists(folder / path):
            found, remedy = "the file for this trace is there already and holds something else", "rename that file"
            place = Location(str(folder / path))
            refused[trace.id] = (Problem(Code.FILE_EXISTS, origin(trace), found, remedy, place),)
    held = Counter(record.seed for record in records)
    for path, trace in renewed:
        if held[path] > 1:
            remedy = "take its line out of that file, then import again"
            found = "the trace is held in one file with other records"
            place = Location(str(folder / path))
            refused[trace.id] = (Problem(Code.SHARED_FILE, origin(trace), found, remedy, place),)
    fit = {path: trace for path, trace in (*new, *renewed) if trace.id not in refused}
    return refused | (_unlinkable(folder, records, fit) if fit else {})


def _unlinkable(folder: Path, records: Sequence[Record], fit: dict[str, Trace]) -> Misfits:
    """Traces that the corpus could not be linked with, such as those that spell a planner in another way."""
    kept = [record for record in records if record.seed not in fit]
    placed = [replace(trace, seed=path) for path, trace in fit.items()]
    _, problems = link_records([*kept, *placed])
    refused: Misfits = {}
    for problem in errors(problems):
        for path in _paths(problem):
            if path in fit:
                located = _located(folder, problem, fit)
                refused[fit[path].id] = (*refused.get(fit[path].id, ()), located)
                break
    return refused


def _paths(problem: Problem) -> Iterator[str]:
    yield problem.location.path
    if problem.related:
        yield problem.related.path


def _located(folder: Path, problem: Problem, fit: dict[str, Trace]) -> Problem:
    """The problem with its places in the source, for traces that come from there, or in the seeds' folder."""

    def place(location: Location) -> Location:
        trace = fit.get(location.path)
        return origin(trace) if trace else replace(location, path=str(folder / location.path))

    return problem.moved(place)
