"""Which spellings are one word, and how a word is shown."""

from collections import Counter

import pytest
from examples import cases
from hypothesis import given
from hypothesis import strategies as st

from generator.text.tokens import content_words, normalize_token, phrases, singular, tokens, usual_spelling


@pytest.mark.parametrize(
    ("one", "other"),
    cases("tokens", "spellings_of_one_word"),
)
def test_spellings_of_one_word(one: str, other: str) -> None:
    assert content_words(one) == content_words(other) != set()


@pytest.mark.parametrize("word", ["bias", "loss", "corpus", "basis", "ties", "gas", "axes"])
def test_what_only_looks_like_a_plural_stays_another_word(word: str) -> None:
    assert singular(word) in {word, word[:-1]}
    assert singular(word) != word[:-2]


@pytest.mark.parametrize("text", ["the impact of the proposed method", "Ablation Study 1", "x 2 30", "…"])
def test_some_words_tell_nothing(text: str) -> None:
    assert content_words(text) == set()


def test_tokens_keep_order_and_case() -> None:
    assert tokens("GAN-based Überlegung of β1, twice") == ["GAN", "based", "Uberlegung", "of", "beta", "1", "twice"]


def test_the_first_phrase_names_the_part() -> None:
    assert phrases("The (old) error map in the refinement network") == [
        "The (old) error map ",
        " the refinement network",
    ]


@given(st.text(max_size=60))
def test_the_words_of_a_text_are_the_keys_of_its_tokens(text: str) -> None:
    assert content_words(text) == {normalize_token(token) for token in tokens(text)} - {""}


@pytest.mark.parametrize(
    ("spellings", "shown"),
    [
        ({"Hive": 3, "hive": 1}, "hive"),
        ({"Hive": 9, "hive": 1}, "Hive"),
        ({"GAN": 2, "GANs": 1}, "GAN"),
        ({"hives": 2, "hive": 3, "HIVE": 1}, "hive"),
        ({"Nerf": 1, "NeRF": 3}, "NeRF"),
    ],
)
def test_a_word_is_shown_as_mostly_written(spellings: dict[str, int], shown: str) -> None:
    assert usual_spelling(Counter(spellings)) == shown
