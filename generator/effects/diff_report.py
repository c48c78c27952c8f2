"""A report of a difference between corpora: Markdown for GitHub, which reads as well in a terminal.

Contributed text stands in code alone: in code spans, and in fences behind a mark of our own at the start of each line.
There nothing is markup, a link or an image, nobody is mentioned, and no line is a command to the runner.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate

from generator.diagnostics import escape_unprintable
from generator.effects.diffing import CorpusDiff, FieldChange, State
from generator.package_data import render_text
from generator.prose.pieces import code
from generator.text.wording import pluralize

# GitHub takes a job summary of at most 1 MiB.
LIMIT = 1_000_000
_MOST_ADDRESSES = 200
_MOST_IN_CELL = 300
_MOST_IN_EDIT = 1_500
# So many characters are shown on either side of a difference.
_CONTEXT = 120
_PLURALS = {"summary": "summaries"}


def report(diff: CorpusDiff, limit: int = LIMIT) -> str:
    """Format a difference; what does not fit into `limit` bytes of UTF-8 is counted instead of shown."""
    entries = list(_entries(diff))
    if not entries:
        return "# What readers will see\n\nNo difference: no trace, study, paper or summary changes.\n"
    head = _head(diff)
    sizes = accumulate((len(text.encode()) + 2 for _, text in entries), initial=len(head.encode()))
    fitting = sum(size <= limit for size in sizes) - 1
    left = Counter(kind for kind, _ in entries[max(fitting, 0) :])
    shown = [text for _, text in entries[: max(fitting, 0)]]
    if left:
        kinds = ", ".join(pluralize(number, kind, _PLURALS.get(kind, "")) for kind, number in left.items())
        shown.append(f"**There is no room for the rest: {kinds}.**")
    return "\n\n".join([head, *shown]) + "\n"


def _head(diff: CorpusDiff) -> str:
    figures = {
        "Traces": diff.traces,
        "Studies": [study for trace in diff.traces for study in trace.studies],
        "Papers": diff.papers,
        "Summaries": diff.summaries,
    }
    tools = {"pluralize": pluralize, "code": _code, "most": _MOST_ADDRESSES}
    return render_text("effect_head.md.jinja", diff=diff, figures=figures, **tools).rstrip("\n")


def _entries(diff: CorpusDiff) -> Iterator[tuple[str, str]]:
    """Yield the kind of each item that differs, and what there is to say of it."""
    for kind, items in (("trace", diff.traces), ("paper", diff.papers), ("summary", diff.summaries)):
        for item in items:
            changes = [*_change_lines(item.changes)]
            for study in item.studies:
                if study.state is State.CHANGED:
                    changes += _change_lines(study.changes, f"study {study.proposal.number}, ")
            known = {"kind": kind, "entry": item, "changes": changes, "code": _code, "cell": _cell}
            yield kind, render_text("effect_entry.md.jinja", **known).rstrip("\n")


def _cell(text: str) -> str:
    # A bar ends a cell even inside a code span, unless it is escaped.
    return _code(_cut(text, _MOST_IN_CELL)).replace("|", "\\|")


def _change_lines(changes: Iterable[FieldChange], where: str = "") -> Iterator[str]:
    """Yield the lines of a fenced diff."""
    for change in changes:
        before, after = _passages(change.before, change.after)
        yield f"@@ {where}{change.field} @@"
        for mark, text in (("-", before), ("+", after)):
            lines = _cut(text, _MOST_IN_EDIT).split("\n") if text else []
            yield from (f"{mark} {escape_unprintable(line)}" for line in lines)


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
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _passage(text: str, first: int, last: int) -> str:
    if not text:
        return ""
    return f"{'… ' if first else ''}{text[first:last]}{' …' if last < len(text) else ''}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]} … ({len(text) - most:,} more characters)"


def _code(text: str) -> str:
    """Put a text into a code span, on one line, that nothing in it ends."""
    return code(escape_unprintable(text.replace("\n", " ").strip()) or "–")
