"""How time and memory grow with a corpus, as a whole and where one part of it grows alone."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from invented import (
    write_corpus,
    write_one_paper,
    write_one_planner,
    write_one_summary,
    write_one_trace,
    write_planners,
)

from bench.builders import Corpus, checked, imported, this_project
from bench.reading import finding
from bench.running import Command, run, say, take_turns

# What grows: who writes such seeds, and how many there are at the end.
_CASES: Mapping[str, tuple[Callable[[Path, int], None], int]] = {
    "paper": (write_one_paper, 5_000),
    "trace": (write_one_trace, 1_000),
    "models": (write_one_planner, 500),
    "planners": (write_planners, 20),
    "summary": (write_one_summary, 1_000),
}
_COMMANDS: Mapping[str, Callable[[Corpus], Command]] = {"checked": checked, "grown": this_project}
# What every run takes has no part in the ratio: less than this beyond it is noise.
_NOISE = 0.5  # seconds
_SMALL, _LARGE = 2_000, 20_000  # traces


def growing(folder: Path, scale: float, runs: int) -> Mapping[str, float]:
    """Check and build each case with half of its size and with all of it.

    Returns the ratios of the times beyond those of one trace.
    """
    fixed = _corpus(folder / "one", write_corpus, 1)
    measured = {}
    for name, (write, size) in _CASES.items():
        most = max(2, int(size * scale))
        half, whole = (_corpus(folder / f"{name}-{number}", write, number) for number in (most // 2, most))
        for verb, command in _COMMANDS.items():
            commands = {"one trace": command(fixed), f"half of {name}": command(half), name: command(whole)}
            costs = take_turns(commands, runs)
            if len(costs) == len(commands):
                least, some, all_of_it = (cost.seconds for cost in costs.values())
                memory = costs[name].megabytes
                say(f"{verb} {name}: {some:.1f} and {all_of_it:.1f} s, {memory:.0f} MB; one trace takes {least:.1f} s")
                measured[f"{verb}_{name}"] = max(all_of_it - least, _NOISE) / max(some - least, _NOISE)
        shutil.rmtree(half.folder)
        shutil.rmtree(whole.folder)
    return measured


def enlarged(folder: Path, scale: float) -> Mapping[str, float]:
    """Check, import and build a small and a large corpus, and look for something in the large one's site.

    Returns how the time of a page grows, and what the large corpus takes.
    """
    times, measured = [], dict[str, float]()
    for size in (_SMALL, _LARGE):
        corpus = _corpus(folder / str(size), write_corpus, int(size * scale))
        costs = {name: run(command(corpus)) for name, command in (*_COMMANDS.items(), ("imported", imported))}
        for name, cost in costs.items():
            say(f"{name} {size * scale:,.0f} traces: {cost.seconds:.1f} s, {cost.megabytes:.0f} MB")
        times.append(costs["grown"].seconds / len(list(corpus.site.rglob("*.html"))))
        if size == _LARGE:
            stored = sum(path.stat().st_size for path in corpus.site.rglob("*") if path.is_file())
            measured = {
                "memory": costs["grown"].megabytes,
                "large_site": stored / 1_000_000,
                **{f"large_{name}": cost.seconds for name, cost in costs.items()},
                **finding(corpus.site),
            }
        shutil.rmtree(corpus.folder)
    return {"growth": times[1] / times[0], **measured}


def _corpus(folder: Path, write: Callable[[Path, int], None], size: int) -> Corpus:
    write(folder / "seeds", size)
    return Corpus(folder / "seeds", folder)
