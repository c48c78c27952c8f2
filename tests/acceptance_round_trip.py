"""Read a corpus back from what is published of it: its tables, and the twins of its traces.

    PYTHONPATH=. python tests/acceptance_round_trip.py SEEDS

Exit status 1 if either gives another corpus.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from examples import URL, check
from test_round_trip import READ_BACK, contents, pages, write

from generator.loading.trace_document import serialize_trace
from generator.pipeline import generate


def main(seeds: Path) -> int:
    """Compare corpus with corpus, and pages with pages."""
    with TemporaryDirectory() as folder:
        docs, tables, documents, again = (Path(folder, name) for name in ("docs", "tables", "documents", "again"))
        generate(seeds, docs, URL)
        corpus, _ = check(seeds)
        tables.mkdir()
        for name in READ_BACK:
            shutil.copyfile(docs / "data" / f"{name}.jsonl", tables / f"{name}.jsonl")
        write(documents, map(serialize_trace, corpus.traces))
        generate(tables, again, URL)
        of_tables, _ = check(tables)
        outcomes = {
            "tables": contents(of_tables) == contents(corpus),
            "pages of the tables": pages(again) == pages(docs),
            "documents": contents(check(documents)[0])[1] == contents(corpus)[1],
        }
    for name, is_same in outcomes.items():
        print(f"{'ok  ' if is_same else 'FAIL'} {name}: {len(corpus.traces)} traces")  # noqa: T201 -- the answer
    return 0 if all(outcomes.values()) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
