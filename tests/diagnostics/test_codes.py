"""Codes: each is used, explained in the data file and on the page, and what its example calls right is right."""

import re
from pathlib import Path

import pytest
from examples import a_trace, raw_plan, raw_trace
from pydantic import ValidationError

from generator.diagnostics import Code, Location
from generator.diagnostics.codes import Explanation
from generator.loading.raw_plan import parse_plan
from generator.loading.raw_trace import parse_trace
from generator.loading.validation import parse_yaml
from generator.model import Addition, Metadata
from generator.package_data import load_yaml
from generator.pages import problems_page
from generator.rendering import render_page

METADATA = [code for code in Code if code.explanation.example.startswith("title: ")]
ADDITIONS = [code for code in Code if code.explanation.example.startswith("added: ")]
HEADINGS = [code for code in Code if re.fullmatch("# .*", code.explanation.example)]
PACKAGE = Path(__file__).parent.parent.parent / "generator"
FIELDS = [code for code in Code if code.explanation.example.startswith("- **")]


def test_each_code_has_its_section_with_its_message_and_an_example() -> None:
    page = render_page(problems_page()).data.decode()
    _, *parts = re.split(r"^### ([a-z0-9-]+) \{ #\1 \}\n", page, flags=re.MULTILINE)
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    assert list(sections) == list(Code)
    for code in Code:
        said, right = sections[code].split("What is right, for example:\n")
        assert [_block(said), _block(right)] == [f"{code.level}: {code.message}", code.explanation.example], code


def _block(text: str) -> str:
    """The text of the code block at the end."""
    return text.strip("\n").rpartition("\n```")[0].rpartition("```\n")[2]


def test_the_data_file_explains_each_code_in_the_order_of_the_enum() -> None:
    assert list(load_yaml("generator.diagnostics", "codes.yml", dict[str, Explanation])) == list(Code)


def test_each_code_is_used() -> None:
    """A name that is no code is an error to mypy."""
    text = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if path.name != "codes.py")
    assert set(re.findall(r"Code\.([A-Z0-9_]+)", text)) == set(Code.__members__)


@pytest.mark.parametrize("entry", [{}, {"level": "fatal"}, {"hint": "x"}, {"rationale": ""}])
def test_an_entry_that_lacks_or_adds_something_is_refused(entry: dict[str, str]) -> None:
    whole = {"level": "error", "meaning": "m", "message": "m; h", "rationale": "r", "example": "e"}
    assert Explanation.model_validate(whole)
    with pytest.raises(ValidationError):
        Explanation.model_validate({**whole, **entry} if entry else {})


def test_codes_are_words_joined_by_hyphens() -> None:
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)+", code) for code in Code)
    assert all(code.name == code.upper().replace("-", "_") for code in Code)


@pytest.mark.parametrize("code", METADATA)
def test_examples_of_metadata_are_right(code: Code) -> None:
    assert parse_yaml(Metadata, "x.yml", code.explanation.example)[1] == []


@pytest.mark.parametrize("code", ADDITIONS)
def test_examples_of_additions_are_right(code: Code) -> None:
    assert parse_yaml(Addition, "x.yml", code.explanation.example)[1] == []


@pytest.mark.parametrize("code", HEADINGS)
def test_examples_of_headings_are_right(code: Code) -> None:
    raw = raw_trace(a_trace()).replace("# lm-planner/gpt-4o/Knitting_with_Robots", code.explanation.example)
    assert parse_trace("x.md", raw)[1] == []


@pytest.mark.parametrize("code", FIELDS)
def test_examples_of_fields_are_right(code: Code) -> None:
    """The example in the place of the fields it gives."""
    given = set(re.findall(r"\*\*(.+?)\*\*", code.explanation.example))
    lines = raw_plan(a_trace().studies).split("\n")
    rest = [line for line in lines if not any(f"**{label}**" in line for label in given)]
    if "Replacement" in given and "Action" not in given:
        rest = [line.replace("REMOVE", "REPLACE") for line in rest]
    more = (
        []
        if "Replacement" in given or "REPLACE" not in code.explanation.example
        else ["- **Replacement**:", "  - a spring"]
    )
    assert parse_plan(Location("x.md", 1), "\n".join([*rest, code.explanation.example, *more]))[1] == []
