"""A reasoning as canonical Markdown: block by block, as Markdown where it is read back right, else as HTML."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.prose.characters import in_html
from generator.prose.inline import markdown, markup
from generator.prose.reading import read
from generator.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_LISTS = ("bullet_list", "ordered_list")
_CONTAINERS = (*_LISTS, "blockquote")
_LOWEST_HEADING = 6


@dataclass(slots=True)
class _Block:
    """A block: its first token, its blocks if it is a container, its inline tokens if it is a paragraph or heading."""

    token: Token
    blocks: list[_Block] = field(default_factory=list)
    inline: Sequence[Token] = ()

    @property
    def kind(self) -> str:
        return self.token.type.removesuffix("_open")


def canonical(source: str, heading_level: int = 3) -> str:
    """A reasoning's Markdown, read as CommonMark, as Markdown that Python-Markdown renders just so.

    Its highest headings become `heading_level`, the others keep their distance down to 6; their ids start with
    "reasoning-" and are unique within the text. No raw HTML but `<sub>` and `<sup>` survives as markup, images become
    their text and address. Any text is accepted; ends without a line break.
    """
    tokens = read(source)
    _settle_headings(tokens, heading_level)
    return "\n\n".join(_chunks(_blocks(tokens)))


def _settle_headings(tokens: Sequence[Token], top: int) -> None:
    headings = [(token, inline.content) for token, inline in pairwise(tokens) if token.type == "heading_open"]
    shift = top - min((int(token.tag[1]) for token, _ in headings), default=top)
    taken: Counter[str] = Counter()
    for token, content in headings:
        token.tag = f"h{min(int(token.tag[1]) + shift, _LOWEST_HEADING)}"
        token.attrSet("id", _unique("-".join(filter(None, ("reasoning", slugify(content)))), taken))


def _unique(name: str, taken: Counter[str]) -> str:
    while taken[name]:
        taken[name] += 1
        name = f"{name}-{taken[name]}"
    taken[name] += 1
    return name


def _blocks(tokens: Sequence[Token]) -> list[_Block]:
    levels: list[list[_Block]] = [[]]
    for token in tokens:
        if token.type == "inline":
            levels[-2][-1].inline = token.children or ()
        elif token.nesting == -1:
            levels.pop()
        else:
            levels[-1].append(_Block(token))
            if token.nesting == 1:
                levels.append(levels[-1][-1].blocks)
    return levels[0]


def _chunks(blocks: Sequence[_Block]) -> Iterator[str]:
    """The blocks of a text; of two that Python-Markdown would merge, the second is HTML."""
    last = ""
    for block in blocks:
        is_markdown = _is_readable(block) and not (block.kind == last and last in _CONTAINERS)
        last = block.kind if is_markdown else ""
        yield _markdown(block) if is_markdown else _html(block)


def _is_readable(block: _Block) -> bool:
    """Whether Python-Markdown reads this block's Markdown as CommonMark does."""
    match block.kind:
        case "paragraph" | "heading" | "hr":
            return True
        case "bullet_list" | "ordered_list":
            return all(_is_readable_item(item) for item in block.blocks)
        case "blockquote":
            return bool(block.blocks) and _are_nestable(block.blocks)
        case _:
            return False


def _is_readable_item(item: _Block) -> bool:
    """Whether an item is a paragraph and then, tight, at most one tight list, or, loose, paragraphs and lists."""
    if not item.blocks or item.blocks[0].kind != "paragraph":
        return False
    first, *rest = item.blocks
    if first.token.hidden and not (len(rest) <= 1 and all(_is_tight(block) for block in rest)):
        return False
    return all(block.kind != "blockquote" for block in rest) and _are_nestable(rest)


def _are_nestable(blocks: Sequence[_Block]) -> bool:
    return all(block.kind in ("paragraph", *_CONTAINERS) and _is_readable(block) for block in blocks) and not any(
        first.kind == second.kind and first.kind in _CONTAINERS for first, second in pairwise(blocks)
    )


def _is_tight(block: _Block) -> bool:
    return block.kind in _LISTS and all(child.token.hidden for item in block.blocks for child in item.blocks[:1])


def _markdown(block: _Block) -> str:
    match block.kind:
        case "paragraph":
            return markdown(block.inline)
        case "heading":
            return f"{'#' * int(block.token.tag[1])} {markdown(block.inline)} {{#{block.token.attrs['id']}}}"
        case "hr":
            return "---"
        case "blockquote":
            return "\n".join(f"> {row}".rstrip() for row in "\n\n".join(map(_markdown, block.blocks)).split("\n"))
        case _:
            return _list(block)


def _list(block: _Block) -> str:
    separator = "\n" if _is_tight(block) else "\n\n"
    number = int(block.token.attrs.get("start", 1))
    items = []
    for offset, item in enumerate(block.blocks):
        mark = "-" if block.kind == "bullet_list" else f"{number + offset}."
        content = separator.join(map(_markdown, item.blocks))
        items.append(f"{mark} {content}".replace("\n", "\n    ").replace("\n    \n", "\n\n"))
    return separator.join(items)


def _html(block: _Block) -> str:
    """A block as HTML on lines of their own, without blank lines."""
    token = block.token
    match block.kind:
        case "paragraph":
            return markup(block.inline) if token.hidden else f"<p>{markup(block.inline)}</p>"
        case "heading":
            return f'<{token.tag} id="{token.attrs["id"]}">{markup(block.inline)}</{token.tag}>'
        case "hr":
            return "<hr>"
        case "fence" | "code_block":
            return _preformatted(token)
        case _:
            start = f' start="{token.attrs["start"]}"' if "start" in token.attrs else ""
            inner = "\n".join(map(_html, block.blocks))
            return f"<{token.tag}{start}>\n{inner}\n</{token.tag}>"


def _preformatted(token: Token) -> str:
    # Python-Markdown empties lines of spaces, even in here.
    content = re.sub(r"^ (?= *$)", "&#32;", in_html(token.content), flags=re.MULTILINE)
    language = token.info.split(maxsplit=1)[:1]
    attribute = f' class="language-{in_html(language[0])}"' if language else ""
    return f"<pre><code{attribute}>{content}</code></pre>"
