"""Make a record of a seed's keys and values, as its type says: every problem with its place and a remedy."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

from generator.diagnostics import Code, Diagnostic, sorted_unique, truncated
from generator.fields import keys
from generator.loading.located_yaml import Unquoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic_core import ErrorDetails

    from generator.fields import RecordField
    from generator.loading.located_yaml import LocatedMapping, Path

_KEY_CHARS = 60

Record = TypeVar("Record")


def validate(kind: type[Record], mapping: LocatedMapping, **given: object) -> tuple[Record | None, list[Diagnostic]]:
    """Make a record of a mapping, and of fields that are given beside it.

    Returns None, and every problem with its place, where a key or a value is not as the record's type says.
    """
    values, diagnostics = _known(kind, mapping.values, mapping, ())
    try:
        # mypy takes the hash of a type's objects for its own.
        record = adapter(kind).validate_python(values | given)  # type: ignore[arg-type]
    except ValidationError as error:
        diagnostics += [_problem(kind, mapping, details) for details in error.errors()]
    return (None if diagnostics else record), list(sorted_unique(diagnostics))


@cache
def adapter(kind: type[Record]) -> TypeAdapter[Record]:
    """The validator and serializer of a record's type; making one takes a while."""
    return TypeAdapter(kind)


def _known(
    kind: type, values: Mapping[str, object], mapping: LocatedMapping, path: Path
) -> tuple[dict[str, object], list[Diagnostic]]:
    """The values at `path` whose keys the record's type knows, and the problems of the others."""
    fields = keys(kind)
    diagnostics = [_unknown_key(fields, mapping, (*path, key)) for key in values if key not in fields]
    known = {key: value for key, value in values.items() if key in fields}
    for key, field in fields.items():
        items = known.get(key)
        if field.fields and isinstance(items, list):
            known[key] = [
                _item(field.kind, one, mapping, (*path, key, at), diagnostics) for at, one in enumerate(items)
            ]
    return known, diagnostics


def _item(kind: type, value: object, mapping: LocatedMapping, path: Path, diagnostics: list[Diagnostic]) -> object:
    """An item of a list of records; what is no mapping stays what it is."""
    if not isinstance(value, dict):
        return value
    known, found = _known(kind, value, mapping, path)
    diagnostics += found
    return known


def _unknown_key(fields: Mapping[str, RecordField], mapping: LocatedMapping, path: Path) -> Diagnostic:
    *parents, key = path
    close = get_close_matches(str(key)[:_KEY_CHARS], fields, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(fields)}"
    found = f"unknown key {truncated(str(key))}{_of(parents)}"
    return Diagnostic(Code.UNKNOWN_KEY, mapping.key_place(path), found, hint)


def _problem(kind: type, mapping: LocatedMapping, details: ErrorDetails) -> Diagnostic:
    path: Path = details["loc"]
    field, parents, rest = _innermost(kind, path)
    name = f"{field.key!r}{_of(parents)}"
    if details["type"] == "missing":
        message = f"no key {name}, expected {field.expected}"
        return Diagnostic(Code.MISSING_KEY, mapping.place(path[:-1]), message, f"add a line `{field.key}: …`")
    value = details["input"]
    if rest:
        wanted = "keys and values" if field.fields else "text on one line"
        message = f"item {int(rest[0]) + 1} of {name} is {_found(value)}, expected {wanted}"
        hint = _hint(field, value, wants_text=True, may_go=True)
    else:
        message = f"{name} is {_found(value)}, expected {field.expected}"
        hint = _hint(field, value, wants_text=field.is_text, may_go=not field.needed)
    return Diagnostic(Code.WRONG_VALUE, mapping.place(path), message, hint)


def _innermost(kind: type, path: Path) -> tuple[RecordField, Path, Path]:
    """The field at a place, the lists and items that lead there, and what of the path leads on within the field."""
    at = 0
    while len(path) > at + 2 and keys(kind)[str(path[at])].fields:
        kind = keys(kind)[str(path[at])].kind
        at += 2
    return keys(kind)[str(path[at])], path[:at], path[at + 1 :]


def _of(parents: Sequence[str | int]) -> str:
    """The lists and items that hold a key."""
    pairs = zip(parents[::2], parents[1::2], strict=True)
    return "".join(f" of item {int(index) + 1} of {parent!r}" for parent, index in pairs)


def _found(value: object) -> str:
    match value:
        case Unquoted(kind="empty value") | "" | None:
            return "empty"
        case Unquoted(kind=kind, text=text):
            return f"the {kind} {text[:_KEY_CHARS]}"
        case bool() | float() | int():
            return f"the {'truth value' if isinstance(value, bool) else 'number'} {str(value).lower()}"
        case str():
            return f"the text {truncated(value)}"
        case list() | tuple():
            return "a list" if value else "an empty list"
    return "a mapping"


def _hint(field: RecordField, value: object, *, wants_text: bool, may_go: bool) -> str:
    match value:
        case Unquoted(kind="empty value") | "" | [] | ():
            return "give a value or delete the line" if may_go else "give a value"
        case Unquoted(text=text) | (int() as text) if wants_text:
            return f'quote it: "{text}"'
        case str() if found := field.part_in(value):
            return f'write "{found}" alone'
        case str() if close := _closest(value, field.choices):
            return f"did you mean {close}?"
    return field.hint


def _closest(value: str, choices: Sequence[str]) -> str:
    """The choice most like the value, whatever its case; empty if none is like it."""
    spelled = {choice.casefold(): choice for choice in choices}
    close = get_close_matches(value[:_KEY_CHARS].casefold(), spelled, n=1, cutoff=0.5)
    return spelled[close[0]] if close else ""
