"""Read a corpus back from what is published of it: its tables, the pages of its traces, and their documents.

    PYTHONPATH=. python tests/acceptance_round_trip.py SEEDS

Exit status 1 if either gives another corpus.
"""

import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from examples import URL, check
from test_round_trip import READ_BACK, contents, pages, write

from generator.loading.trace_document import serialize_trace
from generator.pipeline import generate

_OWN = re.compile("^(?:seed|description): .*$", re.MULTILINE)


def main(seeds: Path) -> int:
    """Compare corpus with corpus, and pages with pages."""
    with TemporaryDirectory() as folder:
        names = ("docs", "tables", "documents", "published", "again", "pages")
        docs, tables, documents, published, again, of_pages = (Path(folder, name) for name in names)
        generate(seeds, docs, URL)
        corpus, _ = check(seeds)
        tables.mkdir()
        for name in READ_BACK:
            shutil.copyfile(docs / "data" / f"{name}.jsonl", tables / f"{name}.jsonl")
        write(documents, map(serialize_trace, corpus.traces))
        generate(tables, again, URL)
        shutil.copytree(docs / "traces", published / "traces")
        generate(published, of_pages, URL)
        of_tables, _ = check(tables)
        outcomes = {
            "tables": contents(of_tables) == contents(corpus),
            "pages of the tables": pages(again) == pages(docs),
            "pages of the pages": traces(of_pages) == traces(docs),
            "documents": contents(check(documents)[0])[1] == contents(corpus)[1],
        }
    for name, is_same in outcomes.items():
        print(f"{'ok  ' if is_same else 'FAIL'} {name}: {len(corpus.traces)} traces")  # noqa: T201 -- the answer
    return 0 if all(outcomes.values()) else 1


def traces(docs: Path) -> dict[str, str]:
    """What each trace's page says, but for the file it was made of, and the text that programs show of its part.

    There a formula stands as it was written, while the page has it as it was meant.
    """
    found = sorted((docs / "traces").rglob("*.md"))
    return {str(path.relative_to(docs)): _OWN.sub("", path.read_text("utf-8")) for path in found}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
