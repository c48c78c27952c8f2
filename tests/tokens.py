"""HTML as its tags and texts, to hold two makers of a page against each other: equal lists are equal trees.

Nothing is repaired: elements that overlap or stay open are a ValueError. White space counts, but for line breaks and
blanks beside the tags of blocks, which no browser shows.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import zip_longest

_BLOCKS = frozenset(
    "section div header nav aside details summary figure figcaption p h1 h2 h3 h4 h5 h6 hr ul ol li"  # noqa: SIM905
    " blockquote pre table thead tbody tr th td svg rect".split()  # reads best as words
)
_VOID = frozenset({"br", "hr", "img"})


@dataclass
class Tag:
    """A start or an end tag; an element that is empty has no end."""

    name: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    is_end: bool = False


def tokens(page: str) -> list[Tag | str]:
    """The tags and texts of a whole fragment; ValueError where its elements are not whole."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    if reader.open:
        raise ValueError(f"<{reader.open[-1]}> stays open")
    return _trimmed(reader.found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[Tag | str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(dict(attrs)) < len(attrs):
            raise ValueError(f"<{tag}> has an attribute twice: {attrs}")
        self.found.append(Tag(tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"</{tag}> closes nothing")
        self.found.append(Tag(tag, is_end=True))

    def handle_data(self, data: str) -> None:
        if self.found and isinstance(self.found[-1], str):
            data = f"{self.found.pop()}{data}"
        self.found.append(data)

    def handle_comment(self, data: str) -> None:
        raise ValueError(f"neither a tag nor text: {data}")

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)


def _trimmed(found: list[Tag | str]) -> list[Tag | str]:
    """The tokens without the white space beside blocks, but for what is preformatted."""
    kept: list[Tag | str] = []
    preformatted = 0
    for token, following in zip_longest(found, found[1:]):
        if isinstance(token, Tag):
            preformatted += (not token.is_end) - token.is_end if token.name == "pre" else 0
            kept.append(token)
            continue
        text = token
        if not preformatted:
            text = text.lstrip(" \n") if not kept or _is_block(kept[-1]) else text
            text = text.rstrip(" \n") if following is None or _is_block(following) else text
        kept += [text] if text else []
    return kept


def _is_block(token: Tag | str) -> bool:
    return isinstance(token, Tag) and token.name in _BLOCKS
