"""The Markdown of generated pages as HTML: what Python-Markdown makes of it, by pulldown-cmark, in no time.

pulldown-cmark reads CommonMark and tables. What the pages hold besides, the templates alone write, for `prose` escapes
every brace of a text, and writes code with such braces as an element:

- An attribute list, `{: .note }`, becomes a tag of no element at the start of what it belongs to. Markdown leaves tags
  alone, so in the HTML it stands right behind the start tag, which takes its attributes in.
- An element with `markdown="1"` is to CommonMark a tag on lines of its own, and Markdown what follows a blank line.
- A heading gets an id, if it has none, and a link to itself.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyromark
from markdown.extensions.toc import slugify, unique

if TYPE_CHECKING:
    from collections.abc import Callable

# Neither a letter nor white space is at its ends, so that emphasis may start beside it.
_MARK = "<list"
_HEADING = re.compile(r'<h([1-6])(?: id="([^"]*)")?>(.*?)</h\1>')
_TAG = re.compile(r"<[^<>]*>")
# Every bracket of a text is escaped, so these stand in tags alone.
_ID = re.compile(r'<[a-z][^<>]* id="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its text is HTML without tags, on one line."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Converted:
    """A page's HTML, its headings in their order, and the ids of all its elements."""

    html: str
    headings: tuple[Heading, ...]
    ids: frozenset[str]


def convert(markdown: str, permalink: str) -> Converted:
    """A generated page's Markdown as HTML; `permalink` is a heading's link to itself, with ID for the heading's id."""
    for before, start in _OWNERS.items():
        markdown = _marked(markdown, before, start)
    page = pyromark.html(markdown, options=pyromark.Options.ENABLE_TABLES)
    page = page.replace(f">{_MARK}", "").replace(' markdown="1">', ">")
    headings, ids = list[Heading](), set(_ID.findall(page))

    def named(found: re.Match[str]) -> str:
        level, name, text = found.groups()
        title = " ".join(_TAG.sub("", text).split())
        if name is None:
            name = unique(slugify(html.unescape(title), "-"), ids)
        headings.append(Heading(int(level), name, title))
        return f'<h{level} id="{name}">{text}{permalink.replace("ID", name)}</h{level}>'

    page = _HEADING.sub(named, page)
    return Converted(page, tuple(headings), frozenset(ids))


def _marked(markdown: str, before: str, start: Callable[[str], int]) -> str:
    """The text with the lists that stand after `before` as marks; `start` is where in a text its last owner starts."""
    text, *parts = markdown.split(f"{before}{{: ")
    pieces = [text]
    for part in parts:
        words, _, rest = part.partition(" }")
        text = pieces[-1] + before.strip()
        at = start(text)
        pieces[-1] = f"{text[:at]}{_mark(words)}{text[at:]}"
        pieces.append(rest)
    return "".join(pieces)


def _mark(words: str) -> str:
    """What an attribute list says, as a tag."""
    attributes, classes = "", ""
    for word in words.split():
        match word[0]:
            case "#":
                attributes += f' id="{word[1:]}"'
            case ".":
                classes += f" {word[1:]}"
            case _:
                attributes += f" {word}"
    return f'{_MARK} class="{classes[1:]}"{attributes}>' if classes else f"{_MARK}{attributes}>"


def _paragraph(text: str) -> int:
    return text.rfind("\n") + 1


def _heading(text: str) -> int:
    return text.index("# ", _paragraph(text)) + 2


def _emphasis(text: str) -> int:
    at = text.rindex(" *") + 2
    return at + text.startswith("*", at)


def _link(text: str) -> int:
    return max(text.rfind(" ["), text.rfind("\n[")) + 2


# What an attribute list stands after -> where what it belongs to starts. A paragraph may hold elements with lists of
# their own, so it comes first.
_OWNERS = {"\n": _paragraph, " ": _heading, "*": _emphasis, ")": _link}
