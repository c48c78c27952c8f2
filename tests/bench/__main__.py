"""Measure all that should be fast, and print the table: `make bench`, or from a checkout

    PYTHONPATH=.:tests python -m bench [--seeds DIR] [--scale 0.1] [--json FILE]

All compared builds take turns within the run, and figures are ratios of their medians: on a shared machine seconds tell
little. What can't be measured, for want of Hugo or Chromium say, is named and left out.
"""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from invented import write_corpus

from bench.builders import Corpus, hugo, naive_mkdocs, project_before, this_project, write_docs, zensical
from bench.growing import enlarged, growing
from bench.previewing import previewing
from bench.reading import reading
from bench.running import Command, Cost, FailedError, run, say, take_turns
from bench.table import table

_OWN = "this project"
_SMALL = 2_000  # traces


def main() -> None:
    """Measure, print the table, keep all figures as JSON where asked to."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="atlas-bench-", ignore_cleanup_errors=True) as name:
        corpus = _corpus(Path(name, "small"), int(_SMALL * options.scale), options.seeds)
        measured = _compared(corpus, options)
        for measure in (
            partial(_preview_of, corpus, measured["seconds"]),
            partial(reading, corpus.site),
            partial(enlarged, Path(name, "large"), options.scale),
            partial(growing, Path(name, "growing"), options.scale, options.runs),
        ):
            measured |= _attempted(measure)
    say(f"\n{_machine()}\n\n{table(measured)}")
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps({"machine": _machine(), "measured": measured}, indent=2) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure all that should be fast.")
    parser.add_argument("--seeds", type=Path, metavar="DIR", help="a real corpus in place of 2,000 invented traces")
    parser.add_argument("--scale", type=float, default=1, help="of all invented corpora (default: 1)")
    parser.add_argument("--runs", type=int, default=3, help="builds of each that takes less than a minute in all")
    parser.add_argument("--before", default="ac7f9ec", metavar="COMMIT", help="the commit to compare with")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to keep the figures")
    return parser.parse_args()


def _corpus(folder: Path, traces: int, seeds: Path | None = None) -> Corpus:
    """Return a corpus of invented traces below a folder, or a copy of real seeds."""
    corpus = Corpus(folder / "seeds", folder)
    if seeds:
        shutil.copytree(seeds, corpus.seeds)
    else:
        write_corpus(corpus.seeds, traces)
    return corpus


def _compared(corpus: Corpus, options: argparse.Namespace) -> dict[str, float]:
    """Build one corpus with every builder that can be had; return the ratios."""
    run(write_docs(corpus))
    others = {
        "naive": partial(naive_mkdocs, corpus),
        "zensical": partial(zensical, corpus),
        "hugo": partial(hugo, corpus),
        "before": partial(project_before, corpus, options.before),
    }
    costs = take_turns({_OWN: this_project(corpus), **_available(others)}, options.runs)
    if _OWN not in costs:
        sys.exit("this project was not built, so there is nothing to compare")
    for name, cost in costs.items():
        say(f"{name}: {cost.seconds:.1f} s, {cost.cores:.1f} s of all cores, {cost.megabytes:.0f} MB")
    return _ratios(costs)


def _available(others: Mapping[str, Callable[[], Command]]) -> dict[str, Command]:
    """Return the commands that can be set up; the others are named."""
    found = {}
    for name, prepare in others.items():
        try:
            found[name] = prepare()
        except FailedError as error:
            say(f"{name}: left out, {error}")
    return found


def _ratios(costs: Mapping[str, Cost]) -> dict[str, float]:
    own = costs[_OWN].seconds
    slower = {name: costs[name].seconds / own for name in ("naive", "zensical") if name in costs}
    faster = {name: own / costs[name].seconds for name in ("hugo", "before") if name in costs}
    return {"seconds": own, **slower, **faster}


def _preview_of(corpus: Corpus, cold: float) -> Mapping[str, float]:
    """Return the times of a preview in percent of a cold build's."""
    seconds = previewing(corpus)
    return {name: 100 * value / cold for name, value in seconds.items()}


def _attempted(measure: Callable[[], Mapping[str, float]]) -> Mapping[str, float]:
    """Return what is measured, or say why that can't be."""
    try:
        found = measure()
    except FailedError as error:
        say(f"left out: {error}")
        return {}
    say(", ".join(f"{name} {value:.3g}" for name, value in found.items()))
    return found


def _machine() -> str:
    """Return the machine in a few words, and how busy it was."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    load = f"load {os.getloadavg()[2]:.1f} over the last 15 minutes"
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.machine()}, Python {platform.python_version()}, {load}"


if __name__ == "__main__":
    main()
