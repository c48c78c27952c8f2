"""Invented corpora of any size, with the lengths and shapes of the published one; the same bytes each time.

All figures here were counted over 966 published traces of 275 papers: quantiles of lengths (in characters; at 0, 5, 10,
25, 50, 75, 90, 95, 99 and 100 %), and shares or counts of everything else. The words are nobody's.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeVar

from coining import Words, drawn
from examples import raw_trace

from generator.model import Action, Study, Task, Trace

_Kind = TypeVar("_Kind")

_MODELS = ("gpt-4o", "llama-3.1-405b-instruct", "claude-3.5-sonnet", "gemini-2.5-flash", "o3-mini")
_AUTHORS = 34 / 275  # of all papers; each has five traces
# How many papers of the reviewer's task have so many traces.
_TRACES = {1: 68, 2: 44, 4: 4, 5: 125}
_STUDIES = {Task.AUTHOR: {3: 2, 4: 27, 5: 140}, Task.REVIEWER: {1: 2, 2: 780, 3: 11, 4: 4}}
_ACTIONS = {Action.REPLACE: 1722, Action.REMOVE: 658, Action.ADD: 45}
_REPLACEMENTS = {1: 234, 2: 613, 3: 583, 4: 198, 5: 79, 6: 12, 8: 2}
_METRICS = {1: 196, 2: 850, 3: 820, 4: 323, 5: 113, 6: 40, 7: 24, 8: 27, 9: 19, 10: 7}

_TITLE = {
    Task.AUTHOR: (3, 3, 4, 7, 35, 56, 85, 86, 96, 96),
    Task.REVIEWER: (22, 43, 51, 64, 75, 83, 98, 109, 120, 133),
}
_REASONING = (673, 1036, 1125, 1311, 1633, 1998, 2833, 3127, 3586, 3930)
_BLOCKS = (1, 1, 1, 4, 5, 6, 7, 8, 9, 12)
_NAME = (10, 11, 19, 25, 31, 37, 43, 47, 58, 79)
_PART = (3, 16, 19, 28, 43, 67, 95, 113, 152, 338)
_REPLACEMENT = (1, 1, 2, 4, 15, 24, 35, 45, 75, 222)
_METRIC = (1, 3, 3, 4, 9, 16, 23, 28, 39, 85)

# Shares of the traces: with a list among the blocks, of them with numbers, and with its items' first words bold.
_LISTED, _NUMBERED, _BOLD = 0.8, 0.86, 0.5
# Shares of the traces with such marks around words, each about four times.
_MARKS = {
    "*{}*": 0.105,
    "`{}`": 0.025,
    "${}_i$": 0.031,
    "{}<sub>2</sub>": 0.016,
    "<CLS> {}": 0.017,
    "λ {}": 0.183,
    "“{}”": 0.2,
}
_QUOTED = 0.57  # of the traces tell the paper's title
_UNNAMED = 0.22  # of the studies are called "Ablation Study 1"
_SHARED = 0.9  # of the studies ablate what other plans for the paper do, in other words
_MASKED = 0.1  # of the papers have a part that readers search for
# Words of a paper's own, and their share in texts and in fields; metrics of its own, and their share.
_OWN_WORDS, _OWN_IN_TEXT, _OWN_IN_FIELDS = 5, 0.03, 0.25
_OWN_METRICS, _OWN_OF_METRICS = 5, 0.5
_COMMON_METRICS = 300


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper, the words and metrics that only its traces use, and the parts that one may ablate."""

    title: str
    task: Task
    words: Sequence[str]
    metrics: Sequence[str]
    parts: Sequence[str]


def write_corpus(folder: Path, size: int) -> None:
    """Write `size` traces below `folder`, a file each."""
    _write(folder, islice(_Inventor().traces(), size))


def write_one_paper(folder: Path, size: int) -> None:
    """Write `size` traces of one paper, by planners of fifty models each."""
    _write(folder, _Inventor().traces_of_a_paper(size))


