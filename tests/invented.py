"""Invented corpora of any size, with the lengths and shapes of the published one; the same bytes each time.

Of 966 published traces: 275 papers, most with five traces and others with one or two; a reasoning of 1,100 to 2,800
characters in one to seven paragraphs; two studies, or five in one plan of six; two to four metrics, up to four
replacements. Half of all words are the hundred commonest, and each paper adds some of its own.
"""

from __future__ import annotations

from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from examples import raw_trace

from generator.model import Action, Study, Task, Trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_MODELS = ("gpt-4o", "llama-3.1-405b-instruct", "claude-3.5-sonnet", "gemini-2.5-flash", "o3-mini")
_TRACES_PER_PAPER = (1, 1, 2, 2, 5, 5, 5, 5, 5, 5)
_PARAGRAPHS = (1, 3, 4, 5, 5, 5, 6, 6, 7)
_STUDIES = (2, 2, 2, 2, 2, 5)
_METRICS = (2, 2, 2, 3, 3, 4)
_REPLACEMENTS = (1, 1, 2, 2, 3, 4)
_ACTIONS = (Action.REPLACE,) * 7 + (Action.REMOVE,) * 3
_ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gl",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "z",
)
_SYLLABLES = [onset + vowel for onset in _ONSETS for vowel in "aeiou"]


class _Words:
    """A vocabulary in which the n-th commonest word is about 1/n as common as the first."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._words = list(dict.fromkeys(self.coined() for _ in range(6000)))
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))

    def coined(self) -> str:
        return "".join(self._dice.choices(_SYLLABLES, k=self._dice.choice((1, 2, 2, 3, 3, 4))))

    def some(self, least: int, most: int, own: Sequence[str] = ()) -> str:
        """So many words of the vocabulary, one in eight of them from `own`."""
        words = self._dice.choices(self._words, cum_weights=self._weights, k=self._dice.randint(least, most))
        return " ".join(self._dice.choice(own) if own and self._dice.random() < 1 / 8 else word for word in words)


def write_corpus(folder: Path, size: int) -> None:
    """Write `size` traces below `folder`, a file each."""
    for number, trace in zip(range(size), _traces(), strict=False):
        path = folder / trace.planner / trace.model / f"{number:06}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(raw_trace(trace), encoding="utf-8")


def _traces() -> Iterator[Trace]:
    """Traces without end; a larger corpus begins with the smaller ones."""
    dice = Random(7)  # noqa: S311 -- nothing here is secret
    words = _Words(dice)
    metrics = [words.some(1, 2) for _ in range(800)]
    while True:
        own = [words.coined() + words.coined() for _ in range(6)]
        title = f"{own[0].title()}: {words.some(5, 11, own).title()}"
        task = dice.choices((Task.REVIEWER, Task.AUTHOR), (5, 1))[0]
        for model in _MODELS[: dice.choice(_TRACES_PER_PAPER)]:
            plan = tuple(_study(dice, words, metrics, own) for _ in range(dice.choice(_STUDIES)))
            name = title.replace(": ", "__").replace(" ", "_")
            yield Trace("", "lm-planner", model, name, task, _reasoning(dice, words, title, own), plan)


def _reasoning(dice: Random, words: _Words, title: str, own: Sequence[str]) -> str:
    paragraphs = [_paragraph(dice, words, own) for _ in range(dice.choice(_PARAGRAPHS))]
    if dice.random() < 1 / 2:
        paragraphs.append(
            "\n".join(f"{number}. **{words.some(2, 4, own)}**: {words.some(8, 20)}" for number in range(1, 6))
        )
    return "\n\n".join((f'The paper "{title}" {words.some(20, 40, own)}.', *paragraphs))


def _paragraph(dice: Random, words: _Words, own: Sequence[str]) -> str:
    return " ".join(f"{words.some(10, 25, own).capitalize()}." for _ in range(dice.randint(1, 4)))


def _study(dice: Random, words: _Words, metrics: Sequence[str], own: Sequence[str]) -> Study:
    action = dice.choice(_ACTIONS)
    replacements = [words.some(2, 5, own) for _ in range(dice.choice(_REPLACEMENTS))]
    return Study(
        name=f"Ablation of {words.some(2, 5, own)}",
        ablated_part=words.some(3, 10, own),
        action=action,
        replacements=tuple(replacements) if action is Action.REPLACE else (),
        metrics=tuple(dict.fromkeys(dice.choices(metrics, k=dice.choice(_METRICS)))),
        anchor="",
        line=0,
    )
