"""The JSON Schema of each table's records."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter
from pydantic.json_schema import CoreRef, GenerateJsonSchema

if TYPE_CHECKING:
    from pydantic.json_schema import CoreModeRef, DefsRef, JsonSchemaValue
    from pydantic_core import core_schema

    from generator.dataset.records import Table

# https://json-schema.org/draft/2020-12
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What the schemas have called records from the start.
_NAMES = {
    "Answer": "AnswerRecord",
    "Block": "BlockRecord",
    "Citation": "CitationRecord",
    "Metadata": "CuratedRecord",
    "RelatedPaper": "RelatedRecord",
    "Section": "SectionRecord",
    "Study": "StudyRecord",
}


def schema_name(table: Table) -> str:
    """Where the schema is, below data/."""
    return f"schemas/{table.name}.json"


def schema(table: Table, home: str) -> dict[str, object]:
    """The schema of one line of the table's JSON Lines; `home` is the address of data/."""
    return {"$schema": _DIALECT, "$id": f"{home}{schema_name(table)}"} | _of_record(table.record)


@cache
def _of_record(record: type) -> dict[str, object]:
    return TypeAdapter(record).json_schema(mode="serialization", schema_generator=_AsPublished)


class _AsPublished(GenerateJsonSchema):
    """A record in a data file has all its fields, whatever it could be made without."""

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        return super().dataclass_schema(schema) | {"title": _NAMES[schema["cls"].__name__]}

    def field_is_required(self, *_: object, **__: object) -> bool:
        return True

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def get_defs_ref(self, core_mode_ref: CoreModeRef) -> DefsRef:
        module, _, name = core_mode_ref[0].partition(":")[0].rpartition(".")
        path = core_mode_ref[0].replace(f"{module}.{name}:", f"{module}.{_NAMES.get(name, name)}:")
        return super().get_defs_ref((CoreRef(path), core_mode_ref[1]))
