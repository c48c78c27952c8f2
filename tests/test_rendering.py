"""Pages as text: clean Markdown that nothing breaks out of, and fields that show as what they are."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyromark
import pytest
import yaml
from bs4 import BeautifulSoup
from converting import page
from examples import URL, a_study, a_trace, cases, planned
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from generator.addresses import AGREEMENT, LICENCES
from generator.corpus.linking import link
from generator.files import front_matter
from generator.model import Action, Corpus, Study, Trace
from generator.pages.page import FrontMatter
from generator.prose.dialect import OPTIONS
from generator.publication import Publication
from generator.rendering import render_page

# What a page may be larger than its text.
MOST = 1.6
HOSTILE = cases("rendering", "hostile")


def page_of(trace: Trace, path: str) -> BeautifulSoup:
    """The page as MkDocs' Markdown makes it."""
    corpus, diagnostics = link([trace], [], [])
    assert diagnostics == []
    pages, diagnostics = planned(corpus, Publication(URL, "# Home"))
    assert diagnostics == []
    (text,) = (render_page(one).data.decode() for one in pages if one.path == path)
    return page(text)


def words(text: str) -> str:
    return " ".join(text.split())


def generated(docs: Path) -> Iterator[tuple[str, str, str]]:
    """The path, the front matter and the body of every page of the corpus."""
    by_hand = {docs / name for name in ("data/README.md", AGREEMENT, LICENCES)}
    for path in sorted(set(docs.rglob("*.md")) - by_hand):
        head, separator, body = path.read_bytes().decode().removeprefix("---\n").partition("\n---\n")
        assert separator, path
        yield path.relative_to(docs).as_posix(), head, body


@given(st.dictionaries(st.sampled_from(["title", "description", "seed"]), st.text(min_size=1), min_size=1))
@example({"title": "---\n...\n--- !!python/object: x"})
@example({"title": "half-repaired mojibake â€\x9d, a line\u2028separator, a mark \ufeff and NEL \x85"})
@example({"title": 'C:\\new "quoted" # no comment', "seed": "a: b.md"})
def test_front_matter_is_read_back_as_it_was_meant(values: dict[str, str]) -> None:
    body, read = get_data(f"{front_matter(values)}\n# Page\n")
    assert body.strip() == "# Page"
    assert read == values


@pytest.mark.parametrize("text", HOSTILE)
def test_a_study_shows_its_fields_as_text(text: str) -> None:
    study = a_study(name=text, ablated_part=text, action=Action.REPLACE, replacements=(text, "b"), metrics=(text,))
    shown = page_of(a_trace(studies=(study,)), "traces/lm-planner/gpt-4o/knitting-with-robots.md")
    (card,) = shown.select("section.plan > section.study")
    assert [words(item.get_text()) for item in card.select("li li")] == [words(text), "b", words(text)]
    assert [words(heading.get_text()).removesuffix("#") for heading in card.select("h3")] == [words(text)]
    assert any(words(item.get_text()) == f"Ablated Part: {words(text)}" for item in card.find_all("li"))
    assert not card.find_all(["script", "img", "table", "hr", "del", "blockquote", "h4"])
    assert shown.find(class_="class") is None
    assert [heading["id"] for heading in shown.select("[id]")] == ["title", "reasoning", "plan", study.anchor]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_papers_page_and_the_index_show_names_as_text(text: str) -> None:
    trace = a_trace(name=f"A {text}", studies=(a_study(name=text),))
    corpus, _ = link([trace], [], [])
    (paper,) = corpus.papers
    for path in (f"papers/{paper.slug}.md", "papers/index.md", "index.md"):
        shown = page_of(trace, path)
        assert words(paper.title) in words(shown.get_text())
        assert not shown.find_all(["script", "img", "del"])


@pytest.mark.parametrize("text", HOSTILE)
def test_planner_and_model_show_as_text(text: str) -> None:
    name = text.replace("/", "∕")
    trace = a_trace(planner=f"P {name}", model=f"M {name}")
    planner, model, _ = trace.id.split("/")
    for path in ("planners/index.md", f"planners/{planner}/index.md", f"planners/{planner}/{model}.md"):
        shown = page_of(trace, path)
        assert words(name) in words(shown.get_text())
        assert not shown.find_all(["script", "img", "del"])


