"""The data of the study explorer at /studies/, for its script alone: what to count by, what to show, what to search.

`facets.json` is read at once; of the others only what a reader's choice needs. All rows stand in one order: papers by
title, then their traces, then the studies of each plan. Other programs have the dataset.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.addresses import EXPLORER_DATA
from generator.exports.explorer.facets import Row, columns
from generator.exports.explorer.shown import PER_FILE, shown
from generator.exports.explorer.words import postings, shards
from generator.files import RenderedFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Corpus

__all__ = ["explorer_files"]


def explorer_files(corpus: Corpus) -> Iterator[RenderedFile]:
    """The explorer's files, each with its path below docs/."""
    rows = [
        Row(paper, trace, number, study)
        for paper in corpus.papers
        for trace in paper.traces
        for number, study in enumerate(trace.studies, 1)
    ]
    words = shards(postings(rows))
    facets = {"studies": len(rows), "perFile": PER_FILE, "words": [next(iter(shard)) for shard in words]}
    yield _file("facets", facets | columns(rows))
    for number, start in enumerate(range(0, len(rows), PER_FILE)):
        yield _file(f"rows-{number}", [shown(row) for row in rows[start : start + PER_FILE]])
    for number, shard in enumerate(words):
        yield _file(f"words-{number}", shard)


def _file(name: str, content: object) -> RenderedFile:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return RenderedFile.from_text(f"{EXPLORER_DATA}{name}.json", f"{text}\n")
