"""A raw summary's text to a `Summary`. How the text is laid out is described in `summary_parts`.

Nothing but the site's own furniture is dropped: what does not fit its part is kept among `others`, with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import groupby, zip_longest

from generator.model import Answer, Block, RelatedPaper, Section, Summary
from generator.parsing import citation
from generator.parsing.facts import Fact, are_names, categories, names, read_facts
from generator.parsing.latex import unescape
from generator.parsing.summary_parts import (
    FINDINGS,
    HEADINGS,
    Kind,
    Line,
    Part,
    is_sentence_end,
    is_summary,
    item_text,
    split_parts,
)
from generator.parsing.wording import quoted
from generator.problems import Level, Location, Problem
from generator.slugs import fold

__all__ = ["is_summary", "parse_summary"]


@dataclass(frozen=True, slots=True)
class _Read:
    """A summary after one more part was read, the lines nothing could be made of, and what was odd."""

    summary: Summary
    rest: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


_ABOUT = re.compile(r"What is [\"“](.+)[\"”] about\?", re.IGNORECASE)
_QUESTION = re.compile(r"(?:What|Why|How|Who|Which|When|Where|Is|Are|Does|Do|Did|Can)\b.*\?", re.IGNORECASE)
_GENERATED = re.compile(r"Generated (.*[0-9]{4})", re.IGNORECASE)
_FOUND = re.compile(r"Found ([0-9]+) papers?(.*)", re.IGNORECASE)
_PUBLISHED_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_MORE, _ARROW, _MORE_CHARS = "More in ", "→", 60
_PROSE_WORDS = 8
_TITLE_CHARS = 300


def parse_summary(seed: str, text: str) -> tuple[Summary | None, list[Problem]]:
    r"""Read the summary in a decoded, LF-only text; None, and at least one error, where no page can be made of it.

    `title` comes from the citation, else from the question 'What is "…" about?', else from the leading block; `authors`
    from the leading block if it lists them, else from the citation, in its order, with BibTeX's `others` as the last
    where it names only some. `year` is the citation's, else that of `published`.

    Fields are verbatim but for blanks at the ends of lines. In `abstract`, LaTeX escapes such as `\%` outside maths are
    read as the characters they stand for, as arXiv's abstracts are LaTeX.
    """
    if not text.strip():
        return None, [_error(seed, "empty file, expected a paper summary", "paste the page's text or delete the file")]
    parts = split_parts(text)
    titles = _Titles.of(parts)
    if not titles.best:
        message = "no title found, neither in the citation nor in a question 'What is \"…\" about?' nor in a first line"
        return None, [_error(seed, message, "add the paper's title as the first line")]
    summary, problems = Summary(seed=seed, title=titles.best), titles.problems(seed)
    first, second = _without_doubles(parts)
    others: list[Section] = []
    for part in first:
        read = _READERS[part.kind](summary, part)
        summary = read.summary
        problems += [*read.problems, *_rest_problems(seed, part, read.rest)]
        others += [_section(part, read.rest)] if read.rest or part.kind is Kind.UNKNOWN else []
    findings = tuple(_section(part, part.lines) for part in first if part.kind is Kind.FINDING)
    others += [_section(part, part.lines) for part in second if part.lines or part.question]
    summary = replace(_with_claims(summary), findings=findings, others=tuple(others))
    problems += [*(_doubled(seed, part) for part in second), *_empty_problems(summary)]
    return summary, sorted(problems)


def _without_doubles(parts: Iterable[Part]) -> tuple[list[Part], list[Part]]:
    """The parts to read, and those whose section or finding was there before."""
    first: list[Part] = []
    second: list[Part] = []
    seen: set[Kind | str] = set()
    for part in parts:
        key = part.title.casefold() if part.kind is Kind.FINDING else part.kind
        (second if key in seen else first).append(part)
        seen |= {key} - {Kind.UNKNOWN, Kind.COMMENTS}
    return first, second


def _doubled(seed: str, part: Part) -> Problem:
    message = f"second section {part.title!r}, expected one"
    return _warning(seed, part.line, message, "join the two; this one is kept among the other sections")


@dataclass(frozen=True, slots=True)
class _Titles:
    """The paper's title as three places of a summary give it; empty where one does not."""

    cited: str
    asked: str
    asked_line: int
    leading: str

    @classmethod
    def of(cls, parts: Sequence[Part]) -> _Titles:
        cited = next((citation.read_citation(part.lines)[0] for part in parts if part.kind is Kind.CITATION), None)
        asked = next(
            (
                (found[1], line.number)
                for part in parts
                for line in part.lines
                if (found := _ABOUT.fullmatch(line.text))
            ),
            ("", 0),
        )
        return cls(citation.claims(cited).title if cited else "", *asked, next(_leading_titles(parts), ""))

    @property
    def best(self) -> str:
        return self.cited or self.asked or self.leading

    def problems(self, seed: str) -> list[Problem]:
        if not (self.cited and self.asked) or fold(self.cited) == fold(self.asked):
            return []
        message = (
            f"the question is about {quoted(self.asked)}, the citation names {quoted(self.cited)}, expected one title"
        )
        return [_warning(seed, self.asked_line, message, "correct the wrong one; the citation's title is used")]


