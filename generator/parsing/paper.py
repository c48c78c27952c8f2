"""Curated metadata of one paper, `seeds/papers/<slug>.yml`, to a `Metadata`."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from generator.model import Metadata
from generator.parsing.identifiers import ARXIV_ID, DOI
from generator.parsing.wording import quoted
from generator.parsing.yaml_lines import LinedMapping, Path, Unquoted, read_mapping
from generator.problems import Location, Problem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_KEY_CHARS = 60

# One line: no control characters or line and paragraph separators inside, no blanks at the ends. Rust's syntax.
_LINE = r"^[^\s\p{Cc}](?:[^\p{Cc}\p{Zl}\p{Zp}]*[^\s\p{Cc}])?$"
_Line = Annotated[str, Field(pattern=_LINE)]
_Lines = Annotated[tuple[_Line, ...], Field(strict=False, min_length=1)]


class MetadataFile(BaseModel):
    """The keys of a curated file; each description completes "expected …"."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    title: _Line = Field(description="the paper's title on one line")
    authors: _Lines = Field((), description="a list of names in the paper's order, one `- name` per line")
    year: int | None = Field(None, ge=1900, le=2100, description="a year from 1900 to 2100")
    venue: _Line = Field("", description="a venue on one line, such as ICLR 2025")
    arxiv: str = Field("", pattern=f"^{ARXIV_ID}$", description="an arXiv id such as 2502.02257 or cs/0112017")
    doi: str = Field("", pattern=f"^{DOI}$", description="a DOI such as 10.1109/5.771073")
    url: str = Field("", pattern=r'^https?://[^\s/?#@"<>\\]+(?:[/?#][^\s"<>\\]*)?$', description="an http(s) address")
    aliases: _Lines = Field((), description="a list of other names of the paper, one `- name` per line")
    slug: str = Field("", pattern="^[a-z0-9]+(?:-[a-z0-9]+)*$", description="lower-case letters, digits and hyphens")


_REMEDIES = {
    "title": "write it on one line, without blanks at its ends",
    "authors": "write `authors:` and below it one `- name` per line",
    "year": "write four digits without quotes",
    "venue": "write it on one line, without blanks at its ends",
    "arxiv": "write the id alone, without version or address",
    "doi": "write the DOI alone, without https://doi.org/",
    "url": "write the whole address",
    "aliases": "write `aliases:` and below it one `- name` per line",
    "slug": "write lower-case words joined by single hyphens",
}
_IDENTIFIERS = {"arxiv": re.compile(ARXIV_ID), "doi": re.compile(DOI)}


def parse_metadata(seed: str, text: str) -> tuple[Metadata | None, list[Problem]]:
    """Read the metadata in a decoded YAML text; None, and every problem with its line, where something is wrong."""
    mapping, problems = read_mapping(seed, text)
    if mapping is None:
        return None, problems
    try:
        checked = MetadataFile.model_validate(mapping.values)
    except ValidationError as error:
        # A list whose items are all wrong is also called too short, which it is not.
        found = [details for details in error.errors() if details["type"] != "too_short" or not details["input"]]
        return None, sorted([*problems, *(_problem(seed, mapping, details) for details in found)])
    return (None if problems else Metadata(seed=seed, **dict(checked))), problems


def _problem(seed: str, mapping: LinedMapping, details: ErrorDetails) -> Problem:
    path: Path = details["loc"]
    key = str(path[0])
    field = MetadataFile.model_fields.get(key)
    if field is None:
        close = get_close_matches(key[:_KEY_CHARS], MetadataFile.model_fields, n=1)
        remedy = f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(MetadataFile.model_fields)}"
        return Problem(Location(seed, mapping.lines[path]), f"unknown key {quoted(key)}", remedy)
    if details["type"] == "missing":
        return Problem(Location(seed), f"no key {key!r}, expected {field.description}", f"add a line `{key}: …`")
    location = Location(seed, mapping.lines[path])
    value = details["input"]
    if len(path) > 1:
        message = f"item {int(path[1]) + 1} of {key!r} is {_found(value)}, expected text on one line"
        return Problem(location, message, _remedy(key, value, wants_text=True))
    message = f"{key!r} is {_found(value)}, expected {field.description}"
    return Problem(location, message, _remedy(key, value, wants_text=field.annotation is str))


def _found(value: object) -> str:
    match value:
        case Unquoted(kind="empty value") | "":
            return "empty"
        case Unquoted(kind=kind, text=text):
            return f"the {kind} {text[:_KEY_CHARS]}"
        case int():
            return f"the number {value}"
        case str():
            return f"the text {quoted(value)}"
        case list():
            return "a list" if value else "an empty list"
    return "a mapping"


def _remedy(key: str, value: object, *, wants_text: bool) -> str:
    match value:
        case Unquoted(kind="empty value") | "" | []:
            return "give a value or delete the line"
        case Unquoted(text=text) | (int() as text) if wants_text:
            return f'quote it: "{text}"'
        case str() if key in _IDENTIFIERS and (found := _IDENTIFIERS[key].search(value)):
            return f'write "{found[0]}" alone'
    return _REMEDIES[key]
