"""Read the studies of a plan: a third-level heading each, then labelled fields.

    ### <name>
    - **Ablated Part**: <text>
    - **Action**: ADD | REMOVE | REPLACE
    - **Replacement**:
      - <text>
    - **Metrics**: <text>, <text>

Fields are text and are kept verbatim.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise

from generator.diagnostics import Code, Diagnostic, Location, errors, truncated
from generator.loading.validation import assign_anchors, check_replacements
from generator.model import Action, Study

_PART, _ACTION, _REPLACEMENT, _METRICS = "Ablated Part", "Action", "Replacement", "Metrics"
_LABELS = (_PART, _ACTION, _REPLACEMENT, _METRICS)
_NAME = re.compile(r"^(###(?!#)|#+(?=[ \t]))[ \t]*(.*)$")
# Labels and values are parted by a colon, which may be a Chinese or Japanese one.
FIELD = re.compile(r"[-*+] \*\*([^*]+?)[:：]?\*\*[:：]?[ \t]*(.*)$")
_PLAIN_FIELD = re.compile(rf"^[ \t]*(?:[-*+][ \t]+)?\**({'|'.join(_LABELS)})\**[:：]\**[ \t]*(.*)$", re.IGNORECASE)
_ITEM = re.compile(r"^[ \t]+[-*+](?![^ \t])(.*)$")
# The comma of a number in thousands, but not of cut-offs such as `hits@1,100`.
_THOUSANDS = re.compile(r"(?<![\w@.,])\d{1,3}(?:,\d{3})+(?!,?\d)")
_PAIRS = {")": "(", "]": "[", "}": "{"}


@dataclass
class LabelledField:
    """A field while its lines are read; `place` is where a value on the label's line stands, or would stand."""

    label: Location
    place: Location
    texts: list[str] = field(default_factory=list)
    places: list[Location] = field(default_factory=list)

    def add(self, text: str, place: Location) -> None:
        """Add one text that the field gives, and where."""
        self.texts.append(text)
        self.places.append(place)


@dataclass
class StudyDraft:
    """A study while its lines are read, its fields by label."""

    name: str
    place: Location
    fields: dict[str, LabelledField] = field(default_factory=dict)


def split_metrics(line: str) -> tuple[str, ...]:
    """Return the metrics of one comma-joined line; a comma within matching brackets or a number separates nothing."""
    opened: list[tuple[str, int]] = []
    commas: list[int] = []
    numbers = {at for number in _THOUSANDS.finditer(line) for at in range(*number.span())}
    for at, ch in enumerate(line):
        if ch == "," and at not in numbers:
            commas.append(at)
        elif ch in "([{":
            opened.append((ch, at))
        elif ch in _PAIRS and opened and opened[-1][0] == _PAIRS[ch]:
            _, start = opened.pop()
            while commas and commas[-1] > start:
                commas.pop()
    pieces = (line[before + 1 : comma].strip() for before, comma in pairwise([-1, *commas, len(line)]))
    return tuple(filter(None, pieces))


def parse_plan(start: Location, plan: str) -> tuple[tuple[Study, ...], list[Diagnostic]]:
    """Return the studies of a plan whose first line stands at `start`; no studies when any of them has an error."""
    drafts, diagnostics = _read_lines(start, plan)
    if not drafts:
        diagnostics.append(no_studies(start))
    for draft in drafts:
        diagnostics.extend(_check(draft))
    if errors(diagnostics):
        return (), diagnostics
    return assign_anchors(_study(draft) for draft in drafts), diagnostics


def no_studies(where: Location) -> Diagnostic:
    """Report a plan that holds no study."""
    hint = "add a study: '### Name', then its Ablated Part, Action, Replacement and Metrics"
    return Diagnostic(Code.EMPTY_PLAN, where, "a plan without studies, expected at least one", hint)


def unknown_label(label: str, known: Iterable[str], where: Location) -> tuple[str, Diagnostic]:
    """Return the known label that is most like another one, empty if none is, and the problem of that one."""
    known = tuple(known)
    close = get_close_matches(label, known, n=1)
    hint = f"did you mean '{close[0]}'?" if close else f"use one of {', '.join(known)}"
    return (close[0] if close else ""), Diagnostic(Code.UNKNOWN_LABEL, where, f"unknown label {truncated(label)}", hint)


def doubled_field(label: str, draft: StudyDraft, where: Location, first: LabelledField) -> Diagnostic:
    """Report a label that stands in a study once more."""
    found = f"'{label}' stands twice in study {truncated(draft.name)}"
    return Diagnostic(Code.DOUBLED_FIELD, where, found, related=first.label)


def missing_field(label: str, draft: StudyDraft) -> Diagnostic:
    """Report a study without a field."""
    found = f"study {truncated(draft.name)} has no '{label}'"
    return Diagnostic(Code.MISSING_FIELD, draft.place, found, f"add a line '- **{label}**: …'")


