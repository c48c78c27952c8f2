"""Whatever lies in the folder of seeds: a run publishes it whole and harmless, or says what is wrong and where.

`make fuzz` runs the same properties for long; what it has found is here as an example of its own.
"""

from __future__ import annotations

from dataclasses import replace

import strategies
from examples import a_study, a_trace, raw_trace
from fuzzing import outcome
from hypothesis import HealthCheck, example, given, settings
from seed_strategies import folders, tables

from generator.model import Trace
from generator.parsing.json_lines import parse_records
from generator.parsing.trace import parse_trace


def named(name: str) -> dict[str, bytes]:
    """A folder with a trace whose study is called so."""
    return {"a.md": raw_trace(a_trace(studies=(a_study(name=name),))).encode()}


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(folders)
@example(named("</div>"))
@example(named("x <y"))
@example(named("<![CDATA["))
@example({"a\x01.md": raw_trace(a_trace()).encode()})
@example({"a.yml": "\x85%".encode()})
@example({"a.yml": "é\ufffe".encode()})
def test_any_folder_of_seeds_is_published_whole_and_harmless_or_refused(seeds: dict[str, bytes]) -> None:
    outcome(seeds)


def bare(trace: Trace) -> Trace:
    """A trace without its anchors and places."""
    return replace(trace, seed="", studies=tuple(replace(study, anchor="", line=0) for study in trace.studies))


@given(strategies.traces())
def test_a_raw_trace_is_read_as_it_was_written(trace: Trace) -> None:
    found, problems = parse_trace("seed.md", raw_trace(trace))
    assert found is not None, problems
    assert bare(found) == bare(trace)


@given(strategies.traces())
def test_a_record_is_read_as_it_was_written(trace: Trace) -> None:
    (found,), _ = parse_records("traces.jsonl", tables([trace]))
    assert isinstance(found, Trace)
    assert bare(found) == bare(trace)
