"""The outline of a raw summary: which lines stand under which heading.

A raw summary is text copied from a paper-summary web page, or the same sections in Markdown. In copied text nothing but
the wording tells a heading from prose: known headings are recognised by name, and an unknown one by its shape, a short
line without a final stop that follows a finished sentence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from generator.loading.summary_lines import (
    Line,
    bold_label,
    is_label,
    is_untitling,
    markdown_lines,
    plain_lines,
    rows_of,
)
from generator.loading.trace_document import front_matter
from generator.package_data import load_yaml
from generator.prose import plain_line
from generator.text.patterns import item_text


class PartKind(Enum):
    """The kinds of parts of a summary; the values are the site's own headings where it has one."""

    LEAD = "Before the first section"
    PUBLICATION = "Publication"
    OVERVIEW = "AI Quick Summary"
    ANSWERS = "Quick Answers"
    ABSTRACT = "Abstract"
    FINDINGS = "AI Key Findings"
    FINDING = "a key finding"
    IMPACT = "Impact"
    DETAILS = "Paper Details"
    CITATION = "How to Cite This Paper"
    PREVIEW = "PDF Preview"
    TERMS = "Key Terms"
    NETWORK = "Citation Network"
    RELATED = "Similar Papers"
    COMMENTS = "Comments"
    # The abstract or the overview: which, the other sections tell.
    SUMMARY = "Summary"
    UNKNOWN = "an unknown section"


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """A heading and the lines below it; `question` is the half of the heading after the dash, if it has one."""

    kind: PartKind
    title: str
    question: str
    heading: Line
    lines: list[Line] = field(default_factory=list)


_WITHOUT_OWN_HEADING = {PartKind.LEAD, PartKind.FINDING, PartKind.COMMENTS, PartKind.UNKNOWN}
_HEADINGS = {kind.value.casefold(): kind for kind in PartKind if kind not in _WITHOUT_OWN_HEADING}
HEADINGS = tuple(kind.value for kind in _HEADINGS.values())
# Other pages have these headings as well.
_COMMON = {*_WITHOUT_OWN_HEADING, PartKind.SUMMARY, PartKind.ABSTRACT, PartKind.IMPACT, PartKind.TERMS}
_SAYING = {PartKind.SUMMARY, PartKind.ABSTRACT, PartKind.OVERVIEW}

FINDINGS = (
    "Methodology",
    "Key Results",
    "Significance",
    "Technical Contribution",
    "Novelty",
    "Limitations",
    "Future Work",
)
_FINDING_NAMES = {name.casefold(): name for name in FINDINGS}
_FINDING = re.compile(rf"({'|'.join(FINDINGS)})(?: ?[—–:-] ?(\S.*\?))?", re.IGNORECASE)
_OTHER_FINDING = re.compile(r"([^—–]{1,60}?) [—–] (\S.*\?)")
_COMMENTS = re.compile(r"(?:Comments|Discussion) \(?\d+\)?", re.IGNORECASE)
# What sections are called elsewhere, and what they are then.
_ELSEWHERE = load_yaml("generator.loading", "summary_sections.yml", dict[str, str])
_OTHER_PAGES = {*_ELSEWHERE, *_HEADINGS, *_FINDING_NAMES, "introduction", "conclusion", "key points", "takeaways"}

_TITLE_KEY = re.compile(r"^title[ \t]*:", re.MULTILINE)
_LOWER_HEADING = re.compile(r"^##+[ \t]+\S", re.MULTILINE)
_MARK = re.compile(r"\A(?:#{1,6}[ \t]+|(?=\*\*|__))")
_NUMBER = re.compile(r"\A\d{1,2}(?:[.)][ \t]+|\ufe0f?\u20e3)")
# Pictures and other signs beyond ASCII around a heading.
_SIGNS = re.compile(r"\A[^\w!-~]+|(?<![^\w!-~])[^\w!-~]+\Z")
# Code, in which no heading stands.
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
# A trace's heading, whatever else the text holds.
_TRACE = re.compile(r"\s*#[ \t]*[^\s/]+/[^\s/]+/\S+[ \t]*$", re.MULTILINE)

