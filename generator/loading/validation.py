"""Check a YAML seed against its schema: every problem with its place and a remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar, get_args

from pydantic import BaseModel, Field, ValidationError
from pydantic.fields import FieldInfo

from generator.catalogue import Code
from generator.loading.located_yaml import Path, Place, PlacedMapping, Unquoted, read_mapping
from generator.problems import Problem, in_order, quoted

if TYPE_CHECKING:
    import re

    from pydantic_core import ErrorDetails

_KEY_CHARS = 60

# One line: no control characters or line and paragraph separators inside, no blanks at the ends. Rust's syntax.
_LINE = r"^[^\s\p{Cc}](?:[^\p{Cc}\p{Zl}\p{Zp}]*[^\s\p{Cc}])?$"
Line = Annotated[str, Field(pattern=_LINE)]
Lines = Annotated[tuple[Line, ...], Field(strict=False, min_length=1)]

File = TypeVar("File", bound=BaseModel)
_Fields = Mapping[str, FieldInfo]


@dataclass(frozen=True, slots=True)
class Schema(Generic[File]):
    """The keys a file may have; each one's description in `model` completes "expected …".

    `remedies` say per key how to write its value, `parts` which part of a longer text may be the value meant, `choices`
    which values there are.
    """

    model: type[File]
    remedies: Mapping[str, str]
    parts: Mapping[str, re.Pattern[str]] = field(default_factory=lambda: MappingProxyType({}))
    choices: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Checked(Generic[File]):
    """A file that keeps to its schema, and the place of each path into it."""

    values: File
    places: Mapping[Path, Place]


def read_checked(schema: Schema[File], seed: str, text: str) -> tuple[Checked[File] | None, list[Problem]]:
    """The file in a YAML text; None, and every problem with its place, where something is wrong."""
    mapping, problems = read_mapping(seed, text)
    if mapping is None:
        return None, problems
    file, found = checked(schema, mapping)
    problems = list(in_order([*problems, *found]))
    return (None if problems else file), problems


def checked(schema: Schema[File], mapping: PlacedMapping) -> tuple[Checked[File] | None, list[Problem]]:
    """The file that a mapping is; None, and every problem with its place, where it does not keep to the schema."""
    try:
        return Checked(schema.model.model_validate(mapping.values), mapping.places), []
    except ValidationError as error:
        # A list whose items are all wrong is also called too short, which it is not.
        found = [details for details in error.errors() if details["type"] != "too_short" or not details["input"]]
        return None, list(in_order(_problem(schema, mapping, details) for details in found))


def _problem(schema: Schema[File], mapping: PlacedMapping, details: ErrorDetails) -> Problem:
    path: Path = details["loc"]
    fields, parents, (key, *rest) = _innermost(schema.model, path)
    of = "".join(f" of item {index + 1} of {parent!r}" for parent, index in parents)
    known = fields.get(str(key))
    if known is None:
        close = get_close_matches(str(key)[:_KEY_CHARS], fields, n=1)
        remedy = f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(fields)}"
        found = f"unknown key {quoted(str(key))}{of}"
        return Problem(Code.UNKNOWN_KEY, mapping.places[path].key, found, remedy)
    if details["type"] == "missing":
        message = f"no key {key!r}{of}, expected {known.description}"
        where = mapping.places[path[:-1]].value
        return Problem(Code.MISSING_KEY, where, message, f"add a line `{key}: …`")
    where, value = mapping.places[path].value, details["input"]
    if rest:
        wanted = "keys and values" if details["type"] == "model_type" else "text on one line"
        message = f"item {int(rest[0]) + 1} of {key!r}{of} is {_found(value)}, expected {wanted}"
        remedy = _remedy(schema, str(key), value, wants_text=True, may_go=True)
        return Problem(Code.WRONG_VALUE, where, message, remedy)
    message = f"{key!r}{of} is {_found(value)}, expected {known.description}"
    remedy = _remedy(schema, str(key), value, wants_text=known.annotation is str, may_go=not known.is_required())
    return Problem(Code.WRONG_VALUE, where, message, remedy)


def _innermost(model: type[BaseModel], path: Path) -> tuple[_Fields, list[tuple[str, int]], Path]:
    """The fields of the mapping that holds the place, the list items on the way there, and the rest of the path."""
    parents = []
    while len(path) > 2 and (inner := _item_model(model.model_fields.get(str(path[0])))):
        parents.append((str(path[0]), int(path[1])))
        model, path = inner, path[2:]
    return model.model_fields, parents, path


def _item_model(field: FieldInfo | None) -> type[BaseModel] | None:
    """What a list's items are, if they are mappings."""
    arguments = get_args(field.annotation) if field else ()
    return next((one for one in arguments if isinstance(one, type) and issubclass(one, BaseModel)), None)


def _found(value: object) -> str:
    match value:
        case Unquoted(kind="empty value") | "" | None:
            return "empty"
        case Unquoted(kind=kind, text=text):
            return f"the {kind} {text[:_KEY_CHARS]}"
        case bool() | float() | int():
            return f"the {'truth value' if isinstance(value, bool) else 'number'} {str(value).lower()}"
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
        case str() if key in schema.choices and (close := _closest(value, schema.choices[key])):
            return f"did you mean {close}?"
    return schema.remedies[key]


def _closest(value: str, choices: Sequence[str]) -> str:
    """The choice most like the value, whatever its case; empty if none is like it."""
    spelled = {choice.casefold(): choice for choice in choices}
    close = get_close_matches(value[:_KEY_CHARS].casefold(), spelled, n=1, cutoff=0.5)
    return spelled[close[0]] if close else ""
