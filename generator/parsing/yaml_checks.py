"""Check a YAML seed against its schema: every problem with its place and a remedy."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

from pydantic import BaseModel, Field, ValidationError

from generator.catalogue import Code
from generator.parsing.yaml_lines import Path, Place, PlacedMapping, Unquoted, read_mapping
from generator.problems import Location, Problem, in_order, quoted

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

_KEY_CHARS = 60

# One line: no control characters or line and paragraph separators inside, no blanks at the ends. Rust's syntax.
_LINE = r"^[^\s\p{Cc}](?:[^\p{Cc}\p{Zl}\p{Zp}]*[^\s\p{Cc}])?$"
Line = Annotated[str, Field(pattern=_LINE)]
Lines = Annotated[tuple[Line, ...], Field(strict=False, min_length=1)]

File = TypeVar("File", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Schema(Generic[File]):
    """The keys a file may have; each one's description in `model` completes "expected …".

    `remedies` say per key how to write its value, `parts` which part of a longer text may be the value meant.
    """

    model: type[File]
    remedies: Mapping[str, str]
    parts: Mapping[str, re.Pattern[str]] = field(default_factory=lambda: MappingProxyType({}))


def read_checked(
    schema: Schema[File], seed: str, text: str
) -> tuple[tuple[File, Mapping[Path, Place]] | None, list[Problem]]:
    """The file and the place of each path into it; None, and every problem with its place, where something is wrong."""
    mapping, problems = read_mapping(seed, text)
    if mapping is None:
        return None, problems
    try:
        checked = schema.model.model_validate(mapping.values)
    except ValidationError as error:
        # A list whose items are all wrong is also called too short, which it is not.
        found = [details for details in error.errors() if details["type"] != "too_short" or not details["input"]]
        return None, list(in_order([*problems, *(_problem(schema, seed, mapping, details) for details in found)]))
    return (None if problems else (checked, mapping.places)), problems


def _problem(schema: Schema[File], seed: str, mapping: PlacedMapping, details: ErrorDetails) -> Problem:
    path: Path = details["loc"]
    key = str(path[0])
    fields = schema.model.model_fields
    known = fields.get(key)
    if known is None:
        close = get_close_matches(key[:_KEY_CHARS], fields, n=1)
        remedy = f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(fields)}"
        return Problem(Code.UNKNOWN_KEY, mapping.places[path].key, f"unknown key {quoted(key)}", remedy)
    if details["type"] == "missing":
        message = f"no key {key!r}, expected {known.description}"
        return Problem(Code.MISSING_KEY, Location(seed, 1), message, f"add a line `{key}: …`")
    where = mapping.places[path].value
    value = details["input"]
    if len(path) > 1:
        message = f"item {int(path[1]) + 1} of {key!r} is {_found(value)}, expected text on one line"
        return Problem(Code.WRONG_VALUE, where, message, _remedy(schema, key, value, wants_text=True, may_go=True))
    message = f"{key!r} is {_found(value)}, expected {known.description}"
    remedy = _remedy(schema, key, value, wants_text=known.annotation is str, may_go=not known.is_required())
    return Problem(Code.WRONG_VALUE, where, message, remedy)


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


def _remedy(schema: Schema[File], key: str, value: object, *, wants_text: bool, may_go: bool) -> str:
    match value:
        case Unquoted(kind="empty value") | "" | []:
            return "give a value or delete the line" if may_go else "give a value"
        case Unquoted(text=text) | (int() as text) if wants_text:
            return f'quote it: "{text}"'
        case str() if key in schema.parts and (found := schema.parts[key].search(value)):
            return f'write "{found[0]}" alone'
    return schema.remedies[key]
