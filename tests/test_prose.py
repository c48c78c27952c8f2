"""Prose: what a builder publishes is what CommonMark reads in the source, and nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from structure import Node, commonmark, published, structure

from generator.prose import canonical, text

GOLDEN = sorted((Path(__file__).parent / "golden" / "prose").glob("*.src.md"))
CONTROLS = "".join(map(chr, (*range(9), *range(14, 32), 127)))
MATHML = {"math", "mrow", "mi", "mn", "mo", "msub", "msup", "msubsup", "mtext", "mfrac", "mspace", "mover", "munder"}
HTML = {"p", "ul", "ol", "li", "blockquote", "hr", "br", "pre", "code", "strong", "em", "sub", "sup", "a", "span"}
ELEMENTS = MATHML | HTML | {"h2", "h3", "h4", "h5", "h6"}

HARD = {
    "list after a paragraph": "Parts:\n1. a\n2. b",
    "two spaces of nesting": "- a\n  - b\n    - c\n- d",
    "three spaces under a number": "1. **A**\n   - x\n   - y\n\n2. **B**\n   - z",
    "loose inner list in a tight item": "- a\n  - b\n\n  - c\n- d",
    "paragraph after an inner list": "1. a\n\n   - b\n\n   c\n2. d",
    "numbering goes on after a paragraph": "1. a\n\nbetween\n\n2. b\n\nbetween\n\n7. c",
    "two lists of one kind": "- a\n\n* b\n\n+ c",
    "lists of two kinds": "- a\n- b\n\n1. c\n2. d",
    "two kinds within an item": "1. a\n\n   - b\n\n   1. c",
    "number zero and leading zeros": "0. a\n1. b\n\npause\n\n007. c",
    "empty items": "- a\n-\n- b",
    "item that starts with a list": "- - a\n  - b\n1. 2. c",
    "code and quote in an item": "- a\n\n      code\n- > quote\n- ```\n  fence\n  ```",
    "heading in an item": "- # A\n- b",
    "quotes": "> a\nlazy\n\n> b\n> > c\n>\n> 1. d",
    "rules": "a\n\n***\n\n- - -\n\n___",
    "rule or heading below text": "a\n---\n\nb\n===\n\nc\n- - -\n",
    "number at a paragraph's start": "1985\\. A year\n\n2001.\\\nnext\n\n3.14 is pi",
    "marks at line starts": "\\- a\\\n\\+ b\\\n\\> c\\\n\\# d\\\n\\=\\\n: e\\\n| f |\\\n|---|",
    "breaks": "a  \nb\\\nc",
    "triple emphasis": "***a***, ***a** b*, ***a* b**, **a*****b***",
    "nested emphasis": "**a *b **c** d* e** *f **g***",
    "flanking": '**bold:**text, a**"b"**c, **日本。**語, a*b*c, snake_case_, __init__, 2*3*4, * a *',
    "adjacent emphasis": "**a**__b__ *c***d**",
    "emphasis of code and link": "**`a*`** *[b](https://example.org)*",
    "backticks": "`` a`b ``, ` `` `, `\\`, \\`a`, `a  b`, ``` `` ```",
    "escapes": r"\*a\* \_b\_ \\ \\* \[x\](y) \<b> \{c\} \q",
    "references": "&lt;CLS&gt; &amp;amp; &#42;a&#42; &copy; &bogus; &",
    "attribute lists": "a {: .x #y onclick=z }\n\n# b {#__config}\n\n- c {.d}\n\n`e`{.f}",
    "tables": "| a | b |\n|---|---|\n| c | d |\n\n- a | b\n- - | -",
    "definitions": "[a]: https://example.org\n\n*[A]: b\n\n[^1]: c\n\na\n:   b",
    "tags that are text": "<CLS> and </I>, 1{x<0}, %<1.0A, <!-- c -->, <?php ?>, <br>, <b>bold</b>",
    "blocks of tags": '<div markdown="1">\n*a*\n</div>\n\n<script>\nalert(1)\n</script>\n\n<!--\n- a\n-->',
    "code blocks": "    a\n\n        b\n\n```py\n*a*\t{b}\n   \n```\n\n````\n```\n````\n\n~~~\nopen",
    "white space": "\u00a0a\u3000\n\n\tcode\n\na\tb \u2028c",
    "headings": "## a *b*\n\n#### c #\n\n###### d `e`\n\n#\n\nf\n===",
    "links": "[a](http://x.org/a_b_ 'T \"t\"') [b](mailto:a@b.org) <https://x.org/?a=1&b=2> [c](/d) [e](javascript:f)",
    "images": "![a *b*](https://x.org/c.png) ![d](data:image/png;base64,x) !\\[e] ![f][g] x![](http://y.org)",
}


def shown(markdown: str) -> Node:
    return structure(published(markdown))


@pytest.mark.parametrize("source", HARD.values(), ids=HARD)
def test_hard_cases_are_published_as_commonmark_reads_them(source: str) -> None:
    assert shown(canonical(source)) == structure(commonmark(source))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name.removesuffix(".src.md"))
def test_golden_markdown(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    expected = path.with_name(path.name.replace(".src.", ".out.")).read_text(encoding="utf-8")
    assert canonical(source) + "\n" == expected
    assert shown(expected) == structure(commonmark(source))


# Pieces of Markdown, of HTML, and of what Python-Markdown and its extensions take for markup.
CHARACTERS = "*_`\\{}[]()!|:=#<>&+-~.1a 日é\t\u00a0\u2028"
TOKENS = re.findall(
    r"\S+",
    """** *** `` word snake_case 1. 2) ~~~ <CLS> <div> </p> <script> <!-- --> &lt; &#42; &amp;amp; {: .x} {#i}
