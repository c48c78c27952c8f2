"""Inline content: markdown-it's tokens, or plain text, as one line of Markdown or HTML."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from generator.prose.characters import in_html, in_markdown, line, without_controls
from generator.prose.maths import mathml
from generator.prose.reading import read_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

# An address that needs no escape between the parentheses of a link.
_SIMPLE_ADDRESS = re.compile(r"(?:https?://|mailto:)[\w.~/?#=%+,;:@-]+", re.ASCII)
# Most plain texts are words between which nothing stands that a builder might read as anything else.
_WORDS = re.compile(r"[A-Za-z](?:[A-Za-z0-9 .,:;()'\"/%+=-]*[A-Za-z0-9.)])?")
_LINE_BREAKS = re.compile(r"[\r\n]+")
# What maths and tags start with. A text without them, as most are, has nothing to parse.
_STARTS = re.compile(r"[$\\<]")
# Builders take quadratic time for the elements of one line. In characters.
_LONGEST = 3_000
# Letters written from right to left, and marks of direction: what follows them on a line would change places with them.
# The first set is soon found to hold none of an ordinary text's letters.
_DIRECTED = re.compile(
    "[^\x00-\u058f](?<=[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff])"
)
_DELIMITERS = {"em": "*", "strong": "**"}
_TAGS = {delimiter: tag for tag, delimiter in _DELIMITERS.items()}
# What, or nothing at all, lets emphasis stand beside it whatever is inside: a blank, and ASCII's punctuation.
_APART = frozenset(("", " ", *string.punctuation))
# A paragraph is one line, so that nothing in it can start a block and editors can't strip a break.
_BREAKS = {"softbreak": " ", "hardbreak": "<br> "}


def text(value: str) -> str:
    """A plain text (title, plan field; not Markdown) as one line of inline Markdown showing exactly its characters.

    Line breaks become spaces. LaTeX maths is rendered, and `<sub>` and `<sup>` in pairs are markup, as in a reasoning;
    in a text longer than 3,000 characters they are characters as well. Text that runs from right to left, or says so,
    is set apart from what stands beside it.
    """
    if _WORDS.fullmatch(value):
        return value
    whole = value if value.isprintable() else _LINE_BREAKS.sub(" ", without_controls(value))
    is_plain = len(whole) > _LONGEST or not _STARTS.search(whole)
    shown = line(in_markdown(whole)) if is_plain else markdown(read_plain(whole))
    return f"<bdi>{shown}</bdi>" if _DIRECTED.search(whole) else shown


def markdown(tokens: Sequence[Token]) -> str:
    """Inline tokens as one line of Markdown that may start a paragraph."""
    return line("".join(_flanked(_Writer(is_html=False).write(tokens))))


def markup(tokens: Sequence[Token]) -> str:
    """Inline tokens as HTML, for blocks that are written as HTML."""
    return "".join(_Writer(is_html=True).write(tokens))


class _Writer:
    """Writes tokens in one language.

    Python-Markdown reads emphasis that is neither nested nor next to other emphasis just as CommonMark does, whatever
    is around it; the rest is written as elements, which both leave alone.
    """

    def __init__(self, *, is_html: bool) -> None:
        self._is_html = is_html
        self._escaped = in_html if is_html else in_markdown
        self._pieces: list[str] = []
        self._ends: list[str] = []
        self._is_emphasised = False

    def write(self, tokens: Sequence[Token]) -> list[str]:
        paired = _paired(tokens)
        for index, token in enumerate(tokens):
            if token.nesting == 1:
                self._open(token)
            elif token.nesting == -1:
                self._close()
            elif piece := token.content if index in paired else self._leaf(token):
                self._pieces.append(piece)
        return self._pieces

    def _leaf(self, token: Token) -> str:
        match token.type:
            case "softbreak" | "hardbreak":
                return _BREAKS[token.type]
            case "code_inline":
                return self._code(token.content)
            case "math":
                return self._formula(token)
            case "image":
                return self._escaped(f"{_alternative(token)} ({token.attrs['src']})")
            case _:
                return self._escaped(token.content)

    def _formula(self, token: Token) -> str:
        converted = mathml(token.content, is_display=token.meta["is_display"])
        return converted or f'<code class="latex">{self._escaped(token.content)}</code>'

    def _code(self, content: str) -> str:
        if self._is_html or content != content.strip() or re.search(r"[`<&\t]|\{: ", content):
            return f"<code>{self._escaped(content)}</code>"
        return f"`{content}`"

    def _open(self, token: Token) -> None:
        start, end = self._link(token) if token.type == "link_open" else self._emphasis(token.tag)
        self._pieces.append(start)
        self._ends.append(end)

    def _close(self) -> None:
        end = self._ends.pop()
        self._pieces.append(end)
        if end in _DELIMITERS.values():
            self._is_emphasised = False

    def _link(self, token: Token) -> tuple[str, str]:
        address, title = str(token.attrs["href"]), str(token.attrs.get("title", ""))
        if not self._is_html and not title and _SIMPLE_ADDRESS.fullmatch(address):
            return "[", f"]({address})"
        attribute = f' title="{in_html(title)}"' if title else ""
        return f'<a href="{in_html(address)}"{attribute}>', "</a>"

    def _emphasis(self, tag: str) -> tuple[str, str]:
        is_adjacent = bool(self._pieces) and self._pieces[-1] in _DELIMITERS.values()
        if self._is_html or self._is_emphasised or is_adjacent:
            return f"<{tag}>", f"</{tag}>"
        self._is_emphasised = True
        return _DELIMITERS[tag], _DELIMITERS[tag]


def _flanked(pieces: Sequence[str]) -> list[str]:
    """The pieces, with emphasis as elements where CommonMark would see none, for that depends on what is beside it.

    The source may have had there what is not written: a reference, say, in place of its letter.
    """
    found = ["", *pieces, ""]
    edges = [at for at, piece in enumerate(found) if piece in _TAGS]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        outside, inside = (found[start - 1][-1:], found[end + 1][:1]), (found[start + 1][0], found[end - 1][-1])
        if not all(map(_is_flank, inside, outside)):
            tag = _TAGS[found[start]]
            found[start], found[end] = f"<{tag}>", f"</{tag}>"
    return found


def _is_flank(inside: str, outside: str) -> bool:
    """Whether a delimiter between these two is one in all versions of CommonMark."""
    return inside.isalnum() or (not inside.isspace() and (outside in _APART))


def _paired(tokens: Sequence[Token]) -> set[int]:
    """Indices of the tags that enclose something: a start and an end tag with whole elements between them."""
    paired: set[int] = set()
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.nesting == 1 or (token.type == "tag" and not token.content.startswith("</")):
            opened.append(index)
        elif token.nesting == -1:
            while tokens[opened.pop()].type == "tag":
                pass
        elif token.type == "tag" and opened and tokens[opened[-1]].tag == token.tag:
            paired |= {index, opened.pop()}
    return paired


def _alternative(image: Token) -> str:
    return "".join(" " if child.type in _BREAKS else child.content for child in image.children or ())
