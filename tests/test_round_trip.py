"""What is published can be read again: tables and twins as seeds give the same corpus."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import strategies
from examples import a_trace
from hypothesis import given

from generator.corpus.linking import link
from generator.dataset import rows
from generator.dataset.records import TraceRecord
from generator.loading.json_lines import parse_records
from generator.loading.trace_document import parse_document, serialize_trace
from generator.loading.validation import adapter
from generator.model import Corpus, Group, Paper, Proposal, Trace

READ_BACK = ("traces", "papers", "summaries", "additions")


def unplaced(trace: Trace) -> Trace:
    """A trace without where it came from; its anchors stay."""
    return replace(trace, seed="", studies=tuple(replace(study, line=0) for study in trace.studies))


def paper(one: Paper) -> Paper:
    return replace(
        one,
        metadata=replace(one.metadata, seed="", places=()) if one.metadata else None,
        summary=replace(one.summary, seed="") if one.summary else None,
        traces=tuple(map(unplaced, one.traces)),
        groups=MappingProxyType({task: tuple(map(group, groups)) for task, groups in one.groups.items()}),
    )


def group(one: Group) -> Group:
    return Group(tuple(Proposal(unplaced(proposal.trace), proposal.number) for proposal in one.proposals))


def contents(corpus: Corpus) -> tuple[object, ...]:
    """All that a corpus says, without the files it came from."""
    additions = [replace(addition, seed="", places=()) for addition in corpus.additions]
    return list(map(paper, corpus.papers)), list(map(unplaced, corpus.traces)), additions, dict(corpus.added)


def pages(docs: Path) -> dict[str, str]:
    """Every page without the line that names its seed; the page of the data has checksums of what names seeds."""
    return {
        path.relative_to(docs).as_posix(): re.sub(r"^seed: .*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
        for path in set(docs.rglob("*.md")) - {docs / "data/index.md"}
    }


def write(folder: Path, texts: Iterable[str]) -> None:
    folder.mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / f"{number}.md").write_bytes(text.encode())


@given(strategies.traces())
def test_a_document_is_read_as_it_was_written(trace: Trace) -> None:
    records, diagnostics = parse_document("seed.md", serialize_trace(trace))
    assert len(records) == 1, diagnostics
    found = records[0]
    assert isinstance(found, Trace)
    assert unplaced(replace(found, studies=tuple(replace(one, anchor="") for one in found.studies))) == unplaced(trace)


def test_values_of_several_lines_come_back(corpus: Corpus) -> None:
    first = corpus.traces[0]
    study = replace(first.studies[0], ablated_part="two\nlines", metrics=("one", "two\n- **Action**: ADD\n---"))
    trace = replace(first, studies=(study,), reasoning="---\nplanner: no\n---\n\n## Plan")
    records, diagnostics = parse_document("seed.md", serialize_trace(trace))
    assert diagnostics == []
    found = records[0]
    assert isinstance(found, Trace)
    assert found.reasoning == trace.reasoning
    assert (found.studies[0].ablated_part, found.studies[0].metrics) == (study.ablated_part, study.metrics)


def test_what_a_run_knows_of_itself_is_exported_and_read_back() -> None:
    known = {
        "run_id": "r1",
        "model_version": "gpt-4o-2024-08-06",
        "date": "2026-11-20",
        "given_title": "Knitting, again",
    }
    trace = a_trace(run=2, cost=0.066, input_tokens=15_000, output_tokens=0, **known)
    corpus, _ = link([trace], [], [])
    (record,) = rows.traces(replace(corpus, digests={trace.seed: ""}))
    (found,), diagnostics = parse_records("traces.jsonl", adapter(TraceRecord).dump_json(record).decode())
    assert not diagnostics
    assert isinstance(found, Trace)
    assert replace(found, seed="", studies=()) == replace(trace, seed="", studies=())


def test_a_record_says_no_more_than_its_line(docs: Path, corpus: Corpus) -> None:
    text = (docs / "data" / "traces.jsonl").read_text("utf-8")
    records, diagnostics = parse_records("traces.jsonl", text)
    assert [diagnostic for diagnostic in diagnostics if diagnostic.location.line == 0] == []
    assert [record.studies[0].line for record in records if isinstance(record, Trace)] == list(
        range(1, len(corpus.traces) + 1)
    )
