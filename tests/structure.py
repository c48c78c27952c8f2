r"""The block structure of rendered prose, to hold what a reader makes of our Markdown against CommonMark's reading.

Formulas, tasks, addresses and the tags that are meant are found by rules of its own, simpler ones; which delimiters
are meant to emphasize, or to strike out, is the generator's rule, which has a table of its own in `test_prose.py`.

A structure is a nested list: `["p", "some ", ["strong", "text"]]`. White space is that of a browser. Formulas are
`["math", latex]`, those that are only a sub- or superscript of plain text `["sub", text]` and `["sup", text]`; lists
carry their first number, links and images their address.
"""

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pyromark
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.linkify import linkify
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from generator.prose.reading import read_emphasis, read_strikes

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_MATH
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)
BLOCKS = frozenset(
    "section blockquote h1 h2 h3 h4 h5 h6 hr li ol p pre ul div br"  # noqa: SIM905 - reads best as words
    " table thead tbody tr td th dl dt dd".split()
)
VOID = frozenset({"br", "hr", "img", "input"})

Node = list[Any]

# What a builder may leave out: nothing of it shows.
_NOTHING: list[Any] = ["", *([tag] for tag in ("p", "tbody", "h1", "h2", "h3", "h4", "h5", "h6"))]

_MATH = re.compile(r"\\[\\$]|\$(?![\s$])([^$\n`]+?)(?<!\s)\$(?!\d)|\$\$([^$`]+?)\$\$|\\\(([^`]+?)\\\)|\\\[([^`]+?)\\\]")
_PAIR = re.compile(r"(?<!\\)<(su[bp])>(\*|[^\s<>{}$_^&\\#%~|`*\[\]]+(?: +[^\s<>{}$_^&\\#%~|`*\[\]]+)*)</\1>")
_SCRIPT = re.compile(r"([_^])\{?(?:\\text\{)?([^\\{}^_$&#%~]+?)\}{0,2}")
_HELD = re.compile("&lt;\ue000(\\d+)\ue001\\$")
_ADDRESSES = LinkifyIt(options={"fuzzy_link": False})
_SCHEME = re.compile(r"(?<![a-z0-9.+\\-])https?://", re.IGNORECASE)
_CODE = re.compile(r"(<code[^>]*>.*?</code>)", re.DOTALL)


