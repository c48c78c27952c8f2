"""The Markdown that pages are written in: the reader that counts, what may be linked, and characters as themselves."""

import re
from collections.abc import Iterator

import pyromark
from linkify_it import LinkifyIt
from markdown_it.common.normalize_url import normalizeLink

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_MATH
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)
_SCHEMES = ("http://", "https://", "mailto:")
# What a text with an address holds; most hold none.
_SIGNS = ("://", "www.", "@")
# Without a scheme a name may be a file's or a module's (`model.py`), unless it is GitHub's `www.`.
FINDER = LinkifyIt()

# ASCII's punctuation: what a backslash takes its meaning from.
PUNCTUATION = r"!-/:-@\[-`{-~"
# A character stands in the set, and behind it what must be around it: a set is found faster than alternatives.
_MARKS = r"[\\`*_$|<&~\n\r\u2028\u2029]"
_SOMETIMES = rf"""
      (?<=[`$|\n\r\u2028\u2029])
    | (?<=\\)(?=[{PUNCTUATION}\s]|\Z)
    | (?<=\*)(?:(?<![ ]\*)|(?![ ]))     # an asterisk between blanks, as in "2 * 3", can't be emphasis
    | (?<=_)(?:(?<![^\W_]_)|(?![^\W_])) # neither can an underscore within a word
    | (?<=&)(?=\#?\w+;)
    | (?<=[^ \t]~)                      # what is struck out could end at such a tilde
"""
_SPECIAL = re.compile(rf"{_MARKS}(?:{_SOMETIMES} | (?<=<)(?=[A-Za-z/!?]|[^\s<>@]*@|\Z))", re.VERBOSE)
# An address in angle brackets may go on behind emphasis.
_SPECIAL_AND_ANGLES = re.compile(rf"{_MARKS}(?:{_SOMETIMES} | (?<=<))", re.VERBOSE)
# Together these need no escape where nothing can be looked up: links alone are told by what follows a bracket.
_BRACKETS = re.compile(r"[\[\]]")
_MEANINGFUL_BRACKETS = re.compile(r"\][\[(:]|\[\^|\^\[|\A\s*\[[!xX ]")
# What makes a block of a line that starts with it: a quote, list, rule, heading, underline, fence or table.
_START = re.compile(r">|[-:](?=[-:\s]|\Z)|\+(?=\s|\Z)|#{1,6}(?=\s|\Z)|=+\s*\Z|~~~|(?P<number>\d{1,9})(?=[.)](?:\s|\Z))")
# A heading's text would lose it.
_CLOSING_SEQUENCE = re.compile(r"(?<= )#(?=#*\Z)")
_EDGE = re.compile(r"\A\s|\s\Z")
# Control characters are not allowed in HTML.
_CONTROL = dict.fromkeys((*range(9), *range(14, 32), 127), "\ufffd") | {11: " ", 12: " ", 133: " "}
_IN_ADDRESS = re.compile(r"[()\\`$<>]|&(?=#?\w+;)")
_IN_TITLE = re.compile(r'["\\`$<&]')

_ANY_CONTROL = re.compile(f"[{re.escape(''.join(map(chr, _CONTROL)))}]")


def render(markdown: str) -> str:
    """Render Markdown to HTML as the pages are, by pulldown-cmark."""
    return pyromark.html(markdown, options=OPTIONS)


def is_allowed(url: str) -> bool:
    """Tell whether a link may lead there."""
    return url.lower().startswith(_SCHEMES)


def bare_addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the addresses in a text begin and end, in their order, and where they lead, percent-encoded."""
    if any(sign in text for sign in _SIGNS):
        for found in FINDER.match(text) or ():
            if is_allowed(found.url) and (found.schema or found.text.startswith("www.")):
                yield found.index, found.last_index, normalizeLink(found.url)


def without_controls(source: str) -> str:
    """Make control characters visible as U+FFFD, and spaces of those that only separate lines or pages."""
    return source.translate(_CONTROL) if _ANY_CONTROL.search(source) else source


def escape_markdown(characters: str, *, bracket: str, has_addresses: bool = False) -> str:
    """Escape the characters that Markdown would read as something else; `escape_line` does so for a line's start.

    `bracket` is how an opening square bracket is written; unless it stands as it is, closing ones are escaped.
    `has_addresses` says that the line may hold an address that goes on behind these characters.
    """
    special = _SPECIAL_AND_ANGLES if has_addresses else _SPECIAL
    escaped = special.sub(_escape, characters)
    return escaped if bracket == "[" else escaped.replace("[", bracket).replace("]", r"\]")


def _escape(match: re.Match[str]) -> str:
    return reference(match[0]) if match[0].isspace() else f"\\{match[0]}"


def reference(character: str) -> str:
    """Write a character as a numeric reference; to Markdown that is punctuation, and never white space."""
    return f"&#{ord(character)};"


def are_brackets_plain(characters: str) -> bool:
    """Tell whether all square brackets of a text are in pairs and none is part of a link, footnote, alert or task."""
    if "[" not in characters and "]" not in characters:
        return True
    depth = 0
    for match in _BRACKETS.finditer(characters):
        depth += 1 if match[0] == "[" else -1
        if depth < 0:
            return False
    return not depth and not _MEANINGFUL_BRACKETS.search(characters)


def escape_line(markdown: str) -> str:
    """Let a line of inline Markdown be a paragraph, whatever it starts with, or an item, or a heading's text.

    Spaces at its ends go; other white space there (no-break, ideographic) stays, which readers would strip.
    """
    whole = markdown.strip(" \t")
    if whole[:1].isspace() or whole[-1:].isspace():
        whole = _EDGE.sub(lambda match: reference(match[0]), whole)
    if whole.endswith("#"):
        whole = _CLOSING_SEQUENCE.sub(r"\#", whole)
    return _START.sub(_escape_start, whole, count=1) if _START.match(whole) else whole


def _escape_start(match: re.Match[str]) -> str:
    return f"{match[0]}\\" if match["number"] else f"\\{match[0]}"


def code_fence(content: str, least: int) -> str:
    """Return at least so many backticks, and more than stand side by side in the content."""
    return "`" * max(least, 1 + max(map(len, re.findall("`+", content)), default=0))


def escape_address(address: str) -> str:
    """Escape the address of a link, whose white space is percent-encoded, for the round brackets behind its text."""
    return _IN_ADDRESS.sub(r"\\\g<0>", address)


def escape_title(title: str) -> str:
    """Escape the title of a link for double quotes; it becomes one line."""
    return _IN_TITLE.sub(r"\\\g<0>", " ".join(title.split()))
