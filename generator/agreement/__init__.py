"""Agreement groups: the studies of one paper in which several planners ablate the same part.

The action plays no role: one planner removes what another replaces. docs/agreement.md explains the method and says how
well it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.agreement.clustering import clusters
from generator.agreement.study_similarity import study_similarity
from generator.model import Group, Proposal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Trace

# Chosen for precision: a wrong group misleads a reader more than a missing one. See docs/agreement.md for its curve.
THRESHOLD = 0.55


def groups(traces: Sequence[Trace], threshold: float = THRESHOLD) -> tuple[Group, ...]:
    """Group the similar studies among one paper's traces of one task, which may come in any order.

    `threshold` is the mean similarity, 0 to 1, that a group needs. The largest group comes first, of equals the one
    with the earliest study by trace id and place in the plan. A study is in one group at most.
    """
    ordered = sorted(traces, key=lambda trace: (trace.id, trace.seed))
    trace_numbers = [number for number, trace in enumerate(ordered) for _ in trace.studies]
    proposals = [Proposal(trace, number) for trace in ordered for number in range(1, len(trace.studies) + 1)]
    similarity = study_similarity([study for trace in ordered for study in trace.studies])
    return tuple(
        Group(tuple(proposals[at] for at in cluster)) for cluster in clusters(trace_numbers, similarity, threshold)
    )
