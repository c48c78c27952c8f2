"""A trace's document in which a judge's verdict stands as well: `judge`, `scores`, and `matched` in its studies.

    ---
    planner: lm-planner
    …
    judge: gpt-4o
    scores: {precision: 0.5, recall: 0.33, f1: 0.4}
    studies:
    - name: Memory gate
      matched: The gate of the memory
      …
    - name: Depth
      matched: false
      …
    ---

`matched` is the name of a gold ablation, a list of names, or true or false; a study without it matches none.
"""

from collections.abc import Iterator, Mapping, Sequence

from generator.diagnostics import Diagnostic, Location, errors
from generator.loading.curated import verdict_of
from generator.loading.located_yaml import LocatedMapping, Path, Unquoted
from generator.loading.trace_document import read_document, trace_of
from generator.model import Outcome, Record, Trace

_JUDGE, _SCORES, _MATCHED = "judge", "scores", "matched"
# What the benchmark's files call the figures.
_FIGURES = {"f1_score": "f1", "ndcg_score": "ndcg"}
_UNNAMED = "unnamed judge"


def parse_judged_document(seed: str, text: str) -> tuple[Sequence[Record], list[Diagnostic]]:
    """Return the trace that `text` holds, and the verdict if there is one; nothing when an error stands in the way."""
    mapping, reasoning, diagnostics = read_document(seed, text)
    if mapping is None:
        return [], diagnostics
    trace, found = trace_of(seed, _without_verdict(mapping), reasoning)
    diagnostics += found
    if trace is None or errors(diagnostics):
        return [], diagnostics
    if not _is_judged(mapping):
        return [trace], diagnostics
    verdict, found = verdict_of(seed, _verdict(mapping, trace))
    diagnostics += found
    return [] if verdict is None else [trace, verdict], diagnostics


def _studies(mapping: LocatedMapping) -> Iterator[Mapping[str, object]]:
    studies = mapping.values.get("studies")
    yield from (one for one in studies if isinstance(one, dict)) if isinstance(studies, list) else ()


def _is_judged(mapping: LocatedMapping) -> bool:
    return bool({_JUDGE, _SCORES} & mapping.values.keys()) or any(_MATCHED in study for study in _studies(mapping))


def _without_verdict(mapping: LocatedMapping) -> LocatedMapping:
    values = {key: value for key, value in mapping.values.items() if key not in {_JUDGE, _SCORES}}
    if isinstance(studies := values.get("studies"), list):
        values["studies"] = [
            {key: value for key, value in one.items() if key != _MATCHED} if isinstance(one, dict) else one
            for one in studies
        ]
    return LocatedMapping(values, mapping.places, mapping.keys)


def _verdict(mapping: LocatedMapping, trace: Trace) -> LocatedMapping:
    """Return the verdict as a seed of its own would spell it, with the places of what it is made of."""
    values: dict[str, object] = {"trace": trace.id, "judge": mapping.values.get(_JUDGE, _UNNAMED)}
    places: dict[Path, Location] = {(): mapping.place(()), ("judge",): mapping.place((_JUDGE,))}
    scores = mapping.values.get(_SCORES, {})
    for key, value in scores.items() if isinstance(scores, dict) else [(_SCORES, scores)]:
        name = _FIGURES.get(key, key)
        values[name] = value
        places[name,] = mapping.place((_SCORES, key))
    if any(_MATCHED in study for study in _studies(mapping)):
        names = [study.name for study in trace.studies]
        values["studies"] = [
            {"study": study.name if names.count(study.name) == 1 else study.anchor, **_judged(raw.get(_MATCHED))}
            for study, raw in zip(trace.studies, _studies(mapping), strict=True)
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
