"""Names of authors as people write them, and the data file that they are read by."""

import pytest

from generator.text.names import VOCABULARY, names_in, parse_name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Example, Ben Sample, and Cleo Instance", ["Ada Example", "Ben Sample", "Cleo Instance"]),
        ("Ada Example & Ben Sample", ["Ada Example", "Ben Sample"]),
        ("Ada Example, Ben Sample et al.", ["Ada Example", "Ben Sample", "others"]),
        ("Ada Example and others", ["Ada Example", "others"]),
        ("Example, Ada", ["Ada Example"]),
        ("Example, A., Sample, B.", ["A. Example", "B. Sample"]),
        ("Example, Ada; van der Sample, Ben", ["Ada Example", "Ben van der Sample"]),
        ("van der Sample, Ben and Example, Ada", ["Ben van der Sample", "Ada Example"]),
        ("Ben Sample, Jr., Cleo Instance", ["Ben Sample Jr.", "Cleo Instance"]),
        ("Ben Sample, Jr.", ["Ben Sample Jr."]),
        ("Ludwig van Example, Ada Sample", ["Ludwig van Example", "Ada Sample"]),
        ("{Loom Team, Yarn & Co}, Ada Example", ["{Loom Team, Yarn & Co}", "Ada Example"]),
        ("例山太郎, 例川花子", ["例山太郎", "例川花子"]),
        ("例山太郎、例川花子", ["例山太郎", "例川花子"]),
        ("Example, Ada\nSample, Ben\n", ["Ada Example", "Ben Sample"]),
        ("Ada Example (Loom Lane), Ben Sample (Yarn, Hill)", ["Ada Example (Loom Lane)", "Ben Sample (Yarn, Hill)"]),
        ("Sample, Ben (Yarn, Hill); Example, Ada", ["Ben Sample (Yarn, Hill)", "Ada Example"]),
        ("OpenAI, Anthropic", ["OpenAI", "Anthropic"]),
        ("Ada Example, Ph.D., Ben Sample, …", ["Ada Example Ph.D.", "Ben Sample", "others"]),
        ("", []),
    ],
)
def test_a_text_lists_names_with_given_names_first(text: str, names: list[str]) -> None:
    assert list(names_in(text)) == names


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("Yarn AI", "", "Yarn AI"),
        ("Bo Ai", "Bo", "Ai"),
        ("{Yarn Loom}", "", "Yarn Loom"),
        ("Yarn Research", "", "Yarn Research"),
        ("Ada Example (Loom Lane)", "Ada", "Example"),
        ("例山 太郎", "", "例山 太郎"),
    ],
)
def test_a_name_is_split_if_it_is_a_persons(text: str, given: str, family: str) -> None:
    name = parse_name(text)
    assert (name.given, name.family) == (given, family)


def test_suffixes_and_particles_are_listed_in_lower_case() -> None:
    for words in (VOCABULARY.particles, VOCABULARY.suffixes):
        assert [word for word in words if word != word.casefold()] == []


def test_no_particle_is_a_suffix() -> None:
    assert VOCABULARY.particles.isdisjoint(VOCABULARY.suffixes)
