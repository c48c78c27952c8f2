"""Records to corpus: who belongs to whom, and collisions told instead of merged."""

import random

import pytest
from examples import a_trace, told

from generator.corpus.linking import link, unreferenced
from generator.diagnostics import Diagnostic
from generator.model import Corpus, Metadata, Paper, Source, Summary, Task, Trace

TITLE = "Knitting with Robots"


def linked(*records: Trace | Summary | Metadata) -> Corpus:
    corpus, diagnostics = _link(*records)
    assert diagnostics == []
    return corpus


def only_paper(*records: Trace | Summary | Metadata) -> Paper:
    (paper,) = linked(*records).papers
    return paper


def complaints(*records: Trace | Summary | Metadata) -> list[str]:
    return sorted(told(diagnostic) for diagnostic in _link(*records)[1])


def _link(*records: Trace | Summary | Metadata) -> tuple[Corpus, list[Diagnostic]]:
    return link(
        [record for record in records if isinstance(record, Trace)],
        [record for record in records if isinstance(record, Summary)],
        [record for record in records if isinstance(record, Metadata)],
    )


def test_traces_of_one_heading_are_one_papers() -> None:
    a, b = a_trace(seed="a"), a_trace(seed="b", model="o3-mini")
    paper = only_paper(b, a)
    assert paper.slug == "knitting-with-robots"
    assert paper.traces == (a, b)


def test_a_summary_joins_its_paper_through_its_title() -> None:
    summary = Summary(seed="s", title=TITLE)
    assert only_paper(a_trace(), summary).summary == summary
    assert len(linked(a_trace(), Summary(seed="s", title="Weaving with Robots")).papers) == 2


def test_a_title_counts_curated_then_summary_then_quoted_then_inferred() -> None:
    curated = Metadata(seed="m", title="KNITTING with robots")
    summary = Summary(seed="s", title="Knitting With Robots")
    quoting = a_trace(reasoning='The paper "Knitting with Robots" knits.')
    plain = a_trace()
    found = [
        only_paper(curated, summary, quoting),
        only_paper(summary, quoting),
        only_paper(quoting),
        only_paper(plain),
    ]
    assert [(paper.title, paper.title_source) for paper in found] == [
        ("KNITTING with robots", Source.CURATED),
        ("Knitting With Robots", Source.SUMMARY),
        ("Knitting with Robots", Source.QUOTED),
        ("Knitting with Robots", Source.INFERRED),
    ]


def test_an_alias_joins_repository_and_title() -> None:
    metadata = Metadata(seed="m", title=TITLE, aliases=("KnitNet",))
    author = a_trace(name="knitnet", task=Task.AUTHOR)
    paper = only_paper(metadata, a_trace(), author)
    assert paper.traces == (author, a_trace())
    assert paper.aliases == ("KnitNet",)


def test_a_curated_slug_is_the_papers_address_and_all_its_names_lead_there() -> None:
    metadata = Metadata(seed="m", title=TITLE, slug="knit", aliases=("KnitNet",))
    corpus = linked(metadata, a_trace(), a_trace(name="knit", model="o3-mini"))
    (paper,) = corpus.papers
    assert paper.slug == "knit"
    assert {name for name, named in corpus.paper_named.items() if named is paper} == {
        "knit",
        "knitnet",
        "knitting-with-robots",
    }


def test_a_quoted_title_leads_to_its_paper_too() -> None:
    quote = 'The paper "SORBET: Sparse Rotations" rotates.'
    author = [a_trace(name="sorbet", model=model, task=Task.AUTHOR, reasoning=quote) for model in "ab"]
    assert linked(*author).paper_named["sorbet-sparse-rotations"].slug == "sorbet"


@pytest.mark.parametrize("repository", ["knit", "yarn"])
def test_a_slug_of_its_own_beats_another_papers_title(repository: str) -> None:
    quote = 'The paper "Knitting with Robots" knits.'
    author = [a_trace(name=repository, model=model, task=Task.AUTHOR, reasoning=quote) for model in "ab"]
    corpus = linked(a_trace(), *author)
    assert corpus.paper_named["knitting-with-robots"].slug == "knitting-with-robots"


def test_planners_hold_their_models_and_models_their_traces() -> None:
    traces = [
        a_trace(seed="1", planner="lm-planner", model="o3-mini"),
        a_trace(seed="2", planner="agent-planner", model="gpt-4o"),
        a_trace(seed="3", planner="lm-planner", model="gpt-4o"),
        a_trace(seed="4", planner="lm-planner", model="gpt-4o", name="Weaving"),
    ]
    corpus = linked(*traces)
    assert {planner.name: [model.name for model in planner.models] for planner in corpus.planners} == {
        "agent-planner": ["gpt-4o"],
        "lm-planner": ["gpt-4o", "o3-mini"],
    }
    assert [trace.seed for trace in corpus.traces] == ["2", "3", "4", "1"]
    assert all(trace in corpus.paper_of[trace.id].traces for trace in traces)


