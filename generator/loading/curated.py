"""Files in YAML: curated metadata of papers, which traces were added on a day, gold ablations, and verdicts."""

import re
from collections.abc import Callable
from typing import TypeVar

from generator.diagnostics import Diagnostic, Location, sorted_unique
from generator.loading.located_yaml import LocatedMapping, Path, read_mapping
from generator.loading.validation import validate
from generator.model import Addition, Gold, Metadata, Verdict

Record = TypeVar("Record")
Read = tuple[Record | None, list[Diagnostic]]

_TITLE = re.compile(r"^title[ \t]*:", re.MULTILINE)
# `added` alone makes the seed; a file that lacks it, or misspells it, is still known by its list of traces.
_ADDITION = re.compile(r"^(?:added|traces)[ \t]*:", re.MULTILINE)
_VERDICT = re.compile(r"^judge[ \t]*:", re.MULTILINE)
_GOLD = re.compile(r"^(?:ablations|total)[ \t]*:", re.MULTILINE)


def is_metadata(text: str) -> bool:
    """Tell whether a text that is neither a trace nor a summary says of a paper what it is called."""
    return bool(_TITLE.search(text))


def is_addition(text: str) -> bool:
    """Tell whether a text that is none of the others records an addition."""
    return bool(_ADDITION.search(text))


def is_verdict(text: str) -> bool:
    """Tell whether a text that is none of the others says what a judge says of a trace."""
    return bool(_VERDICT.search(text))


def is_gold(text: str) -> bool:
    """Tell whether a text that is none of the others lists the ablations that plans are judged by."""
    return bool(_GOLD.search(text))


def parse_metadata(seed: str, text: str) -> Read[Metadata]:
    """Read the metadata in a decoded YAML text; None, and every problem with its line, where something is wrong."""
    return _parse(seed, text, metadata_of)


def parse_addition(seed: str, text: str) -> Read[Addition]:
    """Read the addition in a decoded YAML text; None, and every problem with its line, where something is wrong."""
    return _parse(seed, text, addition_of)


def parse_verdict(seed: str, text: str) -> Read[Verdict]:
    """Read the verdict in a decoded YAML text; None, and every problem with its line, where something is wrong."""
    return _parse(seed, text, verdict_of)


def parse_gold(seed: str, text: str) -> Read[Gold]:
    """Read the gold ablations in a decoded YAML text; None, and every problem with its line, if something is wrong."""
    return _parse(seed, text, gold_of)


def metadata_of(seed: str, mapping: LocatedMapping) -> Read[Metadata]:
    """Return the metadata that a mapping holds."""
    return validate(Metadata, mapping, seed=seed, places=_places(mapping, "title", "aliases", "slug"))


def addition_of(seed: str, mapping: LocatedMapping) -> Read[Addition]:
    """Return the addition that a mapping holds."""
    return validate(Addition, mapping, seed=seed, places=_places(mapping, "traces"))


def verdict_of(seed: str, mapping: LocatedMapping) -> Read[Verdict]:
    """Return the verdict that a mapping holds."""
    return validate(Verdict, mapping, seed=seed, places=_places(mapping, "trace", "studies"))


def gold_of(seed: str, mapping: LocatedMapping) -> Read[Gold]:
    """Return the gold ablations that a mapping holds."""
    return validate(Gold, mapping, seed=seed, places=_places(mapping, "paper"))


def _places(mapping: LocatedMapping, *keys: str) -> tuple[Location, ...]:
    """Return where the values of these keys stand, as far as they are there; those of a list one by one."""
    paths: list[Path] = []
    for key in keys:
        value = mapping.values.get(key)
        paths += [(key, at) for at in range(len(value))] if isinstance(value, list) else [(key,)] if value else []
    return tuple(map(mapping.place, paths))


def _parse(seed: str, text: str, make: Callable[[str, LocatedMapping], Read[Record]]) -> Read[Record]:
    mapping, diagnostics = read_mapping(seed, text)
    if mapping is None:
        return None, diagnostics
    record, found = make(seed, mapping)
    diagnostics += found
    return (None if diagnostics else record), list(sorted_unique(diagnostics))
