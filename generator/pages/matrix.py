"""The agreement matrix of a paper's plans for one task: which plan would do what to which part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from generator.addresses import paper_path, trace_path
from generator.messages import Text, _
from generator.model import Action, Corpus, Paper, Study, Task, Trace
from generator.pages.judged import StudyVerdict, study_verdict
from generator.pages.page import Link, run_name, run_names, shared_part, study_link, trace_link, trace_links
from generator.pages.trace import study_view
from generator.text.passages import Sentence, best_sentence, sentences, text_fragment
from generator.text.tokens import content_words, head_and_rest

# Of more plans than a screen has columns for, the columns are the actions, and cells name the plans.
_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class Cell:
    """A study as the matrix shows it: its name leads to it, `passage` to the sentence of the reasoning behind it.

    `run` is the plan as its column is called.
    """

    run: Text
    study: Study
    page: Link
    passage: Link | None
    verdict: StudyVerdict | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part, the gold ablations that studies of it match, and those studies, one of a plan at most, by its number."""

    part: str
    gold: Sequence[Link]
    cells: Mapping[int, Cell]

    def of_action(self, action: Action) -> list[Link]:
        """Link the studies that do one thing to the part, by their plans."""
        return [replace(cell.page, text=cell.run) for cell in self.cells.values() if cell.study.action is action]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The plans for one task, and rows of the parts that they ablate: those of most plans first.

    `planners` are the planners, each with its number of plans, which stand beside each other. If `is_crowded`, a column
    stands for an action.
    """

    planners: Sequence[tuple[Link, int]]
    plans: Sequence[Link]
    rows: Sequence[PartRow]
    is_crowded: bool


def matrix(corpus: Corpus, paper: Paper, task: Task) -> Matrix:
    """Put the plans of a paper for one task beside each other, by planner; similar proposals share a row."""
    traces = [trace for trace in paper.traces if trace.task is task]
    cells = {
        (trace.id, number): (column, cell)
        for column, (trace, run) in enumerate(zip(traces, run_names(traces), strict=True))
        for number, cell in enumerate(_cells(corpus, paper, trace, run), 1)
    }
    shared = [[(one.trace.id, one.number) for one in group.proposals] for group in paper.groups[task]]
    grouped = {place for places in shared for place in places}
    rows = shared + [[place] for place in cells if place not in grouped]
    return Matrix(
        planners=[(link, len([*of])) for link, of in groupby(traces, lambda trace: trace_links(trace)[0])],
        plans=[trace_link(trace, run_name(trace)) for trace in traces],
        rows=[_row(paper, dict(cells[place] for place in row)) for row in rows],
        is_crowded=len(traces) > _COLUMNS,
    )


def _row(paper: Paper, cells: Mapping[int, Cell]) -> PartRow:
    part = shared_part(cell.study for cell in cells.values())
    gold = [link for cell in cells.values() if cell.verdict for link in cell.verdict.gold]
    return PartRow(part, [replace(link, path=paper_path(paper.slug)) for link in dict.fromkeys(gold)], cells)


def _cells(corpus: Corpus, paper: Paper, trace: Trace, run: Text) -> Iterator[Cell]:
    reasoning = sentences(trace.reasoning)
    for study in trace.studies:
        yield Cell(
            run,
            study,
            study_link(trace, study, study_view(0, study).heading),
            _passage(trace, study, reasoning),
            study_verdict(corpus, paper, trace, study),
        )


def _passage(trace: Trace, study: Study, reasoning: Sequence[Sentence]) -> Link | None:
    """Link the sentence of a reasoning that tells most of a study's part, if any does."""
    head, rest = head_and_rest(study.ablated_part)
    further = rest | content_words(" ".join((study.name, *study.replacements)))
    fragment = text_fragment(best_sentence(reasoning, head, further))
    return Link(_("reasoning"), trace_path(trace.id), fragment) if fragment else None