def write_one_planner(folder: Path, size: int) -> None:
    """Write two traces of different papers for each of `size` models of one planner."""
    traces = islice(_Inventor().traces(), 2 * size)
    _write(folder, (replace(trace, model=f"model-{number % size}") for number, trace in enumerate(traces)))


def write_planners(folder: Path, size: int) -> None:
    """Write a hundred traces for each of `size` planners, all of the same papers."""
    traces = list(islice(_Inventor().traces(), 100))
    _write(folder, (replace(trace, planner=f"planner-{number}") for number in range(size) for trace in traces))


def write_one_summary(folder: Path, size: int) -> None:
    """Write one trace, and the summary of its paper with `size` sections of a kilobyte each."""
    inventor = _Inventor()
    (trace,) = inventor.traces_of_a_paper(1)
    _write(folder, [trace])
    (folder / "summary.md").write_text(inventor.summary(trace.name, size), encoding="utf-8")


def write_one_trace(folder: Path, size: int) -> None:
    """Write one trace with `size` studies."""
    _write(folder, [_Inventor().trace_of_many(size)])


def _write(folder: Path, traces: Iterable[Trace]) -> None:
    for number, trace in enumerate(traces):
        path = folder / trace.planner / trace.model / f"{number:06}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(raw_trace(trace), encoding="utf-8")


