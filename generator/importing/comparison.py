"""Traces found in a source against those that the seeds hold: what is new, alike, changed."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.corpus.linking import link
from generator.diagnostics import Code, Diagnostic, Location, errors
from generator.fields import keys
from generator.model import Corpus, Record, Study, Trace
from generator.text.wording import pluralize

# Where a trace would be stored, below the seeds' folder, and the trace.
Placed = tuple[str, Trace]
Conflicts = dict[str, tuple[Diagnostic, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """A trace that the seeds hold otherwise, and in what the two differ."""

    found: Trace
    held: Trace
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every trace found, in one of three lists; `twins` say which others have the identity of one of them."""

    added: tuple[Trace, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Trace, ...]
    twins: tuple[Diagnostic, ...]


def compare(found: Iterable[Trace], held: Iterable[Trace]) -> Comparison:
    """Compare what traces say, wherever and in whichever form they stand; one that is found twice alike is one."""
    known = {trace.id: trace for trace in held}
    first: dict[str, Trace] = {}
    added, changed, unchanged, twins = [], [], [], []
    for trace in found:
        if (twin := first.setdefault(trace.id, trace)) is not trace:
            twins += [_twin(trace, twin)] if any(_differences(twin, trace)) else []
        elif trace.id not in known:
            added.append(trace)
        elif differs := tuple(_differences(known[trace.id], trace)):
            changed.append(Change(trace, known[trace.id], differs))
        else:
            unchanged.append(trace)
    return Comparison(tuple(added), tuple(changed), tuple(unchanged), tuple(twins))


def origin(trace: Trace) -> Location:
    """Return where the source says whose trace it is, or else where its plan begins."""
    return Location(trace.seed, trace.line or trace.studies[0].line)


def _twin(trace: Trace, first: Trace) -> Diagnostic:
    found = f"a second trace of the same planner, model and paper, {trace.id}"
    return Diagnostic(Code.SAME_TRACE, origin(trace), found, "leave one of the two out", origin(first))


def _differences(held: Trace, found: Trace) -> Iterator[str]:
    names = {key: field.name for key, field in keys(Trace).items() if not field.fields} | {"reasoning": "reasoning"}
    yield from (key for key, name in names.items() if getattr(held, name) != getattr(found, name))
    if len(held.studies) != len(found.studies):
        yield f"{pluralize(len(found.studies), 'study', 'studies')} instead of {len(held.studies)}"
    pairs = enumerate(zip(held.studies, found.studies, strict=False), 1)
    yield from (f"study {number}" for number, (one, other) in pairs if _content(one) != _content(other))


def _content(study: Study) -> tuple[object, ...]:
    return tuple(getattr(study, field.name) for field in keys(Study).values())


def find_conflicts(
    folder: Path, records: Sequence[Record], new: Sequence[Placed], renewed: Sequence[Placed]
) -> Conflicts:
    """By their ids, the traces that cannot be stored, and why; `renewed` are those that replace one of `records`."""
    refused: Conflicts = {}
    for path, trace in new:
        if os.path.lexists(folder / path):
            found, hint = "the file for this trace is there already and holds something else", "rename that file"
            place = Location(str(folder / path))
            refused[trace.id] = (Diagnostic(Code.FILE_EXISTS, origin(trace), found, hint, place),)
    held = Counter(record.seed for record in records)
    for path, trace in renewed:
        if held[path] > 1:
            found = "the trace is held in one file with other records"
            place = Location(str(folder / path))
            refused[trace.id] = (Diagnostic(Code.SHARED_FILE, origin(trace), found, related=place),)
    fit = {path: trace for path, trace in (*new, *renewed) if trace.id not in refused}
    return refused | (_unlinkable(folder, records, fit) if fit else {})


def link_stored(records: Iterable[Record], fit: Mapping[str, Trace]) -> tuple[Corpus, list[Diagnostic]]:
    """Link what the seeds hold once these traces are stored at their paths."""
    kept = [record for record in records if record.seed not in fit]
    return link([*kept, *(replace(trace, seed=path) for path, trace in fit.items())])


def _unlinkable(folder: Path, records: Sequence[Record], fit: dict[str, Trace]) -> Conflicts:
    """Traces that the corpus could not be linked with, such as those that spell a planner in another way."""
    _, diagnostics = link_stored(records, fit)
    refused: Conflicts = {}

    def in_source(location: Location) -> Location:
        """Return a place in the source, for a trace that comes from there, or else in the seeds' folder."""
        trace = fit.get(location.path)
        return origin(trace) if trace else replace(location, path=str(folder / location.path))

    for diagnostic in errors(diagnostics):
        places = [place for place in (diagnostic.location, diagnostic.related) if place and place.path in fit]
        if places:
            trace = fit[places[0].path]
            refused[trace.id] = (*refused.get(trace.id, ()), diagnostic.moved(in_source))
    return refused