# Parts that hold no prose of their own: a heading-like line there cannot be a short paragraph.
_BARE = {PartKind.DETAILS, PartKind.PREVIEW, PartKind.NETWORK}
# Parts whose lines look like headings anyway (titles of papers, key terms, numbers).
_TITLES = {PartKind.LEAD, PartKind.PUBLICATION, PartKind.RELATED, PartKind.TERMS, PartKind.IMPACT}
_HEADING_CHARS, _HEADING_WORDS = 60, 8
# Parts that hold facts and words, no prose.
_OF_FACTS = {*_TITLES, PartKind.DETAILS}


def is_summary(text: str) -> bool:
    """Tell whether a text is a raw summary, by the headings that stand alone on its lines.

    Copied text has two of the site's, one of which few other pages have; Markdown has a summary or an abstract, or two
    other sections. Below front matter with a `title` any text will do that is no further YAML.
    """
    head, _, body = _split(text)
    if head and _TITLE_KEY.search(head):
        return bool(body.strip()) and not _TITLE_KEY.search(body)
    body = _FENCED.sub("", body)
    is_markdown = _is_markdown(body)
    names = map(_marked_name if is_markdown else str.strip, body.split("\n"))
    found = {known[:2] for name in names if (known := _known(name, is_markdown=is_markdown))}
    kinds = {kind for kind, _ in found}
    if is_markdown:
        return not _TRACE.match(body) and (len(found) > 1 or not kinds.isdisjoint(_SAYING))
    return len(kinds - _WITHOUT_OWN_HEADING) > 1 and not kinds <= _COMMON


def resembles_summary(text: str) -> bool:
    """Tell whether a text has two headings that pages about papers have, on whichever site."""
    names = {_name(line).casefold() for line in text.split("\n") if len(line) <= _HEADING_CHARS}
    return len(names & _OTHER_PAGES) > 1


def outline(text: str) -> tuple[str | None, list[SummaryPart], bool]:
    """Return a summary's YAML head, None without one, its parts, and whether they are Markdown.

    The leading block is the first part if there is one; furniture and blank lines are dropped.
    """
    head, first, body = _split(text)
    is_markdown, is_titled = _is_markdown(_FENCED.sub("", body)), bool(head and _TITLE_KEY.search(head))
    lines = markdown_lines(body, first) if is_markdown else plain_lines(body, first)
    parts = _markdown_parts(lines, is_titled=is_titled) if is_markdown else _plain_parts(lines)
    kinds = {part.kind for part in parts}
    is_abstract = PartKind.ABSTRACT not in kinds and (PartKind.OVERVIEW in kinds or not is_markdown)
    summary = PartKind.ABSTRACT if is_abstract else PartKind.OVERVIEW
    told = (replace(part, kind=summary) if part.kind is PartKind.SUMMARY else part for part in parts)
    return head, [part for part in told if part.kind is not PartKind.LEAD or part.lines], is_markdown


def is_sentence_end(text: str) -> bool:
    """Tell whether a line ends as a sentence does (a quick answer's arrow, a closing quote or bracket included)."""
    return text.rstrip("\"'”’)]→ ").endswith((".", "!", "?", "…")) or text.endswith("→")


def _split(text: str) -> tuple[str | None, int, str]:
    """Return the YAML head, None without one, and the text below it with the number of its first line."""
    head, body = front_matter(text) if text.startswith("---") else ("", None)
    if body is None:
        return None, 1, text
    return head, text.count("\n") - body.count("\n") + 1, body


def _is_markdown(body: str) -> bool:
    """Tell whether a known heading, or any below the first level, is marked as Markdown does it."""
    marked = filter(None, map(_marked_name, body.split("\n")))
    return bool(_LOWER_HEADING.search(body)) or any(_known(name, is_markdown=True) for name in marked)


def _marked_name(line: str) -> str:
    return _name(line) if _MARK.match(line) else ""


def _name(line: str) -> str:
    """Return what a heading says, without its marks, its number and its colon."""
    text = _NUMBER.sub("", _MARK.sub("", line.strip()).strip("# \t*_"))
    return text.rstrip(": \t")


