"""CommonMark through Python-Markdown: what the theme styles is there, and no text is lost or taken for markup."""

import html as html_of
from collections import Counter

import html5lib
import pytest
from bs4 import Tag
from converting import builder, html, page
from examples import cases
from hypothesis import example, given
from hypothesis import strategies as st
from website.raw import words

from generator.prose import render_plain

# What means something to Markdown, to HTML, or to Python-Markdown's own steps.
PIECES = [
    *("# ", "## ", "### a { #b }\n", "\n", "\n\n", "    ", "- ", "1. ", "> ", "```\n", "---\n", "> [!NOTE]\n"),
    *("| a | b |\n", "| - |\n", "*", "**", "_", "`", "[", "](x.md)", "![", "<", ">", "&", "&lt;", "&amp;lt;", "\\"),
    *("$", "$_{2}$", r"$\frac{a}{b}$", "$$", "[^1]", "[^1]: ", "<b>", "</p>", "<!-- ", " -->", "<![CDATA[", "<?php "),
    *('<a b="', "</div>", "REMOVE", "- **Action**: ADD\n", "- [ADD](x.md)\n", "\ufffe", "\u2028", "é", "a b"),
    *("{: .x }", "wzxhzdk:0", "klzzwxh:0"),
]


def children(parent: Tag) -> list[Tag]:
    return [child for child in parent if isinstance(child, Tag)]


def toc(text: str) -> list[tuple[str, str]]:
    """The names and ids of a page's table of contents, whatever their level."""
    html(text)
    open_ = list(builder().toc_tokens)
    found = []
    while open_:
        token = open_.pop(0)
        found.append((token["name"], token["id"]))
        open_ = token["children"] + open_
    return found


def test_headings_of_two_levels_open_sections_named_after_their_ids() -> None:
    text = "# T { #title }\n\na\n\n## P { #plan }\n\nb\n\n### S { #study-x-1 }\n\nc\n\n#### D\n\nd\n\n## No id\n\ne"
    shown = page(text)
    assert [section["class"] for section in shown.find_all("section")] == [
        ["level2", "plan"],
        ["level3", "study"],
        ["level2"],
    ]
    plan, study = shown.select_one("section.plan"), shown.select_one("section.plan > section.study")
    assert plan is not None
    assert study is not None
    assert [child.name for child in children(study)] == ["h3", "p", "h4", "p"]
    assert [child.name for child in children(plan)] == ["h2", "p", "section"]
    assert [child.name for child in children(shown)] == ["h1", "p", "section", "section"]


def test_a_heading_without_one_above_it_opens_its_section_all_the_same() -> None:
    assert [child["class"] for child in children(page("### A { #a-1 }\n\nx\n\n## B { #b }"))] == [
        ["level3", "a"],
        ["level2", "b"],
    ]


def test_ids_stay_on_headings_and_are_unique() -> None:
    shown = page("## A { #a }\n\n### B { #b-1 }\n\n## A\n\n## A")
    ids = [heading["id"] for heading in shown.find_all(["h2", "h3"])]
    assert ids[:2] == ["a", "b-1"]
    assert len({*ids}) == 4
    assert [link["href"] for link in shown.select(".headerlink")] == [f"#{one}" for one in ids]


def test_tasks_and_columns_are_told_without_a_style() -> None:
    shown = page("- [x] a\n- [ ] b\n\n| c | d |\n| :-: | --- |\n| e | ~~f~~ |")
    assert [box["aria-label"] for box in shown.select("li > input[type=checkbox][disabled]")] == ["Done", "To do"]
    assert [cell.get("data-align") for cell in shown.select("td")] == ["center", None]
    assert shown.select_one("td > del") is not None


def chips(text: str) -> list[tuple[str, str]]:
    """What each chip says, and its colour's class."""
    return [(chip.get_text(), str(chip["class"][-1])) for chip in page(text).select(".action")]


@pytest.mark.parametrize("action", ["ADD", "REMOVE", "REPLACE"])
def test_an_action_is_a_chip_where_a_template_puts_it(action: str) -> None:
    chip = (action, f"action-{action.lower()}")
    labelled, leading = f"- **Action**: {action}", f"- {action} [x](x.md)\n1. {action}"
    assert chips(f"## P {{ #plan }}\n\n### S {{ #study-1 }}\n\n{labelled}") == [chip]
    for section in ("plans-author", "gold-reviewer"):
        assert chips(f"## P {{ #{section} }}\n\n{leading}") == [chip] * 2
    assert chips(f"## C {{ #plans-author }}\n\n| A | B |\n| - | - |\n| {action} | {action} [x](x.md) |") == [chip]