class _Inventor:
    def __init__(self) -> None:
        self._dice = Random(7)  # noqa: S311 -- nothing here is secret
        self._words = Words(self._dice)
        self._metrics = [self._metric() for _ in range(_COMMON_METRICS)]

    def traces(self) -> Iterator[Trace]:
        """Traces without end; a larger corpus begins with the smaller ones."""
        while True:
            by_author = self._dice.random() < _AUTHORS
            paper = self._paper(Task.AUTHOR if by_author else Task.REVIEWER)
            for model in _MODELS[: 5 if by_author else self._one_of(_TRACES)]:
                yield self._trace(paper, "lm-planner", model)

    def traces_of_a_paper(self, size: int) -> Iterator[Trace]:
        """So many traces of one paper."""
        paper = self._paper(Task.REVIEWER)
        for number in range(size):
            yield self._trace(paper, f"planner-{number // 50}", f"model-{number % 50}")

    def trace_of_many(self, studies: int) -> Trace:
        """One trace with so many studies, each of a part of its own."""
        paper = self._paper(Task.REVIEWER)
        parts = (self._words.some(30, paper.words, 0.1) for _ in range(studies))
        plan = tuple(self._study(paper, number, part) for number, part in enumerate(parts, 1))
        return replace(self._trace(paper, "lm-planner", _MODELS[0]), studies=plan)

    def summary(self, title: str, sections: int) -> str:
        """A summary of a paper with so many sections."""
        texts = (f"## Part {number}\n\n{self._words.some(1_000)}\n" for number in range(sections))
        return f'---\ntitle: "{title}"\n---\n\n## Summary\n\nMoss.\n\n' + "\n".join(texts)

    def _trace(self, paper: _Paper, planner: str, model: str) -> Trace:
        name = re.sub(r"\W", "_", paper.title)
        return Trace("", planner, model, name, paper.task, self._reasoning(paper), self._plan(paper))

    def _paper(self, task: Task) -> _Paper:
        own = [self._words.coined() + self._words.coined() for _ in range(_OWN_WORDS)]
        length = drawn(self._dice, _TITLE[task]) - len(own[0])
        title = self._words.some(length, own, _OWN_IN_FIELDS).title()
        metrics = [self._metric() for _ in range(_OWN_METRICS)]
        parts = [self._words.some(30, own, 0.1) for _ in range(max(_STUDIES[task]))]
        if self._chance(_MASKED):
            parts[0] = "masking ratio"
        # Titles are told apart by a word of their own, as they are in life.
        return _Paper(f"{own[0].title()}: {title}" if task is Task.REVIEWER else own[0], task, own, metrics, parts)

    def _reasoning(self, paper: _Paper) -> str:
        number = round(drawn(self._dice, _BLOCKS))
        shares = [self._dice.uniform(0.5, 1.5) for _ in range(number)]
        quoted = f'The paper "{paper.title}": ' if self._chance(_QUOTED) else ""
        length = drawn(self._dice, _REASONING) - len(quoted)
        blocks = [self._words.prose(length * share / sum(shares), paper.words, _OWN_IN_TEXT) for share in shares]
        blocks[0] = quoted + blocks[0]
        if number > 2 and self._chance(_LISTED):
            blocks[1:-1] = self._listed(blocks[1:-1])
        return self._marked("\n\n".join(blocks))

    def _listed(self, blocks: Sequence[str]) -> list[str]:
        numbered, bold = self._chance(_NUMBERED), self._chance(_BOLD)
        items = []
        for number, block in enumerate(blocks, 1):
            first, _, rest = block.partition(" ")
            items.append(f"{f'{number}.' if numbered else '-'} {f'**{first}**' if bold else first}: {rest}")
        return items

    def _marked(self, text: str) -> str:
        words = text.split(" ")
        plain = [at for at, word in enumerate(words) if word.isalpha()]
        for mark, share in _MARKS.items():
            if self._chance(share):
                for at in self._dice.sample(plain, 4):
                    words[at] = mark.format(words[at]) if words[at].isalpha() else words[at]
        return " ".join(words)

    def _plan(self, paper: _Paper) -> tuple[Study, ...]:
        parts = self._dice.sample(paper.parts, self._one_of(_STUDIES[paper.task]))
        return tuple(self._study(paper, number, part) for number, part in enumerate(parts, 1))

    def _study(self, paper: _Paper, number: int, part: str) -> Study:
        action = self._one_of(_ACTIONS)
        replacements = self._one_of(_REPLACEMENTS) if action is not Action.REMOVE else 0
        metrics = self._dice.choices(paper.metrics, k=self._one_of(_METRICS))
        unnamed = self._chance(_UNNAMED)
        name, ablated = self._field(paper, part, _NAME), self._field(paper, part, _PART)
        return Study(
            name=f"Ablation Study {number}" if unnamed else name.title(),
            ablated_part=ablated,
            action=action,
            replacements=tuple(self._replacement(paper) for _ in range(replacements)),
            metrics=tuple(
                dict.fromkeys(one if self._chance(_OWN_OF_METRICS) else self._common_metric() for one in metrics)
            ),
            anchor="",
            line=0,
        )

    def _field(self, paper: _Paper, part: str, quantiles: Sequence[float]) -> str:
        """A text of that length, mostly about the part."""
        length = drawn(self._dice, quantiles)
        said = part if self._chance(_SHARED) and length > len(part) else ""
        return f"{said} {self._words.some(length - len(said), paper.words, _OWN_IN_FIELDS)}".lstrip()

    def _replacement(self, paper: _Paper) -> str:
        """Short ones are numbers."""
        length = drawn(self._dice, _REPLACEMENT)
        short = str(self._dice.randrange(10 ** max(1, int(length))))
        return short if length < 5 else self._words.some(length, paper.words, _OWN_IN_FIELDS)

    def _metric(self) -> str:
        """Short ones are abbreviations."""
        length = drawn(self._dice, _METRIC)
        return self._words.coined().upper() if length < 5 else self._words.some(length)

    def _common_metric(self) -> str:
        """Nearly every tenth metric of a study is one of the first ten."""
        return self._metrics[int(_COMMON_METRICS ** self._dice.random()) - 1]

    def _one_of(self, counts: Mapping[_Kind, int]) -> _Kind:
        return self._dice.choices(list(counts), list(counts.values()))[0]

    def _chance(self, share: float) -> bool:
        return self._dice.random() < share
