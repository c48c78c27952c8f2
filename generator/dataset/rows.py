"""Corpus -> the records of each table, in a fixed order; their canary is the publication's to give.

And which papers which models have traces for, task by task.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from generator.addresses import model_path, paper_path, planner_path, trace_path, url_of
from generator.dataset import records
from generator.metrics import families_of
from generator.model import Action, Corpus, LanguageModel, Paper, Planner, Task, Trace
from generator.text.names import without_braces

Record = TypeVar("Record")


def traces(corpus: Corpus) -> Iterator[records.TraceRecord]:
    """Yield a record per trace."""
    for trace in corpus.traces:
        yield _record(
            records.TraceRecord, trace, id=trace.id, url=url_of(trace_path(trace.id)), **_origin(corpus, trace)
        )


def studies(corpus: Corpus) -> Iterator[records.StudyRow]:
    """Yield a record per study, trace by trace."""
    for trace in corpus.traces:
        origin = _origin(corpus, trace)
        address = url_of(trace_path(trace.id))
        for number, study in enumerate(trace.studies, 1):
            yield _record(
                records.StudyRow,
                study,
                trace,
                id=f"{trace.id}#{study.anchor}",
                trace=trace.id,
                number=number,
                url=f"{address}#{study.anchor}",
                metric_families=families_of(study, corpus.metrics),
                **origin,
            )


def papers(corpus: Corpus) -> Iterator[records.PaperRecord]:
    """Yield a record per paper."""
    for paper in corpus.papers:
        known = {fact.name: fact.values for fact in paper.facts}
        years = known.get("year")
        yield _record(
            records.PaperRecord,
            paper,
            paper=paper.slug,
            url=url_of(paper_path(paper.slug)),
            authors=tuple(map(without_braces, known.get("authors", ()))),
            year=int(years[0]) if years else None,
            **{name: known.get(name, ("",))[0] for name in ("venue", "arxiv", "doi")},
            traces=tuple(trace.id for trace in paper.traces),
            studies=sum(len(trace.studies) for trace in paper.traces),
            has_summary=paper.summary is not None,
            curated=paper.metadata,
            seeds=tuple(_seeds(corpus, paper)),
        )


def planners(corpus: Corpus) -> Iterator[records.PlannerRecord]:
    """Yield a record per planner."""
    for planner in corpus.planners:
        yield _record(
            records.PlannerRecord,
            planner,
            planner=planner.slug,
            url=url_of(planner_path(planner.slug)),
            traces=len(planner.traces),
            models=tuple(_model(corpus, planner, model) for model in planner.models),
        )


def summaries(corpus: Corpus) -> Iterator[records.SummaryRecord]:
    """Yield a record per summary, by paper."""
    for paper in corpus.papers:
        if paper.summary:
            address = url_of(paper_path(paper.slug))
            sha256 = corpus.digests[paper.summary.seed]
            yield _record(records.SummaryRecord, paper.summary, paper=paper.slug, url=address, sha256=sha256)


def agreement(corpus: Corpus) -> Iterator[records.GroupRecord]:
    """Yield a record per group of similar proposals."""
    for paper in corpus.papers:
        for task in Task:
            for group in paper.groups[task]:
                members = tuple(
                    records.MemberRecord(trace=one.trace.id, study=one.number, anchor=one.study.anchor)
                    for one in group.proposals
                )
                yield records.GroupRecord(paper=paper.slug, task=task, studies=members, canary="")


def additions(corpus: Corpus) -> Iterator[records.AdditionRecord]:
    """Yield a record per recorded addition, newest first."""
    for addition in corpus.additions:
        day, sha256 = addition.date.isoformat(), corpus.digests[addition.seed]
        yield _record(records.AdditionRecord, addition, added=day, sha256=sha256)


def gold(corpus: Corpus) -> Iterator[records.GoldRecord]:
    """Yield a record per list of gold ablations, by paper and task."""
    for (paper, _), one in sorted(corpus.gold.items()):
        address = url_of(paper_path(paper))
        yield _record(records.GoldRecord, one, paper=paper, url=address, sha256=corpus.digests[one.seed])


def verdicts(corpus: Corpus) -> Iterator[records.VerdictRecord]:
    """Yield a record per trace and judge; studies go by their anchors."""
    for trace in corpus.traces:
        paper, address = corpus.paper_of[trace.id].slug, url_of(trace_path(trace.id))
        for one in corpus.verdicts.get(trace.id, ()):
            yield _record(records.VerdictRecord, one, paper=paper, url=address, sha256=corpus.digests[one.seed])


def _record(kind: type[Record], *sources: object, **known: object) -> Record:
    """Make a record of what is known, else of what the first source with an attribute of the field's name says."""
    known["canary"] = ""
    values = {}
    for name in kind.__annotations__:
        found = (getattr(source, name) for source in sources if hasattr(source, name))
        values[name] = known[name] if name in known else next(found)
    return cast("Record", values)


def _origin(corpus: Corpus, trace: Trace) -> dict[str, object]:
    """Return which paper a trace is about, since when it is known, and the checksum of its seed."""
    paper, day = corpus.paper_of[trace.id], corpus.added.get(trace.id)
    return {
        "paper": paper.slug,
        "title": paper.title,
        "added": day.isoformat() if day else None,
        "sha256": corpus.digests[trace.seed],
    }


def _seeds(corpus: Corpus, paper: Paper) -> Iterator[records.SeedRecord]:
    for one in (paper.metadata, paper.summary, *paper.traces):
        if one:
            yield records.SeedRecord(seed=one.seed, sha256=corpus.digests[one.seed])


def _model(corpus: Corpus, planner: Planner, model: LanguageModel) -> records.ModelRecord:
    actions = Counter(study.action for trace in model.traces for study in trace.studies)
    return records.ModelRecord(
        model=model.slug,
        name=model.name,
        url=url_of(model_path(planner.slug, model.slug)),
        traces=len(model.traces),
        papers=len({corpus.paper_of[trace.id].slug for trace in model.traces}),
        studies=actions.total(),
        add=actions[Action.ADD],
        remove=actions[Action.REMOVE],
        replace=actions[Action.REPLACE],
    )


@dataclass(frozen=True, slots=True)
class TaskCoverage:
    """The models and the papers that there are traces of this task for; each paper could have one by each model.

    `traces` counts those that it has, by the paper's slug and the address of planner and model.
    """

    task: Task
    models: tuple[tuple[Planner, LanguageModel], ...]
    papers: tuple[Paper, ...]
    traces: Mapping[tuple[str, str], int]

    def count(self, paper: Paper, planner: Planner, model: LanguageModel) -> int:
        """Return how many traces of a paper a model has."""
        return self.traces.get((paper.slug, f"{planner.slug}/{model.slug}"), 0)


def coverage(corpus: Corpus) -> list[TaskCoverage]:
    """Return the coverage of each task that there are traces of; papers, planners and models in the corpus' order."""
    found = []
    models = [(planner, model) for planner in corpus.planners for model in planner.models]
    for task in sorted({trace.task for trace in corpus.traces}):
        papers = tuple(paper for paper in corpus.papers if any(trace.task is task for trace in paper.traces))
        ran = ((paper, trace) for paper in papers for trace in paper.traces if trace.task is task)
        counted = Counter((paper.slug, trace.id.rpartition("/")[0]) for paper, trace in ran)
        having = tuple(each for each in models if any(trace.task is task for trace in each[1].traces))
        found.append(TaskCoverage(task, having, papers, counted))
    return found
