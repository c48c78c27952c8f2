"""Which papers which models have traces for, task by task."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import Corpus, LanguageModel, Paper, Planner, Task, Trace


@dataclass(frozen=True, slots=True)
class TaskCoverage:
    """The models and the papers that there are traces of this task for; each paper could have one by each model.

    `traces` counts those that it has, by the paper's slug and the address of planner and model.
    """

    task: Task
    models: tuple[tuple[Planner, LanguageModel], ...]
    papers: tuple[Paper, ...]
    traces: Mapping[tuple[str, str], int]

    def count(self, paper: Paper, planner: Planner, model: LanguageModel) -> int:
        """Return how many traces of a paper a model has."""
        return self.traces.get((paper.slug, f"{planner.slug}/{model.slug}"), 0)


def coverage(corpus: Corpus) -> list[TaskCoverage]:
    """Return the coverage of each task that there are traces of; papers, planners and models in the corpus' order."""
    found = []
    for task in Task:
        papers = tuple(paper for paper in corpus.papers if _has(paper.traces, task))
        models = ((planner, model) for planner in corpus.planners for model in planner.models)
        counted = Counter(
            (paper.slug, trace.id.rpartition("/")[0])
            for paper in papers
            for trace in paper.traces
            if trace.task is task
        )
        if papers:
            having = tuple((planner, model) for planner, model in models if _has(model.traces, task))
            found.append(TaskCoverage(task, having, papers, counted))
    return found


def _has(traces: tuple[Trace, ...], task: Task) -> bool:
    return any(trace.task is task for trace in traces)
