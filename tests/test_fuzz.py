"""Whatever lies in the folder of seeds: a run publishes it whole and harmless, or says what is wrong and where.

`make fuzz` runs the same properties for long; what it has found is here as an example of its own.
"""

import re
from collections import Counter
from dataclasses import replace

import strategies
from examples import a_study, a_trace, raw_trace
from fuzzing import outcome
from hypothesis import HealthCheck, assume, example, given, settings
from seed_strategies import damaged_raw_traces, folders, tables
from website.raw import words

from generator.loading.json_lines import parse_records
from generator.loading.raw_trace import parse_trace
from generator.loading.seed_files import decode
from generator.model import Trace


def named(name: str) -> dict[str, bytes]:
    """A folder with a trace whose study is called so."""
    return {"a.md": raw_trace(a_trace(studies=(a_study(name=name),))).encode()}


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(folders)
@example(named("</div>"))
@example(named("x <y"))
@example(named("<![CDATA["))
@example({"a\x01.md": raw_trace(a_trace()).encode()})
@example({"a.yml": "\x85%".encode()})
@example({"a.yml": "é\ufffe".encode()})
@example({"a.yml": b"["})
def test_any_folder_of_seeds_is_published_whole_and_harmless_or_refused(seeds: dict[str, bytes]) -> None:
    outcome(seeds)


def said(text: str) -> Counter[str]:
    """The words of a text, the boxes' own tags left out."""
    return Counter(words(re.sub(r"<div[^>]*>|<h2[^>]*>[^<]*</h2>|</div>", " ", text)))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(damaged_raw_traces)
def test_no_word_of_a_damaged_trace_is_lost_in_silence(text: str) -> None:
    text = decode(text.encode())
    # Such a seed is refused before anybody parses it.
    assume(not re.search("[\x00-\x08\x0b\x0e-\x1f]", text))
    trace, diagnostics = parse_trace("seed.md", text)
    if trace and not diagnostics:
        below = re.split(r"Reasoning Trace[^<\n]*</h2>[ \t]*$", text, flags=re.MULTILINE)[-1]
        labels = "Ablated Part Action Replacement Metrics"
        kept = [trace.reasoning]
        for study in trace.studies:
            kept += [study.name, study.ablated_part, study.action, *study.replacements, *study.metrics, labels]
        assert not said(below) - said("\n".join(kept))


def bare(trace: Trace) -> Trace:
    """A trace without its anchors and places."""
    return replace(trace, seed="", studies=tuple(replace(study, anchor="", line=0) for study in trace.studies))


@given(strategies.traces())
def test_a_raw_trace_is_read_as_it_was_written(trace: Trace) -> None:
    found, diagnostics = parse_trace("seed.md", raw_trace(trace))
    assert found is not None, diagnostics
    assert bare(found) == bare(trace)


@given(strategies.traces())
def test_a_record_is_read_as_it_was_written(trace: Trace) -> None:
    (found,), _ = parse_records("traces.jsonl", tables([trace]))
    assert isinstance(found, Trace)
    assert bare(found) == bare(trace)
