"""A reasoning as clean Markdown, block by block, that every CommonMark reader reads as it reads the source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.token import Token

from generator.prose.dialect import code_fence
from generator.prose.inline import render_cell, render_heading, render_inline
from generator.prose.pieces import plain_content
from generator.prose.reading import parse_blocks, parse_inline, parse_markdown
from generator.text.slugs import unique_slugs

_LISTS = ("bullet_list", "ordered_list")
_HIGHEST_HEADING, _LOWEST_HEADING = 3, 6
_LARGEST_NUMBER = 999_999_999
_INDENT = 4
# The style of a cell -> the line below the head of its column.
_ALIGNED = {"": "---", "text-align:left": ":--", "text-align:center": ":-:", "text-align:right": "--:"}
_HEADING_ID = re.compile(r" \{ #reasoning-[a-z0-9-]+ \}$")
_LANGUAGE = re.compile(r"\w[\w+#.-]*(?!\S)")
# Two lists of one kind that follow one another are told apart by these.
_BULLETS = "-*"
_DELIMITERS = ".)"
# To CommonMark a paragraph of nothing but a no-break space is one, while markdown-it strips it.
_EMPTY_PARAGRAPH = "&#160;"


@dataclass(slots=True)
class _Block:
    """A block: its first token, its blocks if it is a container, its inline tokens if it is a paragraph or heading."""

    token: Token
    blocks: list["_Block"] = field(default_factory=list)
    inline: Sequence[Token] = ()

    @property
    def kind(self) -> str:
        return self.token.type.removesuffix("_open")


def normalize_markdown(source: str, *, has_headings: bool = True) -> str:
    """Write a reasoning's Markdown, read as CommonMark, so that nothing but Markdown is in it and stands as by hand.

    Its highest headings become of level 3, the others keep their distance down to 6; their ids start with
    "reasoning-" and are unique within the text; where it may have none, they are paragraphs in bold. Tags are text but
    for `<sub>` and `<sup>` in pairs around plain text, which become maths as LaTeX does; images become their text and
    address. Any text is accepted; ends without a line break.
    """
    tokens = parse_markdown(source)
    (_shift_headings if has_headings else _embolden_headings)(tokens)
    return "\n\n".join(_chunks(_blocks(tokens)))


def plain_line(source: str) -> str:
    """Return the words of one line of Markdown."""
    return plain_content(parse_inline(source))


def without_heading_ids(markdown: str) -> str:
    """Take from normalized Markdown the ids that its headings got; what remains is normalized to the same again."""
    lines = markdown.split("\n")
    for token in parse_blocks(markdown):
        if token.type == "heading_open" and token.map:
            lines[token.map[0]] = _HEADING_ID.sub("", lines[token.map[0]])
    return "\n".join(lines)


def section_lines(markdown: str) -> list[int]:
    """Find the lines, counted from 0, of the second-level headings that stand in no list, quote or fence."""
    headings = [token for token in parse_blocks(markdown) if token.type == "heading_open" and not token.level]
    return [token.map[0] for token in headings if token.tag == "h2" and token.map]


def _shift_headings(tokens: Sequence[Token]) -> None:
    headings = [(token, inline.children or ()) for token, inline in pairwise(tokens) if token.type == "heading_open"]
    shift = _HIGHEST_HEADING - min((int(token.tag[1]) for token, _ in headings), default=0)
    slugs = unique_slugs(plain_content(content) for _, content in headings)
    for (token, _), slug in zip(headings, slugs, strict=True):
        token.tag = f"h{min(int(token.tag[1]) + shift, _LOWEST_HEADING)}"
        token.attrSet("id", f"reasoning-{slug}")


def _embolden_headings(tokens: Sequence[Token]) -> None:
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            token.type = "paragraph_open"
            start = Token("strong_open", "strong", 1, markup="**")
            end = Token("strong_close", "strong", -1, markup="**")
            words = [one for one in inline.children or () if not one.type.startswith("strong_")]
            inline.children = words and [start, *words, end]


def _blocks(tokens: Sequence[Token]) -> list[_Block]:
    levels: list[list[_Block]] = [[]]
    for token in tokens:
        if token.type == "inline":
            levels[-2][-1].inline = token.children or ()
        elif token.nesting == -1:
            levels.pop()
            if token.type == "paragraph_close" and token.hidden and not levels[-1][-1].inline:
                del levels[-1][-1]
        else:
            levels[-1].append(_Block(token))
            if token.nesting == 1:
                levels.append(levels[-1][-1].blocks)
    return levels[0]


def _chunks(blocks: Sequence[_Block], bullet: str = "") -> Iterator[str]:
    """Write the blocks of a text, or of an item with this bullet; lists side by side differ in their marks."""
    # Bullets alone on a line, one in the other, would be a rule.
    last, variant = "", int(bullet == _BULLETS[0])
    for block in blocks:
        if last:
            variant = 1 - variant if block.kind == last else 0
        last = block.kind
        yield _list(block, variant) if block.kind in _LISTS else _markdown(block, is_inside=bool(bullet))


def _markdown(block: _Block, *, is_inside: bool) -> str:
    match block.kind:
        case "paragraph":
            return render_inline(block.inline) or _EMPTY_PARAGRAPH
        case "heading":
            return " ".join(
                ["#" * int(block.token.tag[1]), render_heading(block.inline), f"{{ #{block.token.attrs['id']} }}"]
            )
        case "hr":
            # Three hyphens below a paragraph would make it a heading, and after a bullet a rule of both.
            return "___" if is_inside else "---"
        case "fence" | "code_block":
            return _fence(block.token)
        case "blockquote":
            return "\n".join(f"> {row}" if row else ">" for row in "\n\n".join(_chunks(block.blocks)).split("\n"))
        case "table":
            return _table(block)
        case _:
            raise AssertionError(block.kind)


def _table(block: _Block) -> str:
    rows = [row.blocks for part in block.blocks for row in part.blocks]
    below = [_ALIGNED[str(cell.token.attrs.get("style", ""))] for cell in rows[0]]
    head, *body = [[render_cell(cell.inline) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, below, *body))


def _list(block: _Block, variant: int) -> str:
    is_tight = any(child.token.hidden for item in block.blocks for child in item.blocks)
    separator = "\n" if is_tight else "\n\n"
    number = int(block.token.attrs.get("start", 1))
    items = []
    for offset, item in enumerate(block.blocks):
        is_bullet = block.kind == "bullet_list"
        number_now = min(number + offset, _LARGEST_NUMBER)
        mark = _BULLETS[variant] if is_bullet else f"{number_now}{_DELIMITERS[variant]}"
        items.append(_item(item, mark, separator))
    return separator.join(items)


def _item(item: _Block, mark: str, separator: str) -> str:
    """Write an item, with its box if it is a task, blocks below the first indented by four or as far as the first."""
    indent = max(_INDENT, len(mark) + 1)
    starts_with_text = not item.blocks or item.blocks[0].kind in ("paragraph", "heading")
    box = f"[{item.token.meta['task']}] " if "task" in item.token.meta else ""
    start = f"{mark} {box}" if starts_with_text else mark.ljust(indent)
    content = separator.join(_chunks(item.blocks, bullet=mark))
    return re.sub(r"\n(?=[^\n])", "\n" + " " * indent, start + content).rstrip(" ")


def _fence(token: Token) -> str:
    content = token.content if token.content.endswith("\n") or not token.content else f"{token.content}\n"
    fence = code_fence(content, 3)
    language = _LANGUAGE.match(token.info.strip())
    return f"{fence}{language[0] if language else ''}\n{content}{fence}"
