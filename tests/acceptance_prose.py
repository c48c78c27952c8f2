"""Hold the reasonings of a whole folder of seeds, as published, against CommonMark's reading of them.

    python tests/acceptance_prose.py SEEDS

Prints the traces whose block structure differs and how many were compared; exit status 1 if any differs.
No exception is known.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from structure import commonmark, published, structure

from generator.diagnostics import errors
from generator.loading.seeds import parse_seeds
from generator.model import Trace
from generator.prose import normalize_markdown


def main(folder: Path) -> int:
    """Compare every trace under `folder`."""
    readings, diagnostics = parse_seeds(folder)
    traces = [one for reading in readings.values() for one in reading.records if isinstance(one, Trace)]
    different = [
        trace.seed
        for trace in traces
        if structure(published(normalize_markdown(trace.reasoning))) != structure(commonmark(trace.reasoning))
    ]
    print(*different, sep="\n", end="\n" if different else "")  # noqa: T201
    unread = len({diagnostic.location.path for diagnostic in errors(diagnostics)})
    print(f"{len(traces)} reasonings compared, {len(different)} differ, {unread} seeds not read")  # noqa: T201
    return 1 if different or not traces else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
