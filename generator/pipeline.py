"""The stages in order: seeds -> records -> corpus -> pages -> docs/."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeVar

from generator import environment, publishing
from generator.catalogue import Code
from generator.cores import on_all_cores
from generator.dataset import dataset
from generator.exports import export
from generator.feeds import feeds
from generator.linking import dangling, link_records
from generator.model import Corpus, Record, Site
from generator.pages import plan
from generator.parsing.addition import parse_addition
from generator.parsing.document import parse_document
from generator.parsing.json_lines import parse_records
from generator.parsing.lengths import too_long
from generator.parsing.paper import parse_metadata
from generator.parsing.summary import parse_summary
from generator.parsing.trace import parse_trace
from generator.problems import GeneratorError, Problem, errors, in_order
from generator.rendering import load_templates, render
from generator.seeds import Kind, list_seeds, read_seed
from generator.staging import spooled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from generator.dataset import Download
    from generator.files import RenderedFile, SpooledFile
    from generator.pages.page import Page
    from generator.seeds import Seed

Item = TypeVar("Item")


class Track(Protocol):
    """Passes the items of a stage on, and may show how far it got."""

    def __call__(self, items: Iterable[Item], label: str, total: int) -> Iterable[Item]:
        """The items, one by one; `total` is their number."""


def untracked(items: Iterable[Item], label: str, total: int) -> Iterable[Item]:  # noqa: ARG001 -- a Track without a bar
    """The items, and nothing shown."""
    return items


HOME_TEXT = "home.md"
_PARSERS = {
    Kind.TRACE: parse_trace,
    Kind.DOCUMENT: parse_document,
    Kind.SUMMARY: parse_summary,
    Kind.METADATA: parse_metadata,
    Kind.ADDITION: parse_addition,
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found and did."""

    corpus: Corpus
    warnings: tuple[Problem, ...]
    pages: int
    written: int
    deleted: int


def check(folder: Path, track: Track = untracked) -> tuple[Corpus, tuple[Problem, ...]]:
    """Read and link every seed under `folder`; the corpus and the warnings.

    Raises GeneratorError with every problem of the run, warnings included, if one of them is an error.
    """
    records, digests, problems = read(folder, track)
    corpus, found = link_records(records)
    problems += found
    if not errors(problems):
        problems += dangling(corpus)
    corpus = replace(corpus, digests=MappingProxyType(digests))
    return corpus, _stop_at_errors(problems, folder)


def read(folder: Path, track: Track = untracked) -> tuple[list[Record], dict[str, str], list[Problem]]:
    """The records of every seed under `folder`, the SHA-256 of each seed, and what is wrong or odd about any of them.

    Each worker has one seed's text in memory at a time. Raises GeneratorError when a limit is set to what is no number.
    """
    limits = environment.limits()
    names, problems = list_seeds(folder, limits.seeds)
    records: list[Record] = []
    digests: dict[str, str] = {}

    def read_one(name: str) -> tuple[Sequence[Record], str, list[Problem]]:
        seed, unread = read_seed(folder, name, limits.seed)
        several, found = parse(seed) if seed else ((), [])
        return several, seed.sha256 if seed else "", [*found, *([unread] if unread else [])]

    results = track(on_all_cores(read_one, names), "Reading seeds", len(names))
    for name, (several, digest, found) in zip(names, results, strict=True):
        records += several
        problems += found
        if digest:
            digests[name] = digest
    return records, digests, problems


def held(folder: Path, track: Track = untracked) -> list[Record]:
    """The records of the seeds under `folder`, unlinked; none where there is no seed yet.

    Raises GeneratorError with every problem if a seed cannot be read.
    """
    records, _, problems = read(folder, track)
    none_yet = {Code.MISSING_FOLDER, Code.NO_SEEDS}
    _stop_at_errors([problem for problem in problems if problem.code not in none_yet], folder)
    return records


def parse(seed: Seed) -> tuple[Sequence[Record], list[Problem]]:
    """The records that a seed holds, and what is wrong or odd about it."""
    records, problems = _parse(seed)
    kept = []
    for record in records:
        found = too_long(record)
        problems += found
        if not found:
            kept.append(record)
    return kept, problems


def _parse(seed: Seed) -> tuple[Sequence[Record], list[Problem]]:
    if seed.kind is Kind.RECORDS:
        return parse_records(seed.path, seed.text)
    record, problems = _PARSERS[seed.kind](seed.path, seed.text)
    return [record] if record else [], problems


def generate(folder: Path, docs: Path, url: str, track: Track = untracked, *, repository: str = "") -> Report:
    """Bring docs/ up to date with the seeds under `folder`: all of it, or with any error nothing.

    `url` is where the site will be published, `repository` where the seeds are kept. Raises GeneratorError with every
    problem of the run.
    """
    corpus, warnings = check(folder, track)
    site = Site(url, _home_text(docs), repository)
    with spooled(docs) as spool:
        downloads = dataset(corpus, site, spool)
        pages, problems = plan(corpus, site, downloads)
        _stop_at_errors(problems, folder)
        changes = publishing.publish(_files(corpus, pages, downloads, site, track), docs)
    return Report(corpus, warnings, len(pages), len(changes.write), len(changes.delete))


def _files(
    corpus: Corpus, pages: Sequence[Page], downloads: Sequence[Download], site: Site, track: Track
) -> Iterator[RenderedFile | SpooledFile]:
    """One by one: all of them together would not fit into the memory of a small machine."""
    load_templates()
    yield from track(on_all_cores(render, pages), "Writing pages", len(pages))
    yield from (one.file for one in downloads)
    yield from export(corpus, site)
    yield from feeds(corpus, pages, site)


def _home_text(docs: Path) -> str:
    path = docs / HOME_TEXT
    return path.read_text("utf-8") if path.is_file() else "# Ablation Atlas"


def _stop_at_errors(problems: Sequence[Problem], folder: Path) -> tuple[Problem, ...]:
    """The problems under the paths that the reader of the message knows, unless one of them is an error."""
    located = [under(folder, problem) for problem in problems]
    if errors(located):
        raise GeneratorError(located)
    return in_order(located)


def under(folder: Path, problem: Problem) -> Problem:
    """The problem of a file in `folder` under the path that leads there from here."""
    return problem.moved(lambda location: replace(location, path=str(folder / location.path)))
