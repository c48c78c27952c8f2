"""How well models find gold ablations: means over papers, with a bootstrap interval."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

from generator.model import Corpus, Task, Verdict

_FIGURES = ("precision", "recall", "f1", "ndcg")
_RESAMPLES = 1000
# The middle 95 of 100 resampled means.
_TAIL = _RESAMPLES // 40


@dataclass(frozen=True, slots=True)
class Standing:
    """What one judge says of one model's plans of one task; figures are means over papers, None where none is known.

    `interval` is the 95 % bootstrap interval of the mean of F1, None for fewer than two papers.
    """

    planner: str
    model: str
    judge: str
    papers: int
    precision: float | None
    recall: float | None
    f1: float | None
    ndcg: float | None
    interval: tuple[float, float] | None


def leaderboards(corpus: Corpus) -> dict[Task, list[Standing]]:
    """Return the standings of each task that was judged, judge by judge, the highest F1 first."""
    judged: defaultdict[tuple[Task, str, str, str], defaultdict[str, list[Verdict]]]
    judged = defaultdict(lambda: defaultdict(list))
    for trace in corpus.traces:
        for verdict in corpus.verdicts.get(trace.id, ()):
            key = (trace.task, verdict.judge, trace.planner, trace.model)
            judged[key][corpus.paper_of[trace.id].slug].append(verdict)
    found: defaultdict[Task, list[Standing]] = defaultdict(list)
    for (task, judge, planner, model), by_paper in judged.items():
        found[task].append(_standing(planner, model, judge, by_paper.values()))
    return {
        task: sorted(found[task], key=lambda one: (one.judge, -(one.f1 or 0), one.planner, one.model))
        for task in sorted(found)
    }


def _standing(planner: str, model: str, judge: str, by_paper: Iterable[Sequence[Verdict]]) -> Standing:
    papers = list(by_paper)
    known = {name: _known(papers, name) for name in _FIGURES}
    means = {name: fmean(values) if values else None for name, values in known.items()}
    return Standing(planner, model, judge, len(papers), **means, interval=bootstrap_interval(known["f1"]))


def _known(papers: Iterable[Sequence[Verdict]], name: str) -> list[float]:
    """Return a figure of each paper where it is known; of several runs on one paper their mean."""
    by_paper = ([value for verdict in runs if (value := getattr(verdict, name)) is not None] for runs in papers)
    return [fmean(values) for values in by_paper if values]


def bootstrap_interval(values: Sequence[float]) -> tuple[float, float] | None:
    """Return the interval that holds 95 % of the means of samples drawn from the values; always the same one."""
    if len(values) < 2:
        return None
    # Of all that `Random` does, only these numbers are promised to stay the same.
    draw, size = Random(0).random, len(values)  # noqa: S311 -- nothing here is secret
    means = sorted(fmean(values[int(draw() * size)] for _ in range(size)) for _ in range(_RESAMPLES))
    return means[_TAIL], means[-_TAIL - 1]
