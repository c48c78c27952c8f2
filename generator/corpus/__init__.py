"""Seeds -> corpus: every seed of a folder parsed, and all of them linked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from generator.corpus.linking import link, unreferenced
from generator.diagnostics import Diagnostic, errors
from generator.loading.seeds import ParsedSeed, parse_seeds, raise_on_errors
from generator.model import Corpus
from generator.parallel import ProgressCallback, no_progress


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The corpus of a folder, the warnings, and every seed as it was parsed, by its path."""

    folder: Path
    corpus: Corpus
    warnings: tuple[Diagnostic, ...]
    seeds: Mapping[str, ParsedSeed]


def load_corpus(folder: Path, track: ProgressCallback = no_progress, previous: LoadResult | None = None) -> LoadResult:
    """Load the corpus of the seeds under `folder`, reusing the unchanged seeds and papers of a previous load.

    Raises GeneratorError with every problem of the run, warnings included, if one of them is an error.
    """
    parsed, diagnostics = parse_seeds(folder, track, previous.seeds if previous else {})
    records = [record for seed in parsed.values() for record in seed.records]
    known = {paper.slug: paper for paper in previous.corpus.papers} if previous else {}
    corpus, found = link(records, known=known)
    diagnostics += found
    if not errors(diagnostics):
        diagnostics += unreferenced(corpus, records)
    digests = {name: seed.sha256 for name, seed in parsed.items() if seed.sha256}
    corpus = replace(corpus, digests=MappingProxyType(digests))
    return LoadResult(folder, corpus, raise_on_errors(diagnostics, folder), parsed)
