"""Corpus -> data files for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.addresses import AGREEMENT_DATA, TRACES_DATA, trace_path, url_of
from generator.explorer import explorer_files
from generator.finder import finder_file
from generator.model import Task
from generator.rendering import RenderedFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Corpus, Group, Paper, Study, Trace


def export(corpus: Corpus) -> tuple[RenderedFile, ...]:
    """The data files, each with its path below docs/."""
    traces = (_trace_record(corpus, trace) for trace in corpus.traces)
    agreement = (
        _group_record(paper, task, group) for paper in corpus.papers for task in Task for group in paper.groups[task]
    )
    return _lines(TRACES_DATA, traces), _lines(AGREEMENT_DATA, agreement), *explorer_files(corpus), finder_file(corpus)


def _lines(path: str, records: Iterable[dict[str, object]]) -> RenderedFile:
    return RenderedFile.of(path, "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records))


def _trace_record(corpus: Corpus, trace: Trace) -> dict[str, object]:
    paper = corpus.paper_of[trace.id]
    return {
        "id": trace.id,
        "seed": trace.seed,
        "url": url_of(trace_path(trace.id)),
        "planner": trace.planner,
        "model": trace.model,
        "task": trace.task,
        "paper": paper.slug,
        "title": paper.title,
        "reasoning": trace.reasoning,
        "studies": [_study_record(study) for study in trace.studies],
    }


def _study_record(study: Study) -> dict[str, object]:
    return {
        "name": study.name,
        "ablated_part": study.ablated_part,
        "action": study.action,
        "replacements": study.replacements,
        "metrics": study.metrics,
        "anchor": study.anchor,
    }


def _group_record(paper: Paper, task: Task, group: Group) -> dict[str, object]:
    return {
        "paper": paper.slug,
        "task": task,
        "studies": [
            {"trace": one.trace.id, "study": one.number, "anchor": one.study.anchor} for one in group.proposals
        ],
    }
