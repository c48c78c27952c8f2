"""The JSON Schema of each table's records."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

if TYPE_CHECKING:
    from generator.records import Table

# https://json-schema.org/draft/2020-12
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_name(table: Table) -> str:
    """Where the schema is, below data/."""
    return f"schemas/{table.name}.json"


def schema(table: Table, home: str) -> dict[str, object]:
    """The schema of one line of the table's JSON Lines; `home` is the address of data/."""
    return {"$schema": _DIALECT, "$id": f"{home}{schema_name(table)}"} | _of_record(table.record)


@cache
def _of_record(record: type) -> dict[str, object]:
    return TypeAdapter(record).json_schema()
