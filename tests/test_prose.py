"""Prose: what is published is what CommonMark reads in the source, written as Markdown alone, and nothing else."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from structure import Node, commonmark, published, structure

from generator.prose import normalize_markdown, render_plain, unescape_plain, without_heading_ids
from generator.prose.maths import mathml, script

GOLDEN = sorted((Path(__file__).parent / "golden" / "prose").glob("*.src.md"))
CONTROLS = "".join(map(chr, (*range(9), *range(14, 32), 127)))
ELEMENTS = {"p", "ul", "ol", "li", "blockquote", "hr", "br", "pre", "code", "strong", "em", "a", "span"}
ELEMENTS |= {"h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "del", "input"}

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
    "lists of one kind within an item": "1. a\n\n   - b\n\n   * c",
    "bullets that would be a rule": "* - +\n\n1. - * - +\n\n- ***",
    "rule and heading in an item": "- a\n  ***\n- ***\n* b\n\n  c\n  ===",
    "numbers of many digits": "100. a\n\n     b\n\n999999999) c\n9) d",
    "fences in items": "10. ```\n      a\n     \tb\n\n    c\n    ```\n    - ~~~ x\n      d",
    "alerts": "> [!NOTE]\n> a\n\n> [!TIP] b",
    "tasks": "- [ ] a\n- [x] b\n- [y](http://e.org)\n- [ ]\n- [X] # c\n\n  d\n\n1. [ ] **e**\n   - [x] `f`\n- \\[ ] g",
    "addresses amid emphasis": "<0*a*@b.org> \\<0*a*@b.org> \\<1@b.org>",
    "tables of one column": "a\n:-\n\n- a | b\n  - - | -\n",
    "strikes": "~~a~~ ~b~ ~5% to ~10% ~~c ~~d~~ ~5~6~~ ~~~e~~~ ~~~~f~~~~ **~~*g*~~** ~~**h**~~i",
    "cells": "| a | `b\\|c` | $d_e$ |\n|:-:|--:|:--|\n| - | | [e](http://e.org) |\n| **f** \\\\ | g<br>h | ~~i~~ | j |",
    "tables within": "- | a |\n  |---|\n  | b |\n\n> c | d\n> -|-\n> e | f\n\ng\n| h |\n|---|\n- i",
    "addresses": "https://e.org/__a__?b=*c*. (http://e.org/(d)) **http://e.org** `http://e.org` a@e.org model.py ftp://e.org",
    "formulas side by side": r"\(a\)\(b\)$c$\[d=e\]5 \(f\)5 \\$g$ \$$h$",
    "formulas that dollars can't hold": r"\(\frac{1\) \(a $ b\) \[x = }\] **\(a}\)**",
    "emphasis beside references": 'a&#97;**&#98;&nbsp;c**d &nbsp;*a&nbsp;*b &#97;*"b"*&#99; **b**![a](http://e.org)',
    "headings": "## a *b*\n\n#### c #\n\n###### d `e`\n\n#\n\nf\n===",
    "links": "[a](http://x.org/a_b_ 'T \"t\"') [b](mailto:a@b.org) <https://x.org/?a=1&b=2> [c](/d) [e](javascript:f)",
    "images": "![a *b*](https://x.org/c.png) ![d](data:image/png;base64,x) !\\[e] ![f][g] x![](http://y.org)",
}


def shown(markdown: str) -> Node:
    return structure(published(markdown))


def assert_clean(markdown: str) -> None:
    """No reader of CommonMark finds HTML in it."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    inside = [child for token in tokens for child in token.children or ()]
    for token in [*tokens, *inside]:
        assert token.type not in ("html_block", "html_inline"), token.content


@pytest.mark.parametrize("source", HARD.values(), ids=HARD)
def test_hard_cases_are_published_as_commonmark_reads_them(source: str) -> None:
    written = normalize_markdown(source)
    assert shown(written) == structure(commonmark(source))
    assert_clean(written)
    assert normalize_markdown(without_heading_ids(written)) == written


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("**「門控」**模塊", [["strong", "「門控」"], "模塊"]),
        ("これは**強調（きょうちょう）**です", ["これは", ["strong", "強調（きょうちょう）"], "です"]),
        ("语**「门」**语*（x）*语", ["语", ["strong", "「门」"], "语", ["em", "（x）"], "语"]),
        ("**注意力 (Attention)**模块", [["strong", "注意力 (Attention)"], "模块"]),
        ("~~「門」~~を**￥100**で", [["del", "「門」"], "を", ["strong", "￥100"], "で"]),
        ("**終。**次", [["strong", "終。"], "次"]),
        ("**Gate:**text", [["strong", "Gate:"], "text"]),
        ('a**"b"**c', ["a", ["strong", '"b"'], "c"]),
        ("**a**, **b**.**c**", [["strong", "a"], ", ", ["strong", "b"], ".", ["strong", "c"]]),
        ("x**2 + (a+b)**n", ["x**2 + (a+b)**n"]),
        ("f(**kwargs)", ["f(**kwargs)"]),
    ],
)
def test_emphasis_beside_punctuation_is_what_it_is_meant_to_be(source: str, meant: list[Node]) -> None:
    assert shown(normalize_markdown(source)) == [["p", *meant]]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name.removesuffix(".src.md"))
