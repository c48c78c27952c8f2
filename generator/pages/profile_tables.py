"""Profiles as pages show them: one model beside the others that were asked the same task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.addresses import model_path
from generator.model import Action
from generator.pages.page import Link, studies_link
from generator.text.slugs import slugify

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping

    from generator.corpus.model_profiles import Profile, Ran, TaskFigures
    from generator.model import Task

_SIZES = 5
# A model's page compares it with so many others, those with the most traces; its planner's page has all of them.
_MODELS = 24
_METRICS = 8


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


def task_profiles(own: Ran, found: Mapping[Task, TaskFigures]) -> Iterator[TaskProfile]:
    """Compare a model with the others that were asked the same, task by task."""
    for task, figures in found.items():
        if own in figures.by_model:
            rest, profile = figures.without(own), figures.by_model[own]
            shown = dict.fromkeys((own, *figures.busiest[:_MODELS]))
            rows = tuple(_row(who, one, is_own=who == own) for who, one in figures.by_model.items() if who in shown)
            sizes = _sizes(own[1], profile, rest)
            yield TaskProfile(task, rows, sizes, _metrics(own[1], task, profile, rest))


def comparison(task: Task, figures: TaskFigures) -> TaskProfile:
    """Put all models of one task beside each other."""
    rows = tuple(_row(who, profile, is_own=False) for who, profile in figures.by_model.items())
    return TaskProfile(task, rows)


def _row(who: Ran, profile: Profile, *, is_own: bool) -> ProfileRow:
    planner, model = who
    return ProfileRow(
        page=Link(model, model_path(slugify(planner), slugify(model))),
        is_own=is_own,
        traces=profile.traces,
        size=f"{profile.studies / profile.traces:.1f}",
        actions=tuple(_percent(profile.actions[action], profile.actions.total()) for action in Action),
        words=profile.typical_words,
        shared=_percent(profile.shared, profile.comparable),
    )


def _sizes(name: str, own: Profile, rest: Profile) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = [(name, own.sizes)] + ([("the others", rest.sizes)] if rest.traces else [])
    return tuple((who, _shares(sizes)) for who, sizes in rows)


def _shares(sizes: Counter[int]) -> tuple[str, ...]:
    """Return the shares of plans by size; the last stands for all larger plans too."""
    larger = sum(number for size, number in sizes.items() if size >= _SIZES)
    numbers = [*(sizes[size] for size in range(1, _SIZES)), larger]
    return tuple(_percent(number, sizes.total()) for number in numbers)


def _metrics(model: str, task: Task, own: Profile, rest: Profile) -> tuple[tuple[Link, str, str], ...]:
    ranked = sorted(own.metrics.items(), key=lambda item: (-item[1], item[0]))[:_METRICS]
    return tuple(
        (
            studies_link(name, model=model, task=task, metric=name),
            _percent(number, own.studies),
            _percent(rest.metrics[name], rest.studies),
        )
        for name, number in ranked
    )


def _percent(number: int, total: int) -> str:
    return f"{100 * number / total:.0f} %" if total else "–"
