"""How many of the similar papers that are shown are worth a reader's while.

    python tests/evaluate_similar.py SEEDS

Draws a hundred pairs, always the same of one corpus, or takes all where there are fewer. `similar/read.json` says of
pairs of papers, by their slugs, whether somebody who read the titles and the shared words found them sensible; pairs
that nobody read are printed.
"""

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator.corpus.linking import link
from generator.corpus.similarity import similar_papers
from generator.loading.seeds import parse_seeds
from generator.model import Trace

READ = Path(__file__).parent / "similar" / "read.json"
SAMPLE = 100


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the sampled pairs that nobody read, and the share of sensible ones among the others."""
    parser = argparse.ArgumentParser(description="How many of the similar papers shown are sensible.")
    parser.add_argument("seeds", type=Path, help="folder with the traces")
    records = [
        one for reading in parse_seeds(parser.parse_args(arguments).seeds)[0].values() for one in reading.records
    ]
    similar = similar_papers(link([one for one in records if isinstance(one, Trace)], [], [])[0])
    shown = {frozenset((slug, one.slug)): one for slug, found in similar.items() for one in found}
    read = {frozenset(pair): sensible for *pair, sensible in json.loads(READ.read_text("utf-8"))}
    pairs = sorted(shown, key=sorted)
    sample = random.Random(1).sample(pairs, min(SAMPLE, len(pairs)))  # noqa: S311 -- a sample, no secret
    for pair in sample:
        if pair not in read:
            _say(f"unread: {', '.join(sorted(pair))}: {shown[pair].score:.2f}, {', '.join(shown[pair].words)}")
    known = [read[pair] for pair in sample if pair in read]
    with_some = sum(bool(found) for found in similar.values())
    _say(f"{sum(known)} of {len(known)} pairs sensible; {with_some} of {len(similar)} papers have similar ones")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
