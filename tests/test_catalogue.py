"""The catalogue of problems: every code is explained on the page, and what it calls right is right."""

from __future__ import annotations

import html
import re
from textwrap import dedent

import pytest
from examples import a_trace, raw_plan, raw_trace

from generator.catalogue import Code
from generator.loading.curated import parse_addition, parse_metadata
from generator.loading.raw_plan import parse_plan
from generator.loading.raw_trace import parse_trace
from generator.pages.problems import problems_page
from generator.problems import Location
from generator.rendering import render

METADATA = [code for code in Code if code.example.startswith("title: ")]
ADDITIONS = [code for code in Code if code.example.startswith("added: ")]
HEADINGS = [code for code in Code if re.fullmatch("# .*", code.example)]
FIELDS = [code for code in Code if code.example.startswith("- **")]


def test_each_code_has_its_section_with_its_message_and_an_example() -> None:
    page = render(problems_page()).data.decode()
    sections = dict(re.findall(r"^## ([a-z0-9-]+) \{: #\1 \}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert list(sections) == list(Code)
    for code in Code:
        said, right = sections[code].split("What is right, for example:\n")
        assert [_block(said), _block(right)] == [f"{code.level}: {code.says}", code.example], code


def _block(text: str) -> str:
    """What the code block at the end shows; one that holds a tag is written as HTML."""
    if tags := re.search(r"<pre><code>(.*)</code></pre>\s*\Z", text, re.DOTALL):
        return html.unescape(tags[1])
    lines = text.strip("\n").split("\n")
    start = max((at + 1 for at, line in enumerate(lines) if line and not line.startswith("    ")), default=0)
    return dedent("\n".join(lines[start:])).strip("\n")


def test_codes_are_words_joined_by_hyphens() -> None:
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)+", code) for code in Code)
    assert all(code.name == code.upper().replace("-", "_") for code in Code)


@pytest.mark.parametrize("code", METADATA)
def test_examples_of_metadata_are_right(code: Code) -> None:
    assert parse_metadata("x.yml", code.example)[1] == []


@pytest.mark.parametrize("code", ADDITIONS)
def test_examples_of_additions_are_right(code: Code) -> None:
    assert parse_addition("x.yml", code.example)[1] == []


@pytest.mark.parametrize("code", HEADINGS)
def test_examples_of_headings_are_right(code: Code) -> None:
    raw = raw_trace(a_trace()).replace("# lm-planner/gpt-4o/Knitting_with_Robots", code.example)
    assert parse_trace("x.md", raw)[1] == []


@pytest.mark.parametrize("code", FIELDS)
def test_examples_of_fields_are_right(code: Code) -> None:
    """The example in the place of the fields it gives."""
    given = set(re.findall(r"\*\*(.+?)\*\*", code.example))
    lines = raw_plan(a_trace().studies).split("\n")
    rest = [line for line in lines if not any(f"**{label}**" in line for label in given)]
    if "Replacement" in given and "Action" not in given:
        rest = [line.replace("REMOVE", "REPLACE") for line in rest]
    more = [] if "Replacement" in given or "REPLACE" not in code.example else ["- **Replacement**:", "  - a spring"]
    assert parse_plan(Location("x.md", 1), "\n".join([*rest, code.example, *more]))[1] == []
