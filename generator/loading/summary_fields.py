"""One part of a raw summary at a time: its lines to fields of a `Summary`."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import groupby, pairwise, zip_longest

from generator.diagnostics import Code, Diagnostic, truncated
from generator.loading.citation import read_citation, unescape
from generator.loading.summary_lines import (
    LABELS,
    LabelledValue,
    Line,
    are_names,
    is_name,
    is_untitling,
    read_facts,
    rows_of,
    title_in,
    with_fact,
)
from generator.loading.summary_outline import FINDINGS, PartKind, SummaryPart, is_sentence_end
from generator.model import Answer, RelatedPaper, Section, Summary
from generator.prose import normalize_markdown
from generator.text.slugs import match_key
from generator.text.wording import pluralize

# A summary after one more part was read, the lines nothing could be made of, and what was odd.
PartResult = tuple[Summary, Sequence[Line], list[Diagnostic]]

_QUESTION = re.compile(r"(?:What|Why|How|Who|Which|When|Where|Is|Are|Does|Do|Did|Can)\b.*\?", re.IGNORECASE)
_GENERATED = re.compile(r"Generated (.*[0-9]{4})", re.IGNORECASE)
_FOUND = re.compile(r"Found ([0-9]{1,6}) papers?(.*)", re.IGNORECASE)
_MORE, _ARROW, _MORE_CHARS = "More in ", "→", 60
_PROSE_WORDS = 8
_DETAIL = re.compile(r"[A-Z][A-Za-z -]{2,30}: .+")
_WEIGHT = re.compile(r" \([0-9.]+\)\Z")
_COUNT = re.compile(r"([0-9][0-9,]{0,8}) (references|citations)", re.IGNORECASE)


def read_part(summary: Summary, part: SummaryPart) -> PartResult:
    """Read one part into the summary, whose title is known already."""
    reader = _READERS.get(part.kind)
    return reader(summary, part) if reader else (summary, part.lines, [])


def _read_overview(summary: Summary, part: SummaryPart) -> PartResult:
    return replace(summary, overview=_text(summary, part.lines)), (), []


def _read_abstract(summary: Summary, part: SummaryPart) -> PartResult:
    texts = (_text(summary, [line]) for line in part.lines)
    return replace(summary, abstract=tuple(texts if summary.is_markdown else map(unescape, texts))), (), []


def _read_citation(summary: Summary, part: SummaryPart) -> PartResult:
    cited, rest = read_citation(part.lines)
    return replace(summary, citation=cited), rest, []


def _read_facts(summary: Summary, part: SummaryPart) -> PartResult:
    facts, lines = read_facts(part.lines)
    rest = [line for line in lines if match_key(title_in(line.text)) != match_key(summary.title)]
    if part.kind is PartKind.LEAD:
        rest = [line for line in rest if not is_untitling(line.text)]
    is_byline = part.kind is PartKind.LEAD and bool(rest) and is_name(rest[0].text)
    if is_byline or (rest and part.kind is not PartKind.DETAILS and are_names(rest[0].text)):
        facts = (*facts, LabelledValue("authors", rest[0].text, rest.pop(0)))
    for fact in facts:
        known = with_fact(summary, fact)
        if known is None:
            rest.append(fact.line)
        summary = known or summary
    details = [line for line in rest if part.kind is PartKind.DETAILS and _is_detail(line.text)]
    others = (section(summary, part, details),) if details else ()
    left = [line for line in rest if line not in details]
    return replace(summary, others=(*summary.others, *others)), left, []


def _is_detail(text: str) -> bool:
    """Tell whether a line gives a detail that a summary has no field for, under a label of its own."""
    return bool(_DETAIL.fullmatch(text)) and text.partition(":")[0].casefold() not in LABELS


def _read_impact(summary: Summary, part: SummaryPart) -> PartResult:
    """Read how many papers are cited, number above word; by how many it is cited changes from day to day."""
    rest = list(part.lines)
    for number, word in pairwise(part.lines):
        if found := _COUNT.fullmatch(f"{number.text} {word.text}"):
            rest = [line for line in rest if line not in (number, word)]
            if found[2].casefold() == "references":
                summary = replace(summary, references=int(found[1].replace(",", "")))
    return summary, rest, []


def _read_terms(summary: Summary, part: SummaryPart) -> PartResult:
    """Read the key terms, a line each or between commas, without the weights in brackets."""
    rest = [line for line in part.lines if is_sentence_end(line.text)]
    texts = [line.text for line in part.lines if line not in rest]
    terms = (_WEIGHT.sub("", term.strip()).strip() for text in texts for term in re.split(r"[,;]", text))
    return replace(summary, key_terms=tuple(dict.fromkeys(filter(None, terms)))), rest, []


def _read_answers(summary: Summary, part: SummaryPart) -> PartResult:
    answers: list[tuple[str, list[Line]]] = []
    rest: list[Line] = []
    asked: Line | None = None
    for line in part.lines:
        text = _without_more(line.text)
        if _QUESTION.fullmatch(text):
            rest += [asked] if asked else []
            asked = line
        elif asked and text:
            answers.append((asked.text, [replace(line, text=text)]))
            asked = None
        elif answers and text:
            answers[-1][1].append(replace(line, text=text))
        elif text:
            rest.append(line)
    rest += [asked] if asked else []
    found = tuple(Answer(question, _text(summary, lines)) for question, lines in answers)
    return replace(summary, answers=found), rest, []


def _without_more(text: str) -> str:
    """Cut the link "More in Methodology →"; with strings, as a pattern would scan blanks again and again."""
    start = text.rfind(_MORE) if text.endswith(_ARROW) else -1
    return text if start < 0 or len(text) - start > _MORE_CHARS else text[:start].rstrip()


def _read_generated(summary: Summary, part: SummaryPart) -> PartResult:
    found = _GENERATED.fullmatch(part.lines[0].text) if part.lines else None
    if found is None:
        return summary, part.lines, []
    return replace(summary, generated=found[1].strip()), part.lines[1:], []


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
        diagnostics.append(Diagnostic(Code.EMPTY_FINDING, where, message))
    return summary, (), diagnostics


def section(summary: Summary, part: SummaryPart, lines: Iterable[Line]) -> Section:
    """Keep some lines of a part."""
    return Section(part.title, part.question, _text(summary, lines))


def _text(summary: Summary, lines: Iterable[Line]) -> str:
    """Put lines together, Markdown in canonical form; a block that was read by lines is one again if all are left."""
    if not summary.is_markdown:
        return "\n".join(line.text for line in lines)
    texts: list[str] = []
    for block, group in groupby(lines, key=lambda line: line.block):
        rows = [*group]
        if block:
            # As Markdown again: what was read of its rows are their words.
            left, own = {row.number for row in rows}, [*rows_of(block)]
            rows = [block] if len(rows) == len(own) else [row for row in own if row.number in left]
        texts += [row.text for row in rows]
    return normalize_markdown("\n\n".join(texts), has_headings=False)


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
        diagnostics.append(Diagnostic(Code.WRONG_COUNT, part.lines[0].at(summary.seed), message))
    return replace(summary, related=related), [*plain[end:], *rows], diagnostics


def _is_prose(text: str) -> bool:
    return is_sentence_end(text) and not text.endswith("et al.") and len(text.split()) >= _PROSE_WORDS


_READERS: Mapping[PartKind, Callable[[Summary, SummaryPart], PartResult]] = {
    PartKind.LEAD: _read_facts,
    PartKind.PUBLICATION: _read_facts,
    PartKind.DETAILS: _read_facts,
    PartKind.IMPACT: _read_impact,
    PartKind.TERMS: _read_terms,
    PartKind.OVERVIEW: _read_overview,
    PartKind.ANSWERS: _read_answers,
    PartKind.ABSTRACT: _read_abstract,
    PartKind.FINDINGS: _read_generated,
    PartKind.FINDING: _read_finding,
    PartKind.CITATION: _read_citation,
    PartKind.RELATED: _read_related,
}
