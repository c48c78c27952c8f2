"""The lines of a raw summary, without the page's furniture, and the facts that they give of its paper.

They are Markdown or plain text copied from a page; facts are labelled or not, on one line or below their label.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.diagnostics import Location
from generator.model import ARXIV_ID, Summary
from generator.package_data import load_yaml
from generator.prose import parse_blocks
from generator.text.names import names_in

_FURNITURE = load_yaml("generator.loading", "summary_furniture.yml", dict[str, tuple[str, ...]])
_LINE = re.compile("|".join(_FURNITURE["lines"]), re.IGNORECASE)
_UNTITLING = {*_FURNITURE["untitling"]}
# A bold line, or the bold start of one.
_BOLD = re.compile(r"(?:\*\*|__)([^*_]+?):?(?:\*\*|__):?[ \t]*(.*)")

# Labels, and the fields of a summary that they give.
LABELS = load_yaml("generator.loading", "summary_labels.yml", dict[str, str])
_FIELDS = {*LABELS.values()}
_LABEL = re.compile(rf"({'|'.join(LABELS)}):", re.IGNORECASE)
_START = re.compile(rf"(?:Publication)?(?=(?:{'|'.join(LABELS)}):)", re.IGNORECASE)
# The lines below a page's title: `ArXiv cs.CV`, and `2503.01236 Published Mar 05, 2026` or either half of it.
_CATEGORY = r"[a-z-]+(?:\.[A-Za-z-]+)?"
_CATEGORIES = re.compile(rf"{_CATEGORY}(?:[ ,;]+{_CATEGORY})*")
_SITE = re.compile(rf"(arXiv)[ :·|•]+({_CATEGORIES.pattern})", re.IGNORECASE)
_ID = re.compile(rf"(?i:arXiv: ?|https?://arxiv\.org/(?:abs|pdf)/)?({ARXIV_ID})(?:v[0-9]+)?")
_ID_AND_DATE = re.compile(rf"(?:{_ID.pattern})?[ ·|•]*(?:Published (?:on )?(.*[0-9]{{4}}))?", re.IGNORECASE)
# What stands around a title: `Summary of "…"` before it, the name of the site behind.
_TITLE_LABEL = r"(?:Paper )?Title: +"
_BEFORE_TITLE = re.compile(
    rf"\A(?:(?:(?:AI|Paper|Research) )*Summary(?: of|:) +|{_TITLE_LABEL}|Paper: +)", re.IGNORECASE
)
_BEHIND_TITLE = re.compile(r" +[|–—-] +ArXiv ?Lens$", re.IGNORECASE)
_LABELLED_TITLE = re.compile(_TITLE_LABEL, re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NAMES_AND_YEAR = re.compile(rf"(.*\S) *\(({_YEAR.pattern})\)")
_NAME_WORDS = 5
_ONE_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [\w.'’-]+){0,2} [^\W\d_a-z][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the seed, blanks at its ends removed; `number` and `column`, where it begins, count from 1.

    In Markdown it may be a whole block as it stands, from column 1, or a row of `block`. `level` is that of a heading,
    0 for anything else, and `continues` tells that a paragraph goes on here.
    """

    number: int
    column: int
    text: str
    level: int = 0
    continues: bool = False
    block: "Line | None" = None

    def at(self, seed: str) -> Location:
        """Return where the line stands."""
        return Location(seed, self.number, self.column)


def plain_lines(text: str, first: int = 1) -> Iterator[Line]:
    """Yield the lines of a plain text, of which the first has the number `first`; drop furniture and blank lines."""
    *whole, last = text.rstrip().split("\n")
    is_cut = len(last) > 1 and any(line.startswith(last) for line in _FURNITURE["last"])
    for number, raw in enumerate([*whole, "" if is_cut else last], first):
        stripped = raw.strip()
        if stripped and not _LINE.fullmatch(stripped):
            yield Line(number, raw.index(stripped) + 1, stripped)


def markdown_lines(text: str, first: int = 1) -> Iterator[Line]:
    """Yield the headings of a Markdown text, the lines of its paragraphs and any other block whole; drop its rules."""
    rows, level = text.split("\n"), 0
    for token in parse_blocks(text):
        start, end = token.map or (0, 0)
        if token.type == "inline" and token.level == 1:
            texts = [" ".join(token.content.split())] if level else token.content.split("\n")
            for offset, row in enumerate(filter(None, texts)):
                yield Line(first + start + offset, 1, row, level, continues=bool(offset))
        elif not token.level and end:
            level = int(token.tag[1]) if token.type == "heading_open" else 0
            if token.type not in {"heading_open", "paragraph_open", "hr"}:
                yield Line(first + start, 1, "\n".join(rows[start:end]))


def rows_of(block: Line) -> Iterator[Line]:
    """Yield the lines of all that a block of Markdown holds, as a list's items, without their marks."""
    level = 0
    for token in parse_blocks(block.text):
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.content and token.map:
            for offset, row in enumerate(filter(None, map(str.strip, token.content.split("\n")))):
                yield Line(block.number + token.map[0] + offset, 1, row, level, block=block)
            level = 0


def bold_label(text: str) -> tuple[str, str]:
    """Split a line at its bold start, as in `**Key results:** fewer stitches`; the start is empty if there is none."""
    found = _BOLD.fullmatch(text)
    return (found[1].strip(), found[2]) if found else ("", text)


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """The value of a field of a summary, as the line writes it."""

    name: str
    value: str
    line: Line


