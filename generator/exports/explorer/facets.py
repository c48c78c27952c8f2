"""What the explorer counts by: a column per facet, its values as numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.metrics import families_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Paper, Study, Trace


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
