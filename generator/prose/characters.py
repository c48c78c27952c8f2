"""How characters are written so that they show as themselves: in Markdown, and in HTML."""

from __future__ import annotations

import html
import re

# `_` between letters is safe everywhere; `|` and white space have no backslash escape; `!` may come before a link. The
# characters stand in one set, and what must be around some of them behind it: a set is found faster than alternatives.
_SPECIAL = re.compile(r"[\\`*{}\[\]#<&|\t\u2028\u2029_!](?:(?<![_!])|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))|(?<=!)\Z)")
_REFERENCES = {"<": "&lt;", "&": "&amp;", "|": "&#124;", "\t": "&#9;", "\u2028": "&#8232;", "\u2029": "&#8233;"}
# What makes a block of a line that starts with it: a list, quote, rule, heading, fence or definition.
_START = re.compile(r"(?P<backslash>>|[-+](?![^\W_]))|(?P<reference>[:=~])|(?P<number>\d+)(?=[.)](?:\s|\Z))")
_EDGE = re.compile(r"\A\s|\s\Z")
# Control characters are not allowed in HTML, and STX and ETX are Python-Markdown's own marks.
_CONTROL = dict.fromkeys((*range(9), *range(14, 32), 127), "\ufffd") | {11: " ", 12: " ", 133: " "}

_MARKDOWN = str.maketrans({ch: f"&#{ord(ch)};" for ch in "\\`*_{}[]|~$\t"})


def without_controls(source: str) -> str:
    """The text with control characters made visible as U+FFFD, those that only separate lines or pages as spaces."""
    return source.translate(_CONTROL)


def in_markdown(characters: str) -> str:
    """Inline Markdown that shows the characters, provided that `line` takes care of the line's start."""
    return _SPECIAL.sub(lambda match: _REFERENCES.get(match[0], f"\\{match[0]}"), characters)


def in_html(characters: str) -> str:
    """HTML, for text and for attributes in double quotes, that shows the characters and that Markdown leaves alone."""
    return inert(html.escape(characters))


def inert(markup: str) -> str:
    """HTML as it is, with all that Markdown might read in its text and attributes as character references."""
    return markup.translate(_MARKDOWN)


def line(markdown: str) -> str:
    """One line of inline Markdown as a paragraph of its own, whatever it starts with.

    Spaces at its ends go; other white space there (no-break, ideographic) stays, which builders would strip.
    """
    whole = markdown.strip(" ")
    if whole[:1].isspace() or whole[-1:].isspace():
        whole = _EDGE.sub(lambda match: f"&#{ord(match[0])};", whole)
    return _START.sub(_start, whole, count=1) if _START.match(whole) else whole


def _start(match: re.Match[str]) -> str:
    if match["number"]:
        return f"{match[0]}\\"
    return f"\\{match[0]}" if match["backslash"] else f"&#{ord(match[0])};"
