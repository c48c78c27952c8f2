"""Feeds: any reader takes them, and what it has shown once it never shows as new again."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import pytest
from examples import URL, a_study, a_trace, planned, raw_trace
from hypothesis import given
from strategies import lines

from generator.corpus.linking import link
from generator.diagnostics import Location
from generator.exports.feeds import feeds
from generator.model import Addition, Corpus, Trace
from generator.pipeline import generate
from generator.publication import Publication

SITE = Publication(URL, "# Atlas")
ADDED = "added: 2025-01-31\ntraces:\n  - lm-planner/gpt-4o/knitting-with-robots\n"


def read(text: str) -> Any:  # noqa: ANN401 -- feedparser has no types
    found = feedparser.parse(text.encode())
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    return found


def read_all(docs: Path) -> dict[str, Any]:
    """Every feed below a folder, by its path."""
    return {path.relative_to(docs).as_posix(): read(path.read_text("utf-8")) for path in docs.rglob("*.xml")}


def written(*traces: Trace, site: Publication = SITE) -> dict[str, str]:
    """The feeds of these traces, all added on one day."""
    ids = tuple(trace.id for trace in traces)
    addition = Addition("added.yml", date(2025, 1, 31), "", ids, (Location("added.yml"),) * len(ids))
    corpus, diagnostics = link(traces, [], [], [addition])
    assert diagnostics == []
    return {feed.path: feed.data.decode() for feed in feeds(corpus, planned(corpus, site)[0], site)}


@pytest.fixture(scope="module")
def found(docs: Path) -> dict[str, Any]:
    """The invented corpus' feeds."""
    return read_all(docs)


def test_the_corpus_and_whoever_made_a_recorded_trace_has_a_feed(found: dict[str, Any], corpus: Corpus) -> None:
    runs = {tuple(trace.split("/")[:2]) for trace in corpus.added}
    planners = {planner for planner, _ in runs}
    assert set(found) == {
        "feed.xml",
        *(f"planners/{planner}/feed.xml" for planner in planners),
        *(f"planners/{planner}/{model}/feed.xml" for planner, model in runs),
    }
    assert len(runs) < sum(len(planner.models) for planner in corpus.planners)


def test_a_feed_says_what_it_is_and_where(found: dict[str, Any], docs: Path) -> None:
    titles = {feed.feed.title for feed in found.values()}
    assert len(titles) == len(found)
    assert {
        "Ablation Atlas: new traces",
        "Ablation Atlas: new traces by lm-planner",
        "Ablation Atlas: new traces by gpt-4o with lm-planner",
    } <= titles
    for path, feed in found.items():
        (own,) = (link.href for link in feed.feed.links if link.rel == "self")
        assert own == feed.feed.id == URL + path
        page = feed.feed.link.removeprefix(URL).removesuffix("/")
        assert f'feed: "{path}"' in page_text(docs, page)
        assert feed.feed.updated[:10] == feed.entries[0].updated[:10]


def page_text(docs: Path, address: str) -> str:
    candidates = [docs / f"{address}.md", docs / address / "index.md"]
    (page,) = (path for path in candidates if path.is_file())
    return page.read_text("utf-8")


def test_every_entry_leads_to_its_trace_and_says_what_that_page_says(
    found: dict[str, Any], docs: Path, corpus: Corpus
) -> None:
    traces = {f"{URL}traces/{trace.id}/": trace for trace in corpus.traces}
    for feed in found.values():
        for entry in feed.entries:
            trace = traces[entry.link]
            assert entry.title in page_text(docs, f"traces/{trace.id}")
            assert corpus.paper_of[trace.id].title in entry.title
            assert entry.updated == entry.published == f"{corpus.added[trace.id]}T00:00:00Z"
            assert entry.author == f"{trace.planner} with {trace.model}"


def test_a_feed_names_the_languages_of_site_and_texts() -> None:
    feed = read(written(a_trace(), site=replace(SITE, language="de", texts_language="en"))["feed.xml"])
    assert feed.feed.title_detail.language == "de"
    assert {entry.summary_detail.language for entry in feed.entries} == {"en"}


def test_the_newest_come_first_and_ids_are_unique(found: dict[str, Any], corpus: Corpus) -> None:
    for feed in found.values():
        days = [entry.updated for entry in feed.entries]
        assert days == sorted(days, reverse=True)
        assert len({entry.id for entry in feed.entries}) == len(days)
    assert len(found["feed.xml"].entries) == len(corpus.added)


def test_a_planners_feed_holds_its_own_traces_only(found: dict[str, Any], corpus: Corpus) -> None:
    for path, feed in found.items():
        folder = path.removeprefix("planners/").removesuffix("feed.xml")
        own = [trace for trace in corpus.added if path == "feed.xml" or trace.startswith(folder)]
        assert sorted(entry.link for entry in feed.entries) == sorted(f"{URL}traces/{trace}/" for trace in own)


