"""Figures over a language model's traces of one task, to be compared with those of other models on the same task."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from generator.metrics import families_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.model import Action, Corpus, Task

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

    @property
    def typical_words(self) -> int:
        """The median length of a reasoning."""
        return round(median(self.words))


@dataclass(frozen=True, slots=True)
class TaskFigures:
    """The profiles of all models that were asked one task, in the corpus' order, and of all of them as one.

    `busiest` are the models with the most traces first.
    """

    by_model: Mapping[Ran, Profile]
    total: Profile
    busiest: Sequence[Ran]

    def without(self, own: Ran) -> Profile:
        """Return the profile of all models but one, as one: its numbers of traces and studies, sizes and metrics."""
        profile, total = self.by_model[own], self.total
        return Profile(
            traces=total.traces - profile.traces,
            studies=total.studies - profile.studies,
            sizes=total.sizes - profile.sizes,
            metrics=Counter({name: total.metrics[name] - number for name, number in profile.metrics.items()}),
        )


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
        profile.metrics.update(name for study in trace.studies for name in families_of(study))
        if planned[corpus.paper_of[trace.id].slug, trace.task] > 1:
            profile.comparable += len(trace.studies)
    for paper in corpus.papers:
        for task, groups in paper.groups.items():
            for proposal in (one for group in groups for one in group.proposals):
                found[task][proposal.trace.planner, proposal.trace.model].shared += 1
    return {task: _figures(ran) for task, ran in sorted(found.items())}


def _figures(by_model: Mapping[Ran, Profile]) -> TaskFigures:
    total = Profile()
    for profile in by_model.values():
        total.traces += profile.traces
        total.studies += profile.studies
        total.sizes.update(profile.sizes)
        total.metrics.update(profile.metrics)
    busiest = sorted(by_model, key=lambda who: (-by_model[who].traces, who))
    return TaskFigures(dict(by_model), total, busiest)
