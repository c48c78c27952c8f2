"""How true the types of ablated parts are, and how many studies of a part its name finds.

    python -m generator build --seeds SEEDS --out SITE
    python tests/evaluate_parts.py SEEDS SITE

`parts/reading.yml` says of names whether they are parts, and of spellings whether they mean the type that holds them,
as somebody read them; what nobody read is printed. `parts/asked.json` lists what should be found: names of parts, and
for each the studies that ablate it, by trace and place in the plan. Node runs the site's own searches: the explorer's
finds studies, the dialog's their traces.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator.addresses import trace_path, url_of
from generator.corpus.linking import link
from generator.corpus.part_types import PartTypes, part_types
from generator.loading.seeds import parse_seeds
from generator.model import Corpus, Trace

PARTS = Path(__file__).parent / "parts"
FOUND = "explorer {} of {} studies, {} in all; dialog {} of {} traces, {} of them shown, {} pages in all: {}"
# The dialog's results, of the best pages.
SHOWN = 30
_SEARCH = """
import { readFileSync } from "node:fs";
const [site, ...queries] = process.argv.slice(1);
globalThis.fetch = async (url) => new Response(readFileSync(new URL(String(url).split("?")[0])));
const { StudyIndex } = await import(`${site}assets/study-index.js`);
const { createInstance } = await import(`${site}assets/search/pagefind.js`);
const explorer = await StudyIndex.open(new URL(`${site}data/studies/`));
const dialog = createInstance({ basePath: `${site}pagefind/`, baseUrl: "/" });
const found = {};
for (const query of queries) {
  const scores = await explorer.search(query);
  const { results } = await dialog.search(query);
  const pages = await Promise.all(results.map((result) => result.data()));
  found[query] = [[...scores.keys()].filter((row) => scores[row]), pages.map(({ url }) => url)];
}
console.log(JSON.stringify(found));
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the share of names that are parts, of spellings that mean their type, and of what is found."""
    parser = argparse.ArgumentParser(description="How true the types of ablated parts are.")
    parser.add_argument("seeds", type=Path, help="folder with the traces")
    parser.add_argument("site", type=Path, help="the site that was built of them")
    options = parser.parse_args(arguments)
    corpus = _corpus(options.seeds)
    kinds = part_types(corpus)
    reading = yaml.safe_load((PARTS / "reading.yml").read_text("utf-8"))
    _judge("parts", [kind.name.lower() for kind in kinds.families], reading["parts"], reading["no parts"])
    _judge("merged", [*_merged(kinds)], reading["merged rightly"], reading["merged wrongly"])
    asked = json.loads((PARTS / "asked.json").read_text("utf-8"))
    counted: dict[str, tuple[int, ...]] = {}
    for query, (studies, pages) in _found(corpus, options.site, list(asked)).items():
        wanted = {(trace, number) for trace, number in asked[query]}
        traces = {trace for trace, _ in wanted}
        of_studies = len(wanted & studies), len(wanted), len(studies)
        of_pages = len(traces.intersection(pages)), len(traces), len(traces.intersection(pages[:SHOWN])), len(pages)
        counted[query] = (*of_studies, *of_pages)
    counted[f"all {len(asked)} queries"] = tuple(map(sum, zip(*counted.values(), strict=True)))
    for query, numbers in counted.items():
        _say(FOUND.format(*numbers, query))


def _corpus(seeds: Path) -> Corpus:
    records = [one for reading in parse_seeds(seeds)[0].values() for one in reading.records]
    return link([one for one in records if isinstance(one, Trace)], [], [])[0]


def _merged(kinds: PartTypes) -> list[str]:
    return [
        f"{kind.name.lower()} = {spelling}"
        for kind in kinds.families
        for spelling in kind.spellings
        if spelling != kind.name.lower()
    ]


def _judge(what: str, names: Sequence[str], right: Sequence[str], wrong: Sequence[str]) -> None:
    unread = [name for name in names if name not in right and name not in wrong]
    holding = sum(name in right for name in names)
    _say(f"{holding} of {len(names)} {what} rightly, {len(unread)} unread: {', '.join(unread) or 'none'}")


def _found(
    corpus: Corpus, site: Path, queries: Sequence[str]
) -> dict[str, tuple[set[tuple[str, int]], list[str | None]]]:
    """Return what is found for each query: studies, as a trace's id and a place in its plan, and pages in their order.

    A page is the id of its trace, or nothing.
    """
    traces = [trace for paper in corpus.papers for trace in paper.traces]
    rows = [(trace.id, number) for trace in traces for number in range(1, 1 + len(trace.studies))]
    ids = {f"/{url_of(trace_path(trace.id))}": trace.id for trace in traces}
    command = ["node", "--input-type=module", "-e", _SEARCH, f"{site.resolve().as_uri()}/", *queries]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return {
        query: ({rows[row] for row in studies}, [ids.get(page) for page in pages])
        for query, (studies, pages) in json.loads(answer.stdout).items()
    }


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
