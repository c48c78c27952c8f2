"""Link records to a corpus: papers with their traces and summaries, planners with their models."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import is_
from types import MappingProxyType

from generator.corpus.additions import dates, unknown
from generator.corpus.agreement import groups
from generator.corpus.provenance import discrepancies, facts, quoted_titles, title_from_traces
from generator.corpus.verdicts import place_of, with_verdicts
from generator.diagnostics import Code, Diagnostic, Location, truncated
from generator.metrics import metric_names
from generator.model import (
    Addition,
    Corpus,
    LanguageModel,
    Metadata,
    Paper,
    Planner,
    Record,
    Source,
    Summary,
    Task,
    Trace,
)
from generator.text.slugs import match_key, slugify


@dataclass
class _PaperBuilder:
    """Collects the records of one paper."""

    slug: str
    metadata: Metadata | None = None
    summaries: list[Summary] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)


def link(
    *lists: Iterable[Record], known: Mapping[str, Paper] = MappingProxyType({})
) -> tuple[Corpus, list[Diagnostic]]:
    """Link records, in one list or several, that name the same paper, planner, model or trace.

    `known` are papers of an earlier corpus by their slugs; one whose records are the very same objects is reused.
    Returns the corpus and the collisions: names, addresses or traces that two records claim.
    """
    records = [*chain.from_iterable(lists)]
    traces = [record for record in records if isinstance(record, Trace)]
    additions = [record for record in records if isinstance(record, Addition)]
    builders, names, diagnostics = _curated(record for record in records if isinstance(record, Metadata))
    for trace in traces:
        _builder(builders, names, slugify(trace.name)).traces.append(trace)
    for summary in (record for record in records if isinstance(record, Summary)):
        _builder(builders, names, slugify(summary.title)).summaries.append(summary)
    _join_by_titles_shown(builders)
    diagnostics += [diagnostic for builder in builders.values() for diagnostic in _check(builder)]
    diagnostics += _duplicates(traces)
    held = {name: builder for name, builder in builders.items() if builder.traces or builder.summaries}
    linked = (_paper(builder, known.get(builder.slug)) for builder in held.values())
    papers = sorted(linked, key=lambda paper: (match_key(paper.title), paper.slug))
    by_slug = {paper.slug: paper for paper in papers}
    named = {name: by_slug[held[slug].slug] for name, slug in names.items() if slug in held}
    named |= {slugify(paper.title): paper for paper in papers} | by_slug
    paper_of = {trace.id: paper for paper in papers for trace in paper.traces}
    added, twice = dates(additions)
    corpus = Corpus(
        papers=tuple(papers),
        planners=_planners(traces),
        paper_of=MappingProxyType(paper_of),
        paper_named=MappingProxyType(named),
        additions=tuple(sorted(additions, key=lambda addition: (-addition.date.toordinal(), addition.seed))),
        added=MappingProxyType(added),
        metrics=MappingProxyType(metric_names(study for trace in traces for study in trace.studies)),
    )
    corpus, wrong = with_verdicts(corpus, records)
    return corpus, diagnostics + twice + wrong


def unreferenced(corpus: Corpus, records: Sequence[Record]) -> list[Diagnostic]:
    """Report curated papers and recorded ids without a trace; only of use once every seed could be read."""
    used = {paper.metadata for paper in corpus.papers}
    papers = [
        Diagnostic(Code.UNMATCHED_PAPER, place_of(record), "no trace or summary belongs to this paper")
        for record in records
        if isinstance(record, Metadata) and record not in used
    ]
    return papers + unknown(corpus.additions, corpus.paper_of)


def _curated(metadata: Iterable[Metadata]) -> tuple[dict[str, _PaperBuilder], dict[str, str], list[Diagnostic]]:
    """Return a builder per curated paper, which slug of a title or alias leads to which, and names given twice."""
    builders: dict[str, _PaperBuilder] = {}
    names: dict[str, str] = {}
    first: dict[str, Location] = {}
    diagnostics = []
    for record in metadata:
        slug = record.slug or slugify(record.title)
        for name, place in _names(record).items():
            if name in first:
                found = f"{truncated(name)} already stands for another paper"
                diagnostics.append(Diagnostic(Code.SHARED_NAME, place, found, related=first[name]))
            else:
                first[name], names[name] = place, slug
        builders.setdefault(slug, _PaperBuilder(slug, record))
    return builders, names, diagnostics


def _names(record: Metadata) -> dict[str, Location]:
    """Return the slugs that lead to a paper, and where its metadata gives each first."""
    named = [record.title, *record.aliases, *([record.slug] if record.slug else [])]
    places = record.places or (Location(record.seed),) * len(named)
    return {slugify(name): place for name, place in reversed([*zip(named, places, strict=True)])}


def _builder(builders: dict[str, _PaperBuilder], names: dict[str, str], name: str) -> _PaperBuilder:
    slug = names.get(name, name)
    return builders.setdefault(slug, _PaperBuilder(slug))


def _join_by_titles_shown(builders: dict[str, _PaperBuilder]) -> None:
    """Match curated papers that no record names by the titles that traces quote; skip a title of two papers.

    The paper keeps its address.
    """
    lost = [one.metadata for one in builders.values() if one.metadata and not (one.traces or one.summaries)]
    shown: defaultdict[str, set[str]] = defaultdict(set)
    for slug, builder in builders.items() if lost else ():
        if builder.traces and not builder.metadata:
            title, _ = title_from_traces(builder.traces[0].name, builder.traces)
            for name in (title, *quoted_titles(builder.traces[0].name, builder.traces)):
                shown[match_key(name)].add(slug)
    for record in lost:
        found = set[str]().union(*(shown[match_key(name)] for name in (record.title, *record.aliases)))
        if len(found) == 1 and (slug := found.pop()) in builders:
            builder = builders.pop(slug)
            builder.metadata = record
            builder.slug = record.slug or slug
            builders[record.slug or slugify(record.title)] = builder


def _check(builder: _PaperBuilder) -> list[Diagnostic]:
    diagnostics = []
    for extra in builder.summaries[1:]:
        found, first = f"a second summary of {truncated(extra.title)}", Location(builder.summaries[0].seed, 1)
        diagnostics.append(Diagnostic(Code.SECOND_SUMMARY, Location(extra.seed, 1), found, related=first))
    if builder.metadata:
        return diagnostics
    by_name = {trace.name: trace for trace in reversed(builder.traces)}
    spelled = sorted(by_name.values(), key=lambda trace: trace.seed)
    hint = "spell both headings alike if they are one paper, else add a word to one of them"
    for other in spelled[1:]:
        found = f"{truncated(other.name)} and {truncated(spelled[0].name)} share the address papers/{builder.slug}/"
        diagnostics.append(Diagnostic(Code.SHARED_ADDRESS, _heading(other), found, hint, _heading(spelled[0])))
    return diagnostics


def _duplicates(traces: Iterable[Trace]) -> list[Diagnostic]:
    """Report traces of one identity, and planners or models whose different names share a slug."""
    first: dict[str, Trace] = {}
    spelled: dict[str, tuple[str, Trace]] = {}
    diagnostics = []
    for trace in traces:
        if (one := first.setdefault(trace.id, trace)) is not trace:
            found = f"a second trace of the same planner, model and paper, {trace.id}"
            hint = "keep one of the two"
            diagnostics.append(Diagnostic(Code.SAME_TRACE, _heading(trace), found, hint, _heading(one)))
        planner, model, _ = trace.id.split("/")
        for kind, name, address in (("planner", trace.planner, planner), ("model", trace.model, f"{planner}/{model}")):
            known, other = spelled.setdefault(address, (name, trace))
            if known != name:
                found = f"{kind} {truncated(name)} and {kind} {truncated(known)} share the address planners/{address}/"
                hint = "spell both headings alike, or rename one of them"
                diagnostics.append(Diagnostic(Code.SHARED_ADDRESS, _heading(trace), found, hint, _heading(other)))
    return diagnostics


def _heading(trace: Trace) -> Location:
    return Location(trace.seed, trace.line)


def _paper(builder: _PaperBuilder, known: Paper | None) -> Paper:
    metadata, summary = builder.metadata, builder.summaries[0] if builder.summaries else None
    traces = tuple(sorted(builder.traces, key=lambda trace: (trace.task, trace.id)))
    if known and _are_identical((metadata, summary, *traces), (known.metadata, known.summary, *known.traces)):
        return known
    quoted = quoted_titles(traces[0].name, traces) if traces else []
    if metadata:
        title, source = metadata.title, Source.CURATED
    elif summary:
        title, source = summary.title, Source.SUMMARY
    else:
        title, source = title_from_traces(traces[0].name, traces)
    aliases = metadata.aliases if metadata else ()
    called = {match_key(name) for name in (title, *aliases)}
    return Paper(
        slug=builder.slug,
        title=title,
        title_source=source,
        facts=facts(metadata, summary),
        aliases=aliases,
        quoted=tuple(name for name in quoted if match_key(name) not in called),
        metadata=metadata,
        summary=summary,
        traces=traces,
        discrepancies=discrepancies(metadata, summary) if metadata and summary else (),
        groups=MappingProxyType({task: groups([trace for trace in traces if trace.task is task]) for task in Task}),
    )


def _are_identical(records: Sequence[object], others: Sequence[object]) -> bool:
    """Tell whether these are the very same objects: records of another line of the seed would be equal."""
    return len(records) == len(others) and all(map(is_, records, others))


def _planners(traces: Iterable[Trace]) -> tuple[Planner, ...]:
    grouped: defaultdict[str, defaultdict[str, list[Trace]]] = defaultdict(lambda: defaultdict(list))
    for trace in traces:
        grouped[slugify(trace.planner)][slugify(trace.model)].append(trace)
    return tuple(
        Planner(
            name=next(iter(models.values()))[0].planner,
            slug=slug,
            models=tuple(
                LanguageModel(runs[0].model, model, tuple(sorted(runs, key=lambda trace: trace.id)))
                for model, runs in sorted(models.items())
            ),
        )
        for slug, models in sorted(grouped.items())
    )
