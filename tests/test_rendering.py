"""Pages as text: front matter that nothing breaks out of, and fields that show as what they are."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup
from examples import URL, a_study, a_trace, planned
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from generator.corpus.linking import link
from generator.files import MARK, front_matter
from generator.model import Action, Corpus, Site, Study, Trace
from generator.rendering import render_page

ROOT = Path(__file__).parent.parent
EXTENSIONS = ["attr_list", "md_in_html", "sane_lists", "toc"]
HOSTILE = [
    "{#id} {: .class onclick=x }",
    "<script>alert(1)</script>",
    "<CLS> token",
    "</section></div>",
    "[link](https://example.org) ![image](x.png)",
    "**bold** _em_ `code` ~~gone~~",
    "w_i * l_i * w*_i*",
    "{{ view }} {% raw %}",
    "| a | b |",
    "- item",
    "1. item",
    "# heading",
    "> quote",
    "a\\b \\* \\_ &amp; & &lt;",
    "%<1.0A",
    "1{x<0}",
    "Inference Cost ($)",
    "https://example.org/a_b_c",
    "折り精度 “x” a‐b",
    "!!! note",
    "*[HTML]: abbreviation",
    "[^1]: footnote",
    "---",
    "    four blanks kept as one",
]


def page_of(trace: Trace, path: str) -> str:
    corpus, problems = link([trace], [], [])
    assert problems == []
    pages, problems = planned(corpus, Site(URL, "# Home"))
    assert problems == []
    (text,) = (render_page(page).data.decode() for page in pages if page.path == path)
    return text


def html_of(trace: Trace, path: str) -> BeautifulSoup:
    """The page as MkDocs' Markdown makes it."""
    body, _ = get_data(page_of(trace, path))
    return BeautifulSoup(markdown.markdown(body, extensions=EXTENSIONS), "html.parser")


def words(text: str) -> str:
    return " ".join(text.split())


@given(st.dictionaries(st.sampled_from(["title", "description", "seed"]), st.text(), min_size=1))
@example({"title": "---\n...\n--- !!python/object: x"})
@example({"title": "half-repaired mojibake â€\x9d, a line\u2028separator, a mark \ufeff and NEL \x85"})
@example({"title": 'C:\\new "quoted" # no comment', "seed": "a: b.md"})
def test_front_matter_is_read_back_as_it_was_meant(values: dict[str, str]) -> None:
    block = front_matter(values)
    body, read = get_data(f"{block}\n# Page\n")
    assert body.strip() == "# Page"
    assert read == values
    assert block.startswith(f"---\n{MARK}\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_study_shows_its_fields_as_text(text: str) -> None:
    study = a_study(name=text, ablated_part=text, action=Action.REPLACE, replacements=(text, "b"), metrics=(text,))
    page = html_of(a_trace(studies=(study,)), "traces/lm-planner/gpt-4o/knitting-with-robots.md")
    card = page.select_one(f"#{study.anchor}")
    assert card is not None
    assert [words(item.get_text()) for item in card.select("li li")] == [words(text), "b", words(text)]
    assert any(words(text) in words(heading.get_text()) for heading in card.select("h3"))
    assert any(words(item.get_text()) == f"Ablated Part: {words(text)}" for item in card.find_all("li"))
    assert not card.find_all(["script", "img", "table", "hr", "del"])
    assert card.find_all("blockquote") == card.select("details.cite > blockquote")
    assert page.find(class_="class") is None
    assert page.find(id="id") is None


@pytest.mark.parametrize("text", HOSTILE)
def test_a_papers_page_and_the_index_show_names_as_text(text: str) -> None:
    trace = a_trace(name=f"A {text}", studies=(a_study(name=text),))
    corpus, _ = link([trace], [], [])
    (paper,) = corpus.papers
    for path in (f"papers/{paper.slug}.md", "papers/index.md", "index.md"):
        page = html_of(trace, path)
        assert words(paper.title) in words(page.get_text())
        assert not page.find_all(["script", "img", "del"])


@pytest.mark.parametrize("text", HOSTILE)
def test_planner_and_model_show_as_text(text: str) -> None:
    name = text.replace("/", "∕")
    trace = a_trace(planner=f"P {name}", model=f"M {name}")
    planner, model, _ = trace.id.split("/")
    for path in ("planners/index.md", f"planners/{planner}/index.md", f"planners/{planner}/{model}.md"):
        page = html_of(trace, path)
        assert words(name) in words(page.get_text())
        assert not page.find_all(["script", "img", "del"])


def test_every_page_of_the_corpus_is_marked_and_has_known_front_matter_only(docs: Path) -> None:
    allowed = {"title", "description", "kind", "planner", "model", "task", "paper", "seed", "traces", "studies"}
    allowed |= {"actions", "metrics", "feed", "linked_data"}
    for path in set(docs.rglob("*.md")) - {docs / "data/README.md"}:
        text = path.read_bytes().decode()
        head, separator, _ = text.removeprefix("---\n").partition("\n---\n")
        assert separator
        assert head.startswith(MARK)
        values = yaml.safe_load(head)
        assert {"title", "description", "kind"} <= set(values) <= allowed
        assert len(values["description"]) <= 200
        assert "\r" not in text
        assert text.endswith("\n")


def test_every_field_of_the_corpus_shows_on_its_traces_page(docs: Path, corpus: Corpus) -> None:
    for trace in corpus.traces:
        body, _ = get_data((docs / "traces" / f"{trace.id}.md").read_text(encoding="utf-8"))
        page = BeautifulSoup(markdown.markdown(body, extensions=EXTENSIONS), "html.parser")
        plan_box = page.select_one("#plan")
        assert plan_box is not None
        assert page.select_one("#reasoning") is not None
        for study in trace.studies:
            card = plan_box.select_one(f"#{study.anchor}")
            assert card is not None
            items = {words(item.get_text()) for item in card.find_all("li")}
            assert {words(text) for text in _plain(study)} <= items


def _plain(study: Study) -> list[str]:
    """The fields that hold neither maths nor markup that is meant."""
    fields = [f"Ablated Part: {study.ablated_part}", f"Action: {study.action}", *study.replacements, *study.metrics]
    return [field for field in fields if "$" not in field and "<su" not in field]


def test_templates_that_changed_are_loaded_anew_when_a_run_begins(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("theme"))
    script = """
        from pathlib import Path
        from generator.pages.studies import studies_page
        from generator.corpus.linking import link
        from generator.rendering import load_templates, render_page

        page = studies_page(link([], [], [])[0])
        template = Path("generator/templates") / page.template

        def words():
            return render_page(page).data.decode().split()[-1]

        load_templates()
        template.write_text(template.read_text() + "once")
        print(words() == "once")
        load_templates()
        print(words() == "once")
    """
    run = [sys.executable, "-c", textwrap.dedent(script)]
    assert subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True).stdout == "False\nTrue\n"
