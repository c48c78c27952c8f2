"""The outline of a raw summary: which lines stand under which heading.

A raw summary is plain text copied from a paper-summary web page. Nothing but its wording tells a heading from prose, so
known headings are recognised by name, and an unknown one by its shape: a short line without a final stop that follows a
finished sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from generator.diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class PartKind(Enum):
    """The kinds of parts of a summary; the values are the site's own headings where it has one."""

    LEAD = "Before the first section"
    PUBLICATION = "Publication"
    OVERVIEW = "AI Quick Summary"
    ANSWERS = "Quick Answers"
    ABSTRACT = "Abstract"
    FINDINGS = "AI Key Findings"
    FINDING = "a key finding"
    DETAILS = "Paper Details"
    CITATION = "How to Cite This Paper"
    PREVIEW = "PDF Preview"
    NETWORK = "Citation Network"
    RELATED = "Similar Papers"
    COMMENTS = "Comments"
    UNKNOWN = "an unknown section"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the seed, blanks at its ends removed; `number` and `column`, where it begins, count from 1."""

    number: int
    column: int
    text: str

    def at(self, seed: str) -> Location:
        """Return where the line stands."""
        return Location(seed, self.number, self.column)


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """A heading and the lines below it; `question` is the half of the heading after the dash, if it has one."""

    kind: PartKind
    title: str
    question: str
    heading: Line
    lines: tuple[Line, ...]


_WITHOUT_OWN_HEADING = {PartKind.LEAD, PartKind.FINDING, PartKind.COMMENTS, PartKind.UNKNOWN}
_HEADINGS = {kind.value.casefold(): kind for kind in PartKind if kind not in _WITHOUT_OWN_HEADING}
HEADINGS = tuple(kind.value for kind in _HEADINGS.values())

FINDINGS = (
    "Methodology",
    "Key Results",
    "Significance",
    "Technical Contribution",
    "Novelty",
    "Limitations",
    "Future Work",
)
_FINDING = re.compile(rf"({'|'.join(FINDINGS)})(?: ?[—–:-] ?(\S.*\?))?", re.IGNORECASE)
_OTHER_FINDING = re.compile(r"([^—–]{1,60}?) [—–] (\S.*\?)")
_COMMENTS = re.compile(r"Comments \((\d+)\)", re.IGNORECASE)

# The page's own furniture: it says nothing about the paper. Each must match a whole line.
_FURNITURE = re.compile(
    r"View PDF|Download PDF"
    r"|Current paper \(gr[ae]y\), citations \(green\), references \(blue\)"
    r"|Display is limited for performance on very large graphs\.?"
    r"|Get AI-generated insights about this paper['’]s methodology.*"
    r"|\| *Title *\| *Authors *\| *Year *\| *Actions *\|"
    r"|\|[ :|-]*",
    re.IGNORECASE,
)

# Labels of facts in the leading block, "Publication" and "Paper Details".
LABELS = ("published", "categories", "source", "authors")

# Parts that hold no prose of their own: a heading-like line there cannot be a short paragraph.
_BARE = {PartKind.DETAILS, PartKind.PREVIEW, PartKind.NETWORK}
# Parts whose lines look like headings anyway (titles of papers).
_TITLES = {PartKind.LEAD, PartKind.PUBLICATION, PartKind.RELATED}
_HEADING_CHARS, _HEADING_WORDS = 60, 8


def is_summary(text: str) -> bool:
    """Tell whether a text is a raw summary: at least two different known headings stand alone on lines of it."""
    found: set[PartKind] = set()
    for line in text.split("\n"):
        kind = _HEADINGS.get(line.strip().casefold())
        if kind:
            found.add(kind)
        if len(found) == 2:
            return True
    return False


def split_parts(text: str) -> list[SummaryPart]:
    """Split a summary into its parts, the leading block first if there is one; drop furniture and blank lines."""
    parts: list[SummaryPart] = []
    heading = SummaryPart(PartKind.LEAD, PartKind.LEAD.value, "", Line(1, 1, ""), ())
    lines: list[Line] = []
    for line in _lines(text):
        following = _heading(line, heading.kind, lines)
        if following is None:
            lines.append(line)
            continue
        parts.append(_closed(heading, lines))
        heading, lines = following, []
    parts.append(_closed(heading, lines))
    return [part for part in parts if part.kind is not PartKind.LEAD or part.lines]


def is_sentence_end(text: str) -> bool:
    """Tell whether a line ends as a sentence does (a quick answer's arrow, a closing quote or bracket included)."""
    return text.rstrip("\"'”’)]→ ").endswith((".", "!", "?", "…")) or text.endswith("→")


def item_text(text: str) -> str | None:
    """Return the text of a bullet item, None for any other line."""
    return text[2:].strip() if text.startswith(("- ", "• ", "* ")) else None


def _lines(text: str) -> Iterator[Line]:
    for number, raw in enumerate(text.split("\n"), start=1):
        stripped = raw.strip()
        if stripped and not _FURNITURE.fullmatch(stripped):
            yield Line(number, raw.index(stripped) + 1, stripped)


def _closed(heading: SummaryPart, lines: Iterable[Line]) -> SummaryPart:
    return SummaryPart(heading.kind, heading.title, heading.question, heading.heading, tuple(lines))


def _heading(line: Line, current: PartKind, above: list[Line]) -> SummaryPart | None:
    known = _HEADINGS.get(line.text.casefold())
    if known:
        return SummaryPart(known, known.value, "", line, ())
    if _COMMENTS.fullmatch(line.text):
        return SummaryPart(PartKind.COMMENTS, line.text, "", line, ())
    finding = _FINDING.fullmatch(line.text)
    if finding is None and current in {PartKind.FINDINGS, PartKind.FINDING}:
        finding = _OTHER_FINDING.fullmatch(line.text)
    if finding:
        return SummaryPart(PartKind.FINDING, finding[1], finding[2] or "", line, ())
    if _is_unknown_heading(line.text, current, above):
        return SummaryPart(PartKind.UNKNOWN, line.text, "", line, ())
    return None


def _is_unknown_heading(text: str, current: PartKind, above: list[Line]) -> bool:
    if current in _TITLES or text.casefold() in LABELS or not _is_heading_shaped(text):
        return False
    if not above:
        return current in _BARE
    last = above[-1].text
    return is_sentence_end(last) or item_text(last) is not None or "://" in last.rpartition(" ")[2]


def _is_heading_shaped(text: str) -> bool:
    return (
        len(text) <= _HEADING_CHARS
        and len(text.split()) <= _HEADING_WORDS
        and (text[0].isupper() or text[0].isdigit())
        and (text[-1].isalnum() or text[-1] == ")")
        and not any(mark in text for mark in ("://", ": ", '"', "|", ". "))
    )