def test_a_matrix_has_headings_of_planners_and_plans_and_folds_what_it_tells_beyond_an_action() -> None:
    rows = (
        "| | [p](p.md) | | q |\n|-|-|-|-|\n| Part | [a](a.md) | b | a |",
        "| gate *2 of 3 plans* | ADD [g](a.md#g) · **matched** | | REMOVE [h](h.md) |\n| moss | | REMOVEd | |",
    )
    shown = page("## C { #plans-author }\n\n" + "\n".join(rows))
    heads = [
        [(one.name, one.get("scope"), one.get("colspan"), one.text) for one in row.select("td, th")]
        for row in shown.select("thead > tr")
    ]
    assert heads == [
        [("td", None, None, ""), ("th", "colgroup", "2", "p"), ("th", "colgroup", "1", "q")],
        [("th", "col", None, name) for name in ("Part", "a", "b", "a")],
    ]
    assert [row.get("id") for row in shown.select("tbody > tr")] == ["similar-author-1", None]
    assert len(shown.select("tbody > tr > th[scope=row]:first-child")) == 2
    assert [cell.get("data-label") for cell in shown.select("td")[1:4]] == ["a, p", None, "a, q"]
    folded = shown.select("td > details[name=study]")
    assert [one.text for one in folded] == ["ADD g · matched", "REMOVE h"]
    assert [one["class"][-1] for one in shown.select("summary")] == ["action-add", "action-remove"]


def test_the_words_around_a_chip_stay() -> None:
    item = page("## P { #plans-author }\n\n- REMOVE the [x](x.md): REMOVE").li
    assert item is not None
    assert item.get_text() == "REMOVE the x: REMOVE"
    item = page("## P { #plan }\n\n- **Action**: ADD it").li
    assert item is not None
    assert item.get_text() == "Action: ADD it"


def test_answers_of_a_summary_are_folded_under_their_questions() -> None:
    answers = "**What *is* it?**\n\nA `net` **of** kettles.\n\n**No** — *no*.\n\n---\n\n**Why?**\n\n- steam\n- tea"
    shown = page(f"## S {{ #summary }}\n\n### Q {{ #quick-answers }}\n\n{answers}\n\n### F {{ #finding-a }}\n\n**A** b")
    assert [str(one.find("summary")) for one in shown.select("details.answer")] == [
        "<summary>What <em>is</em> it?</summary>",
        "<summary>Why?</summary>",
    ]
    told = [[part.text.strip() for part in one.select(":scope > p, li")] for one in shown.select("details")]
    assert told == [["A net of kettles.", "No — no."], ["steam", "tea"]]
    assert len(shown.select("details > hr")) == 1


@pytest.mark.parametrize(
    "text", ["- REMOVED x", "- x REMOVE", "- ADD-ON", "- Remove", "- **Action**: SWAP", "- **Name**: ADD", "REMOVE x"]
)
@pytest.mark.parametrize("section", ["plan", "plans-author", "gold-author"])
def test_nothing_else_is_a_chip(section: str, text: str) -> None:
    assert chips(f"## P {{ #{section} }}\n\n{text}") == []


@pytest.mark.parametrize("section", ["reasoning", "context", "summary", "title"])
def test_there_are_no_chips_in_what_planners_and_papers_say(section: str) -> None:
    prose = "- REMOVE x\n- **Action**: ADD\n- [ADD](x.md)\n\n| A |\n| - |\n| [ADD](x.md) |"
    assert chips(f"## R {{ #{section} }}\n\n### S {{ #{section}-plan }}\n\n{prose}") == []


@pytest.mark.parametrize(
    ("alert", "kind", "title"),
    [
        ("NOTE", "note", "Note"),
        ("TIP", "tip", "Tip"),
        ("WARNING", "warning", "Warning"),
        ("IMPORTANT", "info", "Important"),
        ("CAUTION", "danger", "Caution"),
    ],
)
def test_an_alert_becomes_one_of_material_s_admonitions(alert: str, kind: str, title: str) -> None:
    box = page(f"> [!{alert}]\n> *a* b\n> - c").select_one(f"div.admonition.{kind}")
    assert box is not None
    assert [part.get_text(strip=True) for part in children(box)] == [title, "ab", "c"]
    assert "admonition-title" in box.find_all("p")[0]["class"]


def test_another_quotation_stays_one() -> None:
    assert page("> [!OTHER]\n> a").select("blockquote, .admonition")[0].name == "blockquote"


def test_a_formula_becomes_mathml_beside_its_latex() -> None:
    shown = page(r"a $\frac{x_1}{2}$ b" + "\n\n$$c < d$$")
    inline, display = shown.select("span.math")
    assert [one.math["display"] for one in (inline, display) if one.math] == ["inline", "block"]
    assert inline.mfrac is not None
    assert [span.get_text() for span in shown.select("span.latex[hidden]")] == [r"\frac{x_1}{2}", "c < d"]
    assert words(shown.get_text())[0] == "a"


def test_a_formula_that_cannot_be_converted_is_shown_as_its_latex() -> None:
    shown = page(r"$\unknown{x} < y$")
    assert [code.get_text() for code in shown.select("code.latex")] == [r"\unknown{x} < y"]
    assert shown.math is None