def test_golden_markdown(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    expected = path.with_name(path.name.replace(".src.", ".out.")).read_text(encoding="utf-8")
    assert normalize_markdown(source) + "\n" == expected
    assert shown(expected) == structure(commonmark(source))


# Pieces of Markdown, of HTML, and of what extensions take for markup.
CHARACTERS = "*_`\\{}[]()!|:=#<>&+-~.1a 日é\t\u00a0\u2028"
TOKENS = re.findall(
    r"\S+",
    r"""** *** `` word snake_case 1. 2) ~~~ <CLS> <div> </p> <script> <!-- --> &lt; &#42; &amp;amp; {: .x} {#i}
<sup>x</sup> ](http://e.org/a_b) <http://e.org> [x]: *[A]: [^1] $5 "q" \(a\) $$b$$ ~~ | -| http:// [!NOTE]
[x] <1@ .org> @ """,
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


# Values without maths, so that every character is to be seen.
FORMULAS = ("$$b$$", r"\(a\)", "<sup>x</sup>")
PLAIN = st.lists(PIECES.filter(lambda piece: piece not in FORMULAS), max_size=12).map("".join)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | ARBITRARY)
@example("-\n* g")
@example("1) 1. {d}")
@example("* \xa0\n\n  o")
@example("~~~\n\n```\n```\n")
def test_any_markdown_is_published_as_commonmark_reads_it(source: str) -> None:
    written = normalize_markdown(source)
    assert shown(written) == structure(commonmark(source))
    assert_clean(written)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | ARBITRARY)
@example("\\\n*   \n    \\\n---\n")
def test_what_is_written_is_written_alike_when_it_is_read_again(source: str) -> None:
    written = normalize_markdown(source)
    assert normalize_markdown(without_heading_ids(written)) == written


@settings(deadline=None)
@given(PLAIN | ARBITRARY)
@example("# a")
@example("\tx{ref}y  z")
@example("C# {#x} | y")
@example("[0, 1) and (2, 3]")
@example("\u0590")
def test_text_shows_exactly_its_characters_wherever_it_stands(value: str) -> None:
    plain = value.translate(dict.fromkeys(map(ord, CONTROLS), "\ufffd") | dict.fromkeys(map(ord, "\x0b\x0c\x85"), " "))
    line = re.sub(r"[ \t\r\n]+", " ", plain).strip(" ")
    content = [line] if line else []
    written = render_plain(value)
    assert "\n" not in written
    assert_clean(written)
    is_seen = line not in ("", "\u00a0")
    assert shown(written) == ([["p", line]] if is_seen else [])
    assert shown(f"- x {written}") == [["ul", ["li", " ".join(["x", *content])]]]
    assert shown(f"| a |\n|---|\n| {written} x |")[0][2] == ["tbody", ["tr", ["td", " ".join([*content, "x"])]]]
    if is_seen:
        assert shown(f"- {written}\n- b") == [["ul", ["li", line], ["li", "b"]]]
        assert shown(f"### {written} {{ #x }}") == [["h3", line]]
        assert shown(f"[{written}](http://e.org)") == [["p", ["a http://e.org", line]]]


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join) | ARBITRARY)
@example(r"\<sub>2</sub>5 \\(a\)")
@example(r"\(a\)\(b\)5 $$c$$$d$")
def test_text_is_read_back(value: str) -> None:
    written = render_plain(value)
    back = unescape_plain(written)
    assert render_plain(back) == written
    if not re.search(r"[$\x00-\x09\x0b-\x1f\x7f\x85]|sup>|\\\(|\A[ \t\n]|[ \t\n]\Z", value):
        assert back == value


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
    ("a", "href"): r"(https?://|mailto:).*",
    ("a", "title"): r"(?s).*",
    ("code", "class"): r"language-\w[\w+#.-]*",
    ("ol", "start"): r"\d+",
    ("span", "class"): "math math-(inline|display)",
}


