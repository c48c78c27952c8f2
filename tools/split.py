"""Move the seeds of a corpus into a folder for each part: `python tools/split.py seeds docs/data/papers.parquet 4`.

All seeds of a paper go into one part, which the paper's name alone decides. Done once, for a corpus that one machine
can't build any more; see docs/scaling.md.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import duckdb


def main(seeds: Path, papers: Path, parts: int) -> None:
    """Move every seed that belongs to a paper of the table `papers` into `seeds/1` … `seeds/N`."""
    # A trace and a summary belong to one paper each; nothing else names a seed twice.
    rows = duckdb.execute(f"SELECT DISTINCT paper, unnest(seeds).seed FROM '{papers}'").fetchall()
    for paper, seed in rows:
        target = seeds / str(part_of(paper, parts)) / seed
        target.parent.mkdir(parents=True, exist_ok=True)
        (seeds / seed).rename(target)


def part_of(paper: str, parts: int) -> int:
    """Return the number of a paper's part, from 1: always the same for its name, and nearly as many in each."""
    return int(hashlib.sha256(paper.encode()).hexdigest(), 16) % parts + 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
