"""A table as Parquet, typed from its records and compressed with Zstandard."""

from collections.abc import Iterable, Iterator
from io import BytesIO

import pyarrow as pa
from pyarrow import json
from pyarrow import parquet as pq

from generator.fields import RecordField, fields

_ATOMS = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), float: pa.float64()}


def as_parquet(groups: Iterable[bytes], record: type) -> Iterator[bytes]:
    """Yield the bytes of a table piece by piece: each group of rows is made of records as lines of JSON."""
    schema = pa.schema([_column(field) for field in fields(record)])
    sink = BytesIO()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for lines in groups:
            # In one block, or a record longer than a block would be an error; in one thread, so no machine has a say
            # in it.
            reading = json.ReadOptions(use_threads=False, block_size=len(lines))
            parsing = json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
            writer.write_table(json.read_json(pa.BufferReader(lines), read_options=reading, parse_options=parsing))
            yield _taken(sink)
    yield _taken(sink)


def _taken(sink: BytesIO) -> bytes:
    """Return what has been written, and forget it."""
    written = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return written


def _column(field: RecordField) -> pa.Field:
    one = pa.struct([_column(inner) for inner in field.fields]) if field.fields else _ATOMS[field.kind]
    return pa.field(field.name, pa.list_(one) if field.many else one)
