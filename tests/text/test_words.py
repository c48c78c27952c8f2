"""Words that readers may seek."""

import pytest

from generator.site.search import words_to_add
from generator.text.tokens import words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Few-Shot, eﬃcient C++", ["few", "shot", "efficient", "c"]),
        ("Müller‐Østby’s crème", ["muller", "ostby", "s", "creme"]),
        ("基于ResNet的图", ["基于", "resnet", "的图"]),
        ("山折り認識、門", ["山折", "折り", "り認", "認識", "門"]),
    ],
)
def test_words_have_neither_case_nor_accents_and_chinese_ones_are_pairs(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


def test_only_what_the_index_would_lack_is_added_and_nothing_of_what_it_leaves_out() -> None:
    assert words_to_add("<p>A plain “text” with crème, α-loss and <em>R&amp;D</em></p>") == ""
    similar = '<section class="level2 similar"><p>図</p><p>図像</p></section>'
    assert words_to_add(f"<p>Østby’s 図</p><math><mi>𝒜</mi></math>{similar}") == "ostby s"