<sup>x</sup> ](http://e.org/a_b) <http://e.org> [x]: *[A]: [^1] $5 "q" """,
)
BREAKS = [
    f"{before}{mark}"
    for before in ("", "\n", "\n\n", "  \n", "\\\n")
    for mark in (
        "",
        "- ",
        "* ",
        "1. ",
        "7) ",
        "  - ",
        "   - ",
        "    ",
        "> ",
        "# ",
        "---\n",
        "===\n",
        "```\n",
        "~~~ x\n",
    )
]
PIECES = st.sampled_from([*CHARACTERS, *TOKENS, *BREAKS])
ARBITRARY = st.text(max_size=40).filter(lambda value: "$" not in value)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | ARBITRARY)
@example("-\n* g")
@example("1) 1. {d}")
@example("* \xa0\n\n  o")
@example("~~~\n\n```\n```\n")
def test_any_markdown_is_published_as_commonmark_reads_it(source: str) -> None:
    assert shown(canonical(source)) == structure(commonmark(source))


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join).filter(lambda value: "<sup>" not in value) | ARBITRARY)
@example("# a")
@example("\tx{ref}y  z")
@example("C# {#x} | y")
@example("\u0590")
def test_text_shows_exactly_its_characters_wherever_it_stands(value: str) -> None:
    plain = value.translate(dict.fromkeys(map(ord, CONTROLS), "\ufffd") | dict.fromkeys(map(ord, "\x0b\x0c\x85"), " "))
    line = re.sub(r"[ \t\r\n]+", " ", plain).strip(" ")
    content = [line] if line else []
    # What runs from right to left is set apart, which its characters do not show.
    written = text(value).removeprefix("<bdi>").removesuffix("</bdi>")
    paragraph = ["p", *content] if content else []
    assert shown(written) == [node for node in [paragraph] if node]
    assert shown(f"- x {written}") == [["ul", ["li", " ".join(["x", *content])]]]
    assert shown(f"| a |\n|---|\n| {written} x |")[0][2] == ["tbody", ["tr", ["td", " ".join([*content, "x"])]]]
    if content:
        assert shown(f"- {written}\n- b") == [["ul", ["li", line], ["li", "b"]]]
        assert shown(f"### {written} {{#x}}") == [["h3", line]]


