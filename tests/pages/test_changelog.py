"""The changelog of the corpus: what each version added, in pages that stay small and where they are."""

import re
from pathlib import Path

import pytest
from examples import URL, a_trace, an_addition, planned

from generator.corpus.linking import link
from generator.model import Addition, Corpus, Trace
from generator.publication import Publication
from generator.rendering import render_page


def traces(planner: str, model: str, *names: str) -> list[Trace]:
    return [a_trace(seed=f"{model}-{name}", planner=planner, model=model, name=name) for name in names]


def pages_of(additions: dict[Addition, list[Trace]], *unrecorded: Trace) -> dict[str, str]:
    """The changelog's pages as Markdown without front matter, by path."""
    corpus, diagnostics = link(
        [*unrecorded, *(one for added in additions.values() for one in added)], [], [], list(additions)
    )
    assert diagnostics == []
    return rendered(corpus)


def rendered(corpus: Corpus) -> dict[str, str]:
    pages, diagnostics = planned(corpus, Publication(URL, "# Atlas"))
    assert diagnostics == []
    return {
        page.path: render_page(page).data.decode().split("\n---\n", 1)[1]
        for page in pages
        if page.path.startswith("changelog/")
    }


def of(*additions: tuple[str, list[Trace], str]) -> dict[Addition, list[Trace]]:
    return {an_addition(day, *added, note=note): added for day, added, note in additions}


def test_each_version_tells_what_came_with_it_newest_first() -> None:
    first = traces("lm-planner", "gpt-4o", "Tea", "Ice")
    second = traces("lm-planner", "gpt-4o", "Bees") + traces("agent", "o3", "Tea", "Bees")
    changelog = pages_of(
        of(("2025-01-31", first, "Tea & <b>ice</b>."), ("2026-11-20", second, "")), *traces("agent", "o3", "Moss")
    )["changelog/index.md"]
    newer, older = changelog.split("\n## ")[1:]
    assert newer.startswith("2026.11.20 { #v2026-11-20 }")
    assert "\n[3 traces of 2 papers](../changelog/2026-11-20.md#traces) added." in newer
    assert "- 2 traces by [o3](../planners/agent/o3.md) with [agent](../planners/agent/index.md)\n" in newer
    assert "- 1 trace by [gpt-4o](../planners/lm-planner/gpt-4o.md) with [lm-planner]" in newer
    assert older.startswith("2025.01.31 { #v2025-01-31 }")
    assert "Tea & \\<b>ice\\</b>." in older
    assert "Of 1 further trace the day is not recorded." in changelog


def test_additions_of_one_day_make_one_version_with_all_their_notes() -> None:
    one, two = traces("lm-planner", "gpt-4o", "Tea"), traces("lm-planner", "gpt-4o", "Ice")
    pages = pages_of(of(("2025-01-31", one, "First a cup"), ("2025-01-31", two, "Then ice")))
    assert set(pages) == {"changelog/index.md", "changelog/2025-01-31.md"}
    for text in pages.values():
        assert text.index("First a cup") < text.index("Then ice")
        assert re.search(r"\[2 traces of 2 papers\]\((../changelog/2025-01-31.md)?#traces\) added.", text)
        assert "not recorded" not in text


def test_a_versions_page_leads_to_every_trace_that_came_with_it(corpus: Corpus, docs: Path) -> None:
    listed = {
        trace.id: path.stem
        for path in (docs / "changelog").glob("2*.md")
        for trace in corpus.traces
        if f"(../traces/{trace.id}.md)" in path.read_text("utf-8")
    }
    assert listed == {trace: day.isoformat() for trace, day in corpus.added.items()}


def test_a_later_version_changes_no_page_of_an_earlier_one() -> None:
    first, second = traces("lm-planner", "gpt-4o", "Tea"), traces("lm-planner", "gpt-4o", "Ice")
    before = pages_of(of(("2025-01-31", first, "")))
    after = pages_of(of(("2025-01-31", first, ""), ("2025-02-11", second, "")))
    assert after["changelog/2025-01-31.md"] == before["changelog/2025-01-31.md"]


@pytest.mark.parametrize(("number", "parts"), [(200, 1), (201, 2)])
def test_no_page_grows_with_what_was_added(number: int, parts: int) -> None:
    many = traces("lm-planner", "gpt-4o", *(f"Paper {index}" for index in range(number)))
    pages = pages_of(of(("2025-01-31", many, "")))
    assert len(pages) == 1 + parts
    assert sum(text.count("(../traces/") + text.count("(../../../traces/") for text in pages.values()) == number
    assert max(text.count("/traces/") for text in pages.values()) <= 200


def test_many_versions_make_a_changelog_in_parts() -> None:
    days = [f"20{number:02}-01-01" for number in range(10, 61)]
    pages = pages_of(of(*((day, traces("lm-planner", "gpt-4o", f"Paper {day}"), "") for day in days)))
    assert "#v2010-01-01" in pages["changelog/page/2.md"]
    assert "#v2010-01-01" not in pages["changelog/index.md"]


def test_without_a_recorded_addition_the_changelog_says_so() -> None:
    corpus, _ = link(traces("lm-planner", "gpt-4o", "Tea"), [], [])
    pages = rendered(corpus)
    assert set(pages) == {"changelog/index.md"}
    assert "1 further trace" not in pages["changelog/index.md"]
    assert "No addition is recorded yet" in pages["changelog/index.md"]
