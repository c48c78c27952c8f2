"""Kinds of ablated parts: the words and short phrases that name what studies of several papers ablate.

"Loss function" and "Contrastive loss functions" are both of the kind "loss function", and of the kind "loss". A kind
lists the spellings it covers, so nothing is merged silently.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from generator.metrics.tallies import Tally
from generator.text.stop_words import STOP_WORDS
from generator.text.words import GENERIC, key, phrases, tokens, usual_spelling, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.model import Corpus, Paper, Study, Task, Trace

# Fewer papers than this share a way of speaking rather than a kind of part; where there are few papers, two must do.
_PAPERS, _FEW = 3, 20
_WORDS = 3
# A list to read; what is rarer than its end has its place in search.
_KINDS = 300
# Words joined by hyphens are one, so that "multi-head attention" is no "head attention".
_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*|[^\w\s]")
# What any part may be called. As the last words of a phrase they do well: "loss function".
_BARE = GENERIC | words(" ".join(STOP_WORDS.part_type))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of part and the studies that ablate one; counts of studies stand the largest first.

    `spellings` are the phrase as studies write it, in lower case; `models` pairs of planner and model.
    """

    name: str
    papers: int
    studies: int
    spellings: tuple[tuple[str, int], ...]
    tasks: tuple[tuple[Task, int], ...]
    models: tuple[tuple[tuple[str, str], int], ...]


@dataclass(slots=True)
class _Found:
    """What is known of a phrase; `ends` holds the papers where it ends a name, `longer` counts phrases around it."""

    tally: Tally = field(default_factory=Tally)
    papers: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    written: Counter[str] = field(default_factory=Counter)
    longer: Counter[str] = field(default_factory=Counter)


def kinds(corpus: Corpus) -> tuple[Kind, ...]:
    """The kinds of parts that three papers or more ablate, those of the most papers first, at most 300."""
    least = _PAPERS if len(corpus.papers) >= _FEW else 2
    named = [(paper, trace, _named(study.ablated_part)) for paper, trace, study in _studies(corpus)]
    common = _common(named, least)
    found: defaultdict[str, _Found] = defaultdict(_Found)
    for paper, trace, every_phrase in named:
        said = {phrase: how for phrase, how in every_phrase.items() if phrase in common}
        for phrase, (spelled, is_end) in said.items():
            one, written = found[phrase], _written(spelled)
            one.tally.add(trace)
            one.tally.spellings[written.lower()] += 1
            one.written[written] += 1
            one.papers.add(paper.slug)
            if is_end:
                one.ends.add(paper.slug)
            for other in said:
                if other != phrase and f" {phrase} " in f" {other} ":
                    one.longer[other] += 1
    kept = {phrase: one for phrase, one in found.items() if _is_kind(phrase, one, least)}
    ranked = sorted(
        (phrase for phrase, one in kept.items() if not _always_longer(one, kept)),
        key=lambda phrase: (-len(kept[phrase].papers), -kept[phrase].tally.studies, phrase),
    )
    return tuple(
        Kind(_name(kept[phrase].written), len(kept[phrase].papers), **kept[phrase].tally.counts())
        for phrase in ranked[:_KINDS]
    )


def _studies(corpus: Corpus) -> Iterator[tuple[Paper, Trace, Study]]:
    return ((paper, trace, study) for paper in corpus.papers for trace in paper.traces for study in trace.studies)


def _common(named: Iterable[tuple[Paper, Trace, Iterable[str]]], least: int) -> set[str]:
    """The phrases in studies of so many papers: a few of all that are ever written, so only they are looked into."""
    counted: Counter[str] = Counter()
    for _, group in groupby(named, key=lambda one: one[0].slug):
        counted.update({phrase for _, _, phrases in group for phrase in phrases})
    return {phrase for phrase, number in counted.items() if number >= least}


def _is_kind(phrase: str, found: _Found, least: int) -> bool:
    """Whether a phrase names a kind; one that hardly ever ends a name is but the beginning of others."""
    return len(found.papers) >= least and len(found.ends) >= least - 1 and phrase.replace(" ", "") not in _BARE


def _always_longer(found: _Found, kinds: Mapping[str, _Found]) -> bool:
    return any(other in kinds and number == found.tally.studies for other, number in found.longer.items())


def _named(part: str) -> dict[str, tuple[Sequence[str], bool]]:
    """The phrases in the name of a part, each by its key: its tokens, and whether it ends the name."""
    found: dict[str, tuple[Sequence[str], bool]] = {}
    for run in _runs(next(iter(phrases(part)), "")):
        written = [token for _, token in run]
        for start, end in _spans(run):
            phrase = " ".join([word or "of" for word, _ in run[start:end]])
            is_end = end == len(run) or (phrase in found and found[phrase][1])
            found[phrase] = written[start:end], is_end
    return found


def _spans(run: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """Where phrases begin and end that have up to so many telling words, one at either end."""
    for start in range(len(run)):
        telling = 0 if run[start][0] else _WORDS
        for end, (word, _) in enumerate(run[start : start + 2 * _WORDS - 1], start + 1):
            telling += bool(word)
            if telling > _WORDS:
                break
            if word:
                yield start, end


def _runs(name: str) -> Iterator[list[tuple[str, str]]]:
    """The telling words that stand side by side, as key and token; "of" joins, and has an empty key."""
    run: list[tuple[str, str]] = []
    for token in _WORD.findall(name):
        keys = [key(part) for part in tokens(token)]
        if keys and all(keys):
            run.append((" ".join(keys), token))
        elif run and run[-1][0] and token.lower() == "of":
            run.append(("", token))
        else:
            yield _trimmed(run)
            run = []
    yield _trimmed(run)


def _trimmed(run: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return run[:-1] if run and not run[-1][0] else run


def _written(tokens: Sequence[str]) -> str:
    """Without the capital of a field's beginning; "GAN" keeps its own."""
    first, *rest = tokens
    return " ".join((first.lower() if first[1:].islower() else first, *rest))


def _name(written: Counter[str]) -> str:
    name = usual_spelling(written)
    return name[0].upper() + name[1:] if len(name) > 1 else name
