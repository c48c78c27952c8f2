"""A table as Parquet, typed from its records and compressed with Zstandard."""

import pyarrow as pa
from pyarrow import json
from pyarrow import parquet as pq

from generator.fields import RecordField, fields

_ATOMS = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), float: pa.float64()}


class Parquet:
    """A table while its records come in; lists and nested records stay what they are."""

    def __init__(self, record: type) -> None:
        self._schema = pa.schema([_column(field) for field in fields(record)])
        self._sink = pa.BufferOutputStream()
        self._writer = pq.ParquetWriter(self._sink, self._schema, compression="zstd")

    def add(self, lines: bytes) -> None:
        """Add a group of rows: records as lines of JSON."""
        # In one block, or a record longer than a block would be an error; in one thread, so no machine has a say in it.
        reading = json.ReadOptions(use_threads=False, block_size=len(lines))
        parsing = json.ParseOptions(explicit_schema=self._schema, unexpected_field_behavior="error")
        self._writer.write_table(json.read_json(pa.BufferReader(lines), read_options=reading, parse_options=parsing))

    def getvalue(self) -> bytes:
        """Return the file, after the last group."""
        self._writer.close()
        return bytes(self._sink.getvalue())


def _column(field: RecordField) -> pa.Field:
    one = pa.struct([_column(inner) for inner in field.fields]) if field.fields else _ATOMS[field.kind]
    return pa.field(field.name, pa.list_(one) if field.many else one)
