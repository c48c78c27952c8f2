"""Records of the data files, one JSON object a line, read back: what `generator.dataset` writes."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

import yaml

from generator.diagnostics import Code, Diagnostic, Location, errors, truncated
from generator.fields import RecordField, fields, keys
from generator.loading.located_yaml import LocatedMapping
from generator.loading.trace_document import IN_JSON, given, trace_of
from generator.loading.validation import place_record, sample_of, validate
from generator.model import Addition, Gold, Metadata, Record, Summary, Trace, Verdict

Read = tuple[Record | None, list[Diagnostic]]

# What no other seed may hold either, though JSON can spell it.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")
_IDENTITY = ("planner", "model", "name", "task")


def parse_records(seed: str, text: str) -> tuple[list[Record], list[Diagnostic]]:
    """Return the record of each line that can be read, and every problem with its line.

    One record alone may be written over several lines.
    """
    records: list[Record] = []
    diagnostics: list[Diagnostic] = []
    lines = [text] if text.startswith("{\n") else text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            record, found = read_record(Location(seed, number), line)
            diagnostics += found
            if record and not errors(found):
                records.append(record)
    return records, diagnostics


def read_record(where: Location, line: str) -> Read:
    """Return the record of one line; None where it has none, and why."""
    values, diagnostic = read_object(where, line)
    return (None, [diagnostic]) if diagnostic else record_of(where, values)


def record_of(where: Location, values: Mapping[str, object]) -> Read:
    """Return the record that an object is; None where it is none, and why."""
    for key, read in _READERS.items():
        if key in values:
            record, diagnostics = read(where, values)
            return record, [replace(one, sample=_as_json(one.sample)) for one in diagnostics]
    found = f"a record of no kind that is read back, with the keys {truncated(', '.join(values))}"
    return None, [Diagnostic(Code.UNKNOWN_RECORD, where, found)]


def _as_json(sample: str) -> str:
    """Return a sample of a seed, which is YAML, as a record has it."""
    return sample and json.dumps(yaml.load(sample, Loader=yaml.CSafeLoader), ensure_ascii=False, default=str)


def _trace(where: Location, record: Mapping[str, object]) -> Read:
    if diagnostic := _incomplete(where, record, Trace, (*_IDENTITY, "studies")):
        return None, [diagnostic]
    values = {
        key: value
        for key, field in keys(Trace).items()
        if (value := record.get(field.name)) not in (None, "") or field.needed
    }
    studies = record["studies"]
    if isinstance(studies, str) and studies.startswith("["):
        studies = read_object(where, f'{{"studies": {studies}}}')[0].get("studies", studies)
    values["studies"] = list(map(_study, studies)) if isinstance(studies, list) else studies
    reasoning = _text(record["reasoning"])
    trace, diagnostics = trace_of(where.path, LocatedMapping(values, {(): where}), reasoning, IN_JSON)
    if not reasoning:
        hint = "give the planner's reasoning as text"
        diagnostics.append(Diagnostic(Code.EMPTY_REASONING, where, "the reasoning is empty", hint))
    return trace, diagnostics


def _study(study: object) -> object:
    """Return a study without what is made from the rest, and without nulls; tables may hold it as JSON text."""
    if isinstance(study, str) and study.startswith("{"):
        study = read_object(Location(""), study)[0] or study
    if not isinstance(study, dict):
        return study
    return {key: value for key, value in study.items() if key != "anchor" and value is not None}


def _text(value: object) -> str:
    """Return a text with the line ends of a file that was read."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else ""


def _paper(where: Location, record: Mapping[str, object]) -> Read:
    curated = record["curated"]
    if not isinstance(curated, dict):
        return None, []
    known = {key: value for key, value in curated.items() if value}
    return place_record(Metadata, where.path, LocatedMapping(known, {(): where}))


def _record(kind: type[Record], where: Location, record: Mapping[str, object]) -> Read:
    return place_record(kind, where.path, LocatedMapping(given(kind, record), {(): where}))


def _summary(where: Location, record: Mapping[str, object]) -> Read:
    if diagnostic := _incomplete(where, record, Summary, ("title",)):
        return None, [diagnostic]
    values = {name: record[name] for name in _published(Summary) if name in record}
    return validate(Summary, LocatedMapping(values, {(): where}), _published, seed=where.path)


def _published(kind: type) -> dict[str, RecordField]:
    return {field.name: field for field in fields(kind)}


def _incomplete(where: Location, record: Mapping[str, object], kind: type, needed: Iterable[str]) -> Diagnostic | None:
    missing = " and ".join(repr(key) for key in needed if key not in record)
    found, hint = f"a {kind.__name__.lower()} without {missing}", "add what is missing, or export the record anew"
    return Diagnostic(Code.MISSING_KEY, where, found, hint, sample=sample_of(kind)) if missing else None


def read_object(where: Location, text: str) -> tuple[dict[str, object], Diagnostic | None]:
    """Read the object in a text that begins in the line `where`; an empty one, and the reason, if there is none."""
    values, diagnostic = decode_object(where, text)
    diagnostic = diagnostic or control_character(where, values)
    return ({}, diagnostic) if diagnostic else (values, None)


def decode_object(where: Location, text: str) -> tuple[dict[str, object], Diagnostic | None]:
    """Read an object as `read_object` does, but control characters pass."""
    values, diagnostic = decode(where, text)
    if not isinstance(values, dict):
        found, hint = "not a JSON object", "write one object a line, in braces"
        return {}, diagnostic or Diagnostic(Code.BROKEN_JSON, where, found, hint)
    return values, None


def decode(where: Location, text: str) -> tuple[object, Diagnostic | None]:
    """Read any JSON value in a text that begins in the line `where`; None, and the reason, if there is none."""
    try:
        return json.loads(text), None
    except json.JSONDecodeError as error:
        place = Location(where.path, where.line + error.lineno - 1, error.colno)
        hint = "correct the line, or export it anew"
        return None, Diagnostic(Code.BROKEN_JSON, place, f"broken JSON: {error.msg}", hint)
    except (ValueError, RecursionError) as error:
        found = "nested too deep" if isinstance(error, RecursionError) else str(error)
        return None, Diagnostic(Code.BROKEN_JSON, where, f"broken JSON: {found}", "write plain records")


def control_character(where: Location, values: object) -> Diagnostic | None:
    """Report a character in the texts of a JSON value that no seed may hold."""
    hidden = next((match[0] for text in _texts(values) if (match := _HIDDEN.search(text))), None)
    if hidden:
        found = f"control character U+{ord(hidden):04X}"
        return Diagnostic(Code.CONTROL_CHARACTER, where, found, f"delete its escape, \\u{ord(hidden):04x}")
    return None


def _texts(values: object) -> Iterator[str]:
    """Yield every text in a JSON value; a stack of its own, as the value may be nested as deep as Python's can grow."""
    waiting = [values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]


# A key that only records of one kind have, and how these are read.
_READERS: Mapping[str, Callable[[Location, Mapping[str, object]], Read]] = {
    "reasoning": _trace,
    "curated": _paper,
    "findings": _summary,
    "note": partial(_record, Addition),
    "judge": partial(_record, Verdict),
    "ablations": partial(_record, Gold),
}
