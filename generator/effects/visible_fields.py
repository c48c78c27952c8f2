"""Fields of a trace, a study, a paper or a summary that readers see, as texts by the field's name."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from generator.addresses import paper_path, trace_path, url_of

if TYPE_CHECKING:
    from datetime import date

    from generator.model import Paper, Study, Summary, Trace

    Fields = dict[str, str]


def of_trace(trace: Trace, added: date | None) -> Fields:
    """Return the fields of a trace without its studies; `added` is the day that is recorded for it."""
    return {
        "address": url_of(trace_path(trace.id)),
        "planner": trace.planner,
        "model": trace.model,
        "paper": trace.name,
        "task": trace.task,
        "recorded as added": added.isoformat() if added else "",
        "reasoning": trace.reasoning,
    }


def of_study(study: Study) -> Fields:
    """Return the fields of a study, with a line for each replacement and each metric."""
    return {
        "name": study.name,
        "ablated part": study.ablated_part,
        "action": study.action,
        "replacements": "\n".join(study.replacements),
        "metrics": "\n".join(study.metrics),
    }


def of_paper(paper: Paper) -> Fields:
    """Return the fields of a paper without its traces and summary; each fact is followed by its source."""
    return {
        "address": url_of(paper_path(paper.slug)),
        "title": f"{paper.title} ({paper.title_source})",
        **{fact.name: f"{', '.join(fact.values)} ({fact.source})" for fact in paper.facts},
        "also known as": "\n".join(paper.aliases),
    }


def of_summary(summary: Summary) -> Fields:
    """Return the parts of a summary."""
    return {part.name: _text(getattr(summary, part.name)) for part in fields(summary) if part.name != "seed"}


def _text(value: object) -> str:
    """Join every text that a value holds, each on lines of its own."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "\n".join(filter(None, map(_text, value)))
    if is_dataclass(value):
        return _text(tuple(getattr(value, part.name) for part in fields(value)))
    return str(value) if type(value) is int else ""
