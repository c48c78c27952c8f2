"""One part of a raw summary at a time: its lines to fields of a `Summary`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Code, Diagnostic, truncated
from generator.loading.citation import read_citation, unescape
from generator.loading.summary_outline import FINDINGS, LABELS, Line, PartKind, SummaryPart, is_sentence_end, item_text
from generator.model import Answer, Block, RelatedPaper, Section, Summary
from generator.text.slugs import match_key
from generator.text.wording import pluralize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    # A summary after one more part was read, the lines nothing could be made of, and what was odd.
    PartResult = tuple[Summary, tuple[Line, ...], list[Diagnostic]]

_QUESTION = re.compile(r"(?:What|Why|How|Who|Which|When|Where|Is|Are|Does|Do|Did|Can)\b.*\?", re.IGNORECASE)
_GENERATED = re.compile(r"Generated (.*[0-9]{4})", re.IGNORECASE)
_FOUND = re.compile(r"Found ([0-9]{1,6}) papers?(.*)", re.IGNORECASE)
_MORE, _ARROW, _MORE_CHARS = "More in ", "→", 60
_PROSE_WORDS = 8
_LABEL = re.compile(rf"({'|'.join(LABELS)}):", re.IGNORECASE)
_START = re.compile(rf"(?:Publication)?(?=(?:{'|'.join(LABELS)}):)", re.IGNORECASE)
_NAME_WORDS = 5


def read_part(summary: Summary, part: SummaryPart) -> PartResult:
    """Read one part into the summary, whose title is known already."""
    return _READERS[part.kind](summary, part)


def _read_nothing(summary: Summary, part: SummaryPart) -> PartResult:
    return summary, part.lines, []


def _read_overview(summary: Summary, part: SummaryPart) -> PartResult:
    return replace(summary, overview="\n".join(line.text for line in part.lines)), (), []


def _read_abstract(summary: Summary, part: SummaryPart) -> PartResult:
    return replace(summary, abstract=tuple(unescape(line.text) for line in part.lines)), (), []


def _read_citation(summary: Summary, part: SummaryPart) -> PartResult:
    cited, rest = read_citation(part.lines)
    return replace(summary, citation=cited), rest, []


def _read_facts(summary: Summary, part: SummaryPart) -> PartResult:
    facts, lines = read_facts(part.lines)
    rest = [line for line in lines if match_key(line.text) != match_key(summary.title)]
    if rest and part.kind is not PartKind.DETAILS and are_names(rest[0].text):
        facts = (*facts, LabelledValue("authors", rest[0].text, rest.pop(0)))
    for fact in facts:
        known = _with_fact(summary, fact)
        if known is None:
            rest.append(fact.line)
        summary = known or summary
    return summary, tuple(rest), []


def _with_fact(summary: Summary, fact: LabelledValue) -> Summary | None:
    """Return the summary with one fact more; None where it contradicts what is known already."""
    read = {"authors": names, "categories": categories}.get(fact.label, str)
    change: dict[str, Any] = {fact.label: read(fact.value)}
    known = replace(summary, **change)
    return known if not getattr(summary, fact.label) else summary if known == summary else None


def _read_answers(summary: Summary, part: SummaryPart) -> PartResult:
    answers: list[tuple[str, list[str]]] = []
    rest: list[Line] = []
    asked: Line | None = None
    for line in part.lines:
        text = _without_more(line.text)
        if _QUESTION.fullmatch(text):
            rest += [asked] if asked else []
            asked = line
        elif asked and text:
            answers.append((asked.text, [text]))
            asked = None
        elif answers and text:
            answers[-1][1].append(text)
        elif text:
            rest.append(line)
    rest += [asked] if asked else []
    found = tuple(Answer(question, "\n".join(texts)) for question, texts in answers)
    return replace(summary, answers=found), tuple(rest), []


def _without_more(text: str) -> str:
    """Cut the link "More in Methodology →"; with strings, as a pattern would scan blanks again and again."""
    start = text.rfind(_MORE) if text.endswith(_ARROW) else -1
    return text if start < 0 or len(text) - start > _MORE_CHARS else text[:start].rstrip()


def _read_generated(summary: Summary, part: SummaryPart) -> PartResult:
    found = _GENERATED.fullmatch(part.lines[0].text) if part.lines else None
    if found is None:
        return summary, part.lines, []
    return replace(summary, generated=found[1]), part.lines[1:], []


def _read_finding(summary: Summary, part: SummaryPart) -> PartResult:
    where = part.heading.at(summary.seed)
    diagnostics: list[Diagnostic] = []
    if part.title.casefold() not in {name.casefold() for name in FINDINGS}:
        message = f"unknown finding {truncated(part.title)}, expected one of {', '.join(FINDINGS)}"
        close = get_close_matches(part.title, FINDINGS, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "it is kept among the findings"
        diagnostics.append(Diagnostic(Code.UNKNOWN_FINDING, where, message, hint))
    if not part.lines:
        message = f"no text under {truncated(part.title)}, expected a paragraph or a list"
        diagnostics.append(Diagnostic(Code.EMPTY_FINDING, where, message, "add it or delete the heading"))
    return summary, (), diagnostics


def section(part: SummaryPart, lines: Iterable[Line]) -> Section:
    """Keep some lines of a part as they stand."""
    return Section(part.title, part.question, _blocks(lines))


def _read_related(summary: Summary, part: SummaryPart) -> PartResult:
    lines = list(part.lines)
    found = _FOUND.fullmatch(lines[0].text) if lines else None
    if found:
        glued = found[2].strip()
        lines[:1] = [replace(lines[0], text=glued)] if glued else []
    rows = [line for line in lines if line.text.startswith("|")]
    plain = [line for line in lines if not line.text.startswith("|")]
    # A sentence where authors are expected: from the line above it on, this is another section.
    end = next((index - 1 for index in range(1, len(plain), 2) if _is_prose(plain[index].text)), len(plain))
    pairs = zip_longest(plain[:end:2], plain[1:end:2])
    related = tuple(RelatedPaper(title.text, authors.text if authors else "") for title, authors in pairs)
    diagnostics = []
    if found and int(found[1]) != len(related):
        message = f"{pluralize(len(related), 'similar paper')} listed, expected {found[1]} as the line says"
        hint = "give each a line for its title and one for its authors"
        diagnostics.append(Diagnostic(Code.WRONG_COUNT, part.lines[0].at(summary.seed), message, hint))
    return replace(summary, related=related), (*plain[end:], *rows), diagnostics


def _is_prose(text: str) -> bool:
    return is_sentence_end(text) and not text.endswith("et al.") and len(text.split()) >= _PROSE_WORDS


def _blocks(lines: Iterable[Line]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for is_list, group in groupby(lines, key=lambda line: item_text(line.text) is not None):
        if is_list:
            blocks.append(Block(tuple(item_text(line.text) or "" for line in group), is_list=True))
        else:
            blocks += [Block((line.text,)) for line in group]
    return tuple(blocks)


_READERS: Mapping[PartKind, Callable[[Summary, SummaryPart], PartResult]] = {
    PartKind.LEAD: _read_facts,
    PartKind.PUBLICATION: _read_facts,
    PartKind.DETAILS: _read_facts,
    PartKind.OVERVIEW: _read_overview,
    PartKind.ANSWERS: _read_answers,
    PartKind.ABSTRACT: _read_abstract,
    PartKind.FINDINGS: _read_generated,
    PartKind.FINDING: _read_finding,
    PartKind.CITATION: _read_citation,
    PartKind.PREVIEW: _read_nothing,
    PartKind.NETWORK: _read_nothing,
    PartKind.RELATED: _read_related,
    PartKind.COMMENTS: _read_nothing,
    PartKind.UNKNOWN: _read_nothing,
}


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A value and its label, one of `LABELS`."""

    label: str
    value: str
    line: Line