def test_the_order_of_records_changes_nothing(corpus: Corpus) -> None:
    traces = list(corpus.traces)
    summaries = [paper.summary for paper in corpus.papers if paper.summary]
    metadata = [paper.metadata for paper in corpus.papers if paper.metadata]
    for records in (traces, summaries, metadata):
        random.Random(3).shuffle(records)  # noqa: S311 -- an order, not a secret
    again = linked(*traces, *summaries, *metadata)
    assert [paper.slug for paper in again.papers] == [paper.slug for paper in corpus.papers]
    assert again.planners == corpus.planners


def test_papers_stand_in_the_order_of_their_titles() -> None:
    corpus = linked(*(a_trace(name=name) for name in ("_Zebra", "apple", "Éclair", "2_Fish")))
    assert [paper.slug for paper in corpus.papers] == ["2-fish", "apple", "eclair", "zebra"]


def test_two_names_of_one_address_are_refused_and_both_files_named() -> None:
    (only,) = complaints(a_trace(seed="a"), a_trace(seed="b", name="Knitting__with_Robots", model="o3-mini"))
    assert only.startswith("b: 'Knitting__with_Robots' and 'Knitting_with_Robots' share the address ")


def test_metadata_settles_that_two_names_are_one_paper() -> None:
    other = a_trace(seed="b", name="Knitting__with_Robots", model="o3-mini")
    assert len(only_paper(Metadata(seed="m", title=TITLE), a_trace(seed="a"), other).traces) == 2


@pytest.mark.parametrize(("first", "second"), [("gpt-4o", "GPT-4o"), ("llama-3.1", "llama-3-1")])
def test_two_models_of_one_address_are_refused(first: str, second: str) -> None:
    (only,) = complaints(a_trace(seed="a", model=first), a_trace(seed="b", model=second, name="Weaving"))
    assert only.startswith(f"b: model '{second}' and model '{first}' share the address planners/lm-planner/")


def test_metadata_that_nothing_refers_to_is_told_and_gets_no_page() -> None:
    metadata = [
        Metadata(seed="m1", title=TITLE),
        Metadata(seed="m2", title="Weaving"),
        Metadata(seed="m3", title="Felt"),
    ]
    corpus = linked(*metadata, a_trace(), Summary(seed="s", title="Felt"))
    assert [diagnostic.location.path for diagnostic in unreferenced(corpus, metadata)] == ["m2"]
    assert [paper.title for paper in corpus.papers] == ["Felt", TITLE]


def _of_repository(name: str, *titles: str) -> list[Trace]:
    quotations = enumerate(f'The paper "{title}" knits.' for title in titles)
    return [a_trace(name=name, model=f"m{at}", task=Task.AUTHOR, reasoning=text) for at, text in quotations]


@pytest.mark.parametrize("shown", ["EvenYarn: Memory-Efficient Knitting", "Even Yarn for All"])
def test_metadata_may_name_a_paper_by_any_title_that_is_shown_for_it(shown: str) -> None:
    traces = _of_repository("evenyarn", "EvenYarn: Memory-Efficient Knitting", "Even yarn, for all")
    assert only_paper(*traces).quoted == ("Even yarn, for all",)
    curated = Metadata(seed="m", title=shown, year=2025)
    corpus = linked(*traces, curated, *_of_repository("purl", "Purling by Learning"))
    paper = corpus.paper_named["evenyarn"]
    assert (paper.slug, paper.title, paper.traces, paper.metadata) == ("evenyarn", shown, tuple(traces), curated)
    assert linked(*traces, curated).paper_named["evenyarn"] == paper


def test_a_title_that_is_shown_for_two_papers_names_neither() -> None:
    traces = [*_of_repository("evenyarn", "Even Yarn for All"), *_of_repository("yarn2", "Even Yarn for All")]
    corpus = linked(*traces, curated := Metadata(seed="m", title="Even Yarn for All"))
    assert [paper.metadata for paper in corpus.papers] == [None, None]
    assert len(unreferenced(corpus, [curated])) == 1


def test_adding_a_trace_changes_no_other_address(corpus: Corpus) -> None:
    traces = corpus.traces
    summaries = [paper.summary for paper in corpus.papers if paper.summary]
    metadata = [paper.metadata for paper in corpus.papers if paper.metadata]
    fewer, _ = link(traces[::2], summaries, metadata)
    for trace in traces[::2]:
        assert fewer.paper_of[trace.id].slug == corpus.paper_of[trace.id].slug


def test_papers_of_the_corpus_have_as_many_traces_as_planners_ran(corpus: Corpus) -> None:
    counts = sorted((len(paper.traces) for paper in corpus.papers), reverse=True)
    assert counts == [11, 5, 5, 4, 4, 2, 2, 2, 1, 1, 1, 1, 1, 0]
