"""A table as Parquet, typed from its records and compressed with Zstandard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import json
from pyarrow import parquet as pq

from generator.dataset.fields import fields

if TYPE_CHECKING:
    from generator.dataset.fields import Field

_ATOMS = {str: pa.string(), int: pa.int64(), bool: pa.bool_()}


def as_parquet(record: type, lines: bytes) -> bytes:
    """The same records as `lines` of JSON hold; lists and nested records stay what they are."""
    schema = pa.schema([_column(field) for field in fields(record)])
    sink = pa.BufferOutputStream()
    pq.write_table(_table(schema, lines), sink, compression="zstd")
    return bytes(sink.getvalue())


def _table(schema: pa.Schema, lines: bytes) -> pa.Table:
    if not lines:
        return pa.Table.from_batches([], schema)
    # In one block, or a record longer than a block would be an error, and in one thread: no machine has a say in it.
    reading = json.ReadOptions(use_threads=False, block_size=len(lines))
    parsing = json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
    return json.read_json(pa.BufferReader(lines), read_options=reading, parse_options=parsing)


def _column(field: Field) -> pa.Field:
    one = pa.struct([_column(inner) for inner in field.fields]) if field.fields else _ATOMS[field.kind]
    return pa.field(field.name, pa.list_(one) if field.many else one)
