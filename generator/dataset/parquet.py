"""A table as Parquet, typed from its records and compressed with Zstandard."""

from collections.abc import Iterator
from io import BytesIO
from itertools import islice

import pyarrow as pa
from pyarrow import json
from pyarrow import parquet as pq

from generator.fields import RecordField, fields

# So many rows are in memory at a time.
_GROUP = 500
_ATOMS = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), float: pa.float64()}


def as_parquet(lines: Iterator[bytes], record: type) -> Iterator[bytes]:
    """Yield the bytes of a table group by group; `lines` are its records as JSON."""
    schema = pa.schema([_column(field) for field in fields(record)])
    sink = BytesIO()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := b"".join(islice(lines, _GROUP)):
            # In one block, or a record longer than a block would be an error; in one thread, so no machine has a say
            # in it.
            reading = json.ReadOptions(use_threads=False, block_size=len(group))
            parsing = json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
            writer.write_table(json.read_json(pa.BufferReader(group), read_options=reading, parse_options=parsing))
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
