"""Bring traces in from elsewhere: compare what a source holds with the seeds, and store what is new."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from generator.diagnostics import Code, Diagnostic, GeneratorError, Location, errors
from generator.docs_folder import staged, write_file
from generator.files import RenderedFile
from generator.importing.benchmark.evaluation import is_evaluation, read_verdicts
from generator.importing.benchmark.planner_run import Run, is_run, named_runs, open_run, runs_below
from generator.importing.bibliographies.tables import format_of, read_rows
from generator.importing.comparison import (
    Comparison,
    Judgement,
    compare_judgements,
    compare_traces,
    link_stored,
    origin,
)
from generator.importing.sources import Item, open_files
from generator.loading.seeds import load_records
from generator.loading.trace_document import serialize_record, serialize_trace
from generator.loading.validation import assign_anchors
from generator.model import Study, Trace
from generator.parallel import ProgressCallback
from generator.text.private import find_private, redact

_EXPECTED = (
    "expected a checkout of the benchmark's project page, the output folder of `ablation-bench plan` or `eval`, JSON "
    "Lines as this site exports them, a dataset's folder of Parquet or JSON Lines, transcripts of chats, or a "
    "bibliography: BibTeX, RIS, CSL-JSON, or a table of papers with their titles as CSV, JSON, JSON Lines, YAML or "
    "Parquet"
)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Whether to replace traces that the source holds otherwise, and whatever seems private in what is imported."""

    update: bool = False
    redact: bool = False


@dataclass(frozen=True, slots=True)
class Import(Comparison):
    """An import as it is planned, before anything is written; `writes` are the records to be stored, by their paths."""

    warnings: tuple[Diagnostic, ...] = ()
    passed_over: int = 0
    writes: Mapping[str, Trace | Judgement] = field(default_factory=dict)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return why some are refused, and what is odd about the others."""
        return (*chain.from_iterable(self.refused), *self.warnings)


def plan_import(source: Path, run: Run | None, folder: Path, track: ProgressCallback, wanted: ImportOptions) -> Import:
    """Compare what `source` holds with the seeds under `folder`.

    Raises GeneratorError if nothing can be read there, or if a seed cannot be read: what it holds could not be told.
    """
    found, judgements, planned = read_source(source, run, track, is_redacted=wanted.redact)
    records = load_records(folder, track)
    traces = compare_traces(found, folder, records, update=wanted.update)
    judged, unjudged, remarks = Comparison(), list[tuple[Diagnostic, ...]](), list[Diagnostic]()
    writes = traces.stored(update=wanted.update)
    evaluated = run if run and is_evaluation(source) else None
    if judgements or evaluated:
        corpus, _ = link_stored(records, writes)
        verdicts, unjudged, remarks = read_verdicts(source, evaluated, corpus) if evaluated else ([], [], [])
        judged = compare_judgements([*judgements, *verdicts], folder, records, corpus)
    return replace(
        planned,
        added=traces.added + judged.added,
        changed=traces.changed + judged.changed,
        unchanged=traces.unchanged + judged.unchanged,
        refused=(*planned.refused, *traces.refused, *unjudged, *judged.refused),
        warnings=(*planned.warnings, *remarks),
        skipped=judged.skipped,
        writes=writes | judged.stored(update=wanted.update),
    )


def apply_import(planned: Import, folder: Path, track: ProgressCallback) -> None:
    """Store the records below `folder`, all or none. Raises GeneratorError if a file cannot be written."""
    if planned.writes:
        write_seeds(track(seed_files(planned), "Writing seeds", len(planned.writes)), folder)


def seed_files(planned: Import) -> Iterator[RenderedFile]:
    """Yield the files to be stored, each with its path below the seeds' folder."""
    for path, record in planned.writes.items():
        text = serialize_trace(record) if isinstance(record, Trace) else serialize_record(record)
        yield RenderedFile.from_text(path, text)


