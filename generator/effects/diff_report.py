"""A report of a difference between corpora: Markdown for GitHub, which reads as well in a terminal.

Contributed text stands in code alone: in code spans, and in fences behind a mark of our own at the start of each line.
There nothing is markup, a link or an image, nobody is mentioned, and no line is a command to the runner.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from generator.diagnostics import escape_unprintable
from generator.effects.diffing import CorpusDiff, CorpusSize, FieldChange, ItemDiff, State, StudyDiff
from generator.text.wording import pluralize

# GitHub takes a job summary of at most 1 MiB.
LIMIT = 1_000_000
_MOST_ADDRESSES = 200
_MOST_IN_CELL = 300
_MOST_IN_EDIT = 1_500
# So many characters are shown on either side of a difference.
_CONTEXT = 120
_PLURALS = {"summary": "summaries"}
_LOST = """\
## ⚠️ Addresses that vanish

Links to them will break. A paper keeps its address with `slug:` in its file below `seeds/papers/`, a trace with its
heading, a study with its ablated part, action and replacements."""
_STUDIES = "| | # | Study | Ablated part | Action | Replacements | Metrics |\n|---|--:|---|---|---|---|---|\n"


def report(diff: CorpusDiff, limit: int = LIMIT) -> str:
    """Format a difference; what does not fit into `limit` bytes of UTF-8 is counted instead of shown."""
    entries = list(_items(diff))
    if not entries:
        return "# What readers will see\n\nNo difference: no trace, study, paper or summary changes.\n"
    head = "\n\n".join(["# What readers will see", _figures(diff), *_lost(diff.removed_urls)])
    sizes = accumulate((len(text.encode()) + 2 for _, text in entries), initial=len(head.encode()))
    fitting = sum(size <= limit for size in sizes) - 1
    left = Counter(kind for kind, _ in entries[max(fitting, 0) :])
    shown = [text for _, text in entries[: max(fitting, 0)]]
    if left:
        kinds = ", ".join(pluralize(number, kind, _PLURALS.get(kind, "")) for kind, number in left.items())
        shown.append(f"**There is no room for the rest: {kinds}.**")
    return "\n\n".join([head, *shown]) + "\n"


def _items(diff: CorpusDiff) -> Iterator[tuple[str, str]]:
    for kind, entries in (("trace", diff.traces), ("paper", diff.papers), ("summary", diff.summaries)):
        for entry in entries:
            yield kind, _item(kind, entry)


def _figures(diff: CorpusDiff) -> str:
    kinds: tuple[tuple[str, Sequence[ItemDiff | StudyDiff]], ...] = (
        ("Traces", diff.traces),
        ("Studies", [study for trace in diff.traces for study in trace.studies]),
        ("Papers", diff.papers),
        ("Summaries", diff.summaries),
    )
    states = (State.ADDED, State.CHANGED, State.REMOVED)
    rows = [
        f"| {name} | {' | '.join(f'{sum(entry.state is state for entry in entries):,}' for state in states)} |"
        for name, entries in kinds
    ]
    totals = f"Before: {_size(diff.before)}. After: {_size(diff.after)}."
    return "\n".join(["| | Added | Changed | Removed |", "|---|--:|--:|--:|", *rows, "", totals])


def _size(size: CorpusSize) -> str:
    studies = pluralize(size.studies, "study", "studies")
    return f"{pluralize(size.traces, 'trace')} with {studies}, {pluralize(size.papers, 'paper')}"


def _lost(addresses: Sequence[str]) -> Iterator[str]:
    if addresses:
        more = len(addresses) - _MOST_ADDRESSES
        rest = [f"- and {more:,} more"] if more > 0 else []
        yield _LOST
        yield "\n".join([*(f"- {_code(address)}" for address in addresses[:_MOST_ADDRESSES]), *rest])


def _item(kind: str, entry: ItemDiff) -> str:
    parts = [f"## {kind.capitalize()} {entry.state}: {_code(entry.name)}", _code(entry.title)]
    if entry.studies:
        parts.append(_STUDIES + "\n".join(map(_row, entry.studies)))
    changes = [*_change_lines(entry.changes)]
    for study in entry.studies:
        if study.state is State.CHANGED:
            changes += _change_lines(study.changes, f"study {study.proposal.number}, ")
    if changes:
        parts.append("\n".join(["```diff", *changes, "```"]))
    return "\n\n".join(parts)


def _row(entry: StudyDiff) -> str:
    study = entry.proposal.study
    texts = (study.name, study.ablated_part, study.action, "; ".join(study.replacements), ", ".join(study.metrics))
    # A bar ends a cell even inside a code span, unless it is escaped.
    cells = " | ".join(_code(_cut(text, _MOST_IN_CELL)).replace("|", "\\|") for text in texts)
    return f"| {entry.state} | {entry.proposal.number} | {cells} |"


def _change_lines(changes: Iterable[FieldChange], where: str = "") -> Iterator[str]:
    """Yield the lines of a fenced diff."""
    for change in changes:
        before, after = _passages(change.before, change.after)
        yield f"@@ {where}{change.field} @@"
        yield from _marked("-", before)
        yield from _marked("+", after)


def _marked(mark: str, text: str) -> Iterator[str]:
    if text:
        yield from (f"{mark} {escape_unprintable(line)}" for line in _cut(text, _MOST_IN_EDIT).split("\n"))


def _passages(before: str, after: str) -> tuple[str, str]:
    """Cut two texts to what lies from shortly before the first difference to shortly after the last."""
    start = _common_prefix(before, after)
    rest = min(len(before), len(after)) - start
    end = min(_common_prefix(before[::-1], after[::-1]), rest)
    first = start - _CONTEXT if start > 2 * _CONTEXT else 0
    left = end - _CONTEXT if end > 2 * _CONTEXT else 0
    return _passage(before, first, len(before) - left), _passage(after, first, len(after) - left)


def _common_prefix(one: str, other: str) -> int:
    """Count the characters that two texts have in common before they differ."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _passage(text: str, first: int, last: int) -> str:
    if not text:
        return ""
    return f"{'… ' if first else ''}{text[first:last]}{' …' if last < len(text) else ''}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]} … ({len(text) - most:,} more characters)"


def _code(text: str) -> str:
    """Put a text into a code span, on one line, that nothing in it ends."""
    shown = escape_unprintable(text.replace("\n", " ").strip()) or "–"
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    space = " " if "`" in (shown[0], shown[-1]) else ""
    return f"{fence}{space}{shown}{space}{fence}"
