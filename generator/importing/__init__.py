"""Bring traces in from elsewhere: compare what a source holds with the seeds, and store what is new."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Code, Diagnostic, GeneratorError, Level, Location, errors
from generator.docs_folder import staged
from generator.files import RenderedFile
from generator.importing.benchmark.evaluation import is_evaluation, read_verdicts
from generator.importing.benchmark.planner_run import Run, is_run, named_runs, open_run, runs_below
from generator.importing.comparison import Change, compare, find_conflicts, link_stored
from generator.importing.judgements import NO_JUDGEMENTS, Judgement, Judgements, compare_judgements
from generator.importing.redaction import private_texts, redacted
from generator.importing.sources import TraceSource, open_files
from generator.loading.seeds import load_records
from generator.loading.trace_document import document_path, serialize_record, serialize_trace
from generator.model import Trace
from generator.parallel import ProgressCallback

_EXPECTED = (
    "expected a checkout of the benchmark's project page, the output folder of `ablation-bench plan` or `eval`, JSON "
    "Lines as this site exports them, a dataset's folder of Parquet or JSON Lines, or a bibliography: BibTeX, RIS, "
    "CSL-JSON, or a table of papers with their titles as CSV, JSON, JSON Lines, YAML or Parquet"
)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Whether to replace traces that the source holds otherwise, and whatever seems private in what is imported."""

    update: bool = False
    redact: bool = False


@dataclass(frozen=True, slots=True)
class Import:
    """An import as it is planned, before anything is written.

    `refused` holds the problems of each trace that is kept out. `writes` leads from paths below the seeds' folder to
    the records to be stored there: those added and, where an update is wanted, those changed.
    """

    added: tuple[Trace, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Trace, ...]
    refused: tuple[tuple[Diagnostic, ...], ...]
    warnings: tuple[Diagnostic, ...]
    passed_over: int
    writes: Mapping[str, Trace | Judgement]
    judgements: Judgements


def plan_import(source: Path, run: Run | None, folder: Path, track: ProgressCallback, wanted: ImportOptions) -> Import:
    """Compare what `source` holds with the seeds under `folder`.

    Raises GeneratorError if nothing can be read there, or if a seed cannot be read: what it holds could not be told.
    """
    contents = read_source(source, run, track, redact=wanted.redact)
    records = load_records(folder, track)
    compared = compare(contents.traces, [record for record in records if isinstance(record, Trace)])
    new = [(document_path(trace.id), trace) for trace in compared.added]
    renewed = [(change.held.seed, change.found) for change in compared.changed if wanted.update]
    refused = find_conflicts(folder, records, new, renewed)
    writes = {path: trace for path, trace in (*new, *renewed) if trace.id not in refused}
    judged, remarks = NO_JUDGEMENTS, list[Diagnostic]()
    evaluated = run if run and is_evaluation(source) else None
    if contents.judgements or evaluated:
        corpus, _ = link_stored(records, writes)
        verdicts, remarks = read_verdicts(source, evaluated, corpus) if evaluated else ([], [])
        judged = compare_judgements([*contents.judgements, *verdicts], folder, records, corpus)
    return Import(
        added=tuple(trace for trace in compared.added if trace.id not in refused),
        changed=tuple(change for change in compared.changed if change.found.id not in refused),
        unchanged=compared.unchanged,
        refused=(*contents.refused, *((twin,) for twin in compared.twins), *refused.values(), *judged.refused),
        warnings=(*contents.warnings, *remarks),
        passed_over=contents.passed_over,
        writes={**writes, **judged.added, **(judged.changed if wanted.update else {})},
        judgements=judged,
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
            for path in (folder / file.path, staging / file.path):
                path.parent.mkdir(parents=True, exist_ok=True)
            (staging / file.path).write_bytes(file.data)
            names.append(file.path)
        for name in names:
            (staging / name).replace(folder / name)


@dataclass(frozen=True, slots=True)
class Contents:
    """The traces of a source; for each trace that cannot be read, why; and what is odd about the others.

    `judgements` are what judges say of traces, and the ablations that they judge by.
    """

    traces: tuple[Trace, ...]
    judgements: tuple[Judgement, ...]
    refused: tuple[tuple[Diagnostic, ...], ...]
    warnings: tuple[Diagnostic, ...]
    passed_over: int


def open_source(path: Path, run: Run | None) -> TraceSource:
    """Open `path` as what its content shows it to be; `run` is whose output folder it is, if it is one.

    Raises GeneratorError where nothing is.
    """
    if not path.exists():
        raise GeneratorError([_unknown(path, "no such file or folder")])
    if is_evaluation(path):
        return TraceSource(())
    return open_run(path, run) if run and is_run(path) else open_files(path)


def read_source(path: Path, run: Run | None, track: ProgressCallback, *, redact: bool) -> Contents:
    """Return everything that `path` holds. Raises GeneratorError if that is nothing."""
    source = open_source(path, run)
    refused: list[tuple[Diagnostic, ...]] = [(diagnostic,) for diagnostic in errors(source.diagnostics)]
    warnings = [diagnostic for diagnostic in source.diagnostics if diagnostic.level is Level.WARNING]
    traces, judgements, passed_over = list[Trace](), list[Judgement](), source.passed_over
    for read in track(source.items, "Reading traces", len(source.items)):
        found, diagnostics = read()
        records = [found] if isinstance(found, Trace) else list(found or ())
        if errors(diagnostics):
            refused.append(tuple(diagnostics))
        elif records:
            found_here = [record for record in records if isinstance(record, Trace)]
            traces += map(redacted, found_here) if redact else found_here
            judgements += [record for record in records if isinstance(record, Judgement)]
            warnings += diagnostics
        else:
            passed_over += 1
    warnings += [diagnostic for trace in traces for diagnostic in private_texts(trace)]
    below = f"{named_runs(runs)}, with --planner, --model and --task" if (runs := runs_below(path)) else ""
    if not traces and not judgements and not refused and not is_evaluation(path):
        raise GeneratorError([_unknown(path, below or "nothing to import")])
    if below:
        warnings.append(Diagnostic(Code.RUNS_BELOW, Location(str(path)), below))
    return Contents(tuple(traces), tuple(judgements), tuple(refused), tuple(warnings), passed_over)


def _unknown(path: Path, found: str) -> Diagnostic:
    return Diagnostic(Code.UNKNOWN_SOURCE, Location(str(path)), f"{found}, {_EXPECTED}")
