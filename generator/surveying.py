"""The stages up to the corpus: seeds -> records -> corpus, and every problem of the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from operator import is_
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeVar

from generator import environment
from generator.catalogue import Code
from generator.corpus.dwelling import dwelling
from generator.corpus.linking import dangling, link_records
from generator.corpus.similarity import similar_papers
from generator.loading.checks import check_lengths
from generator.loading.curated import parse_addition, parse_metadata
from generator.loading.file_stamps import stamp
from generator.loading.json_lines import parse_records
from generator.loading.raw_trace import parse_trace
from generator.loading.seed_files import Kind, fingerprint, list_seeds, read_seed
from generator.loading.summary import parse_summary
from generator.loading.trace_document import parse_document
from generator.parallel import parallel_map
from generator.problems import GeneratorError, Problem, errors, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from generator.corpus.dwelling import Dwelling
    from generator.corpus.similarity import Similar
    from generator.loading.file_stamps import Stamp
    from generator.loading.seed_files import Seed
    from generator.model import Corpus, Record

    Likeness = Mapping[str, Iterable[Similar]]

Item = TypeVar("Item")


class Track(Protocol):
    """Passes the items of a stage on, and may show how far it got."""

    def __call__(self, items: Iterable[Item], label: str, total: int) -> Iterable[Item]:
        """The items, one by one; `total` is their number."""


def untracked(items: Iterable[Item], label: str, total: int) -> Iterable[Item]:  # noqa: ARG001 -- a Track without a bar
    """The items, and nothing shown."""
    return items


_PARSERS = {
    Kind.TRACE: parse_trace,
    Kind.DOCUMENT: parse_document,
    Kind.SUMMARY: parse_summary,
    Kind.METADATA: parse_metadata,
    Kind.ADDITION: parse_addition,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A seed as it was read: which file that was, what it holds, its SHA-256, what is wrong or odd about it."""

    stamp: Stamp | None
    records: tuple[Record, ...]
    digest: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """The corpus of a folder, the warnings, and every seed as it was read, by its path.

    `similar` says which papers are alike; that takes as long as all else, so it is worked out when first asked for.
    Where corpora follow one another, `dwelling` spares the next one most of that.
    """

    folder: Path
    corpus: Corpus
    warnings: tuple[Problem, ...]
    readings: Mapping[str, Reading]
    similar: Callable[[], Likeness]
    dwelling: Dwelling | None = None


def check(folder: Path, track: Track = untracked) -> tuple[Corpus, tuple[Problem, ...]]:
    """Read and link every seed under `folder`; the corpus and the warnings.

    Raises GeneratorError with every problem of the run, warnings included, if one of them is an error.
    """
    found = survey(folder, track)
    return found.corpus, found.warnings


def survey(folder: Path, track: Track = untracked, past: Survey | None = None) -> Survey:
    """The same, with each seed as it was read; what is as it was in the past is neither parsed nor linked again."""
    readings, problems = read(folder, track, past.readings if past else {})
    records = [record for reading in readings.values() for record in reading.records]
    corpus, found = link_records(records, {paper.slug: paper for paper in past.corpus.papers} if past else {})
    problems += found
    if not errors(problems):
        problems += dangling(corpus)
    digests = {name: reading.digest for name, reading in readings.items() if reading.digest}
    corpus = replace(corpus, digests=MappingProxyType(digests))
    papers, known = corpus.papers, past.corpus.papers if past else ()
    is_known = past and len(papers) == len(known) and all(map(is_, papers, known))
    dwelt = dwelling(papers, past.dwelling) if past and past.dwelling else None
    similar = past.similar if past and is_known else cache(partial(similar_papers, corpus, dwelt))
    return Survey(folder, corpus, stop_at_errors(problems, folder), readings, similar, dwelt)


def read(
    folder: Path, track: Track = untracked, known: Mapping[str, Reading] = MappingProxyType({})
) -> tuple[dict[str, Reading], list[Problem]]:
    """Every seed under `folder` as it was read, by its path, and all that is wrong or odd about any of them.

    A file is parsed again only if it is not the one that is known, or one of the same bytes. Each worker has one seed's
    text in memory at a time. Raises GeneratorError when a limit is set to what is no number.
    """
    limits = environment.limits()
    names, problems = list_seeds(folder, limits.seeds)
    stamps = {name: stamp(folder / name) for name in names}
    readings = {name: known[name] for name in names if name in known and known[name].stamp == stamps[name]}

    def read_one(name: str) -> Reading | None:
        before = known[name].digest if name in known else ""
        if before and before == fingerprint(folder, name, limits.seed):
            return None
        seed, unread = read_seed(folder, name, limits.seed)
        records, found = parse(seed) if seed else ((), [])
        found = [*found, *([unread] if unread else [])]
        return Reading(stamps[name], tuple(records), seed.sha256 if seed else "", tuple(found))

    unknown = [name for name in names if name not in readings]
    for name, reading in zip(
        unknown, track(parallel_map(read_one, unknown), "Reading seeds", len(unknown)), strict=True
    ):
        readings[name] = reading or replace(known[name], stamp=stamps[name])
    in_order = {name: readings[name] for name in names}
    return in_order, [*problems, *(problem for reading in in_order.values() for problem in reading.problems)]


def held(folder: Path, track: Track = untracked) -> list[Record]:
    """The records of the seeds under `folder`, unlinked; none where there is no seed yet.

    Raises GeneratorError with every problem if a seed cannot be read.
    """
    readings, problems = read(folder, track)
    none_yet = {Code.MISSING_FOLDER, Code.NO_SEEDS}
    stop_at_errors([problem for problem in problems if problem.code not in none_yet], folder)
    return [record for reading in readings.values() for record in reading.records]


def parse(seed: Seed) -> tuple[Sequence[Record], list[Problem]]:
    """The records that a seed holds, and what is wrong or odd about it."""
    records, problems = _parse(seed)
    kept = []
    for record in records:
        found = check_lengths(record)
        problems += found
        if not found:
            kept.append(record)
    return kept, problems


def _parse(seed: Seed) -> tuple[Sequence[Record], list[Problem]]:
    if seed.kind is Kind.RECORDS:
        return parse_records(seed.path, seed.text)
    record, problems = _PARSERS[seed.kind](seed.path, seed.text)
    return [record] if record else [], problems


def stop_at_errors(problems: Sequence[Problem], folder: Path) -> tuple[Problem, ...]:
    """The problems under the paths that the reader of the message knows, unless one of them is an error."""
    located = [under(folder, problem) for problem in problems]
    if errors(located):
        raise GeneratorError(located)
    return in_order(located)


def under(folder: Path, problem: Problem) -> Problem:
    """The problem of a file in `folder` under the path that leads there from here."""
    return problem.moved(lambda location: replace(location, path=str(folder / location.path)))
