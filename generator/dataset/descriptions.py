"""The files that describe the dataset: a JSON Schema per table, Croissant, and the dataset card.

Croissant: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html, JSON-LD for dataset searches and loaders
Card: https://huggingface.co/docs/hub/datasets-cards, what the Hugging Face Hub shows, and which files it loads
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter
from pydantic.json_schema import CoreModeRef, CoreRef, DefsRef, GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from generator.addresses import data_address
from generator.citing import Edition, cite_corpus
from generator.dataset.records import Download, Table, tables_of
from generator.fields import RecordField, fields
from generator.messages import ENGLISH, _
from generator.model import Corpus
from generator.package_data import render_text
from generator.publication import Held, Publication
from generator.text.slugs import slugify

CARD = "README.md"
ABOUT = _(
    "What language-model planners would ablate: the reasoning and the plan of each run of a planner on a research "
    "paper, study by study, with facts about the papers and AI-written summaries."
)
CROISSANT = "croissant.json"
# The context that the specification gives, to be repeated as it is.
_CONTEXT = "croissant_context.json"
_VERSION = "http://mlcommons.org/croissant/1.1"
_KNOWN_LICENCE = re.compile(r"cc0-1\.0|cc-by(?:-nc)?(?:-sa|-nd)?-[2-4]\.[05]|mit|apache-2\.0|odc-by|pddl")
_TYPES = {str: "sc:Text", int: "sc:Integer", bool: "sc:Boolean", float: "sc:Float"}
_FORMATS = {
    "bib": "application/x-bibtex",
    "csv": "text/csv",
    "json": "application/schema+json",
    "jsonl": "application/jsonlines",
    "parquet": "application/x-parquet",
}
# https://json-schema.org/draft/2020-12
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What the schemas have called records from the start, where it is not the name of the type with "Record" behind it.
_NAMES = {"Metadata": "CuratedRecord", "RelatedPaper": "RelatedRecord"}


def archive_name(site: Publication) -> str:
    """Return what the archive of all other files is called."""
    return f"{site.slug}.zip"


def rights(site: Publication) -> str:
    """Say where the texts come from and what may be done with them; empty where nothing is known of that."""
    origins = {
        held: " and ".join(f"{one.name} ({one.url})" if one.url else one.name for one in sources)
        for held in Held
        if (sources := [one for one in site.sources if one.holds is held])
    }
    return render_text("rights.txt.jinja", site=site, origins=origins).strip()


def dataset_card(corpus: Corpus, site: Publication) -> bytes:
    """Return the card of the dataset as it is published on the site."""
    # What the Hub knows is written as it spells it (https://huggingface.co/docs/hub/repositories-licenses).
    spelled = site.licence.lower().replace(" ", "-")
    return render_text(
        "dataset_card.md.jinja",
        site=site,
        about=ENGLISH.say(ABOUT),
        say=ENGLISH.say,
        home=data_address(site.url),
        tables=tables_of(corpus),
        rights=rights(site),
        licence=spelled if _KNOWN_LICENCE.fullmatch(spelled) else "",
        named=slugify(site.licence or "see the card"),
        citation=cite_corpus(Edition(site, site.url, corpus.version))["BibTeX"],
    ).encode()


def description(corpus: Corpus, site: Publication, downloads: Iterable[Download]) -> dict[str, object]:
    """Return the description of the corpus and of `downloads`, which hold it."""
    home = data_address(site.url)
    days = [addition.date.isoformat() for addition in corpus.additions] or [""]
    # The format asks for semantic versions, whose numbers have no leading zeros.
    version = ".".join(piece.lstrip("0") for piece in corpus.version.split("."))
    known = {
        "@context": json.loads(files("generator.dataset").joinpath(_CONTEXT).read_text("utf-8")),
        "@type": "sc:Dataset",
        "conformsTo": _VERSION,
        "name": site.name,
        "description": ENGLISH.say(ABOUT),
        "url": home,
        "license": site.licence_url or (rights(site) if site.licence or site.rights else ""),
        "citeAs": cite_corpus(Edition(site, site.url, corpus.version))["BibTeX"],
        "inLanguage": site.texts_language,
        "keywords": ["ablation studies", "benchmark", "language models", "research papers"],
        "creator": {"@type": "sc:Organization", "name": site.publisher or site.name, "url": site.url},
        "version": version,
        "datePublished": days[-1],
        "dateModified": days[0],
        "rai:dataUseCases": site.terms,
        "distribution": [_file(file, home) for file in downloads],
        "recordSet": [_record_set(table) for table in tables_of(corpus)],
    }
    return {key: value for key, value in known.items() if value or key == "url"}


def _file(file: Download, home: str) -> dict[str, object]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": ENGLISH.say(file.holds),
        "contentUrl": f"{home}{file.name}",
        "contentSize": f"{file.file.size} B",
        "encodingFormat": _FORMATS[file.name.rpartition(".")[2]],
        "sha256": file.file.sha256,
    }


def _record_set(table: Table) -> dict[str, object]:
    file = {"@id": f"{table.name}.parquet"}
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": ENGLISH.say(table.holds),
        "field": [
            _field(f"{table.name}/{field.name}", field, {"fileObject": file, "extract": {"column": field.name}})
            for field in fields(table.record)
        ],
    }


def _field(name: str, field: RecordField, source: dict[str, object]) -> dict[str, object]:
    array = {"isArray": True, "arrayShape": "-1"} if field.many else {}
    found = {"@type": "cr:Field", "@id": name, "name": name, "description": field.meaning} | array
    if not field.fields:
        return found | {"dataType": _TYPES[field.kind], "source": source}
    # What lies deeper stands in the JSON Schema: loaders reach one level down and no further.
    inner = [one for one in field.fields if not one.fields]
    within = [_field(f"{name}/{one.name}", one, source | {"transform": {"jsonPath": one.name}}) for one in inner]
    return found | {"subField": within}


def schema_name(table: Table) -> str:
    """Return where the schema is, below data/."""
    return f"schemas/{table.name}.json"


def schema(table: Table, home: str) -> dict[str, object]:
    """Return the schema of one line of the table's JSON Lines; `home` is the address of data/."""
    return {"$schema": _DIALECT, "$id": f"{home}{schema_name(table)}"} | _of_record(table.record)


def _published(name: str) -> str:
    return _NAMES.get(name) or f"{name.removesuffix('Record')}Record"


@cache
def _of_record(record: type) -> dict[str, object]:
    return TypeAdapter(record).json_schema(mode="serialization", schema_generator=_AsPublished)


class _AsPublished(GenerateJsonSchema):
    """A record in a data file has all its fields, whatever it could be made without."""

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        return super().dataclass_schema(schema) | {"title": _published(schema["cls"].__name__)}

    def field_is_required(self, *_: object, **__: object) -> bool:
        return True

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def get_defs_ref(self, core_mode_ref: CoreModeRef) -> DefsRef:
        module, _, name = core_mode_ref[0].partition(":")[0].rpartition(".")
        path = core_mode_ref[0].replace(f"{module}.{name}:", f"{module}.{_published(name)}:")
        return super().get_defs_ref((CoreRef(path), core_mode_ref[1]))
