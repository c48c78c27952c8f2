"""How well `generator.corpus.agreement` finds the groups that a reader found by hand.

    python tests/evaluate_agreement.py SEEDS GROUPS.json...

GROUPS.json lists papers, by slug or as headings spell them, and for each the groups of studies that ablate
the same part. `study` counts from 1; dots may be missing from `model`; other keys are ignored:

    [{"paper": "Title_of_the_Paper", "groups": [[{"model": "gpt-4o", "study": 1}, {"model": "o3-mini", "study": 2}]]}]

A true positive is a pair of studies that stand in one group both here and there.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from collections.abc import Iterable, Sequence

from generator.corpus.agreement import THRESHOLD, groups
from generator.loading.seeds import parse_seeds
from generator.model import Task, Trace
from generator.text.slugs import match_key, slugify

Pair = frozenset[tuple[str, int]]

CURVE = tuple(step / 100 for step in range(30, 75, 5))
# What a threshold must reach in the papers that it is chosen with, before it is tried on others.
PRECISION = 0.92
FOLDS = 10


@dataclass(frozen=True)
class Score:
    """Pairs found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Self) -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        pairs = self.right + self.missed
        return f"precision {self.precision:.2f}  recall {self.recall:.2f}  F1 {self.f1:.2f}  pairs {pairs}"


def score(traces: Iterable[Trace], expected: Iterable[Iterable[dict[str, Any]]], threshold: float = THRESHOLD) -> Score:
    """One paper's traces against its groups by hand."""
    ours, theirs = _found(list(traces), threshold), _pairs([[_named(one) for one in group] for group in expected])
    return Score(len(ours & theirs), len(ours - theirs), len(theirs - ours))


def scores(traces: Iterable[Trace], papers: Iterable[dict[str, Any]], threshold: float = THRESHOLD) -> dict[str, Score]:
    """Each paper's score, by its name. Raises LookupError for a paper without traces."""
    by_paper: dict[str, list[Trace]] = {}
    for trace in traces:
        by_paper.setdefault(match_key(trace.name), []).append(trace)
    listed = list(papers)
    absent = [paper["paper"] for paper in listed if match_key(paper["paper"]) not in by_paper]
    if absent:
        raise LookupError(f"no traces of {', '.join(absent)}")
    return {paper["paper"]: score(by_paper[match_key(paper["paper"])], paper["groups"], threshold) for paper in listed}


def _found(traces: list[Trace], threshold: float) -> set[Pair]:
    found = [group for task in Task for group in groups([trace for trace in traces if trace.task is task], threshold)]
    return _pairs([[(_model(one.trace.model), one.number) for one in group.proposals] for group in found])


def _pairs(found: Iterable[Sequence[tuple[str, int]]]) -> set[Pair]:
    return {frozenset(pair) for group in found for pair in combinations(group, 2)}


def _named(proposal: dict[str, Any]) -> tuple[str, int]:
    return _model(proposal["model"]), proposal["study"]


def _model(name: str) -> str:
    return slugify(name.replace(".", ""))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of each paper, of all, at thresholds that were chosen on other papers, and of the curve."""
    parser = argparse.ArgumentParser(description="Precision and recall of the groups of similar proposals.")
    parser.add_argument("seeds", type=Path, help="folder with the traces")
    parser.add_argument("groups", type=Path, nargs="+", help="JSON files with the groups found by hand")
    options = parser.parse_args(arguments)
    readings, _ = parse_seeds(options.seeds)
    traces = [one for reading in readings.values() for one in reading.records if isinstance(one, Trace)]
    papers = [paper for path in options.groups for paper in json.loads(path.read_text("utf-8"))]
    for paper, result in scores(traces, papers).items():
        _say(f"{result}  {paper}")
    for task in Task:
        names = {match_key(trace.name) for trace in traces if trace.task is task}
        of_task = [paper for paper in papers if match_key(paper["paper"]) in names]
        _say(f"{_total(traces, of_task, THRESHOLD)}  {len(of_task)} {task.value} papers")
        _say(f"{cross_validated(traces, of_task)}  the same, with a threshold chosen on others")
    _say(f"{_total(traces, papers, THRESHOLD)}  all {len(papers)} papers")
    for threshold in CURVE:
        _say(f"{_total(traces, papers, threshold)}  threshold {threshold:.2f}")


def cross_validated(traces: list[Trace], papers: list[dict[str, Any]]) -> Score:
    """The score of each tenth of the papers at the lowest threshold that is precise enough in the other nine tenths.

    Where none is, that is the highest one.
    """
    by_step = {step: [*scores(traces, papers, step / 100).values()] for step in range(30, 75)}
    result = Score()
    for fold in range(FOLDS):
        others = {
            step: sum((one for at, one in enumerate(found) if at % FOLDS != fold), Score())
            for step, found in by_step.items()
        }
        chosen = next((step for step, total in others.items() if total.precision >= PRECISION), max(others))
        result = sum(by_step[chosen][fold::FOLDS], result)
    return result


def _total(traces: list[Trace], papers: list[dict[str, Any]], threshold: float) -> Score:
    return sum(scores(traces, papers, threshold).values(), Score())


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
