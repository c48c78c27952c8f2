"""Records of the data files, one JSON object a line, read back: what `generator.dataset` writes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from generator.catalogue import Code
from generator.loading import addition, curated, trace_document
from generator.loading.json_objects import read_object
from generator.loading.located_yaml import Place, PlacedMapping
from generator.loading.validation import checked
from generator.model import Answer, Block, Citation, RelatedPaper, Section, Summary
from generator.problems import Location, Problem, errors, quoted
from generator.records import SummaryRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.model import Record
    from generator.records import SectionRecord

    Read = tuple[Record | None, list[Problem]]

_SUMMARY = TypeAdapter(SummaryRecord)
_IDENTITY = ("planner", "model", "name", "task", "studies")


def are_records(text: str) -> bool:
    """Whether a text means to hold records, well formed or not."""
    return text.startswith("{")


def parse_records(seed: str, text: str) -> tuple[list[Record], list[Problem]]:
    """The record of each line that can be read, and every problem with its line."""
    records: list[Record] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            record, found = read_record(Location(seed, number), line)
            problems += found
            if record and not errors(found):
                records.append(record)
    return records, problems


def read_record(where: Location, line: str) -> Read:
    """The record of one line; None where it has none, and why."""
    values, problem = read_object(where, line)
    if problem:
        return None, [problem]
    for key, read in _READERS.items():
        if key in values:
            return read(where, values)
    found = f"a record of no kind that is read back, with the keys {quoted(', '.join(values))}"
    remedy = "keep the lines of traces.jsonl, papers.jsonl, summaries.jsonl and additions.jsonl"
    return None, [Problem(Code.UNKNOWN_RECORD, where, found, remedy)]


def _mapping(where: Location, values: Mapping[str, object]) -> PlacedMapping:
    """The values as if read from YAML, each in the record's line."""
    return PlacedMapping(values, defaultdict(lambda: Place(where, where)))


def _trace(where: Location, record: Mapping[str, object]) -> Read:
    missing = [key for key in _IDENTITY if key not in record]
    if missing:
        found = f"a trace without {' and '.join(map(repr, missing))}"
        return None, [Problem(Code.MISSING_KEY, where, found, "add what is missing, or export the record anew")]
    studies = record["studies"]
    values = {
        "planner": record["planner"],
        "model": record["model"],
        "paper": record["name"],
        "task": record["task"],
        "studies": list(map(_study, studies)) if isinstance(studies, list) else studies,
    }
    reasoning = _text(record["reasoning"])
    trace, problems = trace_document.trace_of(where.path, _mapping(where, values), reasoning)
    if not reasoning:
        remedy = "give the planner's reasoning as text"
        problems.append(Problem(Code.EMPTY_REASONING, where, "the reasoning is empty", remedy))
    return trace, problems


def _study(study: object) -> object:
    """A study without what is made from the rest."""
    return {key: value for key, value in study.items() if key != "anchor"} if isinstance(study, dict) else study


def _text(value: object) -> str:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def _paper(where: Location, record: Mapping[str, object]) -> Read:
    known = record["curated"]
    if not isinstance(known, dict):
        return None, []
    known = {key: value for key, value in known.items() if value}
    file, problems = checked(curated.SCHEMA, _mapping(where, known))
    return (curated.metadata_of(where.path, file) if file else None), problems


def _addition(where: Location, record: Mapping[str, object]) -> Read:
    known = {key: record[key] for key in ("added", "note", "traces") if record.get(key)}
    file, problems = checked(addition.SCHEMA, _mapping(where, known))
    return (addition.addition_of(where.path, file) if file else None), problems


def _summary(where: Location, values: Mapping[str, object]) -> Read:
    try:
        record = _SUMMARY.validate_python(values, strict=True)
    except ValidationError as error:
        return None, [
            Problem(
                Code.WRONG_VALUE,
                where,
                f"{'.'.join(map(str, details['loc']))!r}: {details['msg']}",
                "correct it, or export the summary anew",
            )
            for details in error.errors()
        ]
    summary = Summary(
        seed=where.path,
        title=record["title"],
        authors=tuple(record["authors"]),
        year=record["year"],
        arxiv=record["arxiv"],
        published=record["published"],
        categories=tuple(record["categories"]),
        source=record["source"],
        overview=record["overview"],
        answers=tuple(Answer(**answer) for answer in record["answers"]),
        abstract=tuple(record["abstract"]),
        generated=record["generated"],
        findings=tuple(map(_section, record["findings"])),
        citation=Citation(**record["citation"]),
        related=tuple(RelatedPaper(**related) for related in record["related"]),
        others=tuple(map(_section, record["others"])),
    )
    return summary, []


def _section(record: SectionRecord) -> Section:
    blocks = tuple(Block(tuple(block["lines"]), block["is_list"]) for block in record["blocks"])
    return Section(record["title"], record["question"], blocks)


# A key that only records of one kind have, and how these are read.
_READERS: Mapping[str, Callable[[Location, Mapping[str, object]], Read]] = {
    "reasoning": _trace,
    "curated": _paper,
    "findings": _summary,
    "note": _addition,
}
