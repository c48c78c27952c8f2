"""Which pages there are, and what leads to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples import URL, a_study, a_trace, planned

from generator.addresses import from_page
from generator.corpus.linking import link
from generator.model import Site
from generator.pages.page import split
from generator.pages.trace import study_view

if TYPE_CHECKING:
    from pathlib import Path

    from generator.model import Corpus


def test_every_trace_paper_planner_and_model_has_its_page(corpus: Corpus, docs: Path) -> None:
    pages, problems = planned(corpus, Site(URL, "# Home"))
    assert problems == []
    expected = {"index.md", "papers/index.md", "planners/index.md"}
    expected |= {f"papers/{paper.slug}.md" for paper in corpus.papers}
    expected |= {f"traces/{trace.id}.md" for trace in corpus.traces}
    for planner in corpus.planners:
        expected |= {f"planners/{planner.slug}/index.md"}
        expected |= {f"planners/{planner.slug}/{model.slug}.md" for model in planner.models}
    paths = {page.path for page in pages}
    assert {path for path in paths if path.startswith(("papers/", "planners/", "traces/"))} <= expected <= paths
    assert {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")} == paths | {"data/README.md"}


def test_the_home_page_keeps_the_hand_written_words(corpus: Corpus) -> None:
    pages, _ = planned(corpus, Site(URL, "# Ours\n\nOur *own* words."))
    assert "Our *own* words." in str(pages[0].view)


def test_a_name_that_says_nothing_gives_way_to_the_ablated_part() -> None:
    for name in (
        "Ablation Study 1",
        "Ablation 1",
        "Proposed Ablation Study 1",
        "Experiment 2",
        "Study",
        "Ablation Study #1",
    ):
        view = study_view(1, a_study(name=name))
        assert (view.heading, view.name) == ("Tension controller", name)
    for name in ("Ablation Study 1: Gauge Dropout", "Ablation of the queen", "Study of moss"):
        view = study_view(1, a_study(name=name))
        assert (view.heading, view.name) == (name, "")


def test_traces_of_a_paper_lead_to_their_neighbours(docs: Path, corpus: Corpus) -> None:
    paper = corpus.paper_named["tideformer"]
    for before, after in zip(paper.traces, paper.traces[1:], strict=False):
        path = f"traces/{before.id}.md"
        assert from_page(path, f"traces/{after.id}.md") in (docs / path).read_text(encoding="utf-8")


def test_a_papers_page_leads_to_every_study_of_every_trace(docs: Path, corpus: Corpus) -> None:
    for paper in corpus.papers:
        text = (docs / "papers" / f"{paper.slug}.md").read_text(encoding="utf-8")
        for trace in paper.traces:
            for study in trace.studies:
                assert f"(../traces/{trace.id}.md#{study.anchor})" in text


def test_similar_papers_lead_to_those_the_corpus_holds(docs: Path, corpus: Corpus) -> None:
    paper = corpus.paper_named["tideformer"]
    text = (docs / "papers" / f"{paper.slug}.md").read_text(encoding="utf-8")
    assert "(../papers/counting-lichen-without-labels-a-study-of-weak-supervision.md)" in text
    assert "(../papers/schrodinger-bridges-for-bird-migration-routes.md)" in text
    assert "Surge: A Benchmark of Storm Tides" in text


def test_long_lists_are_split_and_every_part_leads_to_all() -> None:
    parts = split("papers/index.md", range(450), 200)
    assert [len(part.items) for part in parts] == [200, 200, 50]
    assert [part.path for part in parts] == ["papers/index.md", "papers/page/2.md", "papers/page/3.md"]
    assert all([link.path for link in part.parts] == [other.path for other in parts] for part in parts)


def test_a_list_without_entries_is_one_page_without_parts() -> None:
    nothing: list[str] = []
    (only,) = split("papers/index.md", nothing)
    assert (list(only.items), list(only.parts)) == ([], [])


def test_hundreds_of_papers_make_an_index_in_parts() -> None:
    corpus, _ = link([a_trace(name=f"Paper {number}") for number in range(201)], [], [])
    paths = [page.path for page in planned(corpus, Site(URL, ""))[0]]
    assert "papers/page/2.md" in paths
    assert "planners/lm-planner/gpt-4o/page/2.md" in paths
