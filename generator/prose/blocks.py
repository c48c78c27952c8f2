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
from generator.text.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_LISTS = ("bullet_list", "ordered_list")
_CONTAINERS = (*_LISTS, "blockquote")
_LOWEST_HEADING = 6
# Python-Markdown takes quadratic time for a paragraph; it passes HTML on as it is. In characters of the source.
_LONGEST = 3_000
# Below it a number and its dot leave room for an item's blocks to stand, as everywhere, four blanks in.
_NUMBERS = 100
_LANGUAGE = re.compile(r"\w[\w+#.-]*(?!\S)")
# Python-Markdown expands TABs and empties lines of spaces, in fences too; a fence closes on a line of its own. MkDocs
# looks for anchors in fences as well, by Python's reader of HTML, and that gives up at a section that has no name.
# To readers of generated pages `{: ` is an attribute list wherever it stands.
_UNFENCEABLE = re.compile(r"\t|^ +$|[^\n]\Z|<!\[|\{: ", re.MULTILINE)


@dataclass(slots=True)
class _Block:
    """A block: its first token, its blocks if it is a container, its inline tokens if it is a paragraph or heading.

    `length` is that of the inline tokens' source.
    """

    token: Token
    blocks: list[_Block] = field(default_factory=list)
    inline: Sequence[Token] = ()
    length: int = 0

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
        token.attrSet("id", _unique(f"reasoning-{slugify(content)}", taken))


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
            levels[-2][-1].length = len(token.content)
        elif token.nesting == -1:
            levels.pop()
            if token.type in ("paragraph_close", "heading_close") and not levels[-1][-1].inline:
                del levels[-1][-1]
        else:
            levels[-1].append(_Block(token))
            if token.nesting == 1:
                levels.append(levels[-1][-1].blocks)
    return levels[0]


def _chunks(blocks: Sequence[_Block]) -> Iterator[str]:
    """The blocks of a text; Python-Markdown would merge two containers of a kind, were the second not HTML."""
    last = ""
    for block in blocks:
        is_separate = block.kind != last or block.kind not in _CONTAINERS
        yield _markdown(block) if is_separate and _is_readable(block) else _html(block)
        last = block.kind


def _is_readable(block: _Block) -> bool:
    """Whether Python-Markdown reads this block's Markdown as CommonMark does."""
    match block.kind:
        case "paragraph" | "heading" | "hr":
            return block.length <= _LONGEST
        case "bullet_list" | "ordered_list":
            return _is_readable_list(block)
        case "blockquote":
            return bool(block.blocks) and _are_nestable(block.blocks)
        case "fence" | "code_block":
            return not _UNFENCEABLE.search(block.token.content)
        case _:
            raise AssertionError(block.kind)


def _is_readable_list(block: _Block) -> bool:
    items = block.blocks
    if _first_number(block) + len(items) > _NUMBERS and any(len(item.blocks) > 1 for item in items):
        return False
    return all(map(_is_readable_item, items)) and (_is_tight(block) or len(items) > 1 or len(items[0].blocks) > 1)


def _first_number(block: _Block) -> int:
    return int(block.token.attrs.get("start", 1))


def _is_readable_item(item: _Block) -> bool:
    """Whether an item is a paragraph and then, tight, at most one tight list, or, loose, paragraphs and lists."""
    if not item.blocks or item.blocks[0].kind != "paragraph" or not _is_readable(item.blocks[0]):
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
            return f"{'#' * int(block.token.tag[1])} {markdown(block.inline)} {{: #{block.token.attrs['id']} }}"
        case "hr":
            return "---"
        case "fence" | "code_block":
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", block.token.content)), default=0))
            return f"{fence}{_language(block.token)}\n{block.token.content}{fence}"
        case "blockquote":
            return "\n".join(f"> {row}".rstrip() for row in "\n\n".join(map(_markdown, block.blocks)).split("\n"))
        case _:
            return _list(block)


def _list(block: _Block) -> str:
    separator = "\n" if _is_tight(block) else "\n\n"
    number = _first_number(block)
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
            return "\n".join([f"<{token.tag}{start}>", *map(_html, block.blocks), f"</{token.tag}>"])


def _preformatted(token: Token) -> str:
    # Python-Markdown would empty lines of spaces in here as well, and to CommonMark a blank line may end the HTML.
    content = re.sub(r"^ (?= *$)", "&#32;", in_html(token.content), flags=re.MULTILINE)
    content = re.sub(r"(?<=\n)\n", "&#10;", content)
    language = _language(token)
    attribute = f' class="language-{language}"' if language else ""
    return f"<pre><code{attribute}>{content}</code></pre>"


def _language(token: Token) -> str:
    match = _LANGUAGE.match(token.info.strip())
    return match[0] if match else ""
