"""The index of planners, and the profiles of planners and their models."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from generator.addresses import COVERAGE, PLANNERS, model_path, planner_path
from generator.messages import Message, Text, _, ngettext
from generator.model import Action, Corpus, LanguageModel, Planner, Task, Trace
from generator.pages import nouns
from generator.pages.page import (
    FrontMatter,
    Link,
    Page,
    Part,
    View,
    index_page,
    model_link,
    part_pages,
    planner_link,
    split,
    step,
    trace_link,
)
from generator.pages.profiles import TaskFigures, TaskProfile, comparison, profiles, task_profiles
from generator.text.slugs import match_key


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over a set of traces, `by_task` and `by_action` in the order of `Task` and `Action`.

    `tokens` and `cost`, in US dollars, are means of the traces that know them, None if none does.
    """

    traces: int
    papers: int
    studies: int
    by_task: tuple[int, ...]
    by_action: tuple[int, ...]
    tokens: int | None
    cost: float | None


@dataclass(frozen=True, slots=True)
class FiguresRow:
    """A planner with its models, or a model, as a line of a table."""

    page: Link
    figures: Figures
    models: tuple["FiguresRow", ...] = ()


def planners_pages(corpus: Corpus) -> Iterator[Page]:
    """Plan the index of planners, then each planner followed by its models."""
    rows = [planner_row(corpus, planner) for planner in corpus.planners]
    view = {"planners": rows, "coverage": Link(_("Coverage"), COVERAGE)}
    description = _(
        "%(planners)s with %(models)s, and what each of them would ablate.",
        planners=ngettext("%(number)s planner", "%(number)s planners", len(rows)),
        models=_models(sum(len(row.models) for row in rows)),
    )
    yield Page(PLANNERS, "planners.md.jinja", index_page(_("Planners"), description), view)
    found = profiles(corpus)
    for planner, row in zip(corpus.planners, rows, strict=True):
        yield _planner_page(planner, row, found)
        for model in planner.models:
            compared = tuple(task_profiles((planner.name, model.name), found))
            yield from _model_pages(corpus, planner, model, compared)


def planner_row(corpus: Corpus, planner: Planner) -> FiguresRow:
    """Count what a planner and its models proposed."""
    models = (FiguresRow(model_link(planner, model), figures(corpus, model.traces)) for model in planner.models)
    return FiguresRow(planner_link(planner), figures(corpus, planner.traces), tuple(models))


def figures(corpus: Corpus, traces: Sequence[Trace]) -> Figures:
    """Count the papers and studies of a set of traces."""
    tasks = Counter(trace.task for trace in traces)
    actions = Counter(study.action for trace in traces for study in trace.studies)
    counted = [(trace.input_tokens, trace.output_tokens) for trace in traces]
    tokens = [read + written for read, written in counted if read is not None and written is not None]
    costs = [trace.cost for trace in traces if trace.cost is not None]
    return Figures(
        traces=len(traces),
        papers=len({corpus.paper_of[trace.id].slug for trace in traces}),
        studies=actions.total(),
        by_task=tuple(tasks[task] for task in Task),
        by_action=tuple(actions[action] for action in Action),
        tokens=round(fmean(tokens)) if tokens else None,
        cost=fmean(costs) if costs else None,
    )


def _planner_page(planner: Planner, row: FiguresRow, found: Mapping[Task, TaskFigures]) -> Page:
    front_matter = FrontMatter(
        title=planner.name,
        description=_(
            "%(planner)s: %(proposed)s, with %(models)s.",
            planner=planner.name,
            proposed=_proposed(row.figures),
            models=_models(len(row.models)),
        ),
        kind="planner",
        planner=planner.name,
        traces=row.figures.traces,
        studies=row.figures.studies,
    )
    tasks = {trace.task for trace in planner.traces}
    view = {"planner": row, "profiles": [comparison(task, one) for task, one in found.items() if task in tasks]}
    return Page(planner_path(planner.slug), "planner.md.jinja", front_matter, view)


def _model_pages(
    corpus: Corpus, planner: Planner, model: LanguageModel, compared: tuple[TaskProfile, ...]
) -> Iterator[Page]:
    titles = {trace.id: corpus.paper_of[trace.id].title for trace in model.traces}
    traces = sorted(model.traces, key=lambda trace: (match_key(titles[trace.id]), trace.id))
    row = FiguresRow(planner_link(planner), figures(corpus, model.traces))
    title = _("%(model)s with %(planner)s", model=model.name, planner=planner.name)
    front_matter = FrontMatter(
        title=title,
        description=_("%(title)s: %(proposed)s.", title=title, proposed=_proposed(row.figures)),
        kind="model",
        above=step(row.page),
        planner=planner.name,
        model=model.name,
        traces=row.figures.traces,
        studies=row.figures.studies,
    )

    def view(part: Part[Trace]) -> View:
        entries = [
            (trace_link(trace, titles[trace.id]), _run(trace), nouns.studies(len(trace.studies)))
            for trace in part.items
        ]
        return {"name": model.name, "row": row, "profiles": compared if part.number == 1 else (), "entries": entries}

    return part_pages(split(model_path(planner.slug, model.slug), traces), "model.md.jinja", front_matter, view)


def _run(trace: Trace) -> Text:
    """Name a trace's task, and which run it is, but for the first."""
    task = nouns.TASKS[trace.task]
    return _("%(task)s, run %(run)s", task=task, run=trace.run) if trace.run and trace.run > 1 else task


def _models(number: int) -> Message:
    return ngettext("%(number)s language model", "%(number)s language models", number)


def _proposed(totals: Figures) -> Message:
    studies, traces = nouns.studies(totals.studies), nouns.traces(totals.traces)
    return _("%(studies)s proposed in %(traces)s", studies=studies, traces=traces)
