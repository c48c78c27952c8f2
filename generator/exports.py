"""Corpus -> data files for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.addresses import TRACES_DATA, trace_path, url_of
from generator.rendering import RenderedPage

if TYPE_CHECKING:
    from generator.model import Corpus, Study, Trace


def export(corpus: Corpus) -> tuple[RenderedPage, ...]:
    """The data files, each with its path below docs/."""
    lines = (json.dumps(_trace_record(corpus, trace), ensure_ascii=False) for trace in corpus.traces)
    return (RenderedPage(TRACES_DATA, "".join(f"{line}\n" for line in lines)),)


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
