"""Checks of records in whichever form a seed has them: studies that contradict themselves, anchors, lengths.

Limits are far above any real seed, and low enough for builders and browsers to show what keeps to them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from generator.diagnostics import Code, Diagnostic, Location
from generator.model import Action, Study, Trace
from generator.text.slugs import anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.model import Record

# Of a thousand real traces the longest reasoning has 3,930 characters, the longest other text 338, the longest list 17.
_REASONING = 200_000
_TEXT = 20_000
_ITEMS = 1_000
# An addition may list a whole corpus.
_OF_ANY_LENGTH = "traces"


def assign_anchors(studies: Iterable[Study]) -> tuple[Study, ...]:
    """A plan's studies with their anchors, made of part, action and replacements.

    Studies alike in these are told apart by their order, the rest keep their anchors.
    """
    seen: Counter[str] = Counter()
    found = []
    for study in studies:
        own = anchor(study.ablated_part, (study.ablated_part, study.action, *study.replacements))
        seen[own] += 1
        found.append(replace(study, anchor=f"{own}-{seen[own]}" if seen[own] > 1 else own))
    return tuple(found)


def check_replacements(action: str, items: Sequence[str], where: Location, writing: str) -> list[Diagnostic]:
    """Check that an action and its replacements go together; `writing` says how they are written."""
    if action == Action.REPLACE and not any(items):
        return [Diagnostic(Code.REPLACE_WITHOUT_REPLACEMENT, where, "REPLACE without a replacement", f"add {writing}")]
    if action == Action.ADD and not items:
        hint = f"list what is added, as {writing}, if the planner said so"
        return [Diagnostic(Code.ADD_WITHOUT_REPLACEMENT, where, "ADD without a replacement", hint)]
    if action == Action.REMOVE and items:
        hint = "a removed part has none; is the action REPLACE?"
        return [Diagnostic(Code.REMOVE_WITH_REPLACEMENT, where, "REMOVE with a replacement", hint)]
    return []


def check_lengths(record: Record) -> list[Diagnostic]:
    """A problem for each text or list of a record that is too long; the texts of a list count together."""
    return list(_within(record, Location(record.seed)))


def _within(value: object, where: Location) -> Iterator[Diagnostic]:
    if isinstance(value, (Trace, Study)):
        where = replace(where, line=value.line)
    for name in _fields(type(value)):  # type: ignore[arg-type] # mypy takes the hash of its objects for its own
        held = getattr(value, name)
        if isinstance(held, str):
            yield from _beyond(_REASONING if name == "reasoning" else _TEXT, len(held), "characters", name, where)
        elif isinstance(held, tuple) and name != _OF_ANY_LENGTH:
            yield from _in_list(held, name, where)
        elif is_dataclass(held):
            yield from _within(held, where)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass. What is not compared says where things stand, not what they are."""
    return tuple(field.name for field in fields(kind) if field.compare)


def _in_list(items: Sequence[object], name: str, where: Location) -> Iterator[Diagnostic]:
    yield from _beyond(_ITEMS, len(items), "items", name, where)
    yield from _beyond(_TEXT, sum(len(item) for item in items if isinstance(item, str)), "characters", name, where)
    for item in items:
        if is_dataclass(item):
            yield from _within(item, where)


def _beyond(limit: int, length: int, unit: str, name: str, where: Location) -> Iterator[Diagnostic]:
    if length > limit:
        found = f"{name.replace('_', ' ')!r} holds {length:,} {unit}, more than {limit:,}"
        yield Diagnostic(Code.TOO_LONG, where, found, "shorten it, or split the seed")
