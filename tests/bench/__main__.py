"""Measure building, previewing, reading and sharing, and print the figures: `make bench`, or from a checkout

    PYTHONPATH=.:tests python -m bench [--sizes 500 2000 8000 20000 | --seeds DIR] [--json FILE]

For corpus after corpus, all contestants build in turn. The preview, the shares and what a reader's browser loads are
measured with the corpus of 2,000 traces, or the largest below. Printed are medians by the clock, and what all cores
worked. Who can't take part, or takes too long, is named.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from invented import write_corpus

from bench.building import Build, Patience, builds, prepare
from bench.contestants import COLD, NAIVE_AT_MOST, Contestant, Project, checkout, others, own
from bench.places import temporary
from bench.previewing import previewing
from bench.projecting import projected
from bench.reading import first_result, reading
from bench.running import GENERATOR, FailedError, run
from bench.sharing import sharing
from bench.tables import builds_table, projections_table, targets_table
from bench.targets import compared, grown, judged
from bench.weighing import beyond_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PROJECTED = (100_000, 1_000_000)


def main() -> None:
    """Measure, print the tables, keep all as JSON where asked to."""
    options = _options()
    sizes = [_count(options.seeds)] if options.seeds else sorted(options.sizes)
    reference = max((size for size in sizes if size <= NAIVE_AT_MOST), default=sizes[0])
    found: list[Build] = []
    measured: dict[str, float] = {}
    for traces in sizes:
        with temporary(traces, with_naive=traces <= NAIVE_AT_MOST) as name:
            project = checkout(_corpus(options.seeds, traces, Path(name)), Path(name))
            here = _side_by_side(project, traces, options.patience)
            found += here
            _say(f"{builds_table(here)}\n")
            if traces == sizes[-1]:
                measured |= _attempted(partial(first_result, project.site, options.query))
            if traces == reference:
                measured |= dict(compared(here))
                measured |= _closely(project, _own(here, traces), options)
    small, large = _own(found, reference), _own(found, sizes[-1])
    measured |= dict(grown(small, large))
    projections = [projected(small, large, traces) for traces in _PROJECTED if large is not small]
    _say(f"{_machine()}\n\n{builds_table(found)}\n\nWith {reference:,} traces:\n\n{targets_table(measured)}")
    if projections:
        _say(f"\nOn the line through {small.traces:,} and {large.traces:,} traces:\n\n{projections_table(projections)}")
    if options.json:
        figures = {"builds": found, "targets": judged(measured), "projections": projections}
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps({"machine": _machine(), **figures}, default=asdict, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Figures of speed and size.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 2000], metavar="TRACES")
    parser.add_argument("--seeds", type=Path, metavar="DIR", help="a real corpus instead of invented ones")
    parser.add_argument("--runs", type=int, default=3, help="builds of each contestant, and in shares")
    parser.add_argument("--patience", type=float, default=100, metavar="SECONDS", help="who built so long stops")
    parser.add_argument("--limit", type=float, default=900, metavar="SECONDS", help="what takes longer is killed")
    parser.add_argument("--query", default="ablation study", help="what is searched for")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    options.patience = Patience(options.runs, options.patience, options.limit)
    return options


def _count(seeds: Path) -> int:
    """About how many traces a folder holds: its files."""
    return sum(path.is_file() for path in seeds.rglob("*"))


def _corpus(seeds: Path | None, traces: int, folder: Path) -> Path:
    """A folder of seeds below `folder`: copied, or invented."""
    copy = folder / "seeds"
    if seeds:
        shutil.copytree(seeds, copy)
    else:
        write_corpus(copy, traces)
    return copy


def _side_by_side(project: Project, traces: int, patience: Patience) -> list[Build]:
    """The builds of all who can take part; the site of this project's last one stays."""
    ours = own(project)
    prepare(next(one for one in ours if one.name == COLD))
    run((*GENERATOR, "pages"), project.folder, patience.limit)
    theirs: list[Contestant] = []
    for other in others(project.folder / "docs", traces, project.folder.parent):
        if isinstance(other, str):
            _say(other)
        else:
            theirs.append(other)
    made = builds([*theirs, *ours], traces, patience, _say)
    names = [one.name for one in (*ours, *theirs)]
    return sorted(made, key=lambda build: names.index(build.contestant))


def _closely(project: Project, cold: Build, options: argparse.Namespace) -> Mapping[str, float]:
    """What is measured with one corpus only."""
    runs, limit = options.runs, options.limit
    return {
        "beyond_text": beyond_text(project.site) / 1000,
        **_attempted(partial(reading, project.site, options.query, runs)),
        **_attempted(partial(sharing, project, runs, limit)),
        **_attempted(partial(previewing, project, cold.cost.seconds, limit)),
    }


def _attempted(measure: Callable[[], Mapping[str, float]]) -> Mapping[str, float]:
    """What is measured, or nothing and a line that says why not."""
    try:
        return measure()
    except FailedError as error:
        _say(str(error))
        return {}


def _own(found: list[Build], traces: int) -> Build:
    """This project's cold build, without which nothing else has a meaning."""
    cold = [build for build in found if build.contestant == COLD and build.traces == traces]
    return cold[0] if cold else sys.exit("this project was not built, so there is nothing to compare")


def _machine() -> str:
    """The machine in a few words, and how busy others kept it."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    load = f"load {os.getloadavg()[2]:.1f} over the last 15 minutes"
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.machine()}, Python {platform.python_version()}, {load}"


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- the command's answer


if __name__ == "__main__":
    main()
