"""How true the types of ablated parts are, and how many studies of a part its name finds in the explorer.

    python tests/evaluate_parts.py SEEDS

`parts/reading.yml` says of names whether they are parts, and of spellings whether they mean the type that holds them,
as somebody read them; what nobody read is printed. `parts/asked.json` lists what should be found: names of parts, and
for each the studies that ablate it, by trace and place in the plan. Node runs the explorer's own search.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator.corpus.linking import link
from generator.corpus.part_types import PartTypes, part_types
from generator.exports.explorer import explorer_files
from generator.loading.seeds import parse_seeds
from generator.model import Corpus, Trace
from generator.publication import Publication

PARTS = Path(__file__).parent / "parts"
ASSETS = Path(__file__).parent.parent / "generator" / "theme" / "assets"
_SEARCH = """
import { readFileSync } from "node:fs";
const [assets, folder] = process.argv.slice(1);
const { StudyIndex } = await import(`${assets}/study-index.js`);
globalThis.fetch = async (url) => ({ ok: true, json: async () => JSON.parse(readFileSync(url, "utf8")) });
const index = await StudyIndex.open(new URL(`file://${folder}/`));
const found = {};
for (const query of JSON.parse(readFileSync(0, "utf8"))) {
  const scores = await index.search(query);
  found[query] = [...scores.keys()].filter((row) => scores[row]);
}
console.log(JSON.stringify(found));
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the share of names that are parts, of spellings that mean their type, and of studies that are found."""
    parser = argparse.ArgumentParser(description="How true the types of ablated parts are.")
    parser.add_argument("seeds", type=Path, help="folder with the traces")
    corpus = _corpus(parser.parse_args(arguments).seeds)
    kinds = part_types(corpus)
    reading = yaml.safe_load((PARTS / "reading.yml").read_text("utf-8"))
    _judge("parts", [kind.name.lower() for kind in kinds.families], reading["parts"], reading["no parts"])
    _judge("merged", [*_merged(kinds)], reading["merged rightly"], reading["merged wrongly"])
    listed = json.loads((PARTS / "asked.json").read_text("utf-8"))
    asked = {query: {(trace, number) for trace, number in studies} for query, studies in listed.items()}
    found = _found(corpus, kinds, list(asked))
    for query, studies in asked.items():
        _say(f"{len(studies & found[query])} of {len(studies)} found, {len(found[query])} in all: {query}")
    right = sum(len(studies & found[query]) for query, studies in asked.items())
    _say(f"{right} of {sum(map(len, asked.values()))} found: all {len(asked)} queries")


def _corpus(seeds: Path) -> Corpus:
    records = [one for reading in parse_seeds(seeds)[0].values() for one in reading.records]
    return link([one for one in records if isinstance(one, Trace)], [], [])[0]


def _merged(kinds: PartTypes) -> list[str]:
    return [
        f"{kind.name.lower()} = {spelling}"
        for kind in kinds.families
        for spelling, _ in kind.spellings
        if spelling != kind.name.lower()
    ]


def _judge(what: str, names: Sequence[str], right: Sequence[str], wrong: Sequence[str]) -> None:
    unread = [name for name in names if name not in right and name not in wrong]
    holding = sum(name in right for name in names)
    _say(f"{holding} of {len(names)} {what} rightly, {len(unread)} unread: {', '.join(unread) or 'none'}")


def _found(corpus: Corpus, kinds: PartTypes, queries: Sequence[str]) -> dict[str, set[tuple[str, int]]]:
    """Return what the explorer finds for each query, as a trace's id and a place in its plan."""
    traces = [trace for paper in corpus.papers for trace in paper.traces]
    rows = [(trace.id, number) for trace in traces for number in range(1, 1 + len(trace.studies))]
    with tempfile.TemporaryDirectory() as folder:
        for file in explorer_files(corpus, Publication(""), kinds):
            (Path(folder) / Path(file.path).name).write_bytes(file.data)
        answer = subprocess.run(
            ["node", "--input-type=module", "-e", _SEARCH, str(ASSETS), folder],  # noqa: S607
            input=json.dumps(list(queries)),
            capture_output=True,
            text=True,
            check=True,
        )
    return {query: {rows[row] for row in found} for query, found in json.loads(answer.stdout).items()}


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
