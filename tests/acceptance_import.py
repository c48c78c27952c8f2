"""Import a whole corpus of raw traces, and hold the site of the imported seeds against that of the raw ones.

    PYTHONPATH=. python tests/acceptance_import.py SEEDS

Exit status 1 if a trace is refused, if a second import finds anything new, or if a page differs in more than the path
of its seed.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from examples import URL
from test_round_trip import pages

from generator.importing import Import, apply_import, plan_import
from generator.parallel import no_progress
from generator.pipeline import generate


def main(source: Path) -> int:
    """Import twice, then compare page with page."""
    with TemporaryDirectory() as folder:
        seeds, docs, raw = (Path(folder, name) for name in ("seeds", "docs", "raw"))
        first, second = bring(source, seeds), bring(source, seeds)
        generate(seeds, docs, URL)
        generate(source, raw, URL)
        here, there = pages(docs), pages(raw)
        different = {path for path in {*here, *there} if here.get(path) != there.get(path)}
    counts = [(len(one.added), len(one.unchanged), len(one.changed), len(one.refused)) for one in (first, second)]
    print("added, unchanged, changed, refused:", *counts)  # noqa: T201 -- the answer
    print(f"{len(there)} pages compared, {len(different)} differ", *sorted(different)[:20], sep="\n")  # noqa: T201
    number = len(first.added)
    return 1 if different or not number or counts != [(number, 0, 0, 0), (0, number, 0, 0)] else 0


def bring(source: Path, seeds: Path) -> Import:
    planned = plan_import(source, None, seeds, no_progress, update=False)
    apply_import(planned, seeds, no_progress)
    return planned


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
