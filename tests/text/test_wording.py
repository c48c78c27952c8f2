"""Values as readers see them."""

import pytest

from generator.text.wording import spell_out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{'num_layers': [2, 4], 'lr': 1e-05}", "num layers: 2, 4; lr: 1e-05"),
        ('{"gate": true, "at": {"depth": -1, "pair": [0.10, 2]}}', "gate: true; at: (depth: -1; pair: 0.10, 2)"),
        ("['mean', 'it\\'s', \"max\"]", "mean, it's, max"),
        ("['$\\alpha$', ['a', 'b']]", "$\\alpha$, (a, b)"),
    ],
)
def test_a_value_of_a_program_is_told_in_words(text: str, words: str) -> None:
    assert spell_out(text) == words


@pytest.mark.parametrize(
    "text", ["a fixed average", "[MASK]", "[0, 1] normalisation", "{α, β}", "[f(1)]", "[", "{}", "{**a}", "[" * 9999]
)
def test_any_other_text_is_as_it_was_written(text: str) -> None:
    assert spell_out(text) == text
