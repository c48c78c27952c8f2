"""The dataset's description in Croissant, JSON-LD that dataset searches and loaders read.

Format: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from generator.addresses import data_address
from generator.citing import ATLAS, Publication, cite_corpus
from generator.dataset.card import ABOUT, LICENCE, USE
from generator.dataset.records import TABLES
from generator.fields import fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.dataset.archive import Download
    from generator.dataset.records import Table
    from generator.fields import RecordField
    from generator.model import Corpus, Site

CROISSANT = "croissant.json"
# The context that the specification gives, to be repeated as it is.
_CONTEXT = "croissant_context.json"
_VERSION = "http://mlcommons.org/croissant/1.1"
_TYPES = {str: "sc:Text", int: "sc:Integer", bool: "sc:Boolean"}
_FORMATS = {
    "bib": "application/x-bibtex",
    "csv": "text/csv",
    "json": "application/schema+json",
    "jsonl": "application/jsonlines",
    "parquet": "application/x-parquet",
}


def description(corpus: Corpus, site: Site, downloads: Iterable[Download]) -> dict[str, object]:
    """The description of the corpus and of `downloads`, which hold it."""
    home = data_address(site.url)
    days = [addition.date.isoformat() for addition in corpus.additions]
    # The format asks for semantic versions, whose numbers have no leading zeros.
    version = ".".join(piece.lstrip("0") for piece in corpus.version.split("."))
    dates = {"version": version, "datePublished": days[-1], "dateModified": days[0]} if days else {}
    return {
        "@context": json.loads(files("generator.dataset").joinpath(_CONTEXT).read_text("utf-8")),
        "@type": "sc:Dataset",
        "conformsTo": _VERSION,
        "name": ATLAS,
        "description": ABOUT,
        "url": home,
        "license": LICENCE,
        "citeAs": cite_corpus(Publication(site.url, corpus.version)).bibtex,
        "inLanguage": "en",
        "keywords": ["ablation studies", "benchmark", "language models", "research papers"],
        "creator": {"@type": "sc:Organization", "name": ATLAS, "url": site.url},
        **dates,
        "rai:dataUseCases": USE,
        "distribution": [_file(file, home) for file in downloads],
        "recordSet": [_record_set(table) for table in TABLES],
    }


def _file(file: Download, home: str) -> dict[str, object]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": file.holds,
        "contentUrl": f"{home}{file.name}",
        "contentSize": f"{file.file.size} B",
        "encodingFormat": _FORMATS[file.name.rpartition(".")[2]],
        "sha256": file.file.sha256,
    }


def _record_set(table: Table) -> dict[str, object]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.holds,
        "field": [_column(table, field) for field in fields(table.record)],
    }


def _column(table: Table, field: RecordField) -> dict[str, object]:
    name = f"{table.name}/{field.name}"
    source = {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": field.name}}
    if not field.fields:
        return _field(name, field) | {"dataType": _TYPES[field.kind], "source": source}
    # What lies deeper stands in the JSON Schema: loaders reach one level down and no further.
    inner = [one for one in field.fields if not one.fields]
    return _field(name, field) | {
        "subField": [
            _field(f"{name}/{one.name}", one)
            | {"dataType": _TYPES[one.kind], "source": source | {"transform": {"jsonPath": one.name}}}
            for one in inner
        ]
    }


def _field(name: str, field: RecordField) -> dict[str, object]:
    array = {"isArray": True, "arrayShape": "-1"} if field.many else {}
    return {"@type": "cr:Field", "@id": name, "name": name, "description": field.meaning} | array
