"""Words and spellings of metrics, from `synonyms.yml` and `vocabulary.yml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from generator.package_data import load_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping


class Vocabulary(BaseModel):
    """Words around a metric's name; `vocabulary.yml` says of each list what it is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    benchmarks: tuple[str, ...]
    modifiers: frozenset[str]
    units: frozenset[str]
    dataset_prepositions: frozenset[str]
    distinguishing: frozenset[str]
    cased: frozenset[str]
    ordinary: frozenset[str]
    long_forms: dict[str, str]


def _synonyms() -> Mapping[str, tuple[str, ...]]:
    groups = load_yaml("generator.metrics", "synonyms.yml", dict[str, dict[str, tuple[str, ...]]])
    return {name: spellings for group in groups.values() for name, spellings in group.items()}


VOCABULARY = load_yaml("generator.metrics", "vocabulary.yml", Vocabulary)
# A well-known metric's name -> its further spellings.
SYNONYMS = _synonyms()
