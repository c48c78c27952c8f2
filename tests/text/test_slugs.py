"""Slugs, keys and anchors: readable, safe in an address, and the item's own for ever."""

import re

import pytest
from examples import cases
from hypothesis import example, given
from hypothesis import strategies as st

from generator.addresses import model_path, trace_path
from generator.text.slugs import anchor, match_key, slugify, truncate_slug, unique_slugs

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("text", "slug"),
    cases("slugs", "a_slug_reads_like_its_text"),
)
def test_a_slug_reads_like_its_text(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text())
@example("Index")
@example("")
@example("_" * 300)
@example("AUX")
@example("nul")
@example("LPT¹")
def test_a_slug_is_safe_in_every_address_and_file_system(text: str) -> None:
    slug = slugify(text)
    assert SLUG.fullmatch(slug)
    assert len(slug) <= 140
    assert slug not in {"index", "con", "aux", "nul", "lpt1"}


def test_paths_of_long_names_are_short_and_their_own() -> None:
    names = [slugify("word " * 60 + last) for last in "pm"]
    found = {path for one in (names, names[::-1]) for path in (model_path(*one), trace_path("/".join((*one, "title"))))}
    assert len(found) == 4
    assert max(map(len, found)) <= 200 - len("/index.html")


def test_texts_without_latin_letters_get_slugs_of_their_own() -> None:
    assert slugify("折り紙") != slugify("山折り")
    assert slugify("折り紙") == slugify("折り紙")
    titles = [
        f"{first}{second}" for first in map(chr, range(0x4E00, 0x4E80)) for second in map(chr, range(0x5000, 0x5080))
    ]
    assert len(set(map(slugify, titles))) == len(titles)


def test_texts_alike_for_longer_than_a_slug_get_slugs_of_their_own() -> None:
    long = "word " * 60
    assert slugify(long + "a") != slugify(long + "b")
    assert slugify(long + "a").startswith("word-word-")


@given(st.text(alphabet="abcÄé-–‐ “”_:?", max_size=30))
def test_a_title_and_the_benchmarks_slug_of_it_have_one_key(title: str) -> None:
    assert match_key(re.sub(r"\W", "_", title)) == match_key(title)


def test_keys_tell_different_words_apart() -> None:
    assert match_key("Lichen 2") != match_key("Lichen 3")


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=6), min_size=1).map("-".join), st.integers(6, 40))
def test_shortening_keeps_whole_leading_words(slug: str, limit: int) -> None:
    short = truncate_slug(slug, limit)
    assert len(short) <= limit
    assert f"{slug}-".startswith(f"{short}-")


def test_a_word_longer_than_the_limit_is_cut() -> None:
    assert truncate_slug("a" * 60, 48) == "a" * 48


def test_an_anchor_names_the_part_and_differs_by_what_makes_the_study() -> None:
    remove = anchor("Gauge dropout", ("Gauge dropout", "REMOVE"))
    assert re.fullmatch(r"study-gauge-dropout-[0-9a-f]{6}", remove)
    assert remove != anchor("Gauge dropout", ("Gauge dropout", "ADD"))
    assert anchor("p", ("a", "bc")) != anchor("p", ("ab", "c"))


def test_parts_of_one_page_never_share_a_slug() -> None:
    assert list(unique_slugs(["Twice", "twice!", "Twice 2", "Once"])) == ["twice", "twice-2", "twice-2-2", "once"]
