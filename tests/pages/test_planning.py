"""Which pages there are, and where each of them is."""

from pathlib import Path

from examples import URL, a_study, a_trace, planned

from generator.addresses import AGREEMENT, LICENCES
from generator.corpus.linking import link
from generator.model import Corpus
from generator.publication import Publication
from generator.rendering import render_page


def test_every_trace_paper_planner_and_model_has_its_page(corpus: Corpus, docs: Path) -> None:
    pages, diagnostics = planned(corpus, Publication(URL, "# Home"))
    assert diagnostics == []
    expected = {"index.md", "papers/index.md", "planners/index.md"}
    expected |= {f"papers/{paper.slug}.md" for paper in corpus.papers}
    expected |= {f"traces/{trace.id}.md" for trace in corpus.traces}
    for planner in corpus.planners:
        expected |= {f"planners/{planner.slug}/index.md"}
        expected |= {f"planners/{planner.slug}/{model.slug}.md" for model in planner.models}
    paths = {page.path for page in pages}
    assert {path for path in paths if path.startswith(("papers/", "planners/", "traces/"))} <= expected <= paths
    assert {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")} == paths | {
        "data/README.md",
        AGREEMENT,
        LICENCES,
    }


def test_the_home_page_keeps_the_hand_written_words(corpus: Corpus) -> None:
    pages, _ = planned(corpus, Publication(URL, "# Ours\n\nOur *own* words."))
    assert "Our *own* words." in str(pages[0].view)


def test_a_study_with_full_stops_is_an_example_in_one_sentence() -> None:
    study = a_study(ablated_part="The tension of the yarn.", metrics=("Evenness", "Top-1 acc."))
    (home, *_), _ = planned(link([a_trace(studies=(study,))], [], [])[0], Publication(URL, "# Home"))
    text = render_page(home).data.decode()
    assert "[The tension of the yarn](" in text
    assert "Evenness, Top-1 acc. Why stands in [the trace](" in text


def test_only_a_site_with_an_address_has_feeds(corpus: Corpus) -> None:
    for url in (URL, ""):
        found = {page.path: page.front_matter.get("feed") for page in planned(corpus, Publication(url, ""))[0]}
        assert found["index.md"] == ("feed.xml" if url else None)
        assert ("planners/lm-planner/feed.xml" in found.values()) is bool(url)


def test_hundreds_of_papers_make_an_index_in_parts() -> None:
    corpus, _ = link([a_trace(name=f"Paper {number}") for number in range(201)], [], [])
    paths = [page.path for page in planned(corpus, Publication(URL, ""))[0]]
    assert "papers/page/2.md" in paths
    assert "planners/lm-planner/gpt-4o/page/2.md" in paths