def read_facts(lines: Iterable[Line]) -> tuple[tuple[LabelledValue, ...], tuple[Line, ...]]:
    """Return the facts, and the lines that hold none."""
    facts: list[LabelledValue] = []
    rest: list[Line] = []
    pending = ""
    for line in lines:
        start = _START.match(line.text)
        if start:
            _, *pieces = _LABEL.split(line.text[start.end() :])
            found = [
                LabelledValue(label.casefold(), value.strip(" |•·\t"), line)
                for label, value in zip(pieces[::2], pieces[1::2], strict=True)
            ]
            facts += [fact for fact in found if fact.value]
            pending = "" if found[-1].value else found[-1].label
        elif pending:
            facts.append(LabelledValue(pending, line.text, line))
            pending = ""
        elif line.text.casefold() in LABELS:
            pending = line.text.casefold()
        else:
            rest.append(line)
    return tuple(facts), tuple(rest)


def categories(text: str) -> tuple[str, ...]:
    """`cs.CV, cs.LG` or `cs.CV cs.LG` as its codes; names of categories are split at commas and semicolons only."""
    pieces = [piece.strip() for piece in re.split(r"[,;]", text)]
    if all(re.fullmatch(r"[a-z.\- ]+", piece, re.IGNORECASE) and "." in piece for piece in pieces):
        pieces = text.replace(",", " ").replace(";", " ").split()
    return tuple(piece for piece in pieces if piece)


def names(text: str) -> tuple[str, ...]:
    """`A, B and C` as names; a final "et al." becomes `others`, BibTeX's word for authors left unnamed."""
    head, _, tail = text.rpartition("et al")
    text = f"{head.rstrip(', ')}, others" if head and tail in {"", "."} else text
    pieces = (piece.strip() for piece in re.split(r"[,;]| and | & ", text))
    return tuple(piece.removeprefix("and ").removeprefix("& ") for piece in pieces if piece)


def are_names(text: str) -> bool:
    """Tell whether a line without a label lists at least two authors: short capitalised pieces between commas."""
    pieces = names(text)
    return len(pieces) > 1 and all(
        len(piece.split()) <= _NAME_WORDS
        and (piece == "others" or piece[0].isupper())
        and not any(ch.isdigit() or ch in ":?!" for ch in piece)
        for piece in pieces
    )
