"""A raw summary's text to a `Summary`. How the text is laid out is described in `summary_outline`.

Nothing but the site's own furniture is dropped: what does not fit its part is kept among `others`, with a warning.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from generator.diagnostics import Code, Diagnostic, Location, errors, sorted_unique, truncated
from generator.fields import keys
from generator.loading import citation
from generator.loading.located_yaml import LocatedMapping, Unquoted, read_mapping
from generator.loading.summary_fields import read_part, section
from generator.loading.summary_lines import (
    Line,
    are_full_names,
    is_labelled_title,
    is_untitling,
    read_facts,
    title_in,
    value_of,
)
from generator.loading.summary_outline import HEADINGS, PartKind, SummaryPart, outline
from generator.loading.validation import validate
from generator.model import Section, Summary
from generator.text.patterns import item_text
from generator.text.slugs import match_key

_ABOUT = re.compile(r"What is [\"“](.+)[\"”] about\?", re.IGNORECASE)
_PUBLISHED_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_TITLE_CHARS = 300
# A file that is named as people write a title: words between blanks or underscores.
_NAMED_FILE = re.compile(r"[A-Z0-9][^ _]*(?:[ _]+[^ _]+){2,}")


def parse_summary(seed: str, text: str) -> tuple[Summary | None, list[Diagnostic]]:
    r"""Read the summary in a decoded, LF-only text; None, and at least one error, where no page can be made of it.

    `title` comes from the front matter, else from the citation, the question 'What is "…" about?', the leading block or
    the file's name; `authors` from the front matter or the leading block if it lists them, else from the citation, in
    its order, with BibTeX's `others` as the last where it names only some. `year` is the citation's unless it is given,
    else that of `published`.

    Texts in Markdown are made canonical, others are verbatim but for blanks at the ends of lines. In an `abstract` that
    is not Markdown, LaTeX escapes such as `\%` outside maths are read as the characters they stand for, as arXiv's
    abstracts are LaTeX.
    """
    head, parts, is_markdown = outline(text)
    nothing = LocatedMapping({}, {(): Location(seed, 1)})
    mapping, diagnostics = read_mapping(seed, head) if head is not None else (nothing, [])
    if mapping is None:
        return None, diagnostics
    given: dict[str, object] = {"is_markdown": is_markdown}
    if "title" not in mapping.values:
        given["title"], problems = _title(seed, parts)
        diagnostics += problems
        if not given["title"]:
            return None, diagnostics
    summary, problems = validate(Summary, _readable(mapping), keys, seed=seed, **given)
    diagnostics += problems
    if summary is None or errors(diagnostics):
        return None, diagnostics
    first, second, doubled = _without_doubles(seed, parts)
    others: list[Section] = []
    for part in first:
        summary, rest, problems = read_part(summary, part)
        diagnostics += [*problems, *_rest_problems(seed, part, rest)]
        others += [section(summary, part, rest)] if rest or part.kind is PartKind.UNKNOWN else []
    findings = tuple(section(summary, part, part.lines) for part in first if part.kind is PartKind.FINDING)
    others += [section(summary, part, part.lines) for part in second if part.lines or part.question]
    summary = replace(_with_claims(summary), findings=findings, others=(*summary.others, *others))
    diagnostics += [*doubled, *_empty_problems(summary)]
    return summary, list(sorted_unique(diagnostics))


def _readable(mapping: LocatedMapping) -> LocatedMapping:
    """Return front matter with a list where one line lists several, and texts that YAML takes for dates or numbers."""
    known = keys(Summary)
    values: dict[str, object] = {}
    for written, value in mapping.values.items():
        key = "generated" if written == "date" else written
        field = known.get(key)
        text = value.text if isinstance(value, Unquoted) and field and field.kind is str else value
        values[key] = (value_of(field.name, text) or text) if field and isinstance(text, str) else text
    return replace(mapping, values=values)


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
            diagnostics.append(Diagnostic(Code.DOUBLED_SECTION, where, found, related=seen[key]))
        else:
            first.append(part)
        if key not in {PartKind.UNKNOWN, PartKind.COMMENTS}:
            seen.setdefault(key, where)
    return first, second, diagnostics


def _title(seed: str, parts: Sequence[SummaryPart]) -> tuple[str, list[Diagnostic]]:
    """Return the paper's title, empty if no place gives one, and the problem of none, or of two that differ."""
    named = next((citation.read_citation(part.lines)[0] for part in parts if part.kind is PartKind.CITATION), None)
    cited = citation.claims(named)["title"] if named else ""
    lines = (line for part in parts for line in part.lines)
    asked, where = next(
        ((found[1].strip(), line) for line in lines if (found := _ABOUT.fullmatch(line.text))), ("", None)
    )
    if cited and where and match_key(cited) != match_key(asked):
        message = f"the question is about {truncated(asked)}, the citation names {truncated(cited)}, expected one title"
        return cited, [Diagnostic(Code.TWO_TITLES, where.at(seed), message)]
    if title := cited or asked or next(_leading_titles(parts), "") or _title_in_name(seed):
        return title, []
    message = "no title found, neither in front matter nor in a citation nor in a first line nor in the file's name"
    return "", [Diagnostic(Code.SUMMARY_WITHOUT_TITLE, Location(seed, 1), message)]