def test_every_page_is_clean_markdown(docs: Path) -> None:
    """No HTML, and of attributes nothing but the ids of headings."""
    for path, _, body in generated(docs):
        for event in pyromark.events(body, options=OPTIONS):
            if not isinstance(event, dict):
                continue
            assert not event.keys() & {"Html", "InlineHtml"}, (path, event)
            started = event.get("Start")
            if isinstance(started, dict) and "Heading" in started:
                heading = started["Heading"]
                assert not heading["classes"], (path, heading)
                assert not heading["attrs"], (path, heading)
        assert not re.search(r"\{:|markdown=|^:::|^!!! |^=== ", body, re.MULTILINE), path


def test_no_page_holds_records_or_citations_of_our_own(docs: Path) -> None:
    """Code stands in the page of the data, in that of problems, in a planner's prose, and where a summary cites."""
    for path, _, body in generated(docs):
        own = re.sub(r"\n## Reasoning .*?\n## Plan ", r"\n## Plan ", body, flags=re.DOTALL).partition(
            "\n### Citing the summary"
        )[0]
        assert "schema.org" not in own, path
        if path not in {"data/index.md", "problems.md"}:
            assert "```" not in own, path
            assert not re.search(r"^\s*[{@]", own, re.MULTILINE), path


def test_front_matter_is_plain_keys(docs: Path) -> None:
    for path, head, _ in generated(docs):
        values = yaml.safe_load(head)
        assert {"title", "description", "kind"} <= values.keys() <= FrontMatter.__annotations__.keys(), path
        assert len(values["description"]) <= 200
        for line, (key, value) in zip(head.splitlines(), values.items(), strict=True):
            assert line == f"{key}: {json.dumps(value, ensure_ascii=False)}"
            assert isinstance(value, str | int) or all(isinstance(one, str) for one in value), (path, key)
            assert not str(value).startswith(("{", "[{")), (path, key)


def test_every_page_ends_in_one_line_break_and_has_no_other_kind(docs: Path) -> None:
    for path, _, body in generated(docs):
        assert "\r" not in body, path
        assert body.endswith("\n"), path
        assert "\n\n\n" not in body.partition("```")[0], path
        assert not body.endswith("\n\n"), path


def size_of_text(body: str, head: str = "") -> int:
    """The bytes of what a reader sees of a page, and of the addresses that it leads to."""
    shown = page(body)
    for hidden in shown.select(".headerlink, math"):
        hidden.decompose()
    links = "".join(str(one["href"]) for one in shown.select("a[href]"))
    values = yaml.safe_load(head or "{}").values()
    told = " ".join(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values)
    return len((words(shown.get_text(" ")) + links + told).encode())


def test_no_page_is_much_larger_than_its_text(docs: Path, printed: Callable[[str], None]) -> None:
    """Front matter is text too: the theme shows it in titles, paths, footers, search results and citations."""
    ratios: dict[str, list[float]] = {}
    for path, head, body in generated(docs):
        size = len(f"---\n{head}\n---\n{body}".encode())
        assert len(body.encode()) <= MOST * size_of_text(body), path
        ratio = size / size_of_text(body, head)
        assert ratio <= MOST, path
        ratios.setdefault(yaml.safe_load(head)["kind"], []).append(ratio)
    figures = (f"{kind} {min(found):.2f} to {max(found):.2f}" for kind, found in sorted(ratios.items()))
    printed(f"bytes of a page by those of its text: {', '.join(figures)}")


def test_every_field_of_the_corpus_shows_on_its_traces_page(docs: Path, corpus: Corpus) -> None:
    for trace in corpus.traces:
        shown = page((docs / "traces" / f"{trace.id}.md").read_text(encoding="utf-8"))
        assert shown.select_one("section.reasoning > #reasoning") is not None
        cards = shown.select("section.plan > section.study")
        for study, card in zip(trace.studies, cards, strict=True):
            assert card.select_one(f"h3#{study.anchor}") is not None
            items = {words(item.get_text()) for item in card.find_all("li")}
            assert {words(text) for text in _plain(study)} <= items


def _plain(study: Study) -> list[str]:
    """The fields that hold neither maths nor markup that is meant."""
    fields = [f"Ablated Part: {study.ablated_part}", f"Action: {study.action}", *study.replacements, *study.metrics]
    return [field for field in fields if "$" not in field and "<su" not in field]
