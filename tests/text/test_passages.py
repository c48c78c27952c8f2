"""Passages: the sentence behind a study, and an address that browsers find it by."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.passages import best_sentence, sentences, text_fragment

TEXT = "The gate opens often. Without its memory, a gate forgets! A moss grows.\n- The memory gate, averaged, forgets."


@pytest.mark.parametrize(
    ("name", "further", "found"),
    [
        ({"gate"}, set(), "The gate opens often."),
        ({"memory", "gate"}, set(), "Without its memory, a gate forgets!"),
        ({"memory", "gate"}, {"averaged"}, "- The memory gate, averaged, forgets."),
        ({"moss", "carpet", "weight"}, {"gate"}, ""),
        (set(), {"gate"}, ""),
    ],
)
def test_the_sentence_that_tells_most_is_found(name: set[str], further: set[str], found: str) -> None:
    assert best_sentence(sentences(TEXT), name, further) == found


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("- **We** drop `tie`, the self-made gate of it all.", "We drop tie, the self%2Dmade,it all."),
        ("Drop $x_1$ and then see what a knitter would say.", "and then see what a,would say."),
        ("We drop the gate at $x$", "We drop the gate at"),
        ("Drop the tie.", "Drop the tie."),
        ("Drop it.", ""),
        ("Drop $x$ and $y$ for $z$ again", ""),
    ],
)
def test_a_fragment_names_plain_words_at_both_ends(sentence: str, words: str) -> None:
    fragment = text_fragment(sentence)
    assert unquote(fragment.replace("%2D", "%252D")) == (f":~:text={words}" if words else "")


@given(st.text())
def test_an_address_holds_any_fragment(sentence: str) -> None:
    assert set(text_fragment(sentence)) <= {*"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:~=,%._"}
