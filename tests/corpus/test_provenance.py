"""Facts: curated metadata before the summary, each with its source, and what the two dispute."""

import pytest

from generator.corpus.provenance import discrepancies, facts
from generator.model import Citation, Corpus, Fact, Metadata, Source, Summary
from generator.pages.nouns import FACTS

AUTHORS = ("Yifan Zhou", "Chidi Okafor", "Marta Silva")


def disputed(metadata: Metadata, summary: Summary) -> list[str]:
    found = [discrepancy.fact for discrepancy in discrepancies(metadata, summary)]
    assert set(found) <= FACTS.keys(), "pages have no name for it"
    return found


def authors_disputed(claimed: tuple[str, ...]) -> bool:
    metadata = Metadata(seed="m", title="T", authors=AUTHORS)
    return disputed(metadata, Summary(seed="s", title="T", authors=claimed)) == ["authors"]


def test_each_fact_comes_from_the_most_trusted_source_that_has_it() -> None:
    metadata = Metadata(seed="m", title="T", authors=AUTHORS, venue="Tides 2025")
    summary = Summary(seed="s", title="T", authors=("Someone Else",), year=2024, arxiv="2405.01234")
    assert facts(metadata, summary) == (
        Fact("authors", AUTHORS, Source.CURATED),
        Fact("year", ("2024",), Source.SUMMARY),
        Fact("venue", ("Tides 2025",), Source.CURATED),
        Fact("arxiv", ("2405.01234",), Source.SUMMARY),
    )


def test_without_sources_there_are_no_facts() -> None:
    assert facts(None, None) == ()
    assert facts(Metadata(seed="m", title="T"), Summary(seed="s", title="T")) == ()


@pytest.mark.parametrize(
    "claimed",
    [
        AUTHORS,
        ("Zhou, Yifan", "Okafor, Chidi", "Silva, Marta"),
        ("YIFAN ZHOU", "Chidi Okafor", "Marta  Silva"),
        ("Yifan Zhou", "Chidi Okafor", "others"),
    ],
)
def test_authors_in_the_same_order_agree(claimed: tuple[str, ...]) -> None:
    assert not authors_disputed(claimed)


@pytest.mark.parametrize(
    "claimed",
    [
        ("Chidi Okafor", "Marta Silva", "Yifan Zhou"),
        ("Chidi Okafor", "others"),
        ("Yifan Zhou", "Chidi Okafor"),
        (*AUTHORS, "Ghost Writer"),
        ("Yifan Zhou", "Chidi Okafor", "Marta Sylva"),
    ],
)
def test_authors_in_another_order_or_number_do_not(claimed: tuple[str, ...]) -> None:
    assert authors_disputed(claimed)


def test_a_title_broken_over_two_lines_is_told() -> None:
    bibtex = "@article{x,\n  title = {Tides and\nGauges},\n}"
    metadata = Metadata(seed="m", title="Tides and Gauges")
    assert disputed(metadata, Summary(seed="s", title="Tides and Gauges", citation=Citation(bibtex=bibtex))) == [
        "title"
    ]
    whole = Citation(bibtex=bibtex.replace("and\n", "and "))
    assert disputed(metadata, Summary(seed="s", title="Tides and Gauges", citation=whole)) == []


def test_year_and_arxiv_number_are_compared_where_both_have_them() -> None:
    metadata = Metadata(seed="m", title="T", year=2025, arxiv="2405.01234")
    assert disputed(metadata, Summary(seed="s", title="T", year=2024, arxiv="2405.99999")) == ["year", "arxiv"]
    assert disputed(metadata, Summary(seed="s", title="T")) == []


def test_the_summary_of_the_corpus_is_corrected(corpus: Corpus) -> None:
    paper = corpus.paper_named["tideformer"]
    assert [fact.values for fact in paper.facts if fact.name == "authors"] == [
        ("Yifan Zhou", "Chidi Okafor", "Marta Silva", "Anouk Bakker")
    ]
    assert [discrepancy.fact for discrepancy in paper.discrepancies] == ["title", "authors", "year"]
