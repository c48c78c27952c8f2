"""What a paper is called: a quoted title counts only where something confirms it."""

import pytest
from examples import a_trace
from hypothesis import given
from strategies import texts

from generator.corpus.provenance import title_from_traces
from generator.model import Corpus, Source, Task

NAME = "TideFormer__Forecasting_Coastal_Flooding"
TITLE = "TideFormer: Forecasting Coastal Flooding"


def reviewer_title(*reasonings: str, name: str = NAME) -> tuple[str, Source]:
    traces = [a_trace(name=name, model=f"model {at}", reasoning=text) for at, text in enumerate(reasonings)]
    return title_from_traces(name, traces)


def author_title(**reasonings: str) -> tuple[str, Source]:
    traces = [
        a_trace(name="sorbet", model=model, task=Task.AUTHOR, reasoning=reasoning)
        for model, reasoning in reasonings.items()
    ]
    return title_from_traces("sorbet", traces)


@pytest.mark.parametrize(
    "reasoning",
    [
        f'The paper "{TITLE}" floods.',
        f"The paper “{TITLE}” floods.",
        f'The paper titled "{TITLE}."',
        f"**{TITLE}** floods.",
        f"In *{TITLE}*, the coast floods.",
        f'They say "flood" and call it "{TITLE}", "which" is odd.',
    ],
)
def test_a_quotation_with_the_headings_letters_is_the_title(reasoning: str) -> None:
    assert reviewer_title(reasoning) == (TITLE, Source.QUOTED)


@pytest.mark.parametrize(
    "reasoning",
    ['The paper "Forecasting Coastal Flooding" floods.', 'The paper "TideFormer" floods.', "No title here.", '"', ""],
)
def test_any_other_quotation_is_not(reasoning: str) -> None:
    assert reviewer_title(reasoning) == (TITLE, Source.INFERRED)


def test_the_spelling_that_most_traces_use_wins() -> None:
    usual, odd = '"A Study of Moss"', '"A study of MOSS"'
    assert reviewer_title(odd, usual, usual, name="A_Study_of_Moss") == ("A Study of Moss", Source.QUOTED)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Maple_Syrup_by_Ear", "Maple Syrup by Ear"),
        ("AlphaCheese__Ageing_by_Self_Play", "AlphaCheese: Ageing by Self Play"),
        ("brewnet", "brewnet"),
        ("_leading_and_trailing_", "leading and trailing"),
        ("折り紙", "折り紙"),
        ("___", "___"),
    ],
)
def test_without_a_quotation_the_name_is_made_readable(name: str, title: str) -> None:
    assert reviewer_title("Nothing quoted.", name=name) == (title, Source.INFERRED)


SORBET = 'The paper "SORBET: Sparse Rotations" rotates.'


@pytest.mark.parametrize(
    ("reasonings", "title"),
    [
        ([SORBET], "SORBET: Sparse Rotations"),
        ([SORBET, 'The paper "Zesty Frozen Weights" freezes.'], "SORBET: Sparse Rotations"),
        (['The paper "Frozen Weights", the paper "Frozen Weights"', *["titled “Ice Cream”"] * 2], "Ice Cream"),
    ],
)
def test_a_repositorys_title_is_what_most_models_quote_or_what_holds_its_name(
    reasonings: list[str], title: str
) -> None:
    assert author_title(**{f"model {at}": text for at, text in enumerate(reasonings)}) == (title, Source.QUOTED)


def test_reviewer_traces_that_agree_on_a_wrong_title_are_not_believed() -> None:
    wrong = 'The paper "Something Else Entirely" floods.'
    assert reviewer_title(wrong, wrong) == (TITLE, Source.INFERRED)


@given(texts)
def test_there_is_always_a_title_on_one_line(reasoning: str) -> None:
    title, _ = reviewer_title(reasoning)
    assert title.strip()
    assert "\n" not in title


def test_the_corpus_papers_are_called_what_their_traces_allow(corpus: Corpus) -> None:
    sources = {paper.title: paper.title_source.value for paper in corpus.papers}
    assert sources == {
        "AlphaCheese: Ageing Cheddar by Self-Play": "quoted",
        "Bitterness from Hop Schedules": "quoted",
        "Can Octopuses Play Go? Measuring Planning in Cephalopods": "curated",
        "Counting Lichen Without Labels: A Study of Weak Supervision": "summary",
        "GlacierSound: Hearing Ice Calve": "summary",
        "hexchess": "inferred",
        "Maple Syrup Grading by Ear": "quoted",
        "Pricing Rooftop Solar with Counterfactual Auctions": "quoted",
        "Schrödinger Bridges for Bird Migration Routes": "summary",
        "Sign Language Subtitles for Weather Reports": "inferred",
        "SORBET: Sparse Orthogonal Rotations for Better Early Training": "quoted",
        "TideFormer: Forecasting Coastal Flooding from Sparse Gauges": "curated",
        "Towards Robust and Interpretable Few-Shot Classification of Historical Handwriting with Prototype Graphs and "
        "Ink-Aware Data Augmentation": "curated",
        "折り紙ロボットの学習": "inferred",
    }
