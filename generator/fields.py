"""The fields of a record, read from its annotated type: what readers, writers, schemas and the data dictionary know."""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from pydantic import AfterValidator
from pydantic.fields import FieldInfo
from typing_extensions import is_typeddict

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Written:
    """How a seed spells a value: `expected` completes "expected …", `hint` says what to do about another one.

    `part` is what of a longer text may be the value that is meant, `item` what stands in each line of a list.
    """

    expected: str
    hint: str = "write it on one line, without blanks at its ends"
    part: re.Pattern[str] | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class RecordField:
    """`kind` is `str`, `int`, `bool` or the type of a nested record; `many` means several of it, `optional` or null.

    `choices` are all values that the field may have, empty where any may stand. `key` is its name in a seed that holds
    it, which says how it is `written`; unless `needed` it may be left out there.
    """

    name: str
    meaning: str
    kind: type
    many: bool
    optional: bool
    choices: tuple[str, ...]
    key: str
    written: Written | None
    needed: bool

    @property
    def fields(self) -> "tuple[RecordField, ...]":
        """Return those of the nested record, or none."""
        return fields(self.kind) if dataclasses.is_dataclass(self.kind) or is_typeddict(self.kind) else ()

    @property
    def expected(self) -> str:
        """Return the value that a seed is to hold here; completes "expected …"."""
        written = self.written or Written(self.meaning)
        return f"{written.expected}, one `- {written.item}` per line" if written.item else written.expected

    @property
    def hint(self) -> str:
        """Advice for whoever wrote anything else."""
        written = self.written or Written(self.meaning)
        return f"write `{self.key}:` and below it one `- {written.item}` per line" if written.item else written.hint

    def part_in(self, text: str) -> str:
        """Find in a text the value that may be meant, empty if nothing is."""
        found = self.written.part.search(text) if self.written and self.written.part else None
        return found[0] if found else ""

    @property
    def is_text(self) -> bool:
        """Tell whether any text may stand there, and nothing else."""
        return self.kind is str and not self.many and not self.choices


def means(text: str, **known: Any) -> FieldInfo:  # noqa: ANN401 -- pydantic names and checks them
    """Return what annotates a field with its meaning, which Babel finds, and what else pydantic's `Field` takes."""
    return FieldInfo(description=text, **known)


def must(holds: Callable[[Any], object]) -> AfterValidator:
    """Refuse a value of a seed for which a test does not hold; schemas of data files say nothing of it."""

    def check(value: Value) -> Value:
        if not holds(value):
            raise ValueError(value)
        return value

    return AfterValidator(check)


@cache
def fields(record: type) -> tuple[RecordField, ...]:
    """Return the published fields of a record's type, in the order in which they are written."""
    return tuple(field for field in _all(record) if field.meaning)


@cache
def keys(record: type) -> dict[str, RecordField]:
    """Return the fields of a record that a seed gives, by their keys there."""
    return {field.key: field for field in _all(record) if field.written}


def hints(record: type) -> dict[str, Any]:
    """Return the annotated types of a record's published fields, by name."""
    known = get_type_hints(record, include_extras=True)
    return {field.name: known[field.name] for field in fields(record)}


def _all(record: type) -> list[RecordField]:
    own = dataclasses.fields(record) if dataclasses.is_dataclass(record) else ()
    may_go = {field.name for field in own if field.default is not dataclasses.MISSING}
    known = get_type_hints(record, include_extras=True)
    return [_field(name, hint, may_go=name in may_go) for name, hint in known.items()]


def _field(name: str, hint: object, *, may_go: bool) -> RecordField:
    info = FieldInfo.from_annotation(hint)  # type: ignore[arg-type] # an annotated type is none to mypy
    options = [one for one in get_args(info.annotation) if one is not NoneType]
    optional = NoneType in get_args(info.annotation)
    kind = _bare(options[0] if optional else info.annotation)
    many = get_origin(kind) is tuple
    if many:
        kind = _bare(get_args(kind)[0])
    choices = tuple(member.value for member in kind) if issubclass(kind, Enum) else ()
    return RecordField(
        name=name,
        meaning=info.description or "",
        kind=str if choices else kind,
        many=many,
        optional=optional,
        choices=choices,
        key=info.alias or name,
        written=next((note for note in info.metadata if isinstance(note, Written)), None),
        needed=not may_go and info.is_required(),
    )


def _bare(hint: object) -> Any:  # noqa: ANN401 -- mypy knows no type of types like `tuple[str, ...]`
    """Return the type without what is annotated to it."""
    return FieldInfo.from_annotation(hint).annotation  # type: ignore[arg-type] # as above
