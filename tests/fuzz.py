"""The long fuzz run: thousands of folders of seeds through the whole pipeline to HTML, and the figures of the run.

    python tests/fuzz.py [--examples 20000] [--seed 1]

First it repeats small pieces of text to two lengths, to see whether time grows faster than size. Exit status 1, and the
smallest example, where a property of `fuzzing` does not hold.
"""

import argparse
import gc
import resource
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, given, seed, settings

sys.path.insert(0, str(Path(__file__).parent.parent))

from collections.abc import Mapping

from fuzzing import outcome, write
from growing import growths
from seed_strategies import PIECES, folders

# Of work that is linear, four times the size takes four times as long; the rest is for the noise of the machine.
_MOST_GROWTH = 8
_KILOBYTES = 1024 if sys.platform != "darwin" else 1  # what `ru_maxrss` is in, to bytes


@dataclass
class Figures:
    """What a run has seen; times are seconds of the processor."""

    examples: int = 0
    published: int = 0
    pages: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0
    slowest_seeds: Mapping[str, bytes] = field(default_factory=dict)

    def run(self, seeds: Mapping[str, bytes]) -> None:
        """One example; raises what it raises."""
        gc.disable()  # what it would collect is hypothesis' memory of all examples, and takes seconds
        start = time.process_time()
        found = outcome(seeds)
        seconds = time.process_time() - start
        gc.enable()
        self.examples += 1
        self.published += bool(found.pages)
        self.pages += found.pages
        self.codes.update({diagnostic.code for diagnostic in found.diagnostics})
        if seconds > self.slowest:
            self.slowest, self.slowest_seeds = seconds, seeds

    def lines(self) -> list[str]:
        """The figures for people; what was slowest is kept in a folder."""
        folder = Path(mkdtemp(prefix="slowest-"))
        write(self.slowest_seeds, folder)
        size = sum(map(len, self.slowest_seeds.values()))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTES
        return [
            f"{self.examples:,} examples: {self.published:,} published as {self.pages:,} pages, the others refused",
            f"{len(self.codes)} distinct problems, and in how many examples:",
            *(f"  {times:7,} {code}" for code, times in self.codes.most_common()),
            f"slowest example: {self.slowest:.2f} s for {size:,} bytes, kept in {folder}",
            f"peak memory: {memory / 1_000_000:,.0f} MB",
            f"processor time: {time.process_time():,.0f} s",
        ]


def main(examples: int, number: int) -> int:
    """Hold time against size, then run the examples of a seed of chance."""
    worst = max(growths(PIECES), key=lambda growth: growth.factor)
    print(f"four times the size takes at most {worst.factor:.1f} times as long: {worst.place}, {worst.piece!r}")  # noqa: T201 -- the answer
    figures = Figures()

    @seed(number)
    @settings(max_examples=examples, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(folders)
    def run(seeds: Mapping[str, bytes]) -> None:
        figures.run(seeds)

    failed = False
    try:
        run()
    except Exception:  # noqa: BLE001 -- whatever the pipeline raised is the finding, and the figures are wanted all the same
        failed = True
        traceback.print_exc()
    print(*figures.lines(), sep="\n")  # noqa: T201 -- the answer
    return 1 if failed or worst.factor > _MOST_GROWTH else 0


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--examples", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=1, help="of chance; the same one gives the same examples")
    options = arguments.parse_args()
    sys.exit(main(options.examples, options.seed))
