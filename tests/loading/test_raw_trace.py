"""A raw trace to a record: nothing lost, nothing read from the wrong box."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from conftest import FIXTURES
from examples import a_study, a_trace, raw_trace, told
from hypothesis import given
from strategies import traces

from generator.diagnostics import errors
from generator.loading.raw_trace import is_trace, parse_trace
from generator.loading.seed_files import decode
from generator.model import Task, Trace

INPUTS = sorted((FIXTURES / "traces").glob("*.md"))


def parsed(raw: str) -> Trace:
    trace, diagnostics = parse_trace("seed.md", raw)
    assert not errors(diagnostics)
    assert trace is not None
    return trace


def complaints(raw: str) -> list[str]:
    trace, diagnostics = parse_trace("seed.md", raw)
    assert trace is None
    return [told(diagnostic) for diagnostic in diagnostics]


@pytest.mark.parametrize("source", INPUTS, ids=lambda source: source.stem)
def test_a_raw_trace_is_read_as_its_golden_file_says(source: Path, golden: Callable[[Path, str], None]) -> None:
    trace, diagnostics = parse_trace(source.name, decode(source.read_bytes()))
    found = {"trace": asdict(trace) if trace else None, "problems": [str(diagnostic) for diagnostic in diagnostics]}
    golden(source.with_suffix(".json"), json.dumps(found, ensure_ascii=False, indent=2) + "\n")


@given(traces())
def test_a_study_points_to_its_line_and_has_an_anchor_of_its_own(trace: Trace) -> None:
    raw = raw_trace(trace)
    found = parsed(raw)
    lines = raw.split("\n")
    assert [lines[study.line - 1] for study in found.studies] == [f"### {study.name}" for study in trace.studies]
    assert len({study.anchor for study in found.studies}) == len(trace.studies)


def test_the_missing_blank_line_before_the_last_tag_changes_nothing() -> None:
    raw = raw_trace(a_trace())
    tight = raw.replace("\n\n</div>", "\n</div>")
    assert tight != raw
    assert parsed(tight) == parsed(raw)


@pytest.mark.parametrize(("colour", "task"), [("#9c27b0", Task.AUTHOR), ("#4CAF50", Task.REVIEWER)])
def test_the_plan_boxs_colour_tells_the_task(colour: str, task: Task) -> None:
    assert parsed(raw_trace(a_trace()).replace("#4caf50", colour)).task is task


def test_emoji_do_not_matter() -> None:
    raw = raw_trace(a_trace())
    assert parsed(raw.replace("🧠", "?").replace("📋 ", "")) == parsed(raw)


def test_a_slash_belongs_to_the_papers_name() -> None:
    trace = parsed(raw_trace(a_trace(name="TCP/IP_for_Bees")))
    assert (trace.planner, trace.model, trace.name) == ("lm-planner", "gpt-4o", "TCP/IP_for_Bees")
    assert trace.id == "lm-planner/gpt-4o/tcp-ip-for-bees"


def test_a_reasoning_may_quote_a_plan() -> None:
    quoted = "- **Ablated Part**: not this\n- **Action**: SWAP\n### Nor this\n* Metrics: none\n# a/b/c"
    trace = parsed(raw_trace(a_trace(reasoning=quoted)))
    assert trace.reasoning == quoted
    assert [study.ablated_part for study in trace.studies] == ["Tension controller"]


def test_a_reasoning_keeps_its_own_tags() -> None:
    markup = "<div>inner</div> <CLS> H<sub>2</sub>O <style>p {}</style> 1{x<0} and a < b"
    assert parsed(raw_trace(a_trace(reasoning=markup))).reasoning == markup


def test_the_identity_is_the_headings_not_the_files() -> None:
    trace, _ = parse_trace("lm-planner/llama-31/other.md", raw_trace(a_trace(model="llama-3.1")))
    assert trace is not None
    assert trace.id == "lm-planner/llama-3-1/knitting-with-robots"


@pytest.mark.parametrize(
    "heading", ["lm-planner/gpt-4o", "lm-planner//paper", "lm-planner/gpt-4o/", "/gpt-4o/paper", "?/gpt-4o/paper", ""]
)
def test_a_heading_without_three_names_is_malformed(heading: str) -> None:
    raw = raw_trace(a_trace()).replace("# lm-planner/gpt-4o/Knitting_with_Robots", f"# {heading}")
    (only,) = complaints(raw)
    assert only.startswith(f"seed.md:7: malformed heading '{heading}', expected '# planner/model/paper'; ")


@pytest.mark.parametrize("model", ["openai/gpt-4o", "meta-llama/Llama-3.1-8B"])
def test_a_models_name_with_a_slash_is_told_how_to_be_written(model: str) -> None:
    raw = raw_trace(a_trace()).replace("# lm-planner/gpt-4o/Knitting", f"# lm-planner/{model}/Knitting")
    (only,) = complaints(raw)
    assert only.endswith(f"write '# lm-planner/{model.rpartition('/')[2]}/Knitting_with_Robots'")


def test_all_problems_of_a_trace_are_reported_at_once() -> None:
    raw = raw_trace(a_trace(studies=(a_study(name=""), a_study(metrics=()))))
    raw = raw.replace("# lm-planner/", "# ").replace("#4caf50", "#000000")
    assert [message.partition(";")[0].partition(", expected")[0] for message in complaints(raw)] == [
        "seed.md:7: malformed heading 'gpt-4o/Knitting_with_Robots'",
        "seed.md:15: the plan's box tells no task",
        "seed.md:18: a study without a name",
        "seed.md:26: 'Metrics' is empty",
    ]


@pytest.mark.parametrize(
    "text", ["", "# Notes\n\nNo trace.", "AI Quick Summary\nx\nAbstract\ny", "title: Reasoning Trace"]
)
def test_other_texts_are_no_traces(text: str) -> None:
    assert not is_trace(text)
