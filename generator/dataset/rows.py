"""Corpus -> the records of each table, in a fixed order."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from generator.addresses import model_path, paper_path, planner_path, trace_path, url_of
from generator.metrics import families_of
from generator.model import Action, Task
from generator.records import (
    CANARY,
    AdditionRecord,
    CuratedRecord,
    GroupRecord,
    MemberRecord,
    ModelRecord,
    PaperRecord,
    PlannerRecord,
    SeedRecord,
    StudyRecord,
    StudyRow,
    SummaryRecord,
    TraceRecord,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Corpus, LanguageModel, Metadata, Paper, Planner, Study, Trace


def traces(corpus: Corpus) -> Iterator[TraceRecord]:
    """A record per trace."""
    for trace in corpus.traces:
        paper = corpus.paper_of[trace.id]
        yield TraceRecord(
            id=trace.id,
            seed=trace.seed,
            url=url_of(trace_path(trace.id)),
            planner=trace.planner,
            model=trace.model,
            task=trace.task.value,
            paper=paper.slug,
            title=paper.title,
            reasoning=trace.reasoning,
            studies=[_study(study) for study in trace.studies],
            name=trace.name,
            added=_added(corpus, trace),
            sha256=corpus.digests[trace.seed],
            canary=CANARY,
        )


def studies(corpus: Corpus) -> Iterator[StudyRow]:
    """A record per study, trace by trace."""
    for trace in corpus.traces:
        paper = corpus.paper_of[trace.id]
        address = url_of(trace_path(trace.id))
        for number, study in enumerate(trace.studies, 1):
            yield StudyRow(
                id=f"{trace.id}#{study.anchor}",
                trace=trace.id,
                number=number,
                url=f"{address}#{study.anchor}",
                planner=trace.planner,
                model=trace.model,
                task=trace.task.value,
                paper=paper.slug,
                title=paper.title,
                name=study.name,
                ablated_part=study.ablated_part,
                action=study.action.value,
                replacements=list(study.replacements),
                metrics=list(study.metrics),
                metric_families=list(families_of(study)),
                added=_added(corpus, trace),
                seed=trace.seed,
                sha256=corpus.digests[trace.seed],
                canary=CANARY,
            )


def papers(corpus: Corpus) -> Iterator[PaperRecord]:
    """A record per paper."""
    for paper in corpus.papers:
        known = {fact.name: fact.values for fact in paper.facts}
        years = known.get("year")
        venue, arxiv, doi = (known.get(name, ("",))[0] for name in ("venue", "arxiv", "doi"))
        yield PaperRecord(
            paper=paper.slug,
            url=url_of(paper_path(paper.slug)),
            title=paper.title,
            title_source=paper.title_source.value,
            authors=list(known.get("authors", ())),
            year=int(years[0]) if years else None,
            venue=venue,
            arxiv=arxiv,
            doi=doi,
            aliases=list(paper.aliases),
            traces=[trace.id for trace in paper.traces],
            studies=sum(len(trace.studies) for trace in paper.traces),
            has_summary=paper.summary is not None,
            curated=_curated(paper.metadata) if paper.metadata else None,
            seeds=list(_seeds(corpus, paper)),
            canary=CANARY,
        )


def planners(corpus: Corpus) -> Iterator[PlannerRecord]:
    """A record per planner."""
    for planner in corpus.planners:
        yield PlannerRecord(
            planner=planner.slug,
            name=planner.name,
            url=url_of(planner_path(planner.slug)),
            traces=len(planner.traces),
            models=[_model(corpus, planner, model) for model in planner.models],
            canary=CANARY,
        )


def summaries(corpus: Corpus) -> Iterator[SummaryRecord]:
    """A record per summary, by paper."""
    for paper in corpus.papers:
        if paper.summary:
            record = asdict(paper.summary) | {
                "paper": paper.slug,
                "url": url_of(paper_path(paper.slug)),
                "sha256": corpus.digests[paper.summary.seed],
                "canary": CANARY,
            }
            yield cast("SummaryRecord", {key: record[key] for key in SummaryRecord.__annotations__})


def agreement(corpus: Corpus) -> Iterator[GroupRecord]:
    """A record per group of similar proposals."""
    for paper in corpus.papers:
        for task in Task:
            for group in paper.groups[task]:
                members = [
                    MemberRecord(trace=one.trace.id, study=one.number, anchor=one.study.anchor)
                    for one in group.proposals
                ]
                yield GroupRecord(paper=paper.slug, task=task.value, studies=members, canary=CANARY)


def additions(corpus: Corpus) -> Iterator[AdditionRecord]:
    """A record per recorded addition, newest first."""
    for addition in corpus.additions:
        yield AdditionRecord(
            added=addition.date.isoformat(),
            note=addition.note,
            traces=list(addition.traces),
            seed=addition.seed,
            sha256=corpus.digests[addition.seed],
            canary=CANARY,
        )


def _study(study: Study) -> StudyRecord:
    return StudyRecord(
        name=study.name,
        ablated_part=study.ablated_part,
        action=study.action.value,
        replacements=list(study.replacements),
        metrics=list(study.metrics),
        anchor=study.anchor,
    )


def _added(corpus: Corpus, trace: Trace) -> str | None:
    day = corpus.added.get(trace.id)
    return day.isoformat() if day else None


def _curated(metadata: Metadata) -> CuratedRecord:
    return CuratedRecord(
        title=metadata.title,
        authors=list(metadata.authors),
        year=metadata.year,
        venue=metadata.venue,
        arxiv=metadata.arxiv,
        doi=metadata.doi,
        url=metadata.url,
        aliases=list(metadata.aliases),
        slug=metadata.slug,
    )


def _seeds(corpus: Corpus, paper: Paper) -> Iterator[SeedRecord]:
    for one in (paper.metadata, paper.summary, *paper.traces):
        if one:
            yield SeedRecord(seed=one.seed, sha256=corpus.digests[one.seed])


def _model(corpus: Corpus, planner: Planner, model: LanguageModel) -> ModelRecord:
    actions = Counter(study.action for trace in model.traces for study in trace.studies)
    return ModelRecord(
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
