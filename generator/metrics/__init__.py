"""Families: what studies have in common, such as a metric, under one name however it is spelled.

A family lists the spellings it covers, so nothing is merged silently.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from generator.metrics.canonical import canonical_metric, is_well_known, readable_metric
from generator.model import Corpus, Study, Task, Trace

__all__ = ["Family", "canonical_metric", "families", "families_of", "metric_names", "ranked"]

_Counted = TypeVar("_Counted", str, "Task", tuple[str, str])


@dataclass(frozen=True, slots=True)
class Family:
    """A metric or a type of ablated part, and counts of its studies.

    `spellings` are the name as studies write it, `models` pairs of planner and model, `papers` slugs. A study that
    spells a metric in two ways counts once, but for each spelling, which the caller counts.
    """

    name: str = ""
    spellings: Counter[str] = field(default_factory=Counter)
    tasks: Counter[Task] = field(default_factory=Counter)
    models: Counter[tuple[str, str]] = field(default_factory=Counter)
    papers: Counter[str] = field(default_factory=Counter)

    @property
    def studies(self) -> int:
        """How many studies there are."""
        return self.tasks.total()

    def add(self, paper: str, trace: Trace) -> None:
        """Count one more study of a trace of a paper."""
        self.tasks[trace.task] += 1
        self.models[trace.planner, trace.model] += 1
        self.papers[paper] += 1

    def by_model(self) -> Counter[str]:
        """Count the studies by model, whatever the planner."""
        counted: Counter[str] = Counter()
        for (_planner, model), number in self.models.items():
            counted[model] += number
        return counted


def metric_names(studies: Iterable[Study]) -> dict[str, str]:
    """Return the name of its family for every spelling of a metric in the studies, in any order.

    A well-known metric has its usual name, another the readable form that most studies use.
    """
    spellings = Counter(metric for study in studies for metric in study.metrics)
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for spelling, number in spellings.items():
        key, form = canonical_metric(spelling), readable_metric(spelling)
        # Of few spellings the readable form would be read as another metric.
        forms[key][form if canonical_metric(form) == key and not is_well_known(key) else key] += number
    names = {key: ranked(found)[0][0] for key, found in forms.items()}
    return {spelling: names[canonical_metric(spelling)] for spelling in spellings}


def families(corpus: Corpus) -> tuple[Family, ...]:
    """Return the families of all metrics of the corpus; the most used first, then by name."""
    found: defaultdict[str, Family] = defaultdict(Family)
    for trace in corpus.traces:
        paper = corpus.paper_of[trace.id].slug
        for study in trace.studies:
            for name in families_of(study, corpus.metrics):
                found[name].add(paper, trace)
            for spelling in set(study.metrics):
                found[corpus.metrics[spelling]].spellings[spelling] += 1
    named = (replace(family, name=name) for name, family in found.items())
    return tuple(sorted(named, key=lambda one: (-one.studies, one.name)))


def families_of(study: Study, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the families of a study's metrics, each once, in the order of the metrics."""
    return tuple(dict.fromkeys(names[metric] for metric in study.metrics))


def ranked(counts: Counter[_Counted]) -> list[tuple[_Counted, int]]:
    """Return what is counted, the largest number first; in no order but that of the names are equals."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