def _known(name: str, *, is_markdown: bool) -> tuple[PartKind, str, str] | None:
    """Return the kind of a part by its heading, its title and its question; None of an unknown one."""
    name = _SIGNS.sub("", name) if is_markdown else name
    key = name.casefold()
    key = _ELSEWHERE.get(key, key) if is_markdown else key
    if kind := _HEADINGS.get(key):
        return kind, kind.value, ""
    if _COMMENTS.fullmatch(key):
        return PartKind.COMMENTS, name, ""
    finding = _FINDING.fullmatch(name if key == name.casefold() else key)
    return (PartKind.FINDING, _FINDING_NAMES[finding[1].casefold()], finding[2] or "") if finding else None


def _lead() -> SummaryPart:
    return SummaryPart(PartKind.LEAD, PartKind.LEAD.value, "", Line(1, 1, ""))


def _plain_parts(lines: Iterable[Line]) -> list[SummaryPart]:
    parts = [_lead()]
    for line in lines:
        if following := _plain_heading(line, parts[-1]):
            parts.append(following)
        else:
            parts[-1].lines.append(line)
    return parts


def _plain_heading(line: Line, above: SummaryPart) -> SummaryPart | None:
    if known := _known(line.text, is_markdown=False):
        return SummaryPart(*known, line)
    other = _OTHER_FINDING.fullmatch(line.text) if above.kind in {PartKind.FINDINGS, PartKind.FINDING} else None
    if other:
        return SummaryPart(PartKind.FINDING, other[1].strip(), other[2], line)
    return SummaryPart(PartKind.UNKNOWN, line.text, "", line) if _is_unknown_heading(line.text, above) else None


def _markdown_parts(lines: Iterable[Line], *, is_titled: bool) -> list[SummaryPart]:
    parts, level = [_lead()], 0
    for line in lines:
        part = parts[-1]
        label, rest = ("", "") if line.level else bold_label(line.text.strip())
        name = _name(line.text) if line.level else label
        known = _known(name, is_markdown=True)
        is_within = part.kind not in {PartKind.LEAD, PartKind.FINDINGS} and line.level > level
        if known or (line.level and not is_within and not _is_title(line, name, part, is_titled=is_titled)):
            unknown = PartKind.FINDING if part.kind is PartKind.FINDINGS else PartKind.UNKNOWN
            below = [replace(line, text=rest)] if rest else []
            parts.append(SummaryPart(*(known or (unknown, plain_line(name) or line.text, "")), line, below))
            level = line.level or level
        elif line.continues and part.lines:
            part.lines[-1] = replace(part.lines[-1], text=f"{part.lines[-1].text}\n{line.text}")
        else:
            part.lines.append(replace(line, text=f"{'#' * line.level} {line.text}") if line.level else line)
    return [replace(part, lines=[*_read_blocks(part)]) for part in parts]


def _is_title(line: Line, name: str, part: SummaryPart, *, is_titled: bool) -> bool:
    """Tell whether a heading may be the paper's title, behind those in its part."""
    if part.kind is not PartKind.LEAD or (line.level > 1 and is_titled) or name.casefold() in _OTHER_PAGES:
        return False
    return all(is_untitling(one.text.lstrip("# ")) for one in part.lines if one.level)


def _read_blocks(part: SummaryPart) -> Iterator[Line]:
    """Yield the blocks of a part of Markdown; line by line where it holds facts, as plain text, or a citation."""
    for block in part.lines:
        if part.kind is PartKind.CITATION:
            yield from rows_of(block)
        elif part.kind in _OF_FACTS:
            yield from (replace(row, text=plain_line(row.text.removeprefix("• "))) for row in rows_of(block))
        else:
            yield block


def _is_unknown_heading(text: str, above: SummaryPart) -> bool:
    if above.kind in _TITLES or is_label(text) or not _is_heading_shaped(text):
        return False
    if not above.lines:
        return above.kind in _BARE
    last = above.lines[-1].text
    return is_sentence_end(last) or item_text(last) is not None or "://" in last.rpartition(" ")[2]


def _is_heading_shaped(text: str) -> bool:
    return (
        len(text) <= _HEADING_CHARS
        and len(text.split()) <= _HEADING_WORDS
        and (text[0].isupper() or text[0].isdigit())
        and (text[-1].isalnum() or text[-1] == ")")
        and not any(mark in text for mark in ("://", ": ", '"', "|", ". "))
    )