class _Tree(HTMLParser):
    """Builds the structure; raises ValueError where elements overlap or stay open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: Node = ["root"]
        self.open: list[Node] = [self.root]
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        node: Node = [_label(tag, values)]
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
        if tag == "pre":
            # CommonMark leaves open whether a fence that is never closed ends its last line.
            node[-1][-1:] = [str(node[-1][-1]).removesuffix("\n")]
        if "math" in classes or "latex" in classes:
            node[:] = _formula(" ".join("".join(node[1:]).split()))
        elif "headerlink" in classes:
            self.open[-1].remove(node)

    def handle_data(self, data: str) -> None:
        text = data if self.preformatted else re.sub(r"[ \t\n\r\f]+", " ", data)
        node = self.open[-1]
        if len(node) > 1 and isinstance(node[-1], str):
            text = node.pop() + text
            text = text if self.preformatted else re.sub(r" {2,}", " ", text)
        node.append(text)

    def structure(self) -> Node:
        self.close()
        if self.tags:
            raise ValueError(f"<{self.tags[-1]}> stays open")
        _trim(self.root)
        return self.root[1:]


def _formula(latex: str) -> Node:
    script = _SCRIPT.fullmatch(latex)
    if script and latex.count("{") == latex.count("}"):
        return [{"_": "sub", "^": "sup"}[script[1]], script[2]]
    # What Markdown's dollars can't hold is code.
    return ["math" if latex.count("{") == latex.count("}") and "$" not in latex else "code", latex]


def _label(tag: str, values: dict[str, str | None]) -> str:
    if tag == "ol":
        return f"ol {values.get('start', '1')}"
    if tag == "a":
        return f"a {values.get('href')}"
    if tag == "input":
        return "done" if "checked" in values else "to do"
    if tag in ("td", "th"):
        return f"{tag} {(values.get('style') or '').partition(':')[2].strip()}".rstrip()
    if tag == "code" and "latex" not in (values.get("class") or ""):
        return " ".join(["code", *re.findall(r"^language-(\w[\w+#.-]*)$", values.get("class") or "")])
    return "del" if tag == "s" else tag


def _trim(root: Node) -> None:
    """Remove the white space that a browser drops at the edges of blocks, and then what is empty."""
    nodes = [root]
    for node in nodes:
        nodes += [child for child in node[1:] if isinstance(child, list)]
    for node in reversed(nodes):
        is_block = node is root or _is_block(node)
        for index, child in enumerate(node[1:], start=1):
            if isinstance(child, str) and node[0] != "pre":
                before = _is_block(node[index - 1]) if index > 1 else is_block
                after = _is_block(node[index + 1]) if index + 1 < len(node) else is_block
                text = child.lstrip(" ") if before else child
                node[index] = text.rstrip(" ") if after else text
        node[1:] = [child for child in node[1:] if child not in _NOTHING]
        if is_block and node[1:] == ["\u00a0"]:
            del node[1:]


def _is_block(node: object) -> bool:
    return isinstance(node, list) and node[0].split()[0] in BLOCKS


def structure(page: str) -> Node:
    """The structure of an HTML fragment; ValueError if its elements overlap or stay open."""
    tree = _Tree()
    tree.feed(page)
    return tree.structure()


def published(prose: str) -> str:
    """What pulldown-cmark makes of prose in its place on a page."""
    rendered = pyromark.html(f"## Reasoning {{ #reasoning }}\n\n{prose}\n\n## Plan {{ #plan }}\n", options=OPTIONS)
    match = re.fullmatch(r'<h2 id="reasoning">Reasoning</h2>\n(.*)<h2 id="plan">Plan</h2>\n', rendered, re.DOTALL)
    if match is None:
        raise ValueError(f"the prose left its place: {rendered}")
    return match[1]


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return re.match(r"(https?://|mailto:)", url, re.IGNORECASE) is not None


def _image(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    source = html.escape(str(token.attrs["src"]))
    return f'{self.renderInlineAsText(token.children or [], options, env)} (<a href="{source}">{source}</a>)'


def _is_in_address(source: str, position: int) -> bool:
    """Tell whether an address that a link leads to, or a bare one, goes on beyond a position."""
    end = 0
    for scheme in _SCHEME.finditer(source, 0, position):
        address = _ADDRESSES.match_at_start(source[scheme.start() :]) if scheme.start() >= end else None
        end = scheme.start() + address.last_index if address else end
    return end > position or re.search(r"\]\([^\s)]*\Z", source[:position]) is not None


def _find_tasks(state: StateCore) -> None:
    for item, _, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        box = re.match(r"\[([ xX])\][ \t]+(?=\S)", inline.content)
        if box and item.type == "list_item_open" and inline.type == "inline":
            inline.content = inline.content[box.end() :]
            inline.meta["box"] = f"<input{'' if box[1] == ' ' else ' checked'}> "


def commonmark(source: str) -> str:
    """CommonMark's reading of a reasoning as HTML, formulas as `<code class="latex">`, fake tags as text."""
    held: list[tuple[str, str]] = []

    def hold(original: str, latex: str) -> str:
        held.append((original, f'<code class="latex">{html.escape(_meant(latex))}</code>'))
        # No bare address goes on over a `<`.
        return f"<\ue000{len(held) - 1}\ue001$"

    def hold_math(match: re.Match[str]) -> str:
        latex = next(filter(None, match.groups()), "")
        is_money = re.match(r"[)\],;:]|\d[^\\]* [a-zA-Z]{2}", latex) or re.search(r"[(\[{]$", latex)
        is_bracket = match[4] and not re.search(r"[=^_+<>\\]", latex)
        if not latex or is_money or is_bracket or _is_in_address(match.string, match.start()):
            return match[0]
        return hold(match[0], latex)

    def hold_pair(match: re.Match[str]) -> str:
        return hold(match[0], f"{'_' if match[1] == 'sub' else '^'}{{{match[2]}}}")

    reader = _Reader("gfm-like", {"maxNesting": 1000}).disable(["html_block", "html_inline", "reference"])
    reader.inline.ruler.at("emphasis", read_emphasis)
    reader.inline.ruler.at("strikethrough", read_strikes)
    reader.core.ruler.after("block", "tasks", _find_tasks)
    reader.linkify = _ADDRESSES
    reader.core.ruler.disable(["linkify"])
    reader.core.ruler.push("bare_addresses", linkify)
    reader.add_render_rule("image", _image)
    shown = re.sub("[\x01-\x08\x0e-\x1f\x7f]", "\ufffd", re.sub("[\x0b\x0c\x85]", " ", source))
    tokens = reader.parse(_PAIR.sub(hold_pair, _MATH.sub(hold_math, shown)))
    _settle_headings(tokens)
    for token in tokens:
        if "box" in token.meta:
            token.children = [Token("html_inline", "", 0, content=token.meta["box"]), *(token.children or ())]
    page = str(reader.renderer.render(tokens, reader.options, {}))

    def release(in_code: int) -> Callable[[re.Match[str]], str]:
        def released(match: re.Match[str]) -> str:
            original, meant = held[int(match[1])]
            return html.escape(original) if in_code else meant

        return released

    return "".join(_HELD.sub(release(index % 2), part) for index, part in enumerate(_CODE.split(page)))


def _settle_headings(tokens: list[Token]) -> None:
    highest = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=1)
    for token in tokens:
        if token.type.startswith("heading_"):
            token.tag = f"h{min(int(token.tag[1]) - highest + 3, 6)}"
    for heading, inline in pairwise(tokens):
        for child in inline.children or () if heading.type == "heading_open" else ():
            # A heading of "#" is one line.
            child.type = "softbreak" if child.type == "hardbreak" else child.type


def _meant(latex: str) -> str:
    r"""LaTeX without Markdown's escape in `\lambda\_2`."""
    return " ".join(re.sub(r"((?:\\[A-Za-z]+|\}))\\_", r"\1_", latex).split())
