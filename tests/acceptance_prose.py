"""Hold the reasonings of a whole folder of seeds, as published, against CommonMark's reading of them.

    python tests/acceptance_prose.py SEEDS

Prints the traces whose block structure differs and how many were compared; exit status 1 if any differs.
No exception is known.
"""

from __future__ import annotations

import sys
from pathlib import Path

from structure import commonmark, published, structure

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.parsing.trace import parse_trace
from generator.prose import canonical
from generator.seeds import Kind, read_seeds


def main(folder: Path) -> int:
    """Compare every trace under `folder`."""
    seeds, problems = read_seeds(folder)
    traces = [parse_trace(seed.path, seed.text)[0] for seed in seeds if seed.kind is Kind.TRACE]
    read = [trace for trace in traces if trace is not None]
    different = [
        trace.seed
        for trace in read
        if structure(published(canonical(trace.reasoning))) != structure(commonmark(trace.reasoning))
    ]
    print(*different, sep="\n", end="\n" if different else "")  # noqa: T201
    unread = len(problems) + len(traces) - len(read)
    print(f"{len(read)} reasonings compared, {len(different)} differ, {unread} seeds not read")  # noqa: T201
    return 1 if different or not read else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
