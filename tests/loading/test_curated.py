"""Curated metadata: what is read, and what every kind of mistake is answered with."""

from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from examples import cases, told
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import errors
from generator.fields import keys
from generator.loading.validation import parse_yaml
from generator.model import Metadata
from generator.text.slugs import slugify

SEEDS = sorted((ROOT / "seeds" / "papers").glob("*.yml"))
FULL = """\
# Moss, properly cited
title: "LARCH: Lattice Regularisers for Moss"
authors:
  - Ada Quill
  - Bjørn Østby
year: 2024
venue: MossConf 2024
arxiv: "2401.00010"
doi: 10.1234/moss.2024(5);7
url: https://moss.example/larch?v=1#top
aliases: [LARCH, moss-larch]
slug: larch
"""


def complaints(text: str) -> list[str]:
    metadata, diagnostics = parse_yaml(Metadata, "x.yml", text)
    assert metadata is None
    return [told(diagnostic) for diagnostic in diagnostics]


def complaint(text: str) -> str:
    (only,) = complaints(text)
    return only


def test_every_key_is_read() -> None:
    assert parse_yaml(Metadata, "x.yml", FULL) == (
        Metadata(
            seed="x.yml",
            title="LARCH: Lattice Regularisers for Moss",
            authors=("Ada Quill", "Bjørn Østby"),
            year=2024,
            venue="MossConf 2024",
            arxiv="2401.00010",
            doi="10.1234/moss.2024(5);7",
            url="https://moss.example/larch?v=1#top",
            aliases=("LARCH", "moss-larch"),
            slug="larch",
        ),
        [],
    )


@pytest.mark.parametrize("item", ["' M'", '"M\\nN"', "M: or lichen", "[M]"])
def test_an_item_that_is_nearly_a_text_gets_the_remedy_for_it(item: str) -> None:
    assert complaint(f"title: Moss\naliases:\n- {item}\n").endswith(
        "; put it in quotes, on one line, without blanks at its ends"
    )


def test_a_title_is_enough() -> None:
    assert parse_yaml(Metadata, "x.yml", "title: Moss") == (Metadata(seed="x.yml", title="Moss"), [])


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_the_repositorys_files_are_right_and_named_by_their_titles(seed: Path) -> None:
    metadata, diagnostics = parse_yaml(Metadata, seed.name, seed.read_text(encoding="utf-8"))
    assert diagnostics == []
    assert metadata is not None
    assert seed.stem == slugify(metadata.title)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: Moss #1 of two\n", ["x.yml:1: a comment, which is no part of the value before it: '#1 of two'"]),
        ("title: Moss\t# or lichen", ["x.yml:1: a comment, which is no part of the value before it: '# or lichen'"]),
        ("title: Moss\naliases:\n- M #2\n- N\n", ["x.yml:3: a comment, which is no part of the value before it: '#2'"]),
        ("# Moss #1\ntitle: Moss#1\n  # by hand\naliases: # others\n- M\n", []),
        ("title: 'Moss #1' # quoted\naliases: [M, N] # in brackets\n", []),
    ],
)
def test_a_comment_behind_a_value_is_a_warning(text: str, said: list[str]) -> None:
    metadata, diagnostics = parse_yaml(Metadata, "x.yml", text)
    assert metadata is not None
    assert [told(diagnostic).partition("; ")[0] for diagnostic in diagnostics] == said


def test_every_mistake_is_reported_at_once_with_its_line_and_a_remedy() -> None:
    text = """\
title: Moss
auhtors: [Ada]
arxiv: 2401.10000
year: "2024"
authors:
  - Ada

  - 7
  -
venue:
doi: https://doi.org/10.1234/moss
url: ftp://moss.example
aliases: Moss
slug: Big Moss
"""
    assert complaints(text) == [
        "x.yml:2: unknown key 'auhtors'; did you mean 'authors'?",
        (
            "x.yml:3: 'arxiv' is the number 2401.10000, expected an arXiv id such as 2502.02257 or cs/0112017;"
            ' quote it: "2401.10000"'
        ),
        "x.yml:4: 'year' is the text '2024', expected a year from 1900 to 2100; write four digits without quotes",
        "x.yml:8: item 2 of 'authors' is the number 7, expected text on one line; quote it: \"7\"",
        "x.yml:9: item 3 of 'authors' is empty, expected text on one line; give a value or delete the line",
        "x.yml:10: 'venue' is empty, expected a venue on one line, such as ICLR 2025; give a value or delete the line",
        (
            "x.yml:11: 'doi' is the text 'https://doi.org/10.1234/moss', expected a DOI such as 10.1109/5.771073;"
            ' write "10.1234/moss" alone'
        ),
        "x.yml:12: 'url' is the text 'ftp://moss.example', expected an http(s) address; write the whole address",
        (
            "x.yml:13: 'aliases' is the text 'Moss', expected a list of other names of the paper, one `- name` per line"
            "; write `aliases:` and below it one `- name` per line"
        ),
        (
            "x.yml:14: 'slug' is the text 'Big Moss', expected at most 200 lower-case letters, digits and hyphens,"
            " and not `index`; write lower-case words joined by single hyphens, such as title-of-the-paper"
        ),
    ]


