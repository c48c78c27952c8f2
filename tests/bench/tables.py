"""What was measured, as the Markdown tables of docs/scaling.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.contestants import COLD
from bench.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bench.building import Build
    from bench.projecting import Projection


def builds_table(builds: Sequence[Build]) -> str:
    """Who built what in which time; the ratio is to this project's cold build of the same corpus."""
    own = {build.traces: build.cost.seconds for build in builds if build.contestant == COLD}
    heads = ("traces", "", "pages", "runs", "seconds", "ratio", "ms a page", "of all cores", "MB", "indexer", "MB site")
    return _table(
        heads,
        (
            (
                f"{build.traces:,}",
                build.contestant,
                f"{build.size.pages:,}",
                str(build.runs),
                f"{build.cost.seconds:.1f}",
                f"{build.cost.seconds / own[build.traces]:.2f}" if build.traces in own else "",
                f"{build.per_page:.2f}",
                f"{build.cost.cores:.1f}",
                f"{build.cost.memory:.0f}",
                f"{build.cost.indexer:.0f}" if build.cost.indexer else "",
                f"{build.size.megabytes:.1f}",
            )
            for build in builds
        ),
    )


def targets_table(measured: Mapping[str, float]) -> str:
    """Every target with what was measured."""
    return _table(
        ("", "target", "measured", ""),
        (
            (target.what, target.bound, target.shown(measured[name]), target.verdict(measured[name]))
            if name in measured
            else (target.what, target.bound, "not measured", "")
            for name, target in TARGETS.items()
        ),
    )


def projections_table(projections: Iterable[Projection]) -> str:
    """What larger corpora will take."""
    heads = ("traces", "hours of one core", "US$", "GB memory", "GB indexer", "GB site", "files")
    return _table(
        heads,
        (
            (
                f"{one.traces:,}",
                f"{one.cores / 3600:.1f}",
                f"{one.price:.2f}",
                f"{one.memory / 1000:.1f}",
                f"{one.indexer / 1000:.1f}",
                f"{one.site / 1000:.1f}",
                f"{one.files:,.0f}",
            )
            for one in projections
        ),
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
