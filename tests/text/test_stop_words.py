"""The stop list: words as texts are compared by, each said once."""

import pytest

from generator.text.tokens import STOP_WORDS, normalize_token

LISTS = dict(STOP_WORDS)


@pytest.mark.parametrize("name", LISTS)
def test_the_words_of_a_list_are_sorted_and_each_stands_once(name: str) -> None:
    assert list(LISTS[name]) == sorted(set(LISTS[name]))
    assert all(word.isalpha() and word.islower() for word in LISTS[name])


@pytest.mark.parametrize("name", ["english", "study", "part"])
def test_a_word_of_any_text_tells_nothing(name: str) -> None:
    assert [word for word in LISTS[name] if normalize_token(word)] == []


@pytest.mark.parametrize("name", ["method", "paper", "part_type"])
def test_a_word_that_tells_something_elsewhere_is_no_stop_word_of_every_text(name: str) -> None:
    assert [word for word in LISTS[name] if not normalize_token(word)] == []