@pytest.mark.parametrize(
    "arxiv", ["2401.0001", "2401.00001", "0704.0001", "cs/0112017", "math.GT/0309136", "hep-th/9901001"]
)
def test_arxiv_ids_old_and_new_are_taken(arxiv: str) -> None:
    assert parse_yaml(Metadata, "x.yml", f'title: Moss\narxiv: "{arxiv}"')[1] == []


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("arxiv", '"2413.00001"', "the text '2413.00001'"),
        ("arxiv", "2401.00001v2", "the text '2401.00001v2'"),
        ("arxiv", "24010", "the number 24010"),
        ("doi", "11.1234/moss", "the text '11.1234/moss'"),
        ("doi", "10.1234/mo ss", "the text '10.1234/mo ss'"),
        ("url", "https://", "the text 'https://'"),
        ("url", "https://moss.example/<b>", "the text 'https://moss.example/<b>'"),
        ("url", "javascript:alert(1)", "the text 'javascript:alert(1)'"),
        ("slug", "-moss", "the text '-moss'"),
        ("slug", "moos--moss", "the text 'moos--moss'"),
        ("slug", "../moss", "the text '../moss'"),
        ("slug", "index", "the text 'index'"),
        ("slug", "m" * 201, f"the text '{'m' * 60}…'"),
        ("year", "1899", "the number 1899"),
        ("year", "2101", "the number 2101"),
        ("year", "2024.0", "the number 2024.0"),
        ("year", "yes", "the truth value yes"),
        ("year", "2024-05-01", "the date 2024-05-01"),
        ("year", "0o3750", "the text '0o3750'"),
        ("year", "3_000", "the number 3_000"),
        ("venue", "NO", "the truth value NO"),
        ("venue", '" MossConf"', "the text ' MossConf'"),
        ("venue", '""', "empty"),
        ("venue", '"Moss\\tConf"', r"the text 'Moss\tConf'"),
        ("venue", '"Moss\\u2028Conf"', r"the text 'Moss\u2028Conf'"),
        ("venue", "|\n  Moss\n  Conf", r"the text 'Moss\nConf'"),
        ("venue", "[a, b]", "a list"),
        ("venue", "{a: b}", "a mapping"),
        ("authors", "[]", "an empty list"),
        ("authors", "[[Ada]]", "a list"),
        ("authors", "['A\n\n    B']", r"the text 'A\nB'"),
    ],
)
def test_a_wrong_value_is_named_at_its_line(key: str, value: str, found: str) -> None:
    message = complaint(f"title: Moss\n{key}: {value}")
    assert message.startswith("x.yml:2: ")
    assert f" is {found}, expected " in message
    assert message.rpartition("; ")[2]


@pytest.mark.parametrize("doi", ["10.1234/mo ss", "10.1234/möss"])
def test_the_beginning_of_a_wrong_doi_is_not_proposed(doi: str) -> None:
    hint = "write the DOI alone, in ASCII and without blanks and https://doi.org/"
    assert complaint(f"title: Moss\ndoi: {doi}").rpartition("; ")[2] == hint


@pytest.mark.parametrize(
    ("authors", "read"),
    [
        ("Quill, Ada; Østby, Bjørn", ("Ada Quill", "Bjørn Østby")),
        ("[Ada Quill et al.]", ("Ada Quill", "et al.")),
        ("[Ada Quill, others]", ("Ada Quill", "et al.")),
        ("Ada Quill and others", ("Ada Quill", "et al.")),
        ("['{Moss Loom}', 'Quill, Ada']", ("{Moss Loom}", "Quill, Ada")),
    ],
)
def test_authors_are_read_from_a_text_or_a_list(authors: str, read: tuple[str, ...]) -> None:
    metadata, diagnostics = parse_yaml(Metadata, "x.yml", f"title: Moss\nauthors: {authors}")
    assert (metadata and metadata.authors, diagnostics) == (read, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    cases("curated", "what_is_not_plain_yaml_is_refused"),
)
def test_what_is_not_plain_yaml_is_refused(text: str, expected: str) -> None:
    assert expected in "\n".join(complaints(text))


def test_a_key_given_twice_hides_no_other_mistake() -> None:
    assert len(complaints("title: A\ntitle: B\nyear: old\nmoss: 1\n")) == 3


def test_an_alias_bomb_is_refused_unexpanded() -> None:
    levels = "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]\n" for n in range(1, 40))
    assert all("alias" in message or "anchor" in message for message in complaints(f"k0: &k0 [x]\n{levels}"))


def test_nesting_beyond_the_interpreters_stack_is_refused() -> None:
    assert "nested" in complaint("title: " + "[" * 100_000)


def test_the_schema_names_every_key_of_the_record() -> None:
    assert {"seed", "places", *keys(Metadata)} == set(Metadata.__dataclass_fields__)


lines = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(title=lines, authors=st.lists(lines, min_size=1), year=st.integers(1900, 2100))
def test_any_text_survives_when_yaml_quotes_it(title: str, authors: list[str], year: int) -> None:
    text = yaml.safe_dump({"title": title, "authors": authors, "year": year}, allow_unicode=True)
    assert parse_yaml(Metadata, "x.yml", text) == (Metadata("x.yml", title, tuple(authors), year), [])


@given(
    st.text() | st.lists(st.sampled_from([*FULL.splitlines(), "- a", "a: *b", "? {", "[", "<<:", "---"])).map("\n".join)
)
def test_any_text_is_read_or_refused_with_problems_on_its_lines(text: str) -> None:
    metadata, diagnostics = parse_yaml(Metadata, "x.yml", text)
    assert (metadata is None) == bool(errors(diagnostics))
    assert all(0 <= diagnostic.location.line <= len(text.splitlines()) + 1 for diagnostic in diagnostics)