def read_facts(lines: Iterable[Line]) -> tuple[tuple[LabelledValue, ...], tuple[Line, ...]]:
    """Return the facts, and the lines that hold none."""
    facts: list[LabelledValue] = []
    rest: list[Line] = []
    pending = ""
    for line in lines:
        found = [*_labelled(line)] or [*_unlabelled(line)]
        if found:
            facts += [fact for fact in found if value_of(fact.name, fact.value)]
            rest += [line] if any(fact.value and not value_of(fact.name, fact.value) for fact in found) else []
            pending = "" if found[-1].value else found[-1].name
        elif is_label(line.text):
            pending = LABELS[line.text.casefold()]
        elif pending in _FIELDS and value_of(pending, line.text):
            facts.append(LabelledValue(pending, line.text, line))
            pending = f"more {pending}"
        elif (is_one := _MORE.get(pending)) and is_one(line.text):
            facts[-1] = replace(facts[-1], value=f"{facts[-1].value}, {line.text}")
        else:
            pending = ""
            rest.append(line)
    return tuple(facts), tuple(rest)


def is_label(text: str) -> bool:
    """Tell whether a line is a label alone, above its value; "ArXiv" is a value itself."""
    return text.casefold() in LABELS and text.casefold() != "arxiv"


def with_fact(summary: Summary, fact: LabelledValue) -> Summary | None:
    """Return the summary with one fact more; None where it contradicts what is known already."""
    value, known = value_of(fact.name, fact.value), getattr(summary, fact.name)
    if fact.name == "categories":
        value = tuple(dict.fromkeys((*known, *value)))
    elif known and known != value:
        return None
    change: dict[str, Any] = {fact.name: value}
    return replace(summary, **change)


def _labelled(line: Line) -> Iterator[LabelledValue]:
    """Yield the facts of a line that begins with a label, empty ones as well."""
    if start := _START.match(line.text):
        _, *pieces = _LABEL.split(line.text[start.end() :])
        for label, piece in zip(pieces[::2], pieces[1::2], strict=True):
            name, value = LABELS[label.casefold()], piece.strip().strip(" |•·\t").strip()
            if name == "authors" and (dated := _NAMES_AND_YEAR.fullmatch(value)):
                yield LabelledValue("year", dated[2], line)
                value = dated[1]
            yield LabelledValue(name, value, line)


def _unlabelled(line: Line) -> Iterator[LabelledValue]:
    """Yield the facts of a line that the site writes without a label."""
    if site := _SITE.fullmatch(line.text):
        yield from (LabelledValue("source", site[1], line), LabelledValue("categories", site[2], line))
    elif found := _ID_AND_DATE.fullmatch(line.text):
        given = {"arxiv": found[1], "published": found[2]}
        yield from (LabelledValue(name, value.strip(), line) for name, value in given.items() if value)


def value_of(name: str, text: str) -> Any:  # noqa: ANN401 -- that of any field
    """Return the value of a field that a text spells; one that is nothing if it can be none of that field."""
    return _READERS.get(name, str)(text)


def _arxiv(text: str) -> str:
    found = _ID.fullmatch(text)
    return found[1] if found else ""


def _year(text: str) -> int | None:
    return int(text) if _YEAR.fullmatch(text) else None


def title_in(text: str) -> str:
    """Return the title in a line that gives one."""
    return _BEHIND_TITLE.sub("", _BEFORE_TITLE.sub("", text, count=1)).strip('"“”').strip()


def is_untitling(text: str) -> bool:
    """Tell whether a line says no more than that a summary of some paper follows, or on which site."""
    words = {*re.findall(r"\w+", text.casefold())}
    return bool(words) and (words <= _UNTITLING or bool(_LINE.fullmatch(text)))


def is_labelled_title(text: str) -> bool:
    """Tell whether a line names the title as such."""
    return bool(_LABELLED_TITLE.match(text))


def categories(text: str) -> tuple[str, ...]:
    """`cs.CV, cs.LG` or `cs.CV cs.LG` as its codes; names of categories are split at commas and semicolons only."""
    pieces = [piece.strip() for piece in re.split(r"[,;]", text)]
    if all(re.fullmatch(r"[a-z.\- ]+", piece, re.IGNORECASE) and "." in piece for piece in pieces):
        pieces = text.replace(",", " ").replace(";", " ").split()
    return tuple(piece for piece in pieces if piece)


def are_names(text: str) -> bool:
    """Tell whether a line without a label lists at least two authors: short capitalised pieces between commas."""
    return len(names_in(text)) > 1 and _are_names(text)


def is_name(text: str) -> bool:
    """Tell whether a line may be the name of one author."""
    return bool(_ONE_NAME.fullmatch(text)) and not any(map(str.isdigit, text))


def are_full_names(text: str) -> bool:
    """Tell whether a line lists at least two authors, given name and family name each."""
    return are_names(text) and all(piece == "others" or " " in piece for piece in names_in(text))


def _are_names(text: str) -> bool:
    return all(
        len(piece.split()) <= _NAME_WORDS
        and (piece == "others" or piece[0].isupper())
        and not any(ch.isdigit() or ch in ":?!" for ch in piece)
        for piece in names_in(text)
    )


_READERS: Mapping[str, Callable[[str], object]] = {
    "authors": names_in,
    "categories": categories,
    "arxiv": _arxiv,
    "year": _year,
    "key_terms": categories,
}
# Below a label there may be more values, a line each.
_MORE: Mapping[str, Callable[[str], object]] = {
    "more authors": _are_names,
    "more categories": _CATEGORIES.fullmatch,
}
