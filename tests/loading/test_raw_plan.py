"""A plan to its studies: fields verbatim, metrics told apart, anchors that stay."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from conftest import FIXTURES
from examples import a_study, cases, raw_plan, told
from hypothesis import given
from hypothesis import strategies as st
from strategies import lines, metrics, studies

from generator.diagnostics import Location, errors
from generator.loading.raw_plan import parse_plan, split_metrics
from generator.model import Action, Study

START = Location("seed.md", 10)
INPUTS = sorted((FIXTURES / "plans").glob("*.md"))


def parsed(plan: str) -> tuple[Study, ...]:
    found, diagnostics = parse_plan(START, plan)
    assert not errors(diagnostics)
    return found


def complaints(plan: str) -> list[str]:
    found, diagnostics = parse_plan(START, plan)
    assert found == ()
    return [told(diagnostic) for diagnostic in diagnostics]


@pytest.mark.parametrize("source", INPUTS, ids=lambda source: source.stem)
def test_a_plan_is_read_as_its_golden_file_says(source: Path, golden: Callable[[Path, str], None]) -> None:
    found, diagnostics = parse_plan(Location(source.name, 1), source.read_bytes().decode())
    record = {
        "studies": [asdict(study) for study in found],
        "problems": [str(diagnostic) for diagnostic in diagnostics],
    }
    golden(source.with_suffix(".json"), json.dumps(record, ensure_ascii=False, indent=2) + "\n")


@pytest.mark.parametrize(
    ("line", "expected"),
    cases("raw_plan", "metrics_are_split_outside_brackets_only"),
)
def test_metrics_are_split_outside_brackets_only(line: str, expected: list[str]) -> None:
    assert list(split_metrics(line)) == expected


@given(st.text(alphabet="ab ,()[]{}", max_size=60))
def test_splitting_metrics_loses_nothing_but_commas_and_blanks(line: str) -> None:
    pieces = split_metrics(line)
    assert all(piece and piece == piece.strip() for piece in pieces)
    assert "".join(pieces).replace(",", "").replace(" ", "") == line.replace(",", "").replace(" ", "")


@given(st.lists(metrics, min_size=1, max_size=6))
def test_joined_metrics_come_apart_again(names: list[str]) -> None:
    assert list(split_metrics(", ".join(names))) == names


def test_deep_nesting_is_no_obstacle() -> None:
    depth = 50_000
    nested = "(" * depth + "a, b" + ")" * depth
    assert split_metrics(f"{nested}, c") == (nested, "c")


@pytest.mark.parametrize(
    "text",
    cases("raw_plan", "fields_are_kept_verbatim"),
)
def test_fields_are_kept_verbatim(text: str) -> None:
    (study,) = parsed(raw_plan((a_study(ablated_part=text, action=Action.REPLACE, replacements=(text, text)),)))
    assert study.ablated_part == text
    assert study.replacements == (text, text)


@given(st.lists(studies(), min_size=1, max_size=4))
def test_what_a_plan_says_is_read_back(planned: list[Study]) -> None:
    assert [replace(study, anchor="", line=0) for study in parsed(raw_plan(tuple(planned)))] == planned


@given(st.lists(studies(), min_size=2, max_size=4, unique_by=lambda study: (study.ablated_part, study.action)))
def test_anchors_depend_on_the_study_alone(planned: list[Study]) -> None:
    whole = {study.anchor for study in parsed(raw_plan(tuple(planned)))}
    assert {study.anchor for study in parsed(raw_plan(tuple(reversed(planned))))} == whole
    assert {study.anchor for study in parsed(raw_plan(tuple(planned[1:])))} < whole


@given(studies(), lines)
def test_an_anchor_outlives_a_new_name_and_new_metrics(study: Study, text: str) -> None:
    (before,) = parsed(raw_plan((study,)))
    (after,) = parsed(raw_plan((replace(study, name=text, metrics=("RMSE",)),)))
    assert after.anchor == before.anchor


def test_studies_alike_get_anchors_of_their_own() -> None:
    anchors = [study.anchor for study in parsed(raw_plan((a_study(), a_study(name="Again"), a_study(name="Thrice"))))]
    assert anchors[1:] == [f"{anchors[0]}-2", f"{anchors[0]}-3"]


def test_every_problem_of_a_plan_is_reported() -> None:
    plan = raw_plan((a_study(name="A"), a_study(name="B")))
    plan = plan.replace("REMOVE", "SWAP", 1).replace("- **Metrics**: Dropped stitches, Evenness (mean, variance)", "")
    assert sorted(message.split(";")[0] for message in complaints(plan)) == [
        "seed.md:10: study 'A' has no 'Metrics'",
        "seed.md:12: unknown action 'SWAP', expected ADD, REMOVE or REPLACE",
        "seed.md:15: study 'B' has no 'Metrics'",
    ]


def test_long_texts_are_cut_in_messages() -> None:
    (only,) = complaints(raw_plan((a_study(),)).replace("REMOVE", "REMOVE " + "x" * 5000))
    assert len(only) < 250
