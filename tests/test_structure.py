"""The yardstick of the prose tests: it must tell right renderings from wrong ones."""

import pytest
from examples import cases
from structure import commonmark, published, structure


def test_structure_sees_nesting_start_and_inline_elements() -> None:
    page = '<p>A <strong>b</strong>\n<em>c</em></p>\n<ol start="4">\n<li>x\n<ul>\n<li>y</li>\n</ul>\n</li>\n</ol>'
    assert structure(page) == [
        ["p", "A ", ["strong", "b"], " ", ["em", "c"]],
        ["ol 4", ["li", "x", ["ul", ["li", "y"]]]],
    ]


def test_structure_tells_loose_from_tight() -> None:
    assert structure("<ul><li><p>a</p></li></ul>") != structure("<ul><li>a</li></ul>")


def test_structure_keeps_white_space_in_code_blocks_and_no_break_spaces() -> None:
    assert structure("<pre><code>a  b\n</code></pre><p>\u00a0a</p>") == [["pre", ["code", "a  b"]], ["p", "\u00a0a"]]


def test_structure_reads_formulas_alike_whoever_found_them() -> None:
    read = '<p><span class="math math-inline">a_1</span></p>'
    assert structure(read) == structure('<p><code class="latex">a_1</code></p>') == [["p", ["math", "a_1"]]]


@pytest.mark.parametrize("page", ["<p><em>a</p></em>", "<p>a", "a</p>"])
def test_structure_refuses_broken_html(page: str) -> None:
    with pytest.raises(ValueError, match="<"):
        structure(page)


def test_commonmark_holds_formulas_and_meant_tags_out_of_the_markdown() -> None:
    assert structure(commonmark("**$a_1*b_2*$** x<sub>i</sub> <sup>*j*</sup> `$a$ <sub>b</sub>` <CLS>")) == [
        [
            *("p", ["strong", ["math", "a_1*b_2*"]], " x", ["sub", "i"], " <sup>", ["em", "j"], "</sup> "),
            *(["code", "$a$ <sub>b</sub>"], " <CLS>"),
        ]
    ]


def test_commonmark_demotes_headings() -> None:
    assert structure(commonmark("## a\n\n#### b")) == [["h3", "a"], ["h5", "b"]]


@pytest.mark.parametrize(
    "source",
    cases("structure", "raw_markdown_is_not_published_as_it_is_meant"),
)
def test_raw_markdown_is_not_published_as_it_is_meant(source: str) -> None:
    """What `normalize_markdown` is for, and proof that the comparison can fail."""
    try:
        raw = structure(published(source))
    except ValueError:
        return
    assert raw != structure(commonmark(source))
