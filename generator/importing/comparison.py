"""What a source holds against what the seeds hold: what is new, alike or changed, and what cannot be stored."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from generator.corpus.linking import link
from generator.corpus.verdicts import judgements_of, with_verdicts
from generator.diagnostics import Code, Diagnostic, Location, errors
from generator.fields import keys
from generator.loading.trace_document import document_path
from generator.model import Corpus, Gold, Record, Study, Trace, Verdict
from generator.text.slugs import slugify
from generator.text.wording import pluralize

Judgement = Gold | Verdict
_Problems = tuple[Diagnostic, ...]


class Placed(NamedTuple):
    """A record found, its path below the seeds' folder, and in what a trace that is there differs from it."""

    path: str
    record: Trace | Judgement
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every record found: new, held otherwise, held alike, or refused; `refused` holds the problems of each.

    `skipped` counts what judges say of traces that are not there.
    """

    added: tuple[Placed, ...] = ()
    changed: tuple[Placed, ...] = ()
    unchanged: int = 0
    refused: tuple[_Problems, ...] = ()
    skipped: int = 0

    def stored(self, *, update: bool) -> dict[str, Trace | Judgement]:
        """Return the records to be stored, by their paths: those added and, for an `update`, those changed."""
        return {one.path: one.record for one in (*self.added, *(self.changed if update else ()))}


def compare_traces(found: Iterable[Trace], folder: Path, records: Sequence[Record], *, update: bool) -> Comparison:
    """Compare what traces say with what the seeds under `folder` do, wherever and in whichever form they stand.

    One that is found twice alike is one. Those that would change a seed have to fit the rest in an `update` only.
    """
    held = {record.id: record for record in records if isinstance(record, Trace)}
    first: dict[str, Trace] = {}
    added, changed, twins, unchanged = dict[str, Placed](), dict[str, Placed](), list[_Problems](), 0
    for trace in found:
        if (twin := first.setdefault(trace.id, trace)) is not trace:
            twins += [_twin(trace, twin)] if any(_differences(twin, trace)) else []
        elif trace.id not in held:
            added[trace.id] = Placed(document_path(trace.id), trace)
        elif differs := tuple(_differences(held[trace.id], trace)):
            changed[trace.id] = Placed(held[trace.id].seed, trace, differs)
        else:
            unchanged += 1
    refused = _conflicts(folder, records, added, changed if update else {})
    for name in refused:
        added.pop(name, None)
        changed.pop(name, None)
    return Comparison((*added.values(),), (*changed.values(),), unchanged, (*twins, *refused.values()))


def origin(record: Trace | Judgement) -> Location:
    """Return where the source says whose trace it is, or else where its plan begins; of other records the file."""
    return Location(record.seed, (record.line or record.studies[0].line) if isinstance(record, Trace) else 0)


def _twin(trace: Trace, first: Trace) -> _Problems:
    found = f"a second trace of the same planner, model and paper, {trace.id}"
    return (Diagnostic(Code.SAME_TRACE, origin(trace), found, "leave one of the two out", origin(first)),)


def _differences(held: Trace, found: Trace) -> Iterator[str]:
    names = {key: field.name for key, field in keys(Trace).items() if not field.fields} | {"reasoning": "reasoning"}
    yield from (key for key, name in names.items() if getattr(held, name) != getattr(found, name))
    if len(held.studies) != len(found.studies):
        yield f"{pluralize(len(found.studies), 'study', 'studies')} instead of {len(held.studies)}"
    pairs = enumerate(zip(held.studies, found.studies, strict=False), 1)
    yield from (f"study {number}" for number, (one, other) in pairs if _said(one) != _said(other))


def _said(study: Study) -> tuple[object, ...]:
    return tuple(getattr(study, field.name) for field in keys(Study).values())


def _conflicts(
    folder: Path, records: Sequence[Record], new: Mapping[str, Placed], renewed: Mapping[str, Placed]
) -> dict[str, _Problems]:
    """Say by their ids which traces cannot be stored, and why; `renewed` are those that replace one of `records`."""
    refused: dict[str, _Problems] = {}
    for name, (path, trace, _) in new.items():
        if os.path.lexists(folder / path):
            found, hint = "the file for this trace is there already and holds something else", "rename that file"
            place = Location(str(folder / path))
            refused[name] = (Diagnostic(Code.FILE_EXISTS, origin(trace), found, hint, place),)
    held = Counter(record.seed for record in records)
    for name, (path, trace, _) in renewed.items():
        if held[path] > 1:
            found = "the trace is held in one file with other records"
            refused[name] = (Diagnostic(Code.SHARED_FILE, origin(trace), found, related=Location(str(folder / path))),)
    fit = {name: placed for name, placed in {**new, **renewed}.items() if name not in refused}
    return refused | (_unlinkable(folder, records, fit) if fit else {})


def link_stored(records: Iterable[Record], fit: Mapping[str, Record]) -> tuple[Corpus, list[Diagnostic]]:
    """Link what the seeds hold once these records are stored at their paths."""
    kept = [record for record in records if record.seed not in fit]
    return link([*kept, *(replace(record, seed=path) for path, record in fit.items())])


def _unlinkable(folder: Path, records: Sequence[Record], fit: Mapping[str, Placed]) -> dict[str, _Problems]:
    """Traces that the corpus could not be linked with, such as those that spell a planner in another way."""
    names = {placed.path: name for name, placed in fit.items()}
    _, diagnostics = link_stored(records, {placed.path: placed.record for placed in fit.values()})
    refused: dict[str, _Problems] = {}

    def in_source(location: Location) -> Location:
        """Return a place in the source, for a trace that comes from there, or else in the seeds' folder."""
        if location.path in names:
            return origin(fit[names[location.path]].record)
        return replace(location, path=str(folder / location.path))

    for diagnostic in errors(diagnostics):
        places = (diagnostic.location, diagnostic.related)
        if name := next((names[place.path] for place in places if place and place.path in names), ""):
            refused[name] = (*refused.get(name, ()), diagnostic.moved(in_source))
    return refused


