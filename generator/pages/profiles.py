"""Profiles of language models: figures over the traces of one task, one model beside the others asked the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from generator.addresses import model_path
from generator.metrics import families_of
from generator.model import Action
from generator.pages.page import Link, studies_link
from generator.text.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.model import Corpus, Task

_SIZES = 5
_METRICS = 8

# Planner and model, as the traces spell them.
Ran = tuple[str, str]


@dataclass
class Profile:
    """Counts over one model's traces of one task.

    `sizes` counts traces by their number of studies, `metrics` studies by metric family; `words` holds the length of
    each reasoning. `comparable` counts the studies of papers that others planned too, `shared` those among them that
    another planner proposes as well.
    """

    traces: int = 0
    studies: int = 0
    comparable: int = 0
    shared: int = 0
    words: list[int] = field(default_factory=list)
    actions: Counter[Action] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)
    metrics: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One model's figures; `actions` are shares of its studies, in the order of `Action`."""

    page: Link
    is_own: bool
    traces: int
    size: str
    actions: tuple[str, ...]
    words: int
    shared: str


@dataclass(frozen=True, slots=True)
class TaskProfile:
    """One task: all models in figures, and one model's plan sizes and metrics.

    `sizes` are names and the shares of plans with 1, 2, … studies. `metrics` lead to the studies of the model that ask
    for a metric; beside that stand their share of its studies, and the share among the others'.
    """

    task: Task
    rows: tuple[ProfileRow, ...]
    sizes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    metrics: tuple[tuple[Link, str, str], ...] = ()


def profiles(corpus: Corpus) -> dict[Task, dict[Ran, Profile]]:
    """Return a profile per task and per model that was asked it, planners and models in the corpus' order."""
    found: defaultdict[Task, defaultdict[Ran, Profile]] = defaultdict(lambda: defaultdict(Profile))
    planned = Counter((corpus.paper_of[trace.id].slug, trace.task) for trace in corpus.traces)
    for trace in corpus.traces:
        profile = found[trace.task][trace.planner, trace.model]
        profile.traces += 1
        profile.studies += len(trace.studies)
        profile.words.append(len(trace.reasoning.split()))
        profile.sizes[len(trace.studies)] += 1
        profile.actions.update(study.action for study in trace.studies)
        profile.metrics.update(name for study in trace.studies for name in families_of(study))
        if planned[corpus.paper_of[trace.id].slug, trace.task] > 1:
            profile.comparable += len(trace.studies)
    for paper in corpus.papers:
        for task, groups in paper.groups.items():
            for proposal in (one for group in groups for one in group.proposals):
                found[task][proposal.trace.planner, proposal.trace.model].shared += 1
    return {task: dict(ran) for task, ran in sorted(found.items())}


def task_profiles(own: Ran, found: Mapping[Task, Mapping[Ran, Profile]]) -> Iterator[TaskProfile]:
    """Compare a model with the others, task by task, as far as it was asked."""
    for task, ran in found.items():
        if own in ran:
            others = [profile for who, profile in ran.items() if who != own]
            rows = tuple(_row(who, profile, is_own=who == own) for who, profile in ran.items())
            yield TaskProfile(task, rows, _sizes(own[1], ran[own], others), _metrics(own[1], task, ran[own], others))


def comparison(task: Task, ran: Mapping[Ran, Profile]) -> TaskProfile:
    """Put all models of one task beside each other."""
    return TaskProfile(task, tuple(_row(who, profile, is_own=False) for who, profile in ran.items()))


def _row(who: Ran, profile: Profile, *, is_own: bool) -> ProfileRow:
    planner, model = who
    return ProfileRow(
        page=Link(model, model_path(slugify(planner), slugify(model))),
        is_own=is_own,
        traces=profile.traces,
        size=f"{profile.studies / profile.traces:.1f}",
        actions=tuple(_percent(profile.actions[action], profile.actions.total()) for action in Action),
        words=round(median(profile.words)),
        shared=_percent(profile.shared, profile.comparable),
    )


def _sizes(name: str, own: Profile, others: Iterable[Profile]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rest: Counter[int] = sum((profile.sizes for profile in others), Counter())
    rows = [(name, own.sizes)] + ([("the others", rest)] if rest else [])
    return tuple((who, _shares(sizes)) for who, sizes in rows)


def _shares(sizes: Counter[int]) -> tuple[str, ...]:
    """Return the shares of plans by size; the last stands for all larger plans too."""
    larger = sum(number for size, number in sizes.items() if size >= _SIZES)
    numbers = [*(sizes[size] for size in range(1, _SIZES)), larger]
    return tuple(_percent(number, sizes.total()) for number in numbers)


def _metrics(model: str, task: Task, own: Profile, others: Sequence[Profile]) -> tuple[tuple[Link, str, str], ...]:
    total = sum(profile.studies for profile in others)
    ranked = sorted(own.metrics.items(), key=lambda item: (-item[1], item[0]))[:_METRICS]
    return tuple(
        (
            studies_link(name, model=model, task=task, metric=name),
            _percent(number, own.studies),
            _percent(sum(profile.metrics[name] for profile in others), total),
        )
        for name, number in ranked
    )


def _percent(number: int, total: int) -> str:
    return f"{100 * number / total:.0f} %" if total else "–"
