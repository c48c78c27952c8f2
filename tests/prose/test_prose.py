"""Prose: what is published is what CommonMark reads in the source, written as Markdown alone, and nothing else."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import ROOT
from examples import cases
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from structure import Node, commonmark, published, structure

from generator.prose import normalize_markdown, render_plain, unescape_plain, without_heading_ids
from generator.prose.maths import script
from generator.prose.typesetting import mathml

GOLDEN = sorted((ROOT / "tests" / "golden" / "prose").glob("*.src.md"))
CONTROLS = "".join(map(chr, (*range(9), *range(14, 32), 127)))
ELEMENTS = {"p", "ul", "ol", "li", "blockquote", "hr", "br", "pre", "code", "strong", "em", "a", "span"}
ELEMENTS |= {"h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "del", "input"}

HARD = cases("prose", "hard")


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
    cases("prose", "emphasis_beside_punctuation_is_what_it_is_meant_to_be"),
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
@example("x ~~~*b*~~~")
@example("http://*$$b$$")
@example("http://a*$$b$$* (http://a.b/*$$b$$*)")
def test_any_markdown_is_published_as_commonmark_reads_it(source: str) -> None:
    written = normalize_markdown(source)
    assert shown(written) == structure(commonmark(source))
    assert_clean(written)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | ARBITRARY)
@example("\\\n*   \n    \\\n---\n")
@example("\\http://`")
@example(r"http://\(a\)")
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
    cases("prose", "money_is_not_a_formula"),
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
    cases("prose", "pairs_of_sub_and_sup_around_plain_text_are_maths"),
)
def test_pairs_of_sub_and_sup_around_plain_text_are_maths(source: str, written: str, expected: Node) -> None:
    assert normalize_markdown(source) == render_plain(source) == written
    assert shown(written) == [["p", *expected]]


def test_tags_around_emphasis_are_text() -> None:
    assert shown(normalize_markdown("<sup>**a**</sup>")) == [["p", "<sup>", ["strong", "a"], "</sup>"]]


@pytest.mark.parametrize(
    "value",
    cases("prose", "what_needs_no_escape_has_none"),
)
def test_what_needs_no_escape_has_none(value: str) -> None:
    assert render_plain(value) == value


@pytest.mark.parametrize(
    ("value", "written"),
    cases("prose", "what_would_be_markup_is_escaped"),
)
def test_what_would_be_markup_is_escaped(value: str, written: str) -> None:
    assert render_plain(value) == written
    assert unescape_plain(written) == value


def test_a_hard_break_is_a_backslash() -> None:
    assert normalize_markdown("a  \nb\\\n\\- c") == "a\\\nb\\\n\\- c"
    assert normalize_markdown("a  \nb\n===") == "### a b { #reasoning-a-b }"


def test_headings_get_a_level_and_ids_of_their_own() -> None:
    markdown = normalize_markdown("# Same\n\n### Same\n\n- # Same\n\n# Same 2")
    assert markdown.split("\n\n") == [
        "### Same { #reasoning-same }",
        "##### Same { #reasoning-same-2 }",
        "- ### Same { #reasoning-same-3 }",
        "### Same 2 { #reasoning-same-2-2 }",
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
