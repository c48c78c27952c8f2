"""The data file that names and titles are read by."""

from generator.citing.entry import VOCABULARY


def test_words_that_are_compared_in_any_case_are_listed_in_lower_case() -> None:
    for words in (VOCABULARY["particles"], VOCABULARY["suffixes"], VOCABULARY["organisations"]):
        assert [word for word in words if word != word.casefold()] == []


def test_words_that_keep_their_capital_have_one() -> None:
    assert [word for word in VOCABULARY["proper"] if not word[0].isupper()] == []


def test_no_particle_is_a_suffix() -> None:
    assert VOCABULARY["particles"].isdisjoint(VOCABULARY["suffixes"])
