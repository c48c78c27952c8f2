"""Whether one part of a corpus may grow alone: the time of a build for twice as many of the same."""

from collections.abc import Callable, Mapping
from pathlib import Path

from invented import write_corpus, write_one_paper, write_one_planner, write_one_trace

from bench.builders import Corpus, this_project
from bench.running import say, take_turns

# What grows: who writes such seeds, and how many there are at the end.
_CASES: Mapping[str, tuple[Callable[[Path, int], None], int]] = {
    "grown_paper": (write_one_paper, 5_000),
    "grown_trace": (write_one_trace, 1_000),
    "grown_planner": (write_one_planner, 500),
}
# What every build takes has no part in the ratio: less than this beyond it is noise.
_NOISE = 0.5  # seconds


def growing(folder: Path, scale: float, runs: int) -> Mapping[str, float]:
    """Build each case with half of its size and with all of it.

    Returns the ratios of the times beyond that of a build of one trace.
    """
    fixed = this_project(_corpus(folder / "one", write_corpus, 1))
    measured = {}
    for name, (write, size) in _CASES.items():
        most = max(2, int(size * scale))
        half, whole = (
            this_project(_corpus(folder / f"{name}-{number}", write, number)) for number in (most // 2, most)
        )
        costs = take_turns({"one trace": fixed, f"half of {name}": half, name: whole}, runs)
        if len(costs) == 3:
            least, some, all_of_it = (cost.seconds for cost in costs.values())
            say(f"{name}: {some:.1f} and {all_of_it:.1f} s, where one trace takes {least:.1f} s")
            measured[name] = max(all_of_it - least, _NOISE) / max(some - least, _NOISE)
    return measured


def _corpus(folder: Path, write: Callable[[Path, int], None], size: int) -> Corpus:
    write(folder / "seeds", size)
    return Corpus(folder / "seeds", folder)