class _Page(HTMLParser):
    """Every element and attribute of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


@settings(deadline=None)
@given(st.lists(ATTACK, max_size=10).map("".join))
def test_only_known_elements_attributes_and_addresses_are_published(source: str) -> None:
    for page in (published(normalize_markdown(source)), published(render_plain(source))):
        for tag, attributes in _Page(page).elements:
            assert tag in ELEMENTS
            for name, value in attributes.items():
                assert re.fullmatch(ALLOWED.get((tag, name), "(?!)"), value or ""), (tag, name, value)


@pytest.mark.parametrize(
    ("source", "latex"),
    [
        (r"$\mathcal{L}_{\text{moss}}$", r"\mathcal{L}_{\text{moss}}"),
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
def test_formulas_stand_between_dollars_in_both(source: str, latex: str) -> None:
    for markdown in (normalize_markdown(source), render_plain(source)):
        assert latex in markdown
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
    assert shown(normalize_markdown(source)) == shown(render_plain(source)) == [["p", source]]


@pytest.mark.parametrize("source", [r"\[CLS\]", r"\[1\]"])
def test_escaped_brackets_are_not_a_formula(source: str) -> None:
    assert shown(normalize_markdown(source)) == [["p", source.replace("\\", "")]]
    assert shown(render_plain(source)) == [["p", source]]


@pytest.mark.parametrize("latex", [r"\frond{x}", r"\left( a", r"\href{https://x.org}{a}", r"\style{a}{b}"])
def test_a_formula_that_cannot_be_converted_stays_one(latex: str) -> None:
    assert mathml(f"{latex}x", is_display=False) is None
    for written in (normalize_markdown(f"${latex}x$"), render_plain(f"${latex}x$")):
        assert written == f"${latex}x$"


@pytest.mark.parametrize("latex", [r"\frac{1", r"a $ b", "x}"])
def test_a_formula_that_dollars_cannot_hold_is_code_in_a_reasoning_and_text_in_a_field(latex: str) -> None:
    source = rf"\({latex}\)"
    assert shown(normalize_markdown(source)) == [["p", ["code", latex]]]
    assert shown(render_plain(source)) == [["p", source]]


def test_a_formula_with_a_bar_is_text_in_a_field_for_it_would_end_a_cell() -> None:
    assert shown(normalize_markdown("$p(x|y)$")) == [["p", ["math", "p(x|y)"]]]
    assert shown(f"| a |\n|---|\n| {render_plain('$p(x|y)$')} |")[0][2] == ["tbody", ["tr", ["td", "$p(x|y)$"]]]


def test_mathml_holds_its_latex_for_those_who_search() -> None:
    span = mathml(r"\mathcal{L} < 1", is_display=True)
    assert span is not None
    assert span.attrib == {"class": "math"}
    formula, source = span
    assert (formula.tag, formula.get("display"), formula.get("alttext")) == ("math", "block", r"\mathcal{L} < 1")
    assert (source.tag, source.attrib, source.text) == ("span", {"class": "latex", "hidden": ""}, r"\mathcal{L} < 1")
    assert mathml(r"\mathcal{L} < 1", is_display=True) is not span


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"_{\text{2}}", ("sub", "2")),
        ("_2", None),
        (r"^{\text{-3}}", ("sup", "-3")),
        ("^{-3}", None),
        ("_{max}", None),
        (r"^{\text{th}}", ("sup", "th")),
        (r"_{\text{two words}}", ("sub", "two words")),
        ("_{a b}", None),
        (r"_\alpha", None),
        ("_{x_1}", None),
        ("x_1", None),
        ("_", None),
        ("_{}", None),
    ],
)
def test_scripts_of_plain_text_are_known(latex: str, expected: tuple[str, str] | None) -> None:
    assert script(latex) == expected


def test_code_keeps_its_dollars() -> None:
    assert shown(normalize_markdown("`$a$` costs $5 `b$`")) == [["p", ["code", "$a$"], " costs $5 ", ["code", "b$"]]]


def test_formulas_stand_at_the_start_of_paragraphs_and_in_items() -> None:
    assert shown(normalize_markdown("$a$\n\n- $b$\n  - $c$ d\n\n1) x\n   > $e$")) == [
        ["p", ["math", "a"]],
        ["ul", ["li", ["math", "b"], ["ul", ["li", ["math", "c"], " d"]]]],
        ["ol 1", ["li", "x", ["blockquote", ["p", ["math", "e"]]]]],
    ]


@pytest.mark.parametrize(
    ("source", "written", "expected"),
    [
        ("H<sub>2</sub>O", r"H$_{\text{2}}$O", ["H", ["sub", "2"], "O"]),
        ("10<sup>-3</sup>", r"10$^{\text{-3}}$", ["10", ["sup", "-3"]]),
        ("4<sup>th</sup>", r"4$^{\text{th}}$", ["4", ["sup", "th"]]),
        ("x<sub>two words</sub>5", r"x$_{\text{two words}}$&#53;", ["x", ["sub", "two words"], "5"]),
        ("<sub>a", r"\<sub>a", ["<sub>a"]),
        ("a</sup>", r"a\</sup>", ["a</sup>"]),
        ("<SUB>a</SUB>", r"\<SUB>a\</SUB>", ["<SUB>a</SUB>"]),
        ("<sub class=x>a</sub>", r"\<sub class=x>a\</sub>", ["<sub class=x>a</sub>"]),
        ("<sub>a_b</sub>", r"\<sub>a_b\</sub>", ["<sub>a_b</sub>"]),
    ],
)
def test_pairs_of_sub_and_sup_around_plain_text_are_maths(source: str, written: str, expected: Node) -> None:
    assert normalize_markdown(source) == render_plain(source) == written
    assert shown(written) == [["p", *expected]]


def test_tags_around_emphasis_are_text() -> None:
    assert shown(normalize_markdown("<sup>**a**</sup>")) == [["p", "<sup>", ["strong", "a"], "</sup>"]]


@pytest.mark.parametrize(
    "value",
    [
        "snake_case, 2 * 3, a < b, 1{x<0}, %<1.0A, {'lambda1': 0.1}, [0.0, 0.5], f(x)[0]",
        "R&D at 50% + 3 - 1 = #5 ~5% (see A.1) \\alpha",
        "-5",
        "+5",
        "0.1",
        "3D",
        "Why? \u201cBecause\u201d!",
    ],
)
def test_what_needs_no_escape_has_none(value: str) -> None:
    assert render_plain(value) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("<CLS> or <b", r"\<CLS> or \<b"),
        ("A* and _x", r"A\* and \_x"),
        ("cost ($)", r"cost (\$)"),
        ("x|y", r"x\|y"),
        ("1. one", r"1\. one"),
        ("- one", r"\- one"),
        ("# one", r"\# one"),
        ("[a](b)", r"\[a\](b)"),
        ("[^1]", r"\[^1\]"),
        ("&lt; & a", r"\&lt; & a"),
        ("a~b~", r"a\~b\~"),
        ("two\nlines", "two&#10;lines"),
        ("a\\", "a\\\\"),
    ],
)
def test_what_would_be_markup_is_escaped(value: str, written: str) -> None:
    assert render_plain(value) == written
    assert unescape_plain(written) == value


def test_a_hard_break_is_a_backslash() -> None:
    assert normalize_markdown("a  \nb\\\n\\- c") == "a\\\nb\\\n\\- c"
    assert normalize_markdown("a  \nb\n===") == "### a b { #reasoning-a-b }"


def test_headings_get_a_level_and_ids_of_their_own() -> None:
    markdown = normalize_markdown("# Same\n\n### Same\n\n- # Same\n\n# Same 2", heading_level=4)
    assert markdown.split("\n\n") == [
        "#### Same { #reasoning-same }",
        "###### Same { #reasoning-same-2 }",
        "- #### Same { #reasoning-same-3 }",
        "#### Same 2 { #reasoning-same-2-2 }",
    ]


def test_ids_are_taken_from_headings_alone() -> None:
    source = "### a *b* { #reasoning-a-b }\n\n```\n### c { #reasoning-c }\n```\n\n- ### d { #reasoning-d }"
    assert without_heading_ids(source) == "### a *b*\n\n```\n### c { #reasoning-c }\n```\n\n- ### d"


def test_clean_markdown_stays_clean() -> None:
    source = "A **bold** and *plain* `code` [link](https://example.org).\n\n1. One\n\n    - Two\n    - Three 0.5 (50%)"
    assert normalize_markdown(source) == source


@pytest.mark.parametrize("opening", ["> ", "- ", "1. ", ">", "**a ", "[", "<sub>", "*_", "`", "![", "$", r"\("])
def test_deep_nesting_loses_no_word(opening: str) -> None:
    source = opening * 3000 + "needle"
    assert "needle" in normalize_markdown(source)
    assert "needle" in render_plain(source)


def test_deep_lists_lose_no_word() -> None:
    page = published(normalize_markdown("".join(f"{'  ' * depth}- item{depth}\n" for depth in range(100))))
    assert [f"item{depth}" for depth in range(100)] == re.findall(r"item\d+", page)


def test_nothing_comes_of_nothing() -> None:
    assert normalize_markdown("") == normalize_markdown(" \n\n") == render_plain("") == render_plain(" ") == ""
