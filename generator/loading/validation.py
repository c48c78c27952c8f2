"""Make a record of a seed's keys and values, as its type says, and check what types cannot say of one.

Limits are far above any real seed, and low enough for builders and browsers to show what keeps to them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from generator import model
from generator.diagnostics import Code, Diagnostic, Location, errors, sorted_unique, truncated
from generator.fields import RecordField, keys
from generator.loading.located_yaml import LocatedMapping, Path, Unquoted, read_mapping
from generator.model import Action, Addition, Gold, Metadata, Study, Trace, Verdict
from generator.package_data import load_yaml
from generator.text.slugs import anchor

_KEY_CHARS = 60
# Of a thousand real traces the longest reasoning has 3,930 characters, the longest other text 338, the longest list 17.
_REASONING = 1_000_000
_TEXT = 20_000
_ITEMS = 1_000
# An addition may list a whole corpus.
_OF_ANY_LENGTH = "traces"
# Keys of files in YAML whose places the record keeps, for what is found wrong when all records are linked.
_PLACED = {
    Metadata: ("title", "aliases", "slug"),
    Addition: ("traces",),
    Verdict: ("trace", "studies"),
    Gold: ("paper",),
}

Record = TypeVar("Record")
# Which fields of a record's type may be written, by what they are called there.
KnownFields = Callable[[type], Mapping[str, RecordField]]


def parse_yaml(kind: type[Record], seed: str, text: str) -> tuple[Record | None, list[Diagnostic]]:
    """Read the record in a decoded YAML text; None, and every problem with its line, where something is wrong."""
    mapping, diagnostics = read_mapping(seed, text)
    if mapping is None:
        return None, diagnostics
    record, found = place_record(kind, seed, mapping)
    diagnostics += found
    return (None if errors(diagnostics) else record), list(sorted_unique(diagnostics))


def place_record(kind: type[Record], seed: str, mapping: LocatedMapping) -> tuple[Record | None, list[Diagnostic]]:
    """Make the record of a mapping, with the places of values that other seeds may contradict, item by item."""
    paths: list[Path] = []
    for key in _PLACED[kind]:
        value = mapping.values.get(key)
        paths += [(key, at) for at in range(len(value))] if isinstance(value, list) else [(key,)] if value else []
    return validate(kind, mapping, seed=seed, places=tuple(map(mapping.place, paths)))


def validate(
    kind: type[Record], mapping: LocatedMapping, known: KnownFields = keys, **given: object
) -> tuple[Record | None, list[Diagnostic]]:
    """Make a record of a mapping, and of fields that are given beside it.

    Returns None, and every problem with its place, where a key or a value is not as the record's type says.
    """
    values, diagnostics = _known(known, kind, mapping.values, mapping, ())
    try:
        # mypy takes the hash of a type's objects for its own.
        record = adapter(kind).validate_python(values | given)  # type: ignore[arg-type]
    except ValidationError as error:
        diagnostics += [_problem(known, kind, mapping, details) for details in error.errors()]
    right = sample_of(kind)
    return (None if diagnostics else record), list(sorted_unique(replace(one, sample=right) for one in diagnostics))


def sample_of(kind: type) -> str:
    """Return what is right in a seed that holds a record of this type, in YAML; empty if there is no sample of it."""
    return _samples().get(kind.__name__, "")


@cache
def _samples() -> Mapping[str, str]:
    return load_yaml("generator.loading", "samples.yml", dict[str, str])


@cache
def adapter(kind: type[Record]) -> TypeAdapter[Record]:
    """Return the validator and serializer of a record's type; making one takes a while."""
    return TypeAdapter(kind)


def _known(
    known_fields: KnownFields, kind: type, values: Mapping[str, object], mapping: LocatedMapping, path: Path
) -> tuple[dict[str, object], list[Diagnostic]]:
    """Return the values at `path` whose keys the record's type knows, and the problems of the others."""
    known_keys = known_fields(kind)
    diagnostics = [_unknown_key(known_keys, mapping, (*path, key)) for key in values if key not in known_keys]
    known = {key: value for key, value in values.items() if key in known_keys}
    for key, field in known_keys.items():
        items = known.get(key)
        if field.fields and isinstance(items, list):
            nested = [
                _known(known_fields, field.kind, one, mapping, (*path, key, at)) if isinstance(one, dict) else (one, [])
                for at, one in enumerate(items)
            ]
            known[key] = [value for value, _ in nested]
            diagnostics += [diagnostic for _, found in nested for diagnostic in found]
    return known, diagnostics


