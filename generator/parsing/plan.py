"""Read the studies of a plan: a third-level heading each, then labelled fields.

    ### <name>
    - **Ablated Part**: <text>
    - **Action**: ADD | REMOVE | REPLACE
    - **Replacement**:
      - <text>
    - **Metrics**: <text>, <text>

Fields are text and are kept verbatim.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from generator.model import Action, Study
from generator.parsing.quoting import quoted
from generator.problems import Level, Location, Problem, errors
from generator.slugs import anchor

if TYPE_CHECKING:
    from collections.abc import Iterable

_PART, _ACTION, _REPLACEMENT, _METRICS = "Ablated Part", "Action", "Replacement", "Metrics"
_LABELS = (_PART, _ACTION, _REPLACEMENT, _METRICS)
_NAME = re.compile(r"^###(?!#)[ \t]*(.*)$")
_FIELD = re.compile(r"^[-*+] \*\*([^*]+?):?\*\*:?[ \t]*(.*)$")
_ITEM = re.compile(r"^[ \t]+[-*+](?![^ \t])(.*)$")
_PAIRS = {")": "(", "]": "[", "}": "{"}


@dataclass
class _Draft:
    """A study while its lines are read: per label the line it stands on and its values."""

    name: str
    line: int
    fields: dict[str, tuple[int, list[str]]] = field(default_factory=dict)


def split_metrics(line: str) -> tuple[str, ...]:
    """The metrics of one comma-joined line; a comma between matching brackets separates nothing."""
    opened: list[tuple[str, int]] = []
    protected = [0] * (len(line) + 1)
    for at, ch in enumerate(line):
        if ch in "([{":
            opened.append((ch, at))
        elif ch in _PAIRS and opened and opened[-1][0] == _PAIRS[ch]:
            protected[opened.pop()[1]] += 1
            protected[at] -= 1
    pieces, depth, start = [], 0, 0
    for at, ch in enumerate(line):
        depth += protected[at]
        if ch == "," and not depth:
            pieces.append(line[start:at])
            start = at + 1
    pieces.append(line[start:])
    return tuple(piece.strip() for piece in pieces if piece.strip())


def parse_plan(start: Location, plan: str) -> tuple[tuple[Study, ...], list[Problem]]:
    """The studies of a plan whose first line stands at `start`; no studies when any of them has an error."""
    drafts, problems = _read_lines(start, plan)
    if not drafts:
        remedy = "add a study: '### Name', then its Ablated Part, Action, Replacement and Metrics"
        problems.append(Problem(start, "a plan without studies; expected at least one", remedy))
    for draft in drafts:
        problems.extend(_check(start.path, draft))
    if errors(problems):
        return (), problems
    return tuple(_number_twins(_study(draft) for draft in drafts)), problems


def _read_lines(start: Location, plan: str) -> tuple[list[_Draft], list[Problem]]:
    drafts: list[_Draft] = []
    problems: list[Problem] = []
    label = ""
    for number, line in enumerate(plan.split("\n"), start.line):
        where = Location(start.path, number)
        if not line.strip():
            continue
        if heading := _NAME.match(line):
            drafts.append(_Draft(heading[1].strip(), number))
            label = ""
        elif not drafts:
            remedy = "start the plan with a study's heading, '### Name'"
            problems.append(Problem(where, f"text before the first study: {quoted(line)}", remedy))
        elif match := _FIELD.match(line):
            label, found = _open_field(where, drafts[-1], match[1].strip(), match[2].strip())
            problems.extend(found)
        elif label == _REPLACEMENT and (item := _ITEM.match(line)):
            drafts[-1].fields[label][1].append(item[1].strip())
        else:
            problems.append(_continue_field(where, drafts[-1], label, line.strip()))
    return drafts, problems


def _open_field(where: Location, draft: _Draft, label: str, value: str) -> tuple[str, list[Problem]]:
    """The label that the next lines belong to. A misspelt one is taken as meant: one mistake, one problem."""
    problems = []
    if label not in _LABELS:
        close = get_close_matches(label, _LABELS, n=1)
        remedy = f"did you mean '{close[0]}'?" if close else f"use one of {', '.join(_LABELS)}"
        problems.append(Problem(where, f"unknown label {quoted(label)}", remedy))
        label = close[0] if close else label
    elif label in draft.fields:
        found = f"'{label}' stands twice in a study (first in line {draft.fields[label][0]})"
        problems.append(Problem(where, found, "keep one of the two"))
    draft.fields.setdefault(label, (where.line, [value] if value else []))
    return label, problems


def _continue_field(where: Location, draft: _Draft, label: str, text: str) -> Problem:
    """A line that is no field carries on the last value; without one it has no place to be kept."""
    values = draft.fields.get(label, (0, []))[1]
    if not values:
        return Problem(where, f"text outside the fields: {quoted(text)}", f"move it under one of {', '.join(_LABELS)}")
    values[-1] = f"{values[-1]}\n{text}"
    remedy = "join the two lines if they belong together"
    return Problem(where, f"a line that carries on '{label}': {quoted(text)}", remedy, Level.WARNING)


def _check(path: str, draft: _Draft) -> list[Problem]:
    study = Location(path, draft.line)
    problems = []
    if not draft.name:
        problems.append(Problem(study, "a study without a name", "write its name after '### '"))
    for label in (_PART, _ACTION, _METRICS):
        if label not in draft.fields:
            remedy = f"add '- **{label}**: …'"
            problems.append(Problem(study, f"study {quoted(draft.name)} has no '{label}'", remedy))
        elif not draft.fields[label][1]:
            where = Location(path, draft.fields[label][0])
            problems.append(Problem(where, f"'{label}' is empty", "write its value after the colon"))
    return problems + _check_action(path, draft) + _check_metrics(path, draft)


def _check_action(path: str, draft: _Draft) -> list[Problem]:
    line, values = draft.fields.get(_ACTION, (0, []))
    if not values:
        return []
    where, found = Location(path, line), values[0]
    if found not in Action.__members__:
        close = get_close_matches(found.upper(), list(Action), n=1, cutoff=0.5)
        hint = f"did you mean {close[0]}?" if close else "write one of the three"
        return [Problem(where, f"unknown action {quoted(found)}; expected ADD, REMOVE or REPLACE", hint)]
    line, items = draft.fields.get(_REPLACEMENT, (line, []))
    where = Location(path, line)
    problems = []
    if found == Action.REPLACE and not any(items):
        remedy = f"add '  - …' lines under '- **{_REPLACEMENT}**:'"
        problems.append(Problem(where, "REPLACE without a replacement", remedy))
    elif not all(items):
        remedy = "write the replacement after its dash, or delete the line"
        problems.append(Problem(where, "an empty replacement", remedy))
    elif found == Action.ADD and not items:
        remedy = "list what is added under '- **Replacement**:' if the planner said so"
        problems.append(Problem(where, "ADD without a replacement", remedy, Level.WARNING))
    elif found == Action.REMOVE and items:
        remedy = "a removed part has none; is the action REPLACE?"
        problems.append(Problem(where, "REMOVE with a replacement", remedy, Level.WARNING))
    return problems


def _check_metrics(path: str, draft: _Draft) -> list[Problem]:
    line, values = draft.fields.get(_METRICS, (0, []))
    where, text = Location(path, line), " ".join(values)
    if values and not split_metrics(text):
        return [Problem(where, f"'Metrics' names none: {quoted(text)}", "write the metrics, separated by commas")]
    if any(text.count(closing) != text.count(opening) for closing, opening in _PAIRS.items()):
        message = f"unbalanced bracket in the metrics {quoted(text)}"
        return [Problem(where, message, "close it, so that the metrics can be told apart", Level.WARNING)]
    return []


def _study(draft: _Draft) -> Study:
    def value(label: str) -> list[str]:
        return draft.fields.get(label, (0, []))[1]

    part, action, items = value(_PART)[0], Action(value(_ACTION)[0]), tuple(value(_REPLACEMENT))
    metrics = split_metrics(value(_METRICS)[0])
    return Study(draft.name, part, action, items, metrics, anchor(part, (part, action, *items)), draft.line)


def _number_twins(studies: Iterable[Study]) -> Iterable[Study]:
    """Studies alike in part, action and replacements are told apart by their order, the rest keep their anchors."""
    seen: Counter[str] = Counter()
    for study in studies:
        seen[study.anchor] += 1
        twin = f"{study.anchor}-{seen[study.anchor]}" if seen[study.anchor] > 1 else study.anchor
        yield replace(study, anchor=twin)
