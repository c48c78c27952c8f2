"""Stop words of the whole generator, from `stop_words.yml`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from generator.package_data import load_yaml


class StopWords(BaseModel):
    """Lists of words; `stop_words.yml` says of each what it is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    english: tuple[str, ...]
    study: tuple[str, ...]
    part: tuple[str, ...]
    method: tuple[str, ...]
    paper: tuple[str, ...]
    part_type: tuple[str, ...]


STOP_WORDS = load_yaml("generator.text", "stop_words.yml", StopWords)
