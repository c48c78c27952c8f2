"""What metrics are called, in figures.

    python tests/evaluate_metrics.py SEEDS [--names]

Counts the families of metrics, and the names that have lost capitals or hyphens which most studies write. With
`--names` it lists each family that has another name than a fixed spelling would give it.
"""

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generator.corpus.linking import link
from generator.loading.seeds import parse_seeds
from generator.metrics import canonical_metric, families, ranked
from generator.metrics.canonical import is_well_known
from generator.model import Trace


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def signs(text: str) -> Counter[str]:
    """Capitals but for the first letter, and what joins words."""
    return Counter(re.sub(r"[^A-Z-]", "", text[1:]))


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description="Counts metrics and how they are called.")
    arguments.add_argument("seeds", type=Path)
    arguments.add_argument("--names", action="store_true")
    chosen = arguments.parse_args()
    readings, _ = parse_seeds(chosen.seeds)
    traces = [one for reading in readings.values() for one in reading.records if isinstance(one, Trace)]
    found = families(link(traces, [], [])[0])
    own = [family for family in found if not is_well_known(family.name)]
    for title, names in (("in a fixed spelling", canonical_metric), ("as studies spell them", str)):
        lost = [one for one in own if signs(ranked(one.spellings)[0][0].partition("(")[0]) - signs(names(one.name))]
        _say(f"{len(lost):6,} names lost capitals or hyphens {title}")
    _say(f"{len(found):6,} metrics in {sum(len(one.spellings) for one in found):,} spellings")
    _say(f"{len(own):6,} of them not well known")
    _say(f"{sum('@' in one.name for one in found):6,} of them at a cut-off")
    if chosen.names:
        for family in own:
            if family.name != canonical_metric(family.name):
                _say(f"{family.studies:6,} {family.name} ({canonical_metric(family.name)})")


if __name__ == "__main__":
    main()
