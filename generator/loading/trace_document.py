"""A trace as the document that this project stores: what identifies it and its plan as YAML, then the reasoning.

---
planner: lm-planner
model: gpt-4o
paper: Title_of_the_Paper
task: reviewer
studies:
- name: Memory gate
ablated_part: the gate of the memory module
action: REPLACE
replacements:
- a fixed average
metrics:
- top-1 accuracy
---

The reasoning, in Markdown, as it was written.
"""

import re
from dataclasses import replace

import yaml

from generator.addresses import trace_path
from generator.diagnostics import Code, Diagnostic, Location
from generator.fields import keys
from generator.loading.located_yaml import LINE_END, LocatedMapping, read_mapping
from generator.loading.validation import adapter, assign_anchors, check_replacements, validate
from generator.model import Action, Record, Trace

_SAMPLE = "action: REPLACE\nreplacements:\n  - a fixed average"
# How replacements are written in JSON.
IN_JSON = "texts in `replacements`"
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"^(?:planner|studies)[ \t]*:", re.MULTILINE)
_NEVER_FOLDED = 2**31 - 1


class _Dumper(yaml.CSafeDumper):
    """Writes texts as PyYAML does, but as escapes what our reader refuses as a line's end."""

    def represent_str(self, text: str) -> yaml.ScalarNode:
        """Return the node of a text."""
        return self.represent_scalar("tag:yaml.org,2002:str", text, style='"' if LINE_END.search(text) else None)


_Dumper.add_representer(str, _Dumper.represent_str)


def serialize_trace(trace: Trace) -> str:
    """Return the trace's document."""
    return f"---\n{serialize_record(trace)}---\n\n{trace.reasoning}\n"


def serialize_record(record: Record) -> str:
    """Return a record in YAML, under the keys of its seed."""
    values = adapter(type(record)).dump_python(record, mode="json", by_alias=True)  # type: ignore[arg-type] # as in `validate`
    return yaml.dump(
        _written(type(record), values),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_NEVER_FOLDED,
    )


def _written(kind: type, values: dict[str, object]) -> dict[str, object]:
    """Keep the values that a seed gives, by its keys, but for empty ones that may be left out."""
    written: dict[str, object] = {}
    for key, field in keys(kind).items():
        value = values[key]
        if value in (None, "", []) and not field.needed:
            continue
        if field.fields and isinstance(value, list):
            written[key] = [_written(field.kind, item) for item in value]
        else:
            written[key] = value
    return written


def document_path(trace_id: str) -> str:
    """Return where a trace's document belongs below the seeds' folder; no seed is called README."""
    return f"traces/{trace_id}-.md" if trace_id.endswith("/readme") else trace_path(trace_id)


def is_document(text: str) -> bool:
    """Tell whether a text means to be a trace's document, well formed or not."""
    return text.startswith("---") and bool(_KEY.search(front_matter(text)[0]))


def read_document(seed: str, text: str) -> tuple[LocatedMapping | None, str, list[Diagnostic]]:
    """Return the keys and values of a document, decoded and with LF line ends, and its reasoning."""
    head, body = front_matter(text)
    if body is None:
        found, hint = "front matter without an end", "write a line `---` between the studies and the reasoning"
        return None, "", [Diagnostic(Code.BROKEN_YAML, Location(seed, 1, 1), found, hint)]
    mapping, diagnostics = read_mapping(seed, head)
    if mapping is None:
        return None, "", diagnostics
    reasoning = body.strip()
    if not reasoning:
        where = Location(seed, head.count("\n") + 1)
        hint = "write the planner's reasoning below the second line `---`"
        diagnostics.append(Diagnostic(Code.EMPTY_REASONING, where, "the reasoning is empty", hint))
    return mapping, reasoning, diagnostics


def trace_of(
    seed: str, mapping: LocatedMapping, reasoning: str, writing: str = "`- …` lines under `replacements:`"
) -> tuple[Trace | None, list[Diagnostic]]:
    """Return the trace whose identity and plan the mapping holds.

    `writing` says how replacements are written in files of this format.
    """
    trace, diagnostics = validate(Trace, mapping, seed=seed, reasoning=reasoning)
    if trace is None:
        return None, diagnostics
    for index, study in enumerate(trace.studies):
        own = ("studies", index)
        where = mapping.key_place((*own, "replacements")) if study.replacements else mapping.place((*own, "action"))
        found = check_replacements(study.action, study.replacements, where, writing)
        sample = _SAMPLE.replace(Action.REPLACE, Action.ADD) if study.action == Action.ADD else _SAMPLE
        diagnostics += (replace(diagnostic, sample=sample) for diagnostic in found)
    studies = [replace(one, line=mapping.place(("studies", at)).line) for at, one in enumerate(trace.studies)]
    return replace(trace, studies=assign_anchors(studies)), diagnostics


def front_matter(text: str) -> tuple[str, str | None]:
    """Split off the YAML, its lines counted as in the file, from what stands below it; None where it does not end."""
    fences = [match.span() for _, match in zip(range(2), _FENCE.finditer(text), strict=False)]
    if len(fences) < 2:
        return text.removeprefix("---"), None
    (_, start), (end, below) = fences
    return text[start:end], text[below:]
