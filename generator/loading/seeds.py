"""The seeds of a folder, read and parsed on all cores."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from generator import environment
from generator.diagnostics import Code, Diagnostic, GeneratorError, Location, errors, sorted_unique
from generator.loading.json_lines import parse_records
from generator.loading.raw_trace import parse_trace
from generator.loading.seed_files import Kind, Seed, list_seeds, read_seed, stat_signature
from generator.loading.summary import parse_summary
from generator.loading.trace_document import parse_document
from generator.loading.trace_page import parse_page
from generator.loading.validation import check_lengths, parse_yaml
from generator.model import Addition, Gold, Metadata, Record, Verdict
from generator.parallel import ProgressCallback, no_progress, parallel_map
from generator.text.private import find_private

_PARSERS: Mapping[Kind, Callable[[str, str], tuple[Record | list[Record] | None, list[Diagnostic]]]] = {
    Kind.TRACE: parse_trace,
    Kind.DOCUMENT: parse_document,
    Kind.PAGE: parse_page,
    Kind.RECORDS: parse_records,
    Kind.SUMMARY: parse_summary,
    Kind.METADATA: partial(parse_yaml, Metadata),
    Kind.ADDITION: partial(parse_yaml, Addition),
    Kind.VERDICT: partial(parse_yaml, Verdict),
    Kind.GOLD: partial(parse_yaml, Gold),
}


@dataclass(frozen=True, slots=True)
class ParsedSeed:
    """The records and problems of a seed, and its SHA-256; `signature` tells whether the file was changed since."""

    signature: tuple[int, ...]
    records: tuple[Record, ...]
    sha256: str
    diagnostics: tuple[Diagnostic, ...]


def parse_seeds(
    folder: Path,
    track: ProgressCallback = no_progress,
    known: Mapping[str, ParsedSeed] = MappingProxyType({}),
) -> tuple[dict[str, ParsedSeed], list[Diagnostic]]:
    """Parse every seed under `folder`, by its path; also return all that is wrong or odd about any of them.

    A file is parsed again only if it was changed since it was `known`. Raises GeneratorError when a limit is set to
    what is no number.
    """
    limits = environment.limits()
    names, diagnostics = list_seeds(folder, limits.seeds)
    signatures = {name: stat_signature(folder / name) for name in names}
    unchanged = {name: known[name] for name in names if name in known and known[name].signature == signatures[name]}

    def parse_one(name: str) -> ParsedSeed:
        seed, unread = read_seed(folder, name, limits.seed)
        records, found = parse_seed(seed) if seed else ((), [])
        found = [*found, *([unread] if unread else []), *(_private_texts(seed) if seed else ())]
        return ParsedSeed(signatures[name], tuple(records), seed.sha256 if seed else "", tuple(found))

    changed = [name for name in names if name not in unchanged]
    parsed = track(parallel_map(parse_one, changed), "Reading seeds", len(changed))
    everything = unchanged | dict(zip(changed, parsed, strict=True))
    in_order_of_paths = {name: everything[name] for name in names}
    return in_order_of_paths, [*diagnostics, *(one for seed in in_order_of_paths.values() for one in seed.diagnostics)]


def load_records(folder: Path, track: ProgressCallback) -> list[Record]:
    """Load the records of the seeds under `folder`, unlinked; none where there is no seed yet.

    Raises GeneratorError with every problem if a seed cannot be read.
    """
    parsed, diagnostics = parse_seeds(folder, track)
    none_yet = {Code.MISSING_FOLDER, Code.NO_SEEDS}
    raise_on_errors([diagnostic for diagnostic in diagnostics if diagnostic.code not in none_yet], folder)
    return [record for seed in parsed.values() for record in seed.records]


def parse_seed(seed: Seed) -> tuple[Sequence[Record], list[Diagnostic]]:
    """Return the records that a seed holds, and what is wrong or odd about it."""
    parsed, diagnostics = _PARSERS[seed.kind](seed.path, seed.text)
    records = parsed if isinstance(parsed, list) else [parsed] if parsed else []
    too_long = [check_lengths(record) for record in records]
    kept = [record for record, found in zip(records, too_long, strict=True) if not found]
    return kept, [*diagnostics, *chain.from_iterable(too_long)]


def _private_texts(seed: Seed) -> Iterator[Diagnostic]:
    """Report what nobody means to publish, wherever it stands in a file."""
    for start, told in find_private(seed.text):
        yield Diagnostic(Code.PRIVATE_TEXT, Location.at(seed.path, seed.text, start), f"{told} stands here")


def raise_on_errors(diagnostics: Sequence[Diagnostic], folder: Path) -> tuple[Diagnostic, ...]:
    """Return the problems under the paths that the reader of the message knows.

    Raises GeneratorError with all of them if one is an error.
    """
    located = [with_prefix(folder, diagnostic) for diagnostic in diagnostics]
    if errors(located):
        raise GeneratorError(located)
    return sorted_unique(located)


def with_prefix(folder: Path, diagnostic: Diagnostic) -> Diagnostic:
    """Return the problem of a file in `folder` under the path that leads there from here."""
    return diagnostic.moved(lambda location: replace(location, path=str(folder / location.path)))