def _read_lines(start: Location, plan: str) -> tuple[list[StudyDraft], list[Diagnostic]]:
    drafts: list[StudyDraft] = []
    diagnostics: list[Diagnostic] = []
    early: list[Diagnostic] = []
    label = ""
    for number, line in enumerate(plan.split("\n"), start.line):
        where = Location(start.path, number, len(line) - len(line.lstrip()) + 1)
        if not line.strip():
            continue
        if heading := _NAME.match(line):
            drafts.append(StudyDraft(heading[2].strip(), where.in_column(heading.start(2) + 1)))
            diagnostics.extend(_check_level(where, heading))
            label = ""
        elif not drafts:
            message = f"text before the first study: {truncated(line.strip())}"
            early.append(Diagnostic(Code.TEXT_BEFORE_STUDIES, where, message))
        elif match := FIELD.match(line):
            label, found_too = _open_field(where, drafts[-1], match)
            diagnostics.extend(found_too)
        elif label == _REPLACEMENT and (item := _ITEM.match(line)):
            place = where.in_column(item.end() - len(item[1].lstrip()) + 1)
            drafts[-1].fields[label].add(item[1].strip(), place)
        elif match := _PLAIN_FIELD.match(line):
            message = f"the label '{match[1]}' indented, or without its dash and asterisks"
            hint = f"begin the line with '- **{match[1]}**: …'"
            diagnostics.append(Diagnostic(Code.PLAIN_LABEL, where, message, hint))
            label, found_too = _open_field(where, drafts[-1], match)
            diagnostics.extend(found_too)
        else:
            diagnostics.append(_continue_field(where, drafts[-1], label, line.strip()))
    return drafts, [*early[:1], *diagnostics]


def _check_level(where: Location, heading: re.Match[str]) -> list[Diagnostic]:
    if len(heading[1]) == 3:
        return []
    found = f"a heading of level {len(heading[1])} in a plan, expected 3 as of a study's name"
    return [Diagnostic(Code.HEADING_LEVEL, where, found, f"write {truncated(f'### {heading[2].strip()}')}")]


def _open_field(where: Location, draft: StudyDraft, match: re.Match[str]) -> tuple[str, list[Diagnostic]]:
    """Return the label that the next lines belong to. A misspelt one is taken as meant: one mistake, one problem."""
    label, text = match[1].strip(), match[2].strip()
    place, value = where.in_column(match.start(1) + 1), where.in_column(match.start(2) + 1)
    diagnostics = []
    if label not in _LABELS:
        close, problem = unknown_label(label, _LABELS, place)
        diagnostics.append(problem)
        label = close or label
    elif label in draft.fields:
        diagnostics.append(doubled_field(label, draft, place, draft.fields[label]))
    if label not in draft.fields:
        draft.fields[label] = LabelledField(place, value)
        if text:
            draft.fields[label].add(text, value)
    return label, diagnostics


def _continue_field(where: Location, draft: StudyDraft, label: str, text: str) -> Diagnostic:
    """Carry on the last value with a line that is no field; without one it has no place to be kept."""
    texts = draft.fields[label].texts if label else []
    if not texts:
        hint = f"move it under one of {', '.join(_LABELS)}"
        return Diagnostic(Code.STRAY_TEXT, where, f"text outside the fields: {truncated(text)}", hint)
    texts[-1] += f"\n{text}"
    return Diagnostic(Code.CONTINUED_LINE, where, f"a line that carries on '{label}': {truncated(text)}")


def _check(draft: StudyDraft) -> list[Diagnostic]:
    diagnostics = []
    if not draft.name:
        diagnostics.append(Diagnostic(Code.UNNAMED_STUDY, draft.place, "a study without a name"))
    for label in (_PART, _ACTION, _METRICS):
        found = draft.fields.get(label)
        if found is None:
            diagnostics.append(missing_field(label, draft))
        elif not found.texts:
            diagnostics.append(Diagnostic(Code.EMPTY_FIELD, found.place, f"'{label}' is empty"))
        elif label == _ACTION:
            diagnostics += _check_action(found, draft.fields.get(_REPLACEMENT))
        elif label == _METRICS:
            diagnostics += _check_metrics(found)
    return diagnostics


def _check_action(action: LabelledField, replacement: LabelledField | None) -> list[Diagnostic]:
    found = action.texts[0]
    if found not in Action.__members__:
        close = get_close_matches(found.upper(), list(Action), n=1, cutoff=0.5)
        hint = f"did you mean {close[0]}?" if close else "write one of the three"
        message = f"unknown action {truncated(found)}, expected ADD, REMOVE or REPLACE"
        return [Diagnostic(Code.UNKNOWN_ACTION, action.place, message, hint)]
    given = replacement or LabelledField(action.place, action.place)
    empty = [place for text, place in zip(given.texts, given.places, strict=True) if not text]
    if empty and (found != Action.REPLACE or len(empty) < len(given.texts)):
        return [Diagnostic(Code.EMPTY_REPLACEMENT, place, "an empty replacement") for place in empty]
    return check_replacements(found, given.texts, given.label, f"indented '- …' lines under '- **{_REPLACEMENT}**:'")


def _check_metrics(metrics: LabelledField) -> list[Diagnostic]:
    text = " ".join(metrics.texts)
    if not split_metrics(text):
        return [Diagnostic(Code.NO_METRICS, metrics.place, f"'Metrics' names none: {truncated(text)}")]
    if any(text.count(closing) != text.count(opening) for closing, opening in _PAIRS.items()):
        message = f"unbalanced bracket in the metrics {truncated(text)}"
        return [Diagnostic(Code.UNBALANCED_BRACKET, metrics.place, message)]
    return []


def _study(draft: StudyDraft) -> Study:
    part, action, metrics = (draft.fields[label].texts[0] for label in (_PART, _ACTION, _METRICS))
    items = tuple(draft.fields[_REPLACEMENT].texts) if _REPLACEMENT in draft.fields else ()
    return Study(draft.name, part, Action(action), items, split_metrics(metrics), line=draft.place.line)
