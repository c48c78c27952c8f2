"""The lines of a raw summary, read as Markdown or as plain text copied from a page, without the page's furniture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostics import Location
from generator.package_data import load_yaml
from generator.prose import parse_blocks

_FURNITURE = load_yaml("generator.loading", "furniture.yml", dict[str, tuple[str, ...]])
_LINE = re.compile("|".join(_FURNITURE["lines"]), re.IGNORECASE)
# A bold line, or the bold start of one.
_BOLD = re.compile(r"(?:\*\*|__)([^*_]+?):?(?:\*\*|__):?[ \t]*(.*)")
_BULLETS = ("- ", "• ", "* ")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the seed, blanks at its ends removed; `number` and `column`, where it begins, count from 1.

    In Markdown, `level` is that of a heading, 0 for anything else, and `continues` tells that a paragraph goes on here.
    """

    number: int
    column: int
    text: str
    level: int = 0
    continues: bool = False

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
    """Yield the lines of headings, paragraphs and items of a Markdown text, an item with a bullet; drop its rules."""
    level, bullet = 0, ""
    for token in parse_blocks(text):
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "list_item_open":
            bullet = "- "
        elif token.content and token.map:
            has_lines = token.type == "inline" and not token.content.startswith("|")
            for offset, row in enumerate(filter(None, map(str.strip, token.content.split("\n")))):
                is_first = not offset
                text_of_row = f"{bullet}{row}" if is_first else row
                yield Line(first + token.map[0] + offset, 1, text_of_row, level, has_lines and not is_first)
            level, bullet = 0, ""


def bold_label(text: str) -> tuple[str, str]:
    """Split a line at its bold start, as in `**Key results:** fewer stitches`; the start is empty if there is none."""
    found = _BOLD.fullmatch(text)
    return (found[1].strip(), found[2]) if found else ("", text)


def item_text(text: str) -> str | None:
    """Return the text of a bullet item, None for any other line."""
    return text[2:].strip() if text.startswith(_BULLETS) else None
