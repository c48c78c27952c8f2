"""The paper finder's file says what every paper is called, each name once."""

import json
from typing import Any

import pytest

from generator.exports import finder_file
from generator.model import Corpus


@pytest.fixture(scope="module")
def papers(corpus: Corpus) -> dict[str, list[Any]]:
    """The file's lists by slug."""
    return {paper[2]: paper for paper in json.loads(finder_file(corpus).data)}


def letters(name: str) -> str:
    return "".join(ch for ch in name.casefold() if ch.isalnum())


def test_every_paper_is_listed_once_in_the_order_of_the_index(corpus: Corpus, papers: dict[str, list[Any]]) -> None:
    assert list(papers) == [paper.slug for paper in corpus.papers]
    assert [paper[0] for paper in papers.values()] == [paper.title for paper in corpus.papers]


def test_a_paper_goes_by_its_aliases_and_the_headings_of_its_traces(papers: dict[str, list[Any]]) -> None:
    names = {slug: paper[1] for slug, paper in papers.items()}
    assert "TideFormer" in names["tideformer-forecasting-coastal-flooding-from-sparse-gauges"]
    assert "tideformer" not in names["tideformer-forecasting-coastal-flooding-from-sparse-gauges"]


def test_no_name_is_the_title_or_said_twice(corpus: Corpus, papers: dict[str, list[Any]]) -> None:
    for paper in corpus.papers:
        title, names, _, _ = papers[paper.slug]
        keys = [letters(name) for name in (title, *names)]
        assert len(keys) == len(set(keys))
        wanted = {letters(name) for name in (*paper.aliases, *(trace.name for trace in paper.traces))}
        assert wanted <= set(keys)


def test_counts_are_those_of_the_papers_traces(corpus: Corpus, papers: dict[str, list[Any]]) -> None:
    paper = next(paper for paper in corpus.papers if len(paper.traces) > 1)
    studies = sum(len(trace.studies) for trace in paper.traces)
    assert papers[paper.slug][3].startswith(f"{len(paper.traces)} traces · {studies} studies")