def _leading_titles(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if part.kind in {Kind.LEAD, Kind.PUBLICATION}:
            for line in read_facts(part.lines)[1]:
                if len(line.text) <= _TITLE_CHARS and not line.text.endswith(".") and item_text(line.text) is None:
                    yield line.text


def _read_nothing(summary: Summary, part: Part) -> _Read:
    return _Read(summary, part.lines)


def _read_overview(summary: Summary, part: Part) -> _Read:
    return _Read(replace(summary, overview="\n".join(line.text for line in part.lines)))


def _read_abstract(summary: Summary, part: Part) -> _Read:
    return _Read(replace(summary, abstract=tuple(unescape(line.text) for line in part.lines)))


def _read_citation(summary: Summary, part: Part) -> _Read:
    cited, rest = citation.read_citation(part.lines)
    return _Read(replace(summary, citation=cited), rest)


def _read_facts(summary: Summary, part: Part) -> _Read:
    facts, lines = read_facts(part.lines)
    rest = [line for line in lines if fold(line.text) != fold(summary.title)]
    if rest and part.kind is not Kind.DETAILS and are_names(rest[0].text):
        facts = (*facts, Fact("authors", rest[0].text, rest.pop(0)))
    for fact in facts:
        known = _with_fact(summary, fact)
        if known is None:
            rest.append(fact.line)
        summary = known or summary
    return _Read(summary, tuple(rest))


def _with_fact(summary: Summary, fact: Fact) -> Summary | None:
    """The summary with one fact more; None where it contradicts what is known already."""
    known = replace(
        summary,
        published=fact.value if fact.label == "published" else summary.published,
        source=fact.value if fact.label == "source" else summary.source,
        categories=categories(fact.value) if fact.label == "categories" else summary.categories,
        authors=names(fact.value) if fact.label == "authors" else summary.authors,
    )
    return known if not getattr(summary, fact.label) else summary if known == summary else None


def _read_answers(summary: Summary, part: Part) -> _Read:
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
    return _Read(replace(summary, answers=found), tuple(rest))


def _without_more(text: str) -> str:
    """An answer without its link "More in Methodology →"; strings, as a pattern would scan blanks again and again."""
    start = text.rfind(_MORE) if text.endswith(_ARROW) else -1
    return text if start < 0 or len(text) - start > _MORE_CHARS else text[:start].rstrip()


def _read_generated(summary: Summary, part: Part) -> _Read:
    found = _GENERATED.fullmatch(part.lines[0].text) if part.lines else None
    if found is None:
        return _Read(summary, part.lines)
    return _Read(replace(summary, generated=found[1]), part.lines[1:])


def _read_finding(summary: Summary, part: Part) -> _Read:
    problems: list[Problem] = []
    if part.title.casefold() not in {name.casefold() for name in FINDINGS}:
        message = f"unknown finding {part.title!r}, expected one of {', '.join(FINDINGS)}"
        problems.append(_warning(summary.seed, part.line, message, "it is kept among the findings"))
    if not part.lines:
        message = f"no text under {part.title!r}, expected a paragraph or a list"
        problems.append(_warning(summary.seed, part.line, message, "add it or delete the heading"))
    return _Read(summary, problems=tuple(problems))


def _section(part: Part, lines: Iterable[Line]) -> Section:
    return Section(part.title, part.question, _blocks(lines))


def _read_related(summary: Summary, part: Part) -> _Read:
    lines = list(part.lines)
    found = _FOUND.fullmatch(lines[0].text) if lines else None
    if found:
        glued = found[2].strip()
        lines[:1] = [Line(lines[0].number, glued)] if glued else []
    rows = [line for line in lines if line.text.startswith("|")]
    plain = [line for line in lines if not line.text.startswith("|")]
    # A sentence where authors are expected: from the line above it on, this is another section.
    end = next((index - 1 for index in range(1, len(plain), 2) if _is_prose(plain[index].text)), len(plain))
    pairs = zip_longest(plain[:end:2], plain[1:end:2])
    related = tuple(RelatedPaper(title.text, authors.text if authors else "") for title, authors in pairs)
    problems = []
    if found and int(found[1]) != len(related):
        message = f"{len(related)} similar papers listed, expected {found[1]} as the line says"
        remedy = "give each a line for its title and one for its authors"
        problems.append(_warning(summary.seed, part.line, message, remedy))
    return _Read(replace(summary, related=related), (*plain[end:], *rows), tuple(problems))


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


def _rest_problems(seed: str, part: Part, rest: tuple[Line, ...]) -> list[Problem]:
    if part.kind is Kind.UNKNOWN:
        close = get_close_matches(part.title, HEADINGS, n=1)
        remedy = f"did you mean {close[0]!r}?" if close else "it is kept among the other sections"
        return [
            _warning(seed, part.line, f"unknown section {part.title!r}, expected one of {', '.join(HEADINGS)}", remedy)
        ]
    if not rest:
        return []
    message = f"unexpected text under {part.title!r}, from {quoted(rest[0].text)} on"
    remedy = "put it right or delete it; it is kept among the other sections"
    return [_warning(seed, rest[0].number, message, remedy)]


def _empty_problems(summary: Summary) -> list[Problem]:
    if summary.overview or summary.answers or summary.abstract or summary.findings or summary.others:
        return []
    message = f"nothing said about {quoted(summary.title)}, expected an abstract, a summary or findings"
    return [Problem(Location(summary.seed), message, "paste the rest of the page", Level.WARNING)]


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


def _error(seed: str, message: str, remedy: str) -> Problem:
    return Problem(Location(seed), message, remedy)


def _warning(seed: str, line: int, message: str, remedy: str) -> Problem:
    return Problem(Location(seed, line), message, remedy, Level.WARNING)


_READERS: Mapping[Kind, Callable[[Summary, Part], _Read]] = {
    Kind.LEAD: _read_facts,
    Kind.PUBLICATION: _read_facts,
    Kind.DETAILS: _read_facts,
    Kind.OVERVIEW: _read_overview,
    Kind.ANSWERS: _read_answers,
    Kind.ABSTRACT: _read_abstract,
    Kind.FINDINGS: _read_generated,
    Kind.FINDING: _read_finding,
    Kind.CITATION: _read_citation,
    Kind.PREVIEW: _read_nothing,
    Kind.NETWORK: _read_nothing,
    Kind.RELATED: _read_related,
    Kind.COMMENTS: _read_nothing,
    Kind.UNKNOWN: _read_nothing,
}
