"""Bring traces in from elsewhere: compare what a source holds with the seeds, and store what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.files import RenderedFile
from generator.importing.comparison import compare
from generator.importing.conflicts import misfits
from generator.importing.reading import read_source
from generator.importing.seed_writer import store
from generator.loading.trace_document import document_path, serialize_trace
from generator.model import Trace
from generator.surveying import held

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.importing.comparison import Change
    from generator.importing.run_folder import Run
    from generator.problems import Problem
    from generator.surveying import Track


@dataclass(frozen=True, slots=True)
class Import:
    """What comes of a source, before anything is written.

    `refused` holds the problems of each trace that is kept out. `writes` leads from paths below the seeds' folder to
    the traces to be stored there: those added and, where an update is wanted, those changed.
    """

    added: tuple[Trace, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Trace, ...]
    refused: tuple[tuple[Problem, ...], ...]
    warnings: tuple[Problem, ...]
    passed_over: int
    writes: Mapping[str, Trace]


def plan_import(source: Path, run: Run | None, folder: Path, track: Track, *, update: bool) -> Import:
    """Compare what `source` holds with the seeds under `folder`.

    Raises GeneratorError if nothing can be read there, or if a seed cannot be read: what it holds could not be told.
    """
    contents = read_source(source, run, track)
    records = held(folder, track)
    compared = compare(contents.traces, [record for record in records if isinstance(record, Trace)])
    new = [(document_path(trace.id), trace) for trace in compared.added]
    renewed = [(change.held.seed, change.found) for change in compared.changed if update]
    refused = misfits(folder, records, new, renewed)
    return Import(
        added=tuple(trace for trace in compared.added if trace.id not in refused),
        changed=tuple(change for change in compared.changed if change.found.id not in refused),
        unchanged=compared.unchanged,
        refused=(*contents.refused, *((twin,) for twin in compared.twins), *refused.values()),
        warnings=contents.warnings,
        passed_over=contents.passed_over,
        writes={path: trace for path, trace in (*new, *renewed) if trace.id not in refused},
    )


def carry_out(planned: Import, folder: Path, track: Track) -> None:
    """Store the traces below `folder`, all or none. Raises GeneratorError if a file cannot be written."""
    if planned.writes:
        traces = track(planned.writes.items(), "Writing seeds", len(planned.writes))
        store((RenderedFile.of(path, serialize_trace(trace)) for path, trace in traces), folder)