def test_text_that_is_only_lowered_or_raised_is_just_that() -> None:
    shown = page(r"H$_{\text{2}}$O, the 9$^{\text{th}}$ of $x_2$")
    assert [(one.name, one.get_text()) for one in shown.select("sub, sup")] == [("sub", "2"), ("sup", "th")]
    assert len(shown.find_all("math")) == 1


def test_code_holds_no_formula() -> None:
    assert page("`$a$`\n\n```\n$b$\n```").find("math") is None


def test_the_contents_name_a_formula_by_its_latex() -> None:
    text = "## The $\\lambda$ of *b* & `c` { #a }\n\n### H$_{\\text{2}}$O { #b-1 }\n\n### 2$^{\\text{nd}}$ $x_2$"
    assert [html_of.unescape(name) for name, _ in toc(text)] == [r"The \lambda of b & c", "H2O", "2nd x_2"]


def test_a_cell_of_a_wide_table_is_labelled_with_its_column() -> None:
    wide = page("| Part | gpt-4o | $\\lambda$ *b* |\n| - | -: | - |\n| x | ADD | |\n| y | |")
    assert [cell["data-label"] for cell in wide.select("td")[:3]] == ["Part", "gpt-4o", r"\lambda b"]
    assert page("| Key | Meaning |\n| - | - |\n| x | y |").select("[data-label]") == []


def test_cells_are_aligned_without_a_style() -> None:
    shown = page("| a | b | c |\n| - | -: | :-: |\n| d | e | f |")
    assert shown.select("[style]") == []
    assert [cell.get("data-align") for cell in shown.select("td")] == [None, "right", "center"]


def test_a_share_of_a_profile_is_drawn_as_long_as_it_is() -> None:
    table = "| Model | Remove |\n| - | -: |\n| gpt-4o | 26 % |\n| o3-mini | – |"
    shown = page(f"## A {{ #author }}\n\n{table}\n\n## O {{ #other }}\n\n{table}")
    assert [bar["width"] for bar in shown.select("td rect")] == ["26"]
    assert [cell.get_text() for cell in shown.select(".author td")] == ["gpt-4o", "26 %", "o3-mini", "–"]


@pytest.mark.parametrize(
    ("language", "lines", "folded"),
    [("output", 12, False), ("output", 13, True), ("bash", 13, False)],
)
def test_a_long_output_of_an_agents_action_is_folded(language: str, lines: int, folded: bool) -> None:  # noqa: FBT001
    code = "\n".join(f"row {number}" for number in range(lines))
    shown = page(f"## R {{ #reasoning }}\n\n### S {{ #reasoning-s }}\n\na\n\n```{language}\n{code}\n```\n\nb")
    assert bool(shown.select(f"details.output > summary:-soup-contains('Output, {lines} lines') + pre")) is folded
    assert "row 11" in shown.text


@pytest.mark.parametrize("text", ["&amp;lt;", "&amp;amp;", "`&lt;`", r"\&lt;"])
def test_a_reference_that_is_text_stays_text(text: str) -> None:
    shown = page(text).get_text(strip=True)
    assert shown in {"&lt;", "&amp;"}


def test_raw_html_of_a_hand_written_page_stays() -> None:
    shown = page(
        '<figure class="wide">\n<img src="a.png" alt="A &amp; B"><figcaption>*c*</figcaption>\n</figure>\n\n**d**'
    )
    figure = shown.find("figure")
    assert figure is not None
    assert figure["class"] == ["wide"]
    assert figure.img is not None
    assert figure.img["alt"] == "A & B"
    assert figure.get_text(strip=True) == "*c*"
    assert shown.strong is not None


@pytest.mark.parametrize(
    ("text", "seen"),
    cases("commonmark", "html_that_browsers_repair_breaks_nothing"),
)
def test_html_that_browsers_repair_breaks_nothing(text: str, seen: str) -> None:
    assert page(text).get_text(" ", strip=True).replace("\xa0", " ").split() == seen.split()


def test_a_script_of_a_hand_written_page_is_not_escaped() -> None:
    assert "if (a<b && c) d();" in html("<script>\nif (a<b && c) d();\n</script>\n\n<br>")


TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=20).map("".join)


@given(TEXTS)
@example("> [!NOTE]\n")
@example("## \n### \n## ")
@example("| A |\n| - |\n| ADD | | |")
def test_of_any_text_comes_a_page_whose_elements_are_whole(text: str) -> None:
    reader = html5lib.HTMLParser()
    tree = reader.parseFragment(html(text))
    assert [code for _, code, _ in reader.errors if code != "invalid-codepoint"] == []
    # Comments and the like have functions for tags.
    assert all(isinstance(element.tag, str) for element in tree.iter())


# Where a formula touches a word there is no telling where the word ends.
@given(TEXTS.filter(lambda text: "$" not in text))
@example("a &lt; &amp;lt;")
@example("REMOVE \ufffe x")
def test_no_word_of_a_plain_text_is_lost(text: str) -> None:
    shown = page(f"## P {{ #plan }}\n\n- {render_plain(text) or 'x'}").get_text()
    assert not Counter(words(text)) - Counter(words(shown))
