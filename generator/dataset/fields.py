"""The fields of a record, read from its type: what Parquet, Croissant and the data dictionary are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Literal, get_args, get_origin, get_type_hints

from typing_extensions import is_typeddict

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


@dataclass(frozen=True, slots=True)
class Field:
    """`kind` is `str`, `int`, `bool` or the type of a nested record; `many` means a list of it, `optional` or null.

    `choices` are all values that the field may have, empty where any may stand.
    """

    name: str
    meaning: str
    kind: type
    many: bool
    optional: bool
    choices: tuple[str, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Those of the nested record, or none."""
        return fields(self.kind) if is_typeddict(self.kind) else ()


@cache
def fields(record: type) -> tuple[Field, ...]:
    """The fields of a record's type, in the order in which they are written."""
    return tuple(_field(name, hint) for name, hint in get_type_hints(record, include_extras=True).items())


def _field(name: str, hint: object) -> Field:
    note: FieldInfo = get_args(hint)[-1]
    kind = _bare(hint)
    options = [option for option in get_args(kind) if option is not NoneType]
    optional = len(options) < len(get_args(kind))
    if optional:
        kind = _bare(options[0])
    many = get_origin(kind) is list
    if many:
        kind = _bare(get_args(kind)[0])
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    return Field(name, note.description or "", str if choices else kind, many, optional, choices)


def _bare(hint: object) -> type:
    """The type without what is annotated to it."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return hint  # type: ignore[return-value]
