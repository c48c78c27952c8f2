"""The corpus as a dataset: tables of records for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.addresses import DATA
from generator.dataset import rows
from generator.files import RenderedFile
from generator.records import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.model import Corpus

_ROWS: Mapping[str, Callable[[Corpus], Iterable[object]]] = {
    "traces": rows.traces,
    "studies": rows.studies,
    "papers": rows.papers,
    "planners": rows.planners,
    "summaries": rows.summaries,
    "agreement": rows.agreement,
    "additions": rows.additions,
}


def dataset(corpus: Corpus) -> Iterator[RenderedFile]:
    """The data files, each with its path below docs/."""
    for table in TABLES:
        yield RenderedFile(f"{DATA}{table.name}.jsonl", _lines(_ROWS[table.name](corpus)))


def _lines(records: Iterable[object]) -> bytes:
    return b"".join(f"{json.dumps(record, ensure_ascii=False)}\n".encode() for record in records)
