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

A judge's verdict may stand in the YAML as well: `judge`, `scores` such as `{precision: 0.5, f1: 0.4}`, and in its
studies `matched`, which is the name of a gold ablation, a list of names, or true or false; a study without it matches
none.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

import yaml

from generator.addresses import trace_path
from generator.diagnostics import Code, Diagnostic, Location, errors
from generator.fields import keys
from generator.loading.located_yaml import LINE_END, LocatedMapping, Path, Unquoted, read_mapping
from generator.loading.validation import adapter, assign_anchors, check_replacements, place_record, validate
from generator.model import Action, Outcome, Record, Trace, Verdict

_SAMPLE = "action: REPLACE\nreplacements:\n  - a fixed average"
# How replacements are written in JSON.
IN_JSON = "texts in `replacements`"
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"^(?:planner|studies)[ \t]*:", re.MULTILINE)
_NEVER_FOLDED = 2**31 - 1
_JUDGE, _SCORES, _MATCHED = "judge", "scores", "matched"
# What the benchmark's files call the figures.
_FIGURES = {"f1_score": "f1", "ndcg_score": "ndcg"}
_UNNAMED = "unnamed judge"


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
    written = given(type(record), values)
    return yaml.dump(written, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_NEVER_FOLDED)


def given(kind: type, values: Mapping[str, object]) -> dict[str, object]:
    """Keep what seeds of a kind hold too, unless nothing stands there, in their order; in nested records as well."""
    found: dict[str, object] = {}
    for key, field in keys(kind).items():
        value = values.get(key)
        if field.fields and isinstance(value, list):
            value = [given(field.kind, one) if isinstance(one, dict) else one for one in value]
        if value not in (None, "", []):
            found[key] = value
    return found


def document_path(trace_id: str) -> str:
    """Return where a trace's document belongs below the seeds' folder; no seed is called README."""
    return f"traces/{trace_id}-.md" if trace_id.endswith("/readme") else trace_path(trace_id)


def is_document(text: str) -> bool:
    """Tell whether a text means to be a trace's document, well formed or not."""
    return text.startswith("---") and bool(_KEY.search(front_matter(text)[0]))


def _read_document(seed: str, text: str) -> tuple[LocatedMapping | None, str, list[Diagnostic]]:
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


def parse_document(seed: str, text: str) -> tuple[list[Record], list[Diagnostic]]:
    """Return the trace that `text` holds, and the verdict if there is one; nothing when an error stands in the way."""
    mapping, reasoning, diagnostics = _read_document(seed, text)
    if mapping is None:
        return [], diagnostics
    trace, found = trace_of(seed, _without_verdict(mapping), reasoning)
    diagnostics += found
    if trace is None or errors(diagnostics):
        return [], diagnostics
    judged = _verdict(mapping, trace)
    if judged is None:
        return [trace], diagnostics
    verdict, found = place_record(Verdict, seed, judged)
    diagnostics += found
    return [] if verdict is None else [trace, verdict], diagnostics


def _without_verdict(mapping: LocatedMapping) -> LocatedMapping:
    values = _without(mapping.values, _JUDGE, _SCORES)
    if isinstance(studies := values.get("studies"), list):
        values["studies"] = [_without(one, _MATCHED) if isinstance(one, dict) else one for one in studies]
    return replace(mapping, values=values)


def _without(values: Mapping[str, object], *keys: str) -> dict[str, object]:
    return {key: value for key, value in values.items() if key not in keys}


def _verdict(mapping: LocatedMapping, trace: Trace) -> LocatedMapping | None:
    """Return the verdict, if there is one, as a seed of its own would spell it, with the places of its values."""
    studies: list[dict[str, object]] = mapping.values["studies"]  # type: ignore[assignment] # those of a trace are known
    has_matches = any(_MATCHED in study for study in studies)
    if not has_matches and mapping.values.keys().isdisjoint({_JUDGE, _SCORES}):
        return None
    values: dict[str, object] = {"trace": trace.id, "judge": mapping.values.get(_JUDGE, _UNNAMED)}
    places: dict[Path, Location] = {(): mapping.place(()), ("judge",): mapping.place((_JUDGE,))}
    scores = mapping.values.get(_SCORES, {})
    for key, value in scores.items() if isinstance(scores, dict) else [(_SCORES, scores)]:
        name = _FIGURES.get(key, key)
        values[name] = value
        places[name,] = mapping.place((_SCORES, key))
    if has_matches:
        names = [study.name for study in trace.studies]
        values["studies"] = [
            {"study": study.name if names.count(study.name) == 1 else study.anchor, **_judged(raw.get(_MATCHED))}
            for study, raw in zip(trace.studies, studies, strict=True)
        ]
        places |= {("studies", at): mapping.place(("studies", at, _MATCHED)) for at in range(len(names))}
    return LocatedMapping(values, places)


def _judged(matched: object) -> Mapping[str, object]:
    match matched:
        case Unquoted(text=text) if text.lower() in {"true", "yes", "on"}:
            return {"verdict": Outcome.MATCHED.value}
        case None | [] | "" | Unquoted():
            return {"verdict": Outcome.NOT_MATCHED.value}
    return {"verdict": Outcome.MATCHED.value, "gold": matched if isinstance(matched, list) else [matched]}


def front_matter(text: str) -> tuple[str, str | None]:
    """Split off the YAML, its lines counted as in the file, from what stands below it; None where it does not end."""
    fences = [match.span() for _, match in zip(range(2), _FENCE.finditer(text), strict=False)]
    if len(fences) < 2:
        return text.removeprefix("---"), None
    (_, start), (end, below) = fences
    return text[start:end], text[below:]