ATTACKS = r"""<script>alert(1)</script> | <img src=x onerror=y> | <style> | <a href=x>
<sub onclick=a> | <sub> | </sub>
[a](javascript:b) | [a](&#106;avascript:b) | <javascript:a> | ![a](data:text/html,b)
[a]: javascript:b | [a]
[a](http://b" onclick="c) | [a](http://b 'c" onclick="d') | <div markdown="1" onclick="a"> | </section> | <!-- | -->
{: onclick=a } | {#__config} | # __config | &lt;script&gt; | &#60;b&#62; | \x02 | \x03 | wzxhzdk:0 | ```a"b onclick=c
$\href{javascript:a}{b}$ | $\style{color:red}{a}$ | $\class{a}{b}$ | $\text{<img src=x>}$ | $\color{a"b}c$ | $x | $
\(a<b\) | $$</math><script>$$ | ` | `` | ** | _ | - | > | 1."""
ATTACK = st.sampled_from([*re.split(r" \| |\n", ATTACKS), "\x02", "\x03", " ", "\n", "\n\n", "    "])
ALLOWED = {
    **{(tag, "id"): r"reasoning-[a-z0-9-]+" for tag in ELEMENTS},
    **{(tag, name): r"[\w.]+" for tag in MATHML for name in ("display", "stretchy", "mathvariant", "width", "form")},
    ("a", "href"): r"(https?://|mailto:|#reasoning-).*",
    ("a", "title"): r"(?s).*",
    ("a", "class"): "headerlink",
    ("code", "class"): r"latex|language-\w[\w+#.-]*",
    ("math", "alttext"): r"(?s).*",
    ("ol", "start"): r"\d+",
    ("span", "class"): "math|latex",
    ("span", "hidden"): "",
}


