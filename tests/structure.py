r"""The block structure of rendered prose, to hold what a builder makes of `canonical` against CommonMark's reading.

Shares no code with the generator: formulas and the tags that are meant are found by rules of its own, simpler ones.

A structure is a nested list: `["p", "some ", ["strong", "text"]]`. White space is that of a browser. Formulas are
`["math", latex]`, whether they were converted or not; lists carry their first number, links and images their address.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import markdown as python_markdown
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

EXTENSIONS = ["attr_list", "md_in_html", "sane_lists", "toc", "tables", "fenced_code"]
BLOCKS = frozenset("section blockquote h1 h2 h3 h4 h5 h6 hr li ol p pre ul div table tr td th dl dt dd br".split())
VOID = frozenset({"br", "hr", "img"})

type_alias = list[Any]

_MATH = re.compile(r"(?<![\\$])\$(?![\s$])([^$\n`]+?)(?<!\s)\$(?!\d)|(?<!\\)\\\(([^`]+?)\\\)|(?<!\\)\\\[([^`]+?)\\\]")
_PAIR = re.compile(r"<(su[bp])>([^<>\n]*)</\1>")
_HELD = re.compile("([$<])\ue000(\\d+)\ue001[$>]|&lt;\ue000(\\d+)\ue001&gt;")
_CODE = re.compile(r"(<code[^>]*>.*?</code>)", re.DOTALL)


class _Tree(HTMLParser):
    """Builds the structure; raises ValueError where elements overlap or stay open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: type_alias = ["root"]
        self.open: list[type_alias] = [self.root]
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        node: type_alias = [_label(tag, values)]
        self.open[-1].append(node)
        if tag not in VOID:
            self.open.append(node)
            self.tags.append(tag)
            self.attributes.append(values)
            self.preformatted += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.tags or self.tags.pop() != tag:
            raise ValueError(f"</{tag}> closes nothing")
        values, node = self.attributes.pop(), self.open.pop()
        self.preformatted -= tag == "pre"
        classes = (values.get("class") or "").split()
        if tag == "math":
            node[:] = ["math", values.get("alttext")]
        elif "math" in classes:
            node[:] = node[1]
        elif tag == "code" and "latex" in classes:
            node[:] = ["math", "".join(node[1:])]
        elif "headerlink" in classes:
            self.open[-1].remove(node)

    def handle_data(self, data: str) -> None:
        text = data if self.preformatted else re.sub(r"[ \t\n\r\f]+", " ", data)
        node = self.open[-1]
        if len(node) > 1 and isinstance(node[-1], str):
            text = node.pop() + text
            text = text if self.preformatted else re.sub(r" {2,}", " ", text)
        node.append(text)

    def structure(self) -> type_alias:
        self.close()
        if self.tags:
            raise ValueError(f"<{self.tags[-1]}> stays open")
        _trim(self.root)
        return self.root[1:]


def _label(tag: str, values: dict[str, str | None]) -> str:
    if tag == "ol":
        return f"ol {values.get('start', '1')}"
    if tag == "a":
        return f"a {values.get('href')}"
    if tag == "code" and "latex" not in (values.get("class") or ""):
        return f"code {values['class']}" if values.get("class") else "code"
    return tag


def _trim(root: type_alias) -> None:
    """Remove the white space that a browser drops at the edges of blocks, and then empty texts."""
    todo = [root]
    while todo:
        node = todo.pop()
        is_block = node is root or node[0].split()[0] in BLOCKS
        for index, child in enumerate(node[1:], start=1):
            if isinstance(child, list):
                todo.append(child)
            elif node[0] != "pre":
                before = _is_block(node[index - 1]) if index > 1 else is_block
                after = _is_block(node[index + 1]) if index + 1 < len(node) else is_block
                text = child.lstrip(" ") if before else child
                node[index] = text.rstrip(" ") if after else text
        node[1:] = [child for child in node[1:] if child != ""]


def _is_block(node: object) -> bool:
    return isinstance(node, list) and node[0].split()[0] in BLOCKS


def structure(page: str) -> type_alias:
    """The structure of an HTML fragment; ValueError if its elements overlap or stay open."""
    tree = _Tree()
    tree.feed(page)
    return tree.structure()


def published(prose: str) -> str:
    """What MkDocs' Markdown makes of prose in its place on a page."""
    page = f'<section id="reasoning" markdown="1">\n\n## Reasoning\n\n{prose}\n\n</section>'
    rendered = python_markdown.markdown(page, extensions=EXTENSIONS, extension_configs={"toc": {"permalink": True}})
    match = re.fullmatch(r'<section id="reasoning">\s*<h2[^>]*>Reasoning<a.*?</a></h2>(.*)</section>', rendered, re.DOTALL)
    if match is None:
        raise ValueError(f"the prose left its section: {rendered}")
    return match[1]


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return re.match(r"(https?://|mailto:)", url, re.IGNORECASE) is not None


def _image(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    return html.escape(f"{self.renderInlineAsText(token.children or [], options, env)} ({token.attrs['src']})")


def commonmark(source: str) -> str:
    """CommonMark's reading of a reasoning as HTML, formulas as `<code class="latex">`, fake tags as text."""
    held: list[tuple[str, str]] = []

    def hold(original: str, meant: str, fence: str) -> str:
        held.append((original, meant))
        return f"{fence[0]}\ue000{len(held) - 1}\ue001{fence[1]}"

    def hold_math(match: re.Match[str]) -> str:
        latex = next(filter(None, match.groups()))
        if re.match(r"[)\],;:]", latex) or re.search(r"[(\[]$", latex):
            return match[0]
        return hold(match[0], f'<code class="latex">{html.escape(_meant(latex))}</code>', "$$")

    def hold_pair(match: re.Match[str]) -> str:
        tag = match[1]
        start, end = hold(f"<{tag}>", f"<{tag}>", "<>"), hold(f"</{tag}>", f"</{tag}>", "<>")
        return f"{start}{match[2]}{end}"

    reader = _Reader("commonmark", {"maxNesting": 1000}).disable(["html_block", "html_inline", "reference"])
    reader.add_render_rule("image", _image)
    page = reader.render(_PAIR.sub(hold_pair, _MATH.sub(hold_math, source)))

    def release(in_code: int) -> Callable[[re.Match[str]], str]:
        def released(match: re.Match[str]) -> str:
            original, meant = held[int(match[2] or match[3])]
            return html.escape(original) if in_code else meant

        return released

    return "".join(_HELD.sub(release(index % 2), part) for index, part in enumerate(_CODE.split(page)))


def _meant(latex: str) -> str:
    r"""LaTeX without Markdown's escape in `\lambda\_2`."""
    return " ".join(re.sub(r"((?:\\[A-Za-z]+|\}))\\_", r"\1_", latex).split())