def test_a_further_trace_changes_no_entry_that_was_there(tmp_path: Path) -> None:
    seeds, docs = tmp_path / "seeds", tmp_path / "docs"
    seeds.mkdir()
    (seeds / "a.md").write_text(raw_trace(a_trace()), encoding="utf-8")
    (seeds / "1.yml").write_text(ADDED, encoding="utf-8")
    generate(seeds, docs, SITE)
    before = read_all(docs)
    other = a_trace(name="Weaving with Robots", model="o3")
    (seeds / "b.md").write_text(raw_trace(other), encoding="utf-8")
    (seeds / "2.yml").write_text(f"added: 2025-02-11\ntraces: [{other.id}]\n", encoding="utf-8")
    generate(seeds, docs, SITE)
    after = read_all(docs)
    assert set(after) - set(before) == {"planners/lm-planner/o3/feed.xml"}
    assert after["planners/lm-planner/gpt-4o/feed.xml"] == before["planners/lm-planner/gpt-4o/feed.xml"]
    assert [entry.updated[:10] for entry in after["feed.xml"].entries] == ["2025-02-11", "2025-01-31"]
    assert after["feed.xml"].entries[1:] == before["feed.xml"].entries
    assert after["feed.xml"].feed.id == before["feed.xml"].feed.id


def test_a_stale_feed_goes_and_one_written_by_hand_stays(tmp_path: Path) -> None:
    seeds, docs = tmp_path / "seeds", tmp_path / "docs"
    seeds.mkdir()
    (seeds / "a.md").write_text(raw_trace(a_trace()), encoding="utf-8")
    (seeds / "1.yml").write_text(ADDED, encoding="utf-8")
    generate(seeds, docs, SITE)
    (docs / "news.xml").write_text('<?xml version="1.0"?>\n<feed/>\n', encoding="utf-8")
    (seeds / "1.yml").unlink()
    generate(seeds, docs, SITE)
    assert [path.name for path in docs.rglob("*.xml")] == ["news.xml"]
    index = (docs / "index.md").read_text("utf-8")
    assert "Newest traces" not in index
    assert "feed" not in index


def test_each_trace_is_announced_to_whoever_looks_once_a_day_and_the_feed_moves_each_time() -> None:
    many = [a_trace(name=f"Paper {number}") for number in range(60)]
    for morning, evening in zip(written(*many[:55]).values(), written(*many).values(), strict=True):
        assert len(read(evening).entries) == 60
        assert {entry.id for entry in read(morning).entries} <= {entry.id for entry in read(evening).entries}
        assert read(morning).feed.updated < read(evening).feed.updated


def test_days_before_that_of_the_fiftieth_trace_are_left_out_and_very_many_have_an_entry_a_model() -> None:
    old = [a_trace(name=f"Paper {number}") for number in range(2)]
    new = [a_trace(name=f"Paper {number}", model=model) for model in ("o1", "o3") for number in range(501)]
    additions = [
        Addition(f"{day}.yml", date(2025, 1, day), "", tuple(one.id for one in of), (Location("a.yml"),) * len(of))
        for day, of in ((30, old), (31, new))
    ]
    corpus, _ = link([*old, *new], [], [], additions)
    found = {feed.path: read(feed.data.decode()) for feed in feeds(corpus, planned(corpus, SITE)[0], SITE)}
    assert [entry.title for entry in found["feed.xml"].entries] == [
        "501 traces by o1 with lm-planner",
        "501 traces by o3 with lm-planner",
    ]
    assert [len(found[f"planners/lm-planner/{model}/feed.xml"].entries) for model in ("o1", "gpt-4o")] == [501, 2]


def test_without_the_sites_address_there_is_no_feed_and_no_way_to_one() -> None:
    site = replace(SITE, url="")
    assert written(a_trace(), site=site) == {}
    corpus, _ = link(
        [a_trace()], [], [], [Addition("a.yml", date(2025, 1, 31), "", (a_trace().id,), (Location("a.yml", 3),))]
    )
    pages, _ = planned(corpus, site)
    assert not any("feed" in page.front_matter for page in pages)


@given(lines, lines)
def test_whatever_a_seed_says_arrives_as_text(name: str, part: str) -> None:
    trace = a_trace(model=name.replace("/", "-"), studies=(a_study(ablated_part=part),))
    for text in written(trace).values():
        (entry,) = read(text).entries
        assert entry.id == f"{URL}traces/{trace.id}/"


@pytest.mark.parametrize("part", ["a < b & c", "<CLS>", "]]>", "&amp;", "λ ≤ 3", "折り", "x\ufffey", "x\x0cy"])
def test_signs_of_xml_are_text_and_what_xml_cannot_hold_is_replaced(part: str) -> None:
    (text, *_) = written(a_trace(studies=(a_study(ablated_part=part), a_study(anchor="b")))).values()
    (entry,) = read(text).entries
    detail = entry.summary_detail
    assert detail.type == "text/plain"
    assert detail.value == f"{part}; Tension controller".replace("\ufffe", "\ufffd").replace("\x0c", "\ufffd")