class _Page(HTMLParser):
    """Every element and attribute of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _text(page: str) -> str:
    return "".join(_Page(page).text)


@settings(deadline=None)
@given(st.lists(ATTACK, max_size=10).map("".join))
def test_only_known_elements_attributes_and_addresses_are_published(source: str) -> None:
    for page in (published(canonical(source)), published(text(source))):
        for tag, attributes in _Page(page).elements:
            assert tag in ELEMENTS
            for name, value in attributes.items():
                assert re.fullmatch(ALLOWED.get((tag, name), "(?!)"), value or ""), (tag, name, value)


@pytest.mark.parametrize(
    ("source", "latex"),
    [
        (r"$\mathcal{L}_{\text{moss}}$", r"\mathcal{L}_{\text{moss}}"),
        (r"a$_t$", "_t"),
        (r"$x*y*z$", "x*y*z"),
        (r"\(w_s\)", "w_s"),
        ("$$\na_1\n$$", "a_1"),
        (r"\[ a = b \]", "a = b"),
        (r"$\lambda\_2$", r"\lambda_2"),
        ("$F_{\text{fern}}$".replace("\\t", "\t"), r"F_{\text{fern}}"),
        ("$[0, 1)$", "[0, 1)"),
        ("$1{x<0}$", "1{x<0}"),
    ],
)
def test_formulas_become_mathml_in_both(source: str, latex: str) -> None:
    for markdown in (canonical(source), text(source)):
        assert "<math " in markdown
        assert ["math", latex] in shown(markdown)[0]


@pytest.mark.parametrize(
    "source",
    [
        "Inference Cost ($)",
        "$5 and $10",
        "cost ($) vs latency ($)",
        "($/hour) and ($/token)",
        "US$5, then 10$",
        "$100 (cheap) or 200$",
        "$ a $",
        "$a and then b$",
        "a $ b",
        "$5",
    ],
)
def test_money_is_not_a_formula(source: str) -> None:
    assert shown(canonical(source)) == shown(text(source)) == [["p", source]]


@pytest.mark.parametrize("source", [r"\[CLS\]", r"\[1\]"])
def test_escaped_brackets_are_not_a_formula(source: str) -> None:
    assert shown(canonical(source)) == [["p", source.replace("\\", "")]]
    assert shown(text(source)) == [["p", source]]


@pytest.mark.parametrize(
    "latex", [r"\frond{x}", r"\frac{1", r"\text{\$}", r"\left( a", r"\href{https://x.org}{a}", r"\style{a}{b}"]
)
def test_a_formula_that_cannot_be_converted_shows_its_latex(latex: str) -> None:
    for markdown in (canonical(f"${latex}x$"), text(f"${latex}x$")):
        assert published(markdown).strip() == f'<p><code class="latex">{latex}x</code></p>'


def test_every_word_of_a_formula_stays_in_the_text() -> None:
    assert "mathcal" in _text(published(canonical(r"\(\mathcal{L}\)")))


def test_code_keeps_its_dollars() -> None:
    assert shown(canonical("`$a$` costs $5 `b$`")) == [["p", ["code", "$a$"], " costs $5 ", ["code", "b$"]]]


def test_formulas_stand_at_the_start_of_paragraphs_and_in_items() -> None:
    assert shown(canonical("$a$\n\n- $b$\n  - $c$ d\n\n1) x\n   > $e$")) == [
        ["p", ["math", "a"]],
        ["ul", ["li", ["math", "b"], ["ul", ["li", ["math", "c"], " d"]]]],
        ["ol 1", ["li", "x", ["blockquote", ["p", ["math", "e"]]]]],
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("H<sub>2</sub>O", ["H", ["sub", "2"], "O"]),
        ("<sup>**a**<sub>b</sub></sup>", [["sup", ["strong", "a"], ["sub", "b"]]]),
        ("<sub>a", ["<sub>a"]),
        ("a</sup>", ["a</sup>"]),
        ("**<sub>a**</sub>", [["strong", "<sub>a"], "</sub>"]),
        ("<SUB>a</SUB>", ["<SUB>a</SUB>"]),
        ("<sub class=x>a</sub>", ["<sub class=x>a</sub>"]),
    ],
)
def test_only_paired_sub_and_sup_are_markup(source: str, expected: Node) -> None:
    assert shown(canonical(source)) == [["p", *expected]]


def test_pairs_are_markup_in_plain_text_too() -> None:
    assert shown(text("P<sub>B</sub> of <CLS>, **<sub>**")) == [["p", "P", ["sub", "B"], " of <CLS>, **<sub>**"]]


def test_headings_get_a_level_and_ids_of_their_own() -> None:
    markdown = canonical("# Same\n\n### Same\n\n- # Same\n\n# Same 2", heading_level=4)
    assert re.findall(r"(?m)^#+ |h\d id|reasoning-[\w-]+", markdown) == [
        *("#### ", "reasoning-same", "###### ", "reasoning-same-2"),
        *("h4 id", "reasoning-same-3", "#### ", "reasoning-same-2-2"),
    ]


def test_clean_markdown_stays_clean() -> None:
    source = "A **bold** and *plain* `code` [link](https://example.org).\n\n1. One\n\n    - Two\n    - Three 0.5 (50%)"
    assert canonical(source) == source


@pytest.mark.parametrize("opening", ["> ", "- ", "1. ", ">", "**a ", "[", "<sub>", "*_", "`", "![", "$", r"\("])
def test_deep_nesting_loses_no_word(opening: str) -> None:
    source = opening * 3000 + "needle"
    assert "needle" in canonical(source)
    assert "needle" in text(source)


def test_deep_lists_lose_no_word() -> None:
    page = published(canonical("".join(f"{'  ' * depth}- item{depth}\n" for depth in range(100))))
    assert [f"item{depth}" for depth in range(100)] == re.findall(r"item\d+", page)


def test_nothing_comes_of_nothing() -> None:
    assert canonical("") == canonical(" \n\n") == text("") == text(" \n") == ""