def compare_judgements(found: Iterable[Judgement], folder: Path, held: Sequence[Record], corpus: Corpus) -> Comparison:
    """Compare what judges say with what the seeds under `folder` hold; `corpus` are these, linked."""
    by_path: defaultdict[str, list[Judgement]] = defaultdict(list)
    for record in found:
        by_path[_path(record, corpus)].append(record)
    skipped = len(by_path.pop("", ()))
    placed = {path: replace(records[0], seed=path) for path, records in by_path.items()}
    golds = [one for one in held if isinstance(one, Gold) and _path(one, corpus) not in placed]
    linked, problems = with_verdicts(corpus, [*golds, *placed.values()])
    now, before, files = _by_path(linked), _by_path(corpus), Counter(record.seed for record in held)
    added, changed, refused = list[Placed](), list[Placed](), list[_Problems]()
    for path, record in placed.items():
        if path in before and _content(now[path]) == _content(before[path]):
            continue
        seed = before[path].seed if path in before else path
        reasons = [problem for problem in errors(problems) if problem.location.path == path]
        reasons += _obstacles(folder, by_path[path], seed, files[seed] if path in before else 0)
        if reasons:
            where = origin(by_path[path][0])
            refused.append(tuple(replace(reason, location=where) for reason in reasons))
        else:
            (changed if path in before else added).append(Placed(seed, record))
    unchanged = len(placed) - len(added) - len(changed) - len(refused)
    return Comparison(tuple(added), tuple(changed), unchanged, tuple(refused), skipped)


def _path(record: Judgement, corpus: Corpus) -> str:
    """Return where a record belongs below the seeds' folder, empty if the corpus has no trace for it."""
    if isinstance(record, Verdict):
        return f"verdicts/{slugify(record.judge)}/{record.trace}.yml" if record.trace in corpus.paper_of else ""
    paper = corpus.paper_named.get(slugify(record.paper))
    return f"gold/{record.task}/{paper.slug}.yml" if paper and paper.traces else ""


def _by_path(corpus: Corpus) -> dict[str, Judgement]:
    return {_path(one, corpus): one for paper in corpus.papers for one in judgements_of(corpus, paper)}


def _content(record: Judgement) -> Judgement:
    """Return a record without where it is from and how it spells its paper."""
    return replace(record, seed="", paper="") if isinstance(record, Gold) else replace(record, seed="")


def _obstacles(folder: Path, records: Sequence[Judgement], seed: str, held: int) -> Iterator[Diagnostic]:
    """Report what keeps a record from being stored: another of the same, or a file in its place with `held` records."""
    where = origin(records[0])
    if any(_content(other) != _content(records[0]) for other in records[1:]):
        yield Diagnostic(Code.JUDGED_TWICE, where, f"found twice with different content, for {seed}")
    if not held and os.path.lexists(folder / seed):
        found, hint = f"the file {seed} is there already and holds something else", "rename that file"
        yield Diagnostic(Code.FILE_EXISTS, where, found, hint)
    if held > 1:
        yield Diagnostic(Code.SHARED_FILE, where, f"held in {seed} with other records")