def _leading_titles(parts: Iterable[SummaryPart]) -> Iterator[str]:
    """Yield the lines above the first section that may be the title: first what is named as such, then headings."""
    lead = next((part.lines for part in parts if part.kind is PartKind.LEAD), ())
    for line in sorted(read_facts(lead)[1], key=lambda line: (not is_labelled_title(line.text), not line.level)):
        text = title_in(line.text)
        is_short = len(text) <= _TITLE_CHARS and not text.endswith((".", ":")) and item_text(text) is None
        is_other = is_untitling(text) or text.startswith("|")
        if text and is_short and not is_other and (line.level or (" " in text and not are_full_names(text))):
            yield text


def _title_in_name(seed: str) -> str:
    stem = title_in(seed.rpartition("/")[2].rpartition(".")[0])
    return " ".join(re.split(r"[ _]+", stem)) if _NAMED_FILE.fullmatch(stem) else ""


def _rest_problems(seed: str, part: SummaryPart, rest: Sequence[Line]) -> list[Diagnostic]:
    if part.kind is PartKind.UNKNOWN:
        close = get_close_matches(part.title, HEADINGS, n=1)
        if part.heading.level and not close:
            return []
        hint = f"did you mean {close[0]!r}?" if close else "it is kept among the other sections"
        message = f"unknown section {truncated(part.title)}, expected one of {', '.join(HEADINGS)}"
        return [Diagnostic(Code.UNKNOWN_SECTION, part.heading.at(seed), message, hint)]
    if not rest:
        return []
    start = rest[0].text.strip().partition("\n")[0]
    message = f"unexpected text under {truncated(part.title)}, from {truncated(start)} on"
    return [Diagnostic(Code.UNEXPECTED_TEXT, rest[0].at(seed), message)]


def _empty_problems(summary: Summary) -> list[Diagnostic]:
    if summary.overview or summary.answers or summary.abstract or summary.findings or summary.others:
        return []
    message = f"nothing said about {truncated(summary.title)}, expected an abstract, a summary or findings"
    return [Diagnostic(Code.BARE_SUMMARY, Location(summary.seed, 1), message)]


def _with_claims(summary: Summary) -> Summary:
    """Fill in what the citation says, and the year of publication."""
    claims = citation.claims(summary.citation)
    if published := _PUBLISHED_YEAR.search(summary.published):
        claims["year"] = claims["year"] or int(published[0])
    return replace(summary, **{name: value for name, value in claims.items() if not getattr(summary, name)})
