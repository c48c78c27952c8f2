"""The data files of metrics: complete, and free of contradictions."""

from generator.metrics.canonical import SYNONYMS, VOCABULARY


def test_a_spelling_is_listed_once() -> None:
    spellings = [spelling for name, more in SYNONYMS.items() for spelling in (name, *more)]
    assert len(set(spellings)) == len(spellings)
    assert all(spelling == " ".join(spelling.split()) != "" for spelling in spellings)


def test_a_benchmark_is_listed_once() -> None:
    assert len(set(VOCABULARY.benchmarks)) == len(VOCABULARY.benchmarks)


def test_a_word_that_is_dropped_makes_no_other_metric() -> None:
    assert VOCABULARY.modifiers.isdisjoint(VOCABULARY.distinguishing)
    assert VOCABULARY.dataset_prepositions.isdisjoint(VOCABULARY.distinguishing)


def test_words_are_in_lower_case_but_where_their_case_is_what_is_listed() -> None:
    for name, words in VOCABULARY:
        if name not in {"benchmarks", "cased"}:
            assert [word for word in words if word != word.lower()] == []
    assert [word for word in VOCABULARY.cased if word == word.lower()] == []
