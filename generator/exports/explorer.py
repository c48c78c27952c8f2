"""The data of the study explorer at /studies/, for its script alone: what to count by, what to show, what to search.

`facets.json` is read at once; of the others only what a reader's choice needs. All rows stand in one order: papers by
title, then their traces, then the studies of each plan. Other programs have the dataset.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.addresses import EXPLORER_DATA, trace_path, url_of
from generator.exports.inverted_index import postings, shards
from generator.files import RenderedFile
from generator.metrics import families_of
from generator.pages.trace import study_view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.model import Corpus, Paper, Study, Trace


__all__ = ["explorer_files"]
# A page of results in the rows' own order takes one or two files, one by relevance many: small files serve both.
PER_FILE = 32


def explorer_files(corpus: Corpus) -> Iterator[RenderedFile]:
    """The explorer's files, each with its path below docs/."""
    rows = [
        Row(paper, trace, number, study)
        for paper in corpus.papers
        for trace in paper.traces
        for number, study in enumerate(trace.studies, 1)
    ]
    words = shards(postings([row.study for row in rows]))
    facets = {"studies": len(rows), "perFile": PER_FILE, "words": [next(iter(shard)) for shard in words]}
    yield _file("facets", facets | columns(rows))
    for number, start in enumerate(range(0, len(rows), PER_FILE)):
        yield _file(f"rows-{number}", [shown(row) for row in rows[start : start + PER_FILE]])
    for number, shard in enumerate(words):
        yield _file(f"words-{number}", shard)


def _file(name: str, content: object) -> RenderedFile:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return RenderedFile.from_text(f"{EXPLORER_DATA}{name}.json", f"{text}\n")


@dataclass(frozen=True, slots=True)
class Row:
    """A study in its place; `number` is that place in the plan, from 1."""

    paper: Paper
    trace: Trace
    number: int
    study: Study


def columns(rows: Sequence[Row]) -> dict[str, object]:
    """`values`: facet -> its names, the most used first; `columns`: facet -> each row's values, as places in `values`.

    A row has several metrics and one of everything else. Papers stand in the order of the rows, which is that of their
    titles, and their column says at each row how far to go on; `slugs` are their permanent names. `replacements` are
    counted.
    """
    values: dict[str, Sequence[str]] = {
        "action": [row.study.action for row in rows],
        "task": [row.trace.task for row in rows],
        "model": [row.trace.model for row in rows],
        "planner": [row.trace.planner for row in rows],
    }
    metrics = [families_of(row.study) for row in rows]
    names = {facet: _names(column) for facet, column in values.items()}
    families = _names([family for found in metrics for family in found])
    papers = list({row.paper.slug: row.paper for row in rows}.values())
    slugs = [row.paper.slug for row in rows]
    return {
        "values": {
            **{facet: list(found) for facet, found in names.items()},
            "metric": list(families),
            "paper": [paper.title for paper in papers],
        },
        "slugs": [paper.slug for paper in papers],
        "columns": {
            **{facet: [names[facet][name] for name in column] for facet, column in values.items()},
            "metric": [[families[family] for family in found] for found in metrics],
            "paper": [int(at > 0 and slug != slugs[at - 1]) for at, slug in enumerate(slugs)],
        },
        "replacements": [len(row.study.replacements) for row in rows],
    }


def _names(column: Sequence[str]) -> dict[str, int]:
    """Each name and its place."""
    ranked = sorted(Counter(column).items(), key=lambda item: (-item[1], item[0]))
    return {name: place for place, (name, _) in enumerate(ranked)}


def shown(row: Row) -> list[object]:
    """Name, whether the name says nothing, ablated part, replacements, metrics, place in the plan, address."""
    study = row.study
    is_generic = bool(study_view(row.number, study).name)
    address = f"{url_of(trace_path(row.trace.id))}#{study.anchor}"
    return [study.name, is_generic, study.ablated_part, study.replacements, study.metrics, row.number, address]
