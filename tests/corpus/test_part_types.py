"""Kinds of ablated parts across invented papers, and their index."""

import random
from collections import Counter

import pytest
from examples import a_study, a_trace, cases
from hypothesis import given
from hypothesis import strategies as st
from strategies import lines

from generator.corpus.linking import link
from generator.corpus.part_types import part_types
from generator.metrics import Family
from generator.model import Corpus, Task, Trace
from generator.pages.families import index_pages, parts_index
from generator.rendering import render_page


def trace(paper: str, *parts: str, model: str = "oak-1", task: Task = Task.REVIEWER) -> Trace:
    studies = tuple(a_study(ablated_part=part) for part in parts)
    return a_trace(seed=f"{paper}-{model}.md", name=paper, model=model, task=task, studies=studies)


def corpus_of(*found: Trace) -> Corpus:
    corpus, diagnostics = link(found, [], [])
    assert diagnostics == []
    return corpus


def kinds(*traces: Trace) -> tuple[Family, ...]:
    return part_types(corpus_of(*traces)).families


def named(*parts: str) -> list[str]:
    """The kinds among these parts, each of a paper of its own."""
    return [kind.name for kind in kinds(*(trace(f"Paper {at}", part) for at, part in enumerate(parts)))]


TRACES = [
    trace("Larch", "Mulching schedule", "Root pruning for young trees", task=Task.AUTHOR),
    trace("Larch", "Root Pruning", model="elm-2", task=Task.AUTHOR),
    trace("Yew", "Late root prunings, done twice"),
    trace("Ash", "Mulching schedule (weekly)"),
    trace("Fir", "Bark"),
]


def test_kinds_count_papers_studies_tasks_and_models() -> None:
    schedule, pruning = sorted(kinds(*TRACES), key=lambda kind: kind.studies)
    assert pruning == Family(
        name="Root pruning",
        papers=Counter({"larch": 2, "yew": 1}),
        spellings=Counter({"root pruning": 2, "root prunings": 1}),
        tasks=Counter({Task.AUTHOR: 2, Task.REVIEWER: 1}),
        models=Counter({("lm-planner", "oak-1"): 2, ("lm-planner", "elm-2"): 1}),
    )
    assert (schedule.name, len(schedule.papers), schedule.studies) == ("Mulching schedule", 2, 2)


@pytest.mark.parametrize(
    ("parts", "expected"),
    cases("part_types", "what_two_of_few_papers_have_in_common"),
)
def test_what_two_of_few_papers_have_in_common(parts: list[str], expected: list[str]) -> None:
    assert named(*parts) == expected


def test_where_there_are_many_papers_a_kind_takes_three() -> None:
    others = [trace(f"Paper {at}", f"Thing{at}") for at in range(30)]
    two = [trace("A", "Spindle"), trace("B", "Spindle")]
    assert kinds(*others, *two) == ()
    (kind,) = kinds(*others, *two, trace("C", "Oiled spindle"))
    assert (kind.name, len(kind.papers)) == ("Spindle", 3)


def test_a_phrase_that_never_stands_without_a_longer_one_gives_way_to_it() -> None:
    assert named("Tension controller gain", "Tension controller gains") == ["Tension controller gain"]


def test_the_studies_of_a_kind_are_as_many_as_it_counts() -> None:
    found = part_types(corpus_of(*TRACES))
    counted = Counter(name for names in found.of_studies.values() for name in names)
    assert counted == {kind.name: kind.studies for kind in found.families}


def test_a_study_counts_once_for_a_kind() -> None:
    (kind,) = kinds(trace("A", "Spindle and spindle"), trace("B", "Spindle"))
    assert kind.studies == 2


@given(st.randoms(use_true_random=False))
def test_the_order_of_traces_does_not_matter(chance: random.Random) -> None:
    shuffled = TRACES.copy()
    chance.shuffle(shuffled)
    assert part_types(corpus_of(*shuffled)) == part_types(corpus_of(*TRACES))


@given(st.lists(st.one_of(lines, st.sampled_from(["Loss of head", "of of", "a-b-c", "loss"])), max_size=6))
def test_counts_add_up_whatever_parts_are_called(parts: list[str]) -> None:
    found = kinds(*(trace(f"Paper {at}", part) for at, part in enumerate(parts)))
    for kind in found:
        assert kind.name
        assert 2 <= len(kind.papers) <= kind.studies <= len(parts)
        for counts in (kind.spellings, kind.tasks, kind.models, kind.papers):
            assert counts.total() == kind.studies
    assert [len(kind.papers) for kind in found] == sorted((len(kind.papers) for kind in found), reverse=True)


def test_the_index_leads_from_each_kind_to_its_studies() -> None:
    page, *letters = index_pages(parts_index(kinds(*TRACES)))
    assert (page.path, letters[-1].path) == ("parts/index.md", "parts/letter/r.md")
    text, place = render_page(page).data.decode(), "../studies/index.md?part=Root%20pruning"
    assert f"[Root pruning]({place}) *[3 studies]({place}) · 2 papers · " in text
    assert "- By oak-1 (2), elm-2 (1)" in text
    assert "Spelled root pruning (2), root prunings (1)" in text


def test_an_index_without_kinds_says_so() -> None:
    (page,) = index_pages(parts_index(kinds(TRACES[0])))
    assert "No kind of part is ablated in several papers yet." in render_page(page).data.decode()
