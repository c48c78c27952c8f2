"""Letters without their accents, however many of them a text holds."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from generator.text import CharacterTable, strip_accents


@given(st.text())
@example("Schrödinger’s ﬁnal 각 x²")
@example("a\u0301\u0328 \u0344 ẛ̣")
def test_what_is_left_of_a_text_has_no_accent(text: str) -> None:
    decomposed = unicodedata.normalize("NFKD", text)
    assert strip_accents(text) == "".join(ch for ch in decomposed if not unicodedata.combining(ch))


def test_each_letter_is_worked_out_once() -> None:
    asked: list[str] = []

    def doubled(letter: str) -> str:
        asked.append(letter)
        return letter * 2

    table = CharacterTable(doubled)
    assert ["λaλ".translate(table), "aλ".translate(table)] == ["λλaaλλ", "aaλλ"]
    assert asked == ["λ", "a"]
