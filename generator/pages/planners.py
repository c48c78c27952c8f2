"""The index of planners, and the profiles of planners and their models."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from generator.addresses import COVERAGE, PLANNERS, model_path, planner_path
from generator.messages import Message, Text, _, ngettext
from generator.model import Action, Corpus, LanguageModel, Planner, Task, Trace
from generator.pages import nouns
from generator.pages.page import FrontMatter, Page, Part, View, index_page, part_pages, split
from generator.pages.page_links import Link, model_link, number_link, planner_link, step, trace_link
from generator.pages.profiles import (
    TaskFigures,
    model_profiles,
    planner_profiles,
    profiles,
    task_profiles,
)
from generator.text.slugs import match_key

# The home page has room for so many lines of a table.
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Figures:
    """A line of a table: links, to a model and its planner or one of them, and counts over their traces.

    `by_task` and `by_action` are in the order of `Task` and `Action`. `tokens` and `cost`, in US dollars, are means of
    the traces that know them, None if none does.
    """

    pages: tuple[Link, ...]
    traces: int
    papers: int
    studies: int
    by_task: tuple[int, ...]
    by_action: tuple[int, ...]
    tokens: int | None
    cost: float | None


def planners_pages(corpus: Corpus) -> Iterator[Page]:
    """Plan the index of planners, then each planner followed by its models."""
    found = profiles(corpus)
    yield _index(corpus, found)
    for planner in corpus.planners:
        yield _planner_page(corpus, planner, found)
        for model in planner.models:
            yield from _model_pages(corpus, planner, model, [*task_profiles((planner.name, model.name), found)])


def planners_overview(corpus: Corpus) -> View:
    """Return what the home page tells of planners, each with its number of models, or of the models of the only one."""
    several = len(corpus.planners) > 1
    if several:
        rows = [
            (figures(corpus, one.traces, planner_link(one)), len(one.models), {"planner": one.name})
            for one in corpus.planners
        ]
    else:
        rows = [
            (figures(corpus, one.traces, model_link(planner, one)), 0, {"model": one.name})
            for planner in corpus.planners
            for one in planner.models
        ]
    rows.sort(key=lambda row: -row[0].traces)
    shown = [(row, models, number_link(row.studies, **facets)) for row, models, facets in rows[:_SHOWN]]
    return {"rows": shown, "several": several, "all": Link(_counted(corpus), PLANNERS)}


def _counted(corpus: Corpus) -> Message:
    """Count planners and models; a model that two planners ran with is one."""
    models = len({model.name for planner in corpus.planners for model in planner.models})
    return _(
        "%(planners)s with %(models)s",
        planners=ngettext("%(number)s planner", "%(number)s planners", len(corpus.planners)),
        models=nouns.models(models),
    )


def _index(corpus: Corpus, found: Mapping[Task, TaskFigures]) -> Page:
    several = len(corpus.planners) > 1
    rows = [
        figures(corpus, model.traces, model_link(planner, model), planner_link(planner))
        for planner in corpus.planners
        for model in planner.models
    ]
    counted = _counted(corpus)
    view = {
        "counted": counted,
        "proposed": _proposed(figures(corpus, corpus.traces)),
        "planners": [figures(corpus, one.traces, planner_link(one)) for one in corpus.planners],
        "rows": rows,
        "profiles": [planner_profiles(task, one) for task, one in found.items()] if several else [],
        "coverage": Link(_("Coverage"), COVERAGE),
    }
    description = _("%(counted)s, and what each of them would ablate.", counted=counted)
    return Page(PLANNERS, "planners.md.jinja", index_page(_("Planners"), description), view)


def figures(corpus: Corpus, traces: Sequence[Trace], *pages: Link) -> Figures:
    """Count the papers and studies of a set of traces, in a line with these links."""
    tasks = Counter(trace.task for trace in traces)
    actions = Counter(study.action for trace in traces for study in trace.studies)
    counted = [(trace.input_tokens, trace.output_tokens) for trace in traces]
    tokens = [read + written for read, written in counted if read is not None and written is not None]
    costs = [trace.cost for trace in traces if trace.cost is not None]
    return Figures(
        pages=pages,
        traces=len(traces),
        papers=len({corpus.paper_of[trace.id].slug for trace in traces}),
        studies=actions.total(),
        by_task=tuple(tasks[task] for task in Task),
        by_action=tuple(actions[action] for action in Action),
        tokens=round(fmean(tokens)) if tokens else None,
        cost=fmean(costs) if costs else None,
    )


def _planner_page(corpus: Corpus, planner: Planner, found: Mapping[Task, TaskFigures]) -> Page:
    totals = figures(corpus, planner.traces)
    front_matter = FrontMatter(
        title=planner.name,
        description=_(
            "%(planner)s: %(proposed)s, with %(models)s.",
            planner=planner.name,
            proposed=_proposed(totals),
            models=nouns.models(len(planner.models)),
        ),
        kind="planner",
        planner=planner.name,
        traces=totals.traces,
        studies=totals.studies,
    )
    tasks = {trace.task for trace in planner.traces}
    view = {
        "name": planner.name,
        "proposed": _proposed(totals),
        "papers": nouns.papers(totals.papers),
        "rows": [figures(corpus, one.traces, model_link(planner, one)) for one in planner.models],
        "profiles": [model_profiles(task, one, planner.name) for task, one in found.items() if task in tasks],
    }
    return Page(planner_path(planner.slug), "planner.md.jinja", front_matter, view)


def _model_pages(corpus: Corpus, planner: Planner, model: LanguageModel, compared: Sequence[View]) -> Iterator[Page]:
    titles = {trace.id: corpus.paper_of[trace.id].title for trace in model.traces}
    traces = sorted(model.traces, key=lambda trace: (match_key(titles[trace.id]), trace.id))
    row = figures(corpus, model.traces, planner_link(planner))
    title = _("%(model)s with %(planner)s", model=model.name, planner=planner.name)
    front_matter = FrontMatter(
        title=title,
        description=_("%(title)s: %(proposed)s.", title=title, proposed=_proposed(row)),
        kind="model",
        above=step(planner_link(planner)),
        planner=planner.name,
        model=model.name,
        traces=row.traces,
        studies=row.studies,
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


def _proposed(totals: Figures) -> Message:
    return _(
        "%(studies)s proposed in %(traces)s", studies=nouns.studies(totals.studies), traces=nouns.traces(totals.traces)
    )