def _unknown_key(known: Mapping[str, RecordField], mapping: LocatedMapping, path: Path) -> Diagnostic:
    *parents, key = path
    close = get_close_matches(str(key)[:_KEY_CHARS], known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"use one of {', '.join(known)}"
    found = f"unknown key {truncated(str(key))}{_of(parents)}"
    return Diagnostic(Code.UNKNOWN_KEY, mapping.key_place(path), found, hint)


def _problem(known: KnownFields, kind: type, mapping: LocatedMapping, details: ErrorDetails) -> Diagnostic:
    path: Path = details["loc"]
    field, parents, rest = _innermost(known, kind, path)
    name = f"{field.key!r}{_of(parents)}"
    if details["type"] == "missing":
        message = f"no key {name}, expected {field.expected}"
        return Diagnostic(Code.MISSING_KEY, mapping.place(path[:-1]), message, f"add a line `{field.key}: …`")
    value = details["input"]
    if rest:
        wanted = "keys and values" if field.fields else "text on one line"
        message = f"item {int(rest[0]) + 1} of {name} is {_found(value)}, expected {wanted}"
        hint = _hint(field, value, wants_text=not field.fields, may_go=True)
    else:
        message = f"{name} is {_found(value)}, expected {field.expected}"
        hint = _hint(field, value, wants_text=field.is_text, may_go=not field.needed)
    return Diagnostic(Code.WRONG_VALUE, mapping.place(path), message, hint)


def _innermost(known: KnownFields, kind: type, path: Path) -> tuple[RecordField, Path, Path]:
    """Find the field at a place, the fields and items that lead there, and what of the path leads on within it."""
    at = 0
    field = known(kind)[str(path[at])]
    while field.fields and len(path) > (below := at + 1 + field.many):
        at, field = below, known(field.kind)[str(path[below])]
    return field, path[:at], path[at + 1 :]


def _of(parents: Sequence[str | int]) -> str:
    """Return the fields and items that hold a key."""
    return "".join(f" of item {one + 1}" if isinstance(one, int) else f" of {one!r}" for one in reversed(parents))


def _found(value: object) -> str:
    match value:
        case Unquoted(kind="empty value") | "" | None:
            return "empty"
        case Unquoted(kind=kind, text=text):
            return f"the {kind} {text[:_KEY_CHARS]}"
        case bool() | float() | int():
            kind = "truth value" if isinstance(value, bool) else "number"
            return f"the {kind} {str(value).lower()[:_KEY_CHARS]}"
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
        case dict() | list() | str() if wants_text and field.many:
            return "put it in quotes, on one line, without blanks at its ends"
    return field.hint


def _closest(value: str, choices: Sequence[str]) -> str:
    """Return the choice most like the value, whatever its case; empty if none is like it."""
    spelled = {choice.casefold(): choice for choice in choices}
    close = get_close_matches(value[:_KEY_CHARS].casefold(), spelled, n=1, cutoff=0.5)
    return spelled[close[0]] if close else ""


def assign_anchors(studies: Iterable[Study]) -> tuple[Study, ...]:
    """Return a plan's studies with their anchors, made of part, action and replacements.

    Studies alike in these are told apart by their order, the rest keep their anchors.
    """
    seen: Counter[str] = Counter()
    found = []
    for study in studies:
        own = anchor(study.ablated_part, (study.ablated_part, study.action, *study.replacements))
        seen[own] += 1
        found.append(replace(study, anchor=f"{own}-{seen[own]}" if seen[own] > 1 else own))
    return tuple(found)


def check_replacements(action: str, items: Sequence[str], where: Location, writing: str) -> list[Diagnostic]:
    """Check that an action and its replacements go together; `writing` says how they are written."""
    if action == Action.REPLACE and not any(items):
        return [Diagnostic(Code.REPLACE_WITHOUT_REPLACEMENT, where, "REPLACE without a replacement", f"add {writing}")]
    if action == Action.ADD and not items:
        hint = f"list what is added, as {writing}, if the planner said so"
        return [Diagnostic(Code.ADD_WITHOUT_REPLACEMENT, where, "ADD without a replacement", hint)]
    if action == Action.REMOVE and items:
        return [Diagnostic(Code.REMOVE_WITH_REPLACEMENT, where, "REMOVE with a replacement")]
    return []


def check_lengths(record: model.Record) -> list[Diagnostic]:
    """Return a problem for each text or list of a record that is too long; the texts of a list count together."""
    return list(_too_long(record, Location(record.seed)))


def _too_long(value: object, where: Location, name: str = "") -> Iterator[Diagnostic]:
    if isinstance(value, str):
        yield from _beyond(_REASONING if name == "reasoning" else _TEXT, len(value), "characters", name, where)
    elif isinstance(value, tuple) and name != _OF_ANY_LENGTH:
        yield from _beyond(_ITEMS, len(value), "items", name, where)
        yield from _too_long("".join(item for item in value if isinstance(item, str)), where, name)
        for item in value:
            if not isinstance(item, str):
                yield from _too_long(item, where, name)
    elif is_dataclass(value):
        if isinstance(value, (Trace, Study)):
            where = replace(where, line=value.line)
        for field in _fields(type(value)):  # type: ignore[arg-type] # mypy takes the hash of its objects for its own
            yield from _too_long(getattr(value, field), where, field)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """Return the fields of a dataclass. What is not compared says where things stand, not what they are."""
    return tuple(field.name for field in fields(kind) if field.compare)


def _beyond(limit: int, length: int, unit: str, name: str, where: Location) -> Iterator[Diagnostic]:
    if length > limit:
        found = f"{name.replace('_', ' ')!r} holds {length:,} {unit}, more than {limit:,}"
        yield Diagnostic(Code.TOO_LONG, where, found)
