"""A raw summary's text to a `Summary`. How the text is laid out is described in `summary_outline`.

Nothing but the site's own furniture is dropped: what does not fit its part is kept among `others`, with a warning.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from generator.diagnostics import Code, Diagnostic, Location, sorted_unique, truncated
from generator.loading import citation
from generator.loading.summary_fields import read_facts, read_part, section
from generator.loading.summary_outline import HEADINGS, Line, PartKind, SummaryPart, is_summary, item_text, split_parts
from generator.model import Section, Summary
from generator.text.slugs import match_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["is_summary", "parse_summary"]


_ABOUT = re.compile(r"What is [\"“](.+)[\"”] about\?", re.IGNORECASE)
_PUBLISHED_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_TITLE_CHARS = 300


def parse_summary(seed: str, text: str) -> tuple[Summary | None, list[Diagnostic]]:
    r"""Read the summary in a decoded, LF-only text; None, and at least one error, where no page can be made of it.

    `title` comes from the citation, else from the question 'What is "…" about?', else from the leading block; `authors`
    from the leading block if it lists them, else from the citation, in its order, with BibTeX's `others` as the last
    where it names only some. `year` is the citation's, else that of `published`.

    Fields are verbatim but for blanks at the ends of lines. In `abstract`, LaTeX escapes such as `\%` outside maths are
    read as the characters they stand for, as arXiv's abstracts are LaTeX.
    """
    parts = split_parts(text)
    title, diagnostics = _title(seed, parts)
    if not title:
        message = "no title found, neither in the citation nor in a question 'What is \"…\" about?' nor in a first line"
        hint = "add the paper's title as the first line"
        return None, [Diagnostic(Code.SUMMARY_WITHOUT_TITLE, Location(seed, 1), message, hint)]
    summary = Summary(seed=seed, title=title)
    first, second, doubled = _without_doubles(seed, parts)
    others: list[Section] = []
    for part in first:
        summary, rest, found = read_part(summary, part)
        diagnostics += [*found, *_rest_problems(seed, part, rest)]
        others += [section(part, rest)] if rest or part.kind is PartKind.UNKNOWN else []
    findings = tuple(section(part, part.lines) for part in first if part.kind is PartKind.FINDING)
    others += [section(part, part.lines) for part in second if part.lines or part.question]
    summary = replace(_with_claims(summary), findings=findings, others=tuple(others))
    diagnostics += [*doubled, *_empty_problems(summary)]
    return summary, list(sorted_unique(diagnostics))


def _without_doubles(
    seed: str, parts: Iterable[SummaryPart]
) -> tuple[list[SummaryPart], list[SummaryPart], list[Diagnostic]]:
    """Return the parts to read, and those whose section or finding was there before."""
    first: list[SummaryPart] = []
    second: list[SummaryPart] = []
    diagnostics = []
    seen: dict[PartKind | str, Location] = {}
    for part in parts:
        key = part.title.casefold() if part.kind is PartKind.FINDING else part.kind
        where = part.heading.at(seed)
        if key in seen:
            second.append(part)
            found = f"second section {truncated(part.title)}, expected one"
            hint = "join the two; this one is kept among the other sections"
            diagnostics.append(Diagnostic(Code.DOUBLED_SECTION, where, found, hint, seen[key]))
        else:
            first.append(part)
        if key not in {PartKind.UNKNOWN, PartKind.COMMENTS}:
            seen.setdefault(key, where)
    return first, second, diagnostics


def _title(seed: str, parts: Sequence[SummaryPart]) -> tuple[str, list[Diagnostic]]:
    """Return the paper's title, empty if no place gives one, and the problem of two places that give different ones."""
    named = next((citation.read_citation(part.lines)[0] for part in parts if part.kind is PartKind.CITATION), None)
    cited = citation.claims(named).title if named else ""
    lines = (line for part in parts for line in part.lines)
    asked, where = next(((found[1], line) for line in lines if (found := _ABOUT.fullmatch(line.text))), ("", None))
    if not (cited and where) or match_key(cited) == match_key(asked):
        return cited or asked or next(_leading_titles(parts), ""), []
    message = f"the question is about {truncated(asked)}, the citation names {truncated(cited)}, expected one title"
    hint = "correct the wrong one; the citation's title is used"
    return cited, [Diagnostic(Code.TWO_TITLES, where.at(seed), message, hint)]


def _leading_titles(parts: Iterable[SummaryPart]) -> Iterator[str]:
    for part in parts:
        if part.kind in {PartKind.LEAD, PartKind.PUBLICATION}:
            for line in read_facts(part.lines)[1]:
                if len(line.text) <= _TITLE_CHARS and not line.text.endswith(".") and item_text(line.text) is None:
                    yield line.text


def _rest_problems(seed: str, part: SummaryPart, rest: tuple[Line, ...]) -> list[Diagnostic]:
    if part.kind is PartKind.UNKNOWN:
        close = get_close_matches(part.title, HEADINGS, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "it is kept among the other sections"
        message = f"unknown section {truncated(part.title)}, expected one of {', '.join(HEADINGS)}"
        return [Diagnostic(Code.UNKNOWN_SECTION, part.heading.at(seed), message, hint)]
    if not rest:
        return []
    message = f"unexpected text under {truncated(part.title)}, from {truncated(rest[0].text)} on"
    hint = "put it right or delete it; it is kept among the other sections"
    return [Diagnostic(Code.UNEXPECTED_TEXT, rest[0].at(seed), message, hint)]


def _empty_problems(summary: Summary) -> list[Diagnostic]:
    if summary.overview or summary.answers or summary.abstract or summary.findings or summary.others:
        return []
    message = f"nothing said about {truncated(summary.title)}, expected an abstract, a summary or findings"
    return [Diagnostic(Code.BARE_SUMMARY, Location(summary.seed, 1), message, "paste the rest of the page")]


def _with_claims(summary: Summary) -> Summary:
    claims = citation.claims(summary.citation)
    published = _PUBLISHED_YEAR.search(summary.published)
    return replace(
        summary,
        authors=summary.authors or claims.authors,
        year=claims.year or (int(published[0]) if published else None),
        arxiv=claims.arxiv,
        categories=summary.categories or ((claims.category,) if claims.category else ()),
    )
