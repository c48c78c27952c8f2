"""Metric families: which spellings are one metric, which are not, and what is counted."""

import random
from collections import Counter, defaultdict

import pytest
from examples import cases
from hypothesis import example, given
from hypothesis import strategies as st

from generator.corpus.linking import link
from generator.metrics import Family, canonical_metric, families, families_of, metric_names
from generator.metrics.canonical import SYNONYMS, _key
from generator.model import Action, Study, Task, Trace

SPELLINGS = [(name, spelling) for name, more in SYNONYMS.items() for spelling in (name, *more)]
TEXT = """
    Accuracy Top-1 top 5 (%) (ms) [s] on ImageNet CIFAR-10 for FID F1 score Scores mean average test val mAP @0.5
    AP @ R@1 (PPL) perplexity time training mossiness lichen-rate (AUC (PR)) e.g., / & ↑ % # of error robust 256x256
    ß İ ﬁ Zähigkeit k-NN ∆ α ² _ - ( ) ] , : * ++"""
WORDS = st.sampled_from(TEXT.split())
METRICS = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=8).map(" ".join))


@pytest.mark.parametrize(
    ("name", "spellings"),
    cases("metric_families", "spellings_of_one_metric_meet"),
)
def test_spellings_of_one_metric_meet(name: str, spellings: list[str]) -> None:
    assert {spelling: canonical_metric(spelling) for spelling in spellings} == dict.fromkeys(spellings, name)


@pytest.mark.parametrize(
    "spellings",
    cases("metric_families", "distinct_metrics_stay_apart"),
)
def test_distinct_metrics_stay_apart(spellings: list[str]) -> None:
    names = [canonical_metric(spelling) for spelling in spellings]
    assert len(set(names)) == len(names), names


@pytest.mark.parametrize(
    ("spelling", "name"),
    cases("metric_families", "what_is_not_well_known_goes_by_its_own_words"),
)
def test_what_is_not_well_known_goes_by_its_own_words(spelling: str, name: str) -> None:
    assert canonical_metric(spelling) == name


def test_no_spelling_belongs_to_two_families() -> None:
    owners = defaultdict(set)
    for name, spelling in SPELLINGS:
        owners[_key(spelling)].add(name)
    assert {key: names for key, names in owners.items() if len(names) > 1 or not key} == {}


def test_every_listed_spelling_leads_to_its_family() -> None:
    assert [one for one in SPELLINGS if canonical_metric(one[1]) != one[0]] == []


def test_prose_is_its_own_family() -> None:
    prose = "accuracy on " + "moss " * 50
    assert canonical_metric(prose) == canonical_metric(canonical_metric(prose)) == prose.strip().capitalize()


@given(METRICS)
def test_a_family_is_its_own_family(metric: str) -> None:
    assert canonical_metric(canonical_metric(metric)) == canonical_metric(metric) != ""


@example("# of")
@given(METRICS.filter(lambda text: text.upper().casefold() == text.casefold()))
def test_case_and_white_space_do_not_matter(metric: str) -> None:
    shouted = "  " + metric.upper().replace(" ", " \t\n")
    assert canonical_metric(shouted) == canonical_metric(metric)


@given(st.lists(st.sampled_from(["moss", "lichen", "spore", "über", "bark7", "drizzle"]), min_size=2))
def test_the_words_of_an_unknown_metric_are_kept(words: list[str]) -> None:
    folded = [word.replace("ü", "u") for word in words]
    assert canonical_metric(" ".join(words)).casefold().split() == folded


def trace(model: str, task: Task, *metrics: tuple[str, ...]) -> Trace:
    studies = tuple(Study("S", "bark", Action.REMOVE, (), names, f"s{at}", at) for at, names in enumerate(metrics))
    return Trace(f"{model}.md", "lm-planner", model, "larch", task, "", studies)


TRACES = [
    trace("oak-1", Task.AUTHOR, ("F1 score", "F1", "moss area"), ("FID",)),
    trace("elm-2", Task.REVIEWER, ("F1",), ("f1 (%)", "FID")),
    trace("oak-1", Task.REVIEWER, ("F1",)),
]


def test_families_count_studies_by_spelling_task_and_model() -> None:
    f1, fid, moss = families(link(TRACES, [], [])[0])
    assert f1 == Family(
        name="F1",
        spellings=Counter({"F1": 3, "F1 score": 1, "f1 (%)": 1}),
        tasks=Counter({Task.REVIEWER: 3, Task.AUTHOR: 1}),
        models=Counter({("lm-planner", "elm-2"): 2, ("lm-planner", "oak-1"): 2}),
        papers=Counter({"larch": 4}),
    )
    assert (fid.name, fid.studies) == ("FID", 2)
    assert (moss.name, moss.spellings) == ("Moss area", {"moss area": 1})


def test_a_study_names_each_of_its_families_once() -> None:
    studies = [study for one in TRACES for study in one.studies]
    assert families_of(studies[0], metric_names(studies)) == ("F1", "Moss area")


@given(st.randoms(use_true_random=False))
def test_the_order_of_traces_does_not_matter(chance: random.Random) -> None:
    shuffled = TRACES.copy()
    chance.shuffle(shuffled)
    assert families(link(shuffled, [], [])[0]) == families(link(TRACES, [], [])[0])


@pytest.mark.parametrize(("name", "spellings"), cases("metric_families", "a_family_is_called_as_most_studies_spell_it"))
def test_a_family_is_called_as_most_studies_spell_it(name: str, spellings: list[str]) -> None:
    studies = trace("oak-1", Task.AUTHOR, *((spelling,) for spelling in spellings)).studies
    assert metric_names(studies) == dict.fromkeys(spellings, name)


@given(st.lists(METRICS, min_size=1, max_size=5))
def test_a_name_leads_back_to_its_family(metrics: list[str]) -> None:
    names = metric_names(trace("oak-1", Task.AUTHOR, tuple(metrics)).studies)
    assert {metric: canonical_metric(name) for metric, name in names.items()} == {
        metric: canonical_metric(metric) for metric in metrics
    }
