"""What a card of the explorer shows, in the study's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.addresses import trace_path, url_of
from generator.pages.trace import study_view

if TYPE_CHECKING:
    from generator.exports.explorer.facets import Row

# A page of results in the rows' own order takes one or two files, one by relevance many: small files serve both.
PER_FILE = 32


def shown(row: Row) -> list[object]:
    """Name, whether the name says nothing, ablated part, replacements, metrics, place in the plan, address."""
    study = row.study
    is_generic = bool(study_view(row.number, study).name)
    address = f"{url_of(trace_path(row.trace.id))}#{study.anchor}"
    return [study.name, is_generic, study.ablated_part, study.replacements, study.metrics, row.number, address]
