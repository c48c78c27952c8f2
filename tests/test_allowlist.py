"""What no article may hold is seen there, however it is written."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
from examples import cases
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import GeneratorError
from generator.site.allowlist import violation
from generator.site.publish import check_pages

FRAME = """<!doctype html>
<html><head><title>T</title></head><body><main><article class="md-content__inner md-typeset">
<a href="https://example.org/edit" title="Edit the seed" class="md-content__button md-icon" rel="edit">
<svg viewBox="0 0 24 24"><path d="M1 1z"/></svg></a>
<div class="page page--trace" data-pagefind-body data-seed="traces/a &amp; b.md">
<h1 id="title">T<a class="headerlink" href="#title">#</a></h1>
<section class="level2 reasoning"><h2 id="reasoning">Reasoning<a class="headerlink" href="#reasoning">#</a></h2>
{}
</section></div>
<section class="cite"><h2 id="cite">Cite this trace</h2><div class="tabbed-set tabbed-alternate" data-tabs="1:1">
<input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio">
<div class="tabbed-labels"><label for="__tabbed_1_1">APA</label></div>
<div class="tabbed-content"><div class="tabbed-block"><pre><code>T</code></pre></div></div></div></section>
<p class="page-tools"><a href="https://example.org/fix?page=x&amp;seed=y">Fix this page</a></p>
</article></main></body></html>
"""
HEAD = """<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="font-src https://fonts.example;">
<link rel="canonical" href="https://example.org/"><link rel="icon" href="a.svg">
<link rel="preconnect" href="https://fonts.example" crossorigin>"""
LEADING_AWAY = """<base href="/">
<BASE target=_blank>
<meta http-equiv="refresh" content="0">
<meta http-equiv=refresh>
<meta HTTP-EQUIV="Refresh">
<META HTTP-EQUIV='refresh'>
<meta http-equiv='refresh'
<link rel="prefetch" href="https://evil.example/">
<link rel=prefetch href=//x>
<link rel="icon" href="//evil.example/a">
<link href="&#9;https://evil.example">
<link href="https://fonts.example.evil">
<link href="//evil.example" href="a.svg">
<link/rel=dns-prefetch href='//evil.example'>"""
PROSE = """<h3 id="reasoning-why">Why<a class="headerlink" href="#reasoning-why">#</a></h3>
<p>1 &lt; 2 > 0 <em>a</em><br><a href="https://example.org/?a=1&amp;b=2" title="t">b</a> <a href="../x/#y:z">c</a></p>
<ol start="3"><li>x<sup>2</sup></li></ol><hr>
<pre><code class="language-c++.net">if (a &lt; b)</code></pre>
<p><span class="math"><math display="inline" alttext="a < b"><mi>a</mi><mo stretchy="false">&lt;</mo><mi></mi></math>
<span class="latex" hidden="">a</span></span> <a href="mailto:a@example.org">d</a></p>
<ul><li><input disabled="" type="checkbox" checked="" aria-label="Done">a <del>b</del></li></ul>
<table><thead><tr><th data-align="center">a</th></tr></thead>
<tbody><tr><td data-align="left">b</td></tr></tbody></table>"""
ATTACKS = cases("allowlist", "attacks")


def test_prose_may_stand_in_a_reasoning() -> None:
    assert violation(FRAME.format(PROSE)) is None


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_seen_amid_prose(attack: str) -> None:
    assert violation(FRAME.format(PROSE + attack + PROSE)) is not None


def test_an_article_closes_all_that_it_opens() -> None:
    assert violation(FRAME.replace("</section></div>", "</section>").format(PROSE)) is not None


def test_chips_stand_in_their_own_places_alone() -> None:
    chip = '<span class="action action-add">ADD</span>'
    study = f'<section class="level3 study"><h3 id="study-a-1">A</h3><ul><li>{chip}</li></ul></section>'
    plan = FRAME.replace("reasoning", "plan").format(study)
    assert violation(plan) is None
    assert violation(plan.replace(study, f"<p>{chip}</p>")) is not None
    assert violation(plan.replace(study, f'<p class="note">{study}</p>')) is not None
    assert violation(plan.replace("level2 plan", "level2 context").replace('"plan"', '"context"')) is not None


def test_a_kind_of_page_has_its_own_sections_alone() -> None:
    section = '<section class="level2 summary"><h2 id="summary">S</h2></section>'
    paper = FRAME.replace("page--trace", "page--paper").replace("reasoning", "summary")
    assert violation(paper.format("")) is None
    assert violation(FRAME.format(f"</section>{section}<section>")) is not None
    assert violation(paper.format('<section class="level3 study"></section>')) is not None


def test_a_page_without_an_article_is_none_of_ours() -> None:
    found = violation("<html><body><p>Hello</p></body></html>")
    assert found is not None
    assert found.text == "no article"


PIECES = """
< > </ /> " =" ' = <!-- --> <![CDATA[ ]]> <script </script> <style> </style> <textarea> <svg> <table> </section>
<p> </p> <p class=" <a href=" </a> <em> </em> <li> </li> <ul> </ul> <br> <math> </math> <mi> </mi> <mtext> </mtext>
</div> </article> javascript: &#58; //e.example ../x/ onclick style id x
"""


@pytest.mark.parametrize("tag", LEADING_AWAY.split("\n"))
@pytest.mark.parametrize("place", ["</head>", "</main>", "</body>"])
def test_nothing_in_a_whole_page_leads_away(tag: str, place: str) -> None:
    page = FRAME.format(PROSE).replace("</head>", f"{HEAD}</head>")
    assert violation(page) is None
    found = violation(page.replace(place, f"{tag}{place}"))
    assert found
    assert found.text.startswith(tag)


@pytest.mark.parametrize("text", ["<base href=x>", "</article></body>", "<div class='page' data-seed=y>", "<script>"])
def test_what_an_attribute_says_is_no_markup(text: str) -> None:
    page = FRAME.format(PROSE).replace("a < b", text).replace("<title>T", f"<title>{text}")
    assert violation(page) is None


def test_a_page_has_the_policy_that_browsers_see() -> None:
    """Neither a comment nor a title makes a host known."""
    policy = re.search("<meta http-equiv=.*>", HEAD)[0]  # type: ignore[index]
    for hidden in (f"<!-- {policy} -->", f"<title>{policy}</title>"):
        page = FRAME.format(PROSE).replace("</head>", f"{HEAD.replace(policy, hidden)}</head>")
        found = violation(page)
        assert found
        assert found.text.startswith('<link rel="preconnect"')


@given(st.lists(st.sampled_from([*re.findall(r"\S+", PIECES), " ", "\n", "\0"]), max_size=12).map("".join))
def test_what_passes_is_harmless_to_a_browser(planted: str) -> None:
    page = FRAME.format(planted)
    if violation(page) is None:
        document = html5lib.HTMLParser(namespaceHTMLElements=False).parse(page)
        (reasoning,) = (element for element in document.iter() if element.get("class") == "level2 reasoning")
        names = {str(element.tag).rpartition("}")[2] for element in reasoning.iter()}
        assert names <= {"section", "h2", "p", "a", "em", "math", "mi", "mtext", "li", "ul", "br"}
        _, _, link, *planted_elements = reasoning.iter()
        assert link.get("class") == "headerlink"
        for element in planted_elements:
            assert set(element.attrib) <= {"href"}
            assert urlsplit(element.get("href", "")).scheme in {"", "http", "https", "mailto"}
        outside = [*document.iter()]
        assert not {"script", "style"} & {str(element.tag).rpartition("}")[2] for element in outside}


def test_page_and_seed_are_named(tmp_path: Path) -> None:
    for name, text in {"fair": PROSE, "foul": PROSE + "\n <script>alert(1)</script>"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(FRAME.format(text), "utf-8")
    with pytest.raises(GeneratorError) as error:
        check_pages(list(tmp_path.rglob("*.html")))
    assert str(error.value) == (
        f"{tmp_path}/foul/index.html:17:2: error: <script> in div.page.page--trace section.level2.reasoning, where it "
        "may not stand; its seed is traces/a & b.md; report what came through unescaped; what a "
        "template newly writes belongs into generator/site/allowlist.py [foreign-markup]"
    )
