"""Profiles of language models: figures over the traces of one task, one model beside the others asked the same."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields
from statistics import median

from generator.addresses import model_path, planner_path
from generator.corpus.verdicts import Standing, leaderboards
from generator.messages import Text, _
from generator.metrics import families_of, ranked
from generator.model import Action, Corpus, Task
from generator.pages.judged import standing_rows
from generator.pages.page import View
from generator.pages.page_links import Link, studies_link
from generator.text.slugs import slugify
from generator.text.wording import percent

_SIZES = 5
# A model's page compares it with so many others, those with the most traces; its planner's page has all of them.
_MODELS = 24
_METRICS = 8

# Planner and model, as the traces spell them.
Ran = tuple[str, str]


@dataclass
class Profile:
    """Counts over one model's traces of one task.

    `sizes` counts traces by their number of studies, `metrics` studies by metric family; `words` holds the length of
    each reasoning. `comparable` counts the studies of papers that others planned too, `shared` those among them that
    another plan proposes as well.
    """

    traces: int = 0
    studies: int = 0
    comparable: int = 0
    shared: int = 0
    words: list[int] = field(default_factory=list)
    actions: Counter[Action] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)
    metrics: Counter[str] = field(default_factory=Counter)

    @property
    def median_words(self) -> int:
        """Return how many words a reasoning has."""
        return round(median(self.words))

    def add(self, other: "Profile") -> None:
        """Count what another profile counts."""
        for one in fields(self):
            value = getattr(self, one.name)
            value += getattr(other, one.name)
            setattr(self, one.name, value)


@dataclass(frozen=True, slots=True)
class TaskFigures:
    """The profiles of all models that were asked one task, in the corpus' order, and of all of them as one.

    `busiest` are the models with the most traces first, `standings` what judges say of them.
    """

    by_model: Mapping[Ran, Profile]
    total: Profile
    busiest: Sequence[Ran]
    standings: Sequence[Standing]


def profiles(corpus: Corpus) -> dict[Task, TaskFigures]:
    """Return the figures of each task, and in them a profile per model that was asked it."""
    found: defaultdict[Task, defaultdict[Ran, Profile]] = defaultdict(lambda: defaultdict(Profile))
    planned = Counter((corpus.paper_of[trace.id].slug, trace.task) for trace in corpus.traces)
    for trace in corpus.traces:
        profile = found[trace.task][trace.planner, trace.model]
        profile.traces += 1
        profile.studies += len(trace.studies)
        profile.words.append(len(trace.reasoning.split()))
        profile.sizes[len(trace.studies)] += 1
        profile.actions.update(study.action for study in trace.studies)
        profile.metrics.update(name for study in trace.studies for name in families_of(study, corpus.metrics))
        if planned[corpus.paper_of[trace.id].slug, trace.task] > 1:
            profile.comparable += len(trace.studies)
    for paper in corpus.papers:
        for task, groups in paper.groups.items():
            for proposal in (one for group in groups for one in group.proposals):
                found[task][proposal.trace.planner, proposal.trace.model].shared += 1
    boards = leaderboards(corpus)
    return {task: _figures(ran, boards.get(task, ())) for task, ran in sorted(found.items())}


def _figures(by_model: Mapping[Ran, Profile], standings: Sequence[Standing]) -> TaskFigures:
    total = Profile()
    for profile in by_model.values():
        total.add(profile)
    busiest = sorted(by_model, key=lambda who: (-by_model[who].traces, who))
    return TaskFigures(dict(by_model), total, busiest, standings)


def task_profiles(own: Ran, found: Mapping[Task, TaskFigures]) -> Iterator[View]:
    """Compare a model with the others that were asked the same, task by task, with its plan sizes and metrics."""
    for task, figures in found.items():
        if own in figures.by_model:
            profile, total = figures.by_model[own], figures.total
            yield {
                **_side_by_side(task, figures, {own, *figures.busiest[:_MODELS]}, own),
                "sizes": _sizes(own[1], profile, total),
                "metrics": _metrics(own, task, profile, total),
            }


def model_profiles(task: Task, figures: TaskFigures, planner: str) -> View:
    """Put the models of one planner beside each other, as they did one task."""
    return _side_by_side(task, figures, {who for who in figures.by_model if who[0] == planner})


def _side_by_side(task: Task, figures: TaskFigures, shown: AbstractSet[Ran], own: Ran = ("", "")) -> View:
    """Return a line for each model, which names the planner too where there are several; one may be of its own page."""
    several = len({planner for planner, _model in shown}) > 1
    rows = [
        (Link(f"{who[1]}, {who[0]}" if several else who[1], model_path(*map(slugify, who))), profile, who == own)
        for who, profile in figures.by_model.items()
        if who in shown
    ]
    standings = standing_rows((one for one in figures.standings if (one.planner, one.model) in shown), own)
    return {"task": task, "rows": rows, "standings": standings}


def planner_profiles(task: Task, figures: TaskFigures) -> View:
    """Put the planners beside each other, each with all its models, as they did one task."""
    by_planner: defaultdict[str, Profile] = defaultdict(Profile)
    for (planner, _model), profile in figures.by_model.items():
        by_planner[planner].add(profile)
    rows = [(Link(name, planner_path(slugify(name))), profile, False) for name, profile in by_planner.items()]
    return {"task": task, "rows": rows, "standings": standing_rows(figures.standings)}


def _sizes(name: str, own: Profile, total: Profile) -> list[tuple[Text, list[str]]]:
    """Return names and the shares of plans with 1, 2, … studies; the last stands for all larger plans too."""
    rows: list[tuple[Text, list[str]]] = []
    for who, sizes in ((name, own.sizes), (_("the others"), total.sizes - own.sizes)):
        larger = sum(number for size, number in sizes.items() if size >= _SIZES)
        numbers = [*(sizes[size] for size in range(1, _SIZES)), larger]
        if sizes:
            rows.append((who, [percent(number, sizes.total()) for number in numbers]))
    return rows


def _metrics(ran: Ran, task: Task, own: Profile, total: Profile) -> list[tuple[Link, str, str]]:
    """Return links to the studies of the model that ask for a metric, their share of its studies, and the others'."""
    planner, model = ran
    return [
        (
            studies_link(name, planner=planner, model=model, task=task, metric=name),
            percent(number, own.studies),
            percent(total.metrics[name] - number, total.studies - own.studies),
        )
        for name, number in ranked(own.metrics)[:_METRICS]
    ]
