"""Traces found in a source against those that the seeds hold: what is new, alike, changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.catalogue import Code
from generator.problems import Location, Problem
from generator.text.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.model import Study, Trace

_FIELDS = {"planner": "planner", "model": "model", "name": "paper", "task": "task", "reasoning": "reasoning"}


@dataclass(frozen=True, slots=True)
class Change:
    """A trace that the seeds hold otherwise, and in what the two differ."""

    found: Trace
    held: Trace
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every trace found, in one of three lists; `twins` say which others have the identity of one of them."""

    added: tuple[Trace, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Trace, ...]
    twins: tuple[Problem, ...]


def compare(found: Iterable[Trace], held: Iterable[Trace]) -> Comparison:
    """Compare what traces say, wherever and in whichever form they stand; one that is found twice alike is one."""
    known = {trace.id: trace for trace in held}
    first: dict[str, Trace] = {}
    added, changed, unchanged, twins = [], [], [], []
    for trace in found:
        if (twin := first.setdefault(trace.id, trace)) is not trace:
            twins += [_twin(trace, twin)] if any(_differences(twin, trace)) else []
        elif trace.id not in known:
            added.append(trace)
        elif differs := tuple(_differences(known[trace.id], trace)):
            changed.append(Change(trace, known[trace.id], differs))
        else:
            unchanged.append(trace)
    return Comparison(tuple(added), tuple(changed), tuple(unchanged), tuple(twins))


def origin(trace: Trace) -> Location:
    """Where the source says whose trace it is, or else where its plan begins."""
    return Location(trace.seed, trace.line or trace.studies[0].line)


def _twin(trace: Trace, first: Trace) -> Problem:
    found = f"a second trace of the same planner, model and paper, {trace.id}"
    return Problem(Code.SAME_TRACE, origin(trace), found, "leave one of the two out", origin(first))


def _differences(held: Trace, found: Trace) -> Iterator[str]:
    yield from (name for field, name in _FIELDS.items() if getattr(held, field) != getattr(found, field))
    if len(held.studies) != len(found.studies):
        yield f"{count(len(found.studies), 'study', 'studies')} instead of {len(held.studies)}"
    pairs = enumerate(zip(held.studies, found.studies, strict=False), 1)
    yield from (f"study {number}" for number, (one, other) in pairs if _content(one) != _content(other))


def _content(study: Study) -> tuple[object, ...]:
    return study.name, study.ablated_part, study.action, study.replacements, study.metrics