def create_seed(file: RenderedFile, folder: Path) -> None:
    """Write a file that is not there yet below `folder`. Raises GeneratorError if it is, or cannot be written."""
    path = folder / file.path
    if os.path.lexists(path):
        diagnostic = Diagnostic(Code.FILE_EXISTS, Location(str(path)), "a file that is there already", "edit that file")
        raise GeneratorError([diagnostic])
    write_seeds([file], folder)


def write_seeds(files: Iterable[RenderedFile], folder: Path) -> None:
    """Write the files below `folder`, over those that are there. Raises GeneratorError if one cannot be written."""
    with staged(folder) as staging:
        names = []
        for file in files:
            # Its folder is made now: a file in the place of one is found before anything is replaced.
            (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
            write_file(staging, file)
            names.append(file.path)
        for name in names:
            (staging / name).replace(folder / name)


def open_source(path: Path, run: Run | None) -> list[Item]:
    """Open `path` as what its content shows it to be, perhaps the folder of a `run`. Raises GeneratorError if none."""
    if not path.exists():
        raise GeneratorError([_unknown(path, "no such file or folder")])
    if is_evaluation(path):
        return []
    return open_run(path, run) if run and is_run(path) else open_files(path)


def read_source(
    path: Path, run: Run | None, track: ProgressCallback, *, is_redacted: bool
) -> tuple[list[Trace], list[Judgement], Import]:
    """Return the traces that `path` holds, what judges say of some, and why all else is not imported.

    Raises GeneratorError if there is nothing.
    """
    items = open_source(path, run)
    traces, judgements, refused, warnings, passed_over = list[Trace](), list[Judgement](), [], list[Diagnostic](), 0
    for read in track(items, "Reading traces", len(items)):
        records, diagnostics = read()
        if errors(diagnostics):
            refused.append(tuple(diagnostics))
            continue
        found = [record for record in records if isinstance(record, Trace)]
        traces += map(_redacted, found) if is_redacted else found
        judgements += [record for record in records if isinstance(record, Judgement)]
        warnings += diagnostics
        passed_over += not (records or diagnostics)
    warnings += [diagnostic for trace in traces for diagnostic in _private_texts(trace)]
    below = f"{named_runs(runs)}, with --planner, --model and --task" if (runs := runs_below(path)) else ""
    if not traces and not judgements and not refused and not is_evaluation(path):
        raise GeneratorError(_broken_json(path) or [_unknown(path, below or "nothing to import")])
    if below:
        warnings.append(Diagnostic(Code.RUNS_BELOW, Location(str(path)), below))
    return traces, judgements, Import(refused=tuple(refused), warnings=tuple(warnings), passed_over=passed_over)


def _broken_json(path: Path) -> list[Diagnostic]:
    """Return what is broken in a file, be it that Python's own reader takes it, such as NaN."""
    rows = read_rows(path) if path.is_file() and format_of(path) else ()
    return [row for row in rows if isinstance(row, Diagnostic) and row.code is Code.BROKEN_JSON]


def _unknown(path: Path, found: str) -> Diagnostic:
    return Diagnostic(Code.UNKNOWN_SOURCE, Location(str(path)), f"{found}, {_EXPECTED}")


def _private_texts(trace: Trace) -> Iterator[Diagnostic]:
    """Report what seems private, and in which part of the trace it stands."""
    parts = {"the reasoning": trace.reasoning}
    for number, study in enumerate(trace.studies, 1):
        parts[f"study {number}"] = "\n".join((study.name, study.ablated_part, *study.replacements, *study.metrics))
    for part, text in parts.items():
        for _, told in find_private(text):
            yield Diagnostic(Code.PRIVATE_TEXT, origin(trace), f"{told} in {part}")


def _redacted(trace: Trace) -> Trace:
    """Return the trace with the kind of whatever seems private in its place."""
    return replace(
        trace, reasoning=redact(trace.reasoning), studies=assign_anchors(map(_redacted_study, trace.studies))
    )


def _redacted_study(study: Study) -> Study:
    return replace(
        study,
        name=redact(study.name),
        ablated_part=redact(study.ablated_part),
        replacements=tuple(map(redact, study.replacements)),
        metrics=tuple(map(redact, study.metrics)),
    )
