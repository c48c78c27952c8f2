"""Data files: a contract with programs of others."""

import json
from pathlib import Path

from generator.model import Corpus

KEYS = ["id", "seed", "url", "planner", "model", "task", "paper", "title", "reasoning", "studies"]
STUDY_KEYS = ["name", "ablated_part", "action", "replacements", "metrics", "anchor"]


def records(docs: Path, name: str = "traces.jsonl") -> list[dict[str, object]]:
    text = (docs / "data" / name).read_bytes().decode()
    assert text.endswith("\n")
    return [json.loads(line) for line in text.removesuffix("\n").split("\n")]


def test_there_is_one_object_per_trace_with_the_promised_keys(docs: Path, corpus: Corpus) -> None:
    found = records(docs)
    assert [record["id"] for record in found] == [trace.id for trace in corpus.traces]
    assert all(set(KEYS) <= set(record) for record in found)


def test_what_a_trace_says_stands_there_verbatim(docs: Path, corpus: Corpus) -> None:
    for record, trace in zip(records(docs), corpus.traces, strict=True):
        paper = corpus.paper_of[trace.id]
        assert record["reasoning"] == trace.reasoning
        assert (record["seed"], record["paper"], record["title"]) == (trace.seed, paper.slug, paper.title)
        assert (record["planner"], record["model"], record["task"]) == (trace.planner, trace.model, trace.task)
        studies = record["studies"]
        assert isinstance(studies, list)
        for found, study in zip(studies, trace.studies, strict=True):
            assert set(STUDY_KEYS) <= set(found)
            assert found["ablated_part"] == study.ablated_part
            assert found["action"] == study.action
            assert found["replacements"] == list(study.replacements)
            assert found["metrics"] == list(study.metrics)


def test_every_address_is_that_of_a_page(docs: Path) -> None:
    for record in records(docs):
        path = str(record["url"]).removesuffix("/")
        text = (docs / f"{path}.md").read_text(encoding="utf-8")
        studies = record["studies"]
        assert isinstance(studies, list)
        assert all(f"{{ #{study['anchor']} }}" in text for study in studies)


def test_groups_name_studies_that_exist(docs: Path, corpus: Corpus) -> None:
    traces = {trace.id: trace for trace in corpus.traces}
    groups = records(docs, "agreement.jsonl")
    assert any(group["paper"] == corpus.paper_named["tideformer"].slug for group in groups)
    for group in groups:
        assert set(group) == {"paper", "task", "studies", "canary"}
        members = group["studies"]
        assert isinstance(members, list)
        assert len({member["trace"] for member in members}) == len(members) > 1
        for member in members:
            trace = traces[member["trace"]]
            assert (corpus.paper_of[trace.id].slug, trace.task) == (group["paper"], group["task"])
            assert trace.studies[member["study"] - 1].anchor == member["anchor"]
