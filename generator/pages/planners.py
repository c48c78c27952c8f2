"""The index of planners, and the profiles of planners and their models."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.addresses import PLANNERS, model_path, planner_path
from generator.corpus.model_profiles import profiles
from generator.model import Action, Task
from generator.pages.links import feed_link, model_link, planner_link, trace_link
from generator.pages.page import FrontMatter, Link, Page, Part, split, step
from generator.pages.profile_tables import TaskProfile, comparison, task_profiles
from generator.text.slugs import match_key
from generator.text.wording import meta_description, pluralize

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from generator.corpus.model_profiles import TaskFigures
    from generator.model import Corpus, LanguageModel, Planner, Trace


@dataclass(frozen=True, slots=True)
class Figures:
    """What a set of traces amounts to."""

    traces: int
    papers: int
    studies: int
    by_task: tuple[tuple[Task, int], ...]
    by_action: tuple[tuple[Action, int], ...]


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model as a line of a table."""

    page: Link
    figures: Figures


@dataclass(frozen=True, slots=True)
class PlannerRow:
    """A planner with its models."""

    page: Link
    figures: Figures
    models: tuple[ModelRow, ...]


@dataclass(frozen=True, slots=True)
class PlannersView:
    """What `planners.md.jinja` reads."""

    planners: tuple[PlannerRow, ...]


@dataclass(frozen=True, slots=True)
class PlannerView:
    """What `planner.md.jinja` reads: the planner's models, and all models side by side, task by task."""

    planner: PlannerRow
    profiles: tuple[TaskProfile, ...]
    feed: Link | None


@dataclass(frozen=True, slots=True)
class ModelView:
    """What `model.md.jinja` reads; `entries` are the traces of one part: page, task, number of studies."""

    name: str
    planner: Link
    row: ModelRow
    profiles: tuple[TaskProfile, ...]
    part: Part[Trace]
    entries: tuple[tuple[Link, Task, str], ...]
    feed: Link | None


def planners_pages(corpus: Corpus, feeds: Collection[str]) -> Iterator[Page]:
    """The index of planners, then each planner followed by its models; `feeds` are the pages that have a feed."""
    rows = tuple(planner_row(corpus, planner) for planner in corpus.planners)
    models = pluralize(sum(len(row.models) for row in rows), "language model")
    description = meta_description(
        f"{pluralize(len(rows), 'planner')} with {models}, and what each of them would ablate."
    )
    front_matter = FrontMatter(title="Planners", description=description, kind="index")
    yield Page(PLANNERS, "planners.md.jinja", front_matter, PlannersView(rows))
    found = profiles(corpus)
    for planner, row in zip(corpus.planners, rows, strict=True):
        yield _planner_page(planner, row, found, feeds)
        for model in planner.models:
            compared = tuple(task_profiles((planner.name, model.name), found))
            yield from _model_pages(corpus, planner, model, compared, feeds)


def planner_row(corpus: Corpus, planner: Planner) -> PlannerRow:
    """A planner and its models in figures."""
    models = tuple(ModelRow(model_link(planner, model), figures(corpus, model.traces)) for model in planner.models)
    return PlannerRow(planner_link(planner), figures(corpus, planner.traces), models)


def figures(corpus: Corpus, traces: Sequence[Trace]) -> Figures:
    """Counts over a set of traces."""
    tasks = Counter(trace.task for trace in traces)
    actions = Counter(study.action for trace in traces for study in trace.studies)
    return Figures(
        traces=len(traces),
        papers=len({corpus.paper_of[trace.id].slug for trace in traces}),
        studies=actions.total(),
        by_task=tuple((task, tasks[task]) for task in Task),
        by_action=tuple((action, actions[action]) for action in Action),
    )


def _planner_page(planner: Planner, row: PlannerRow, found: Mapping[Task, TaskFigures], feeds: Collection[str]) -> Page:
    proposed = _proposed(row.figures)
    front_matter = FrontMatter(
        title=planner.name,
        description=meta_description(
            f"{planner.name}: {proposed}, with {pluralize(len(row.models), 'language model')}."
        ),
        kind="planner",
        planner=planner.name,
        traces=row.figures.traces,
        studies=row.figures.studies,
    )
    tasks = {trace.task for trace in planner.traces}
    compared = tuple(comparison(task, figures) for task, figures in found.items() if task in tasks)
    path = planner_path(planner.slug)
    return Page(path, "planner.md.jinja", front_matter, PlannerView(row, compared, feed_link(path, feeds)))


def _model_pages(
    corpus: Corpus,
    planner: Planner,
    model: LanguageModel,
    compared: tuple[TaskProfile, ...],
    feeds: Collection[str],
) -> Iterator[Page]:
    titles = {trace.id: corpus.paper_of[trace.id].title for trace in model.traces}
    traces = sorted(model.traces, key=lambda trace: (match_key(titles[trace.id]), trace.id))
    totals = figures(corpus, model.traces)
    for part in split(model_path(planner.slug, model.slug), traces):
        front_matter = FrontMatter(
            title=f"{model.name} with {planner.name}",
            description=meta_description(f"{model.name} with {planner.name}: {_proposed(totals)}."),
            kind="model",
            above=step(planner_link(planner)),
            planner=planner.name,
            model=model.name,
            traces=totals.traces,
            studies=totals.studies,
        )
        entries = tuple(
            (trace_link(trace, titles[trace.id]), trace.task, pluralize(len(trace.studies), "study", "studies"))
            for trace in part.items
        )
        view = ModelView(
            name=model.name,
            planner=planner_link(planner),
            row=ModelRow(planner_link(planner), totals),
            profiles=compared if part.number == 1 else (),
            part=part,
            entries=entries,
            feed=feed_link(part.path, feeds),
        )
        yield Page(part.path, "model.md.jinja", part.front_matter(front_matter), view)


def _proposed(totals: Figures) -> str:
    return f"{pluralize(totals.studies, 'study', 'studies')} proposed in {pluralize(totals.traces, 'trace')}"
