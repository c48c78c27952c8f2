"""Corpus -> the traces that were added last, for each page that tells of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from generator.addresses import HOME, model_path, planner_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.model import Corpus, Trace


def newest_traces(corpus: Corpus) -> Mapping[str, Sequence[Trace]]:
    """Traces whose addition is recorded, newest first and by id within a day.

    Keys are the paths of the home page and of the planners' and models' profiles; who has no such trace has no key.
    """
    recorded = sorted((trace for trace in corpus.traces if trace.id in corpus.added), key=lambda trace: trace.id)
    found: defaultdict[str, list[Trace]] = defaultdict(list)
    for trace in sorted(recorded, key=lambda trace: corpus.added[trace.id], reverse=True):
        planner, model, _ = trace.id.split("/")
        for page in (HOME, planner_path(planner), model_path(planner, model)):
            found[page].append(trace)
    return dict(found)
