"""Studies as the benchmark spells them, and rows of its dataset: the ablations that a paper reports or is asked for.

A row has `id`, `paper_title`, and either `ablations_in_paper`, a list of studies or the JSON of one, or
`num_ablation_suggestions`.
"""

import json
import re
from collections.abc import Iterable, Mapping

from generator.diagnostics import Code, Diagnostic, Location
from generator.loading.curated import gold_of
from generator.loading.located_yaml import LocatedMapping
from generator.loading.raw_plan import split_metrics
from generator.model import Gold, Task

_LISTED, _COUNTED = "ablations_in_paper", "num_ablation_suggestions"


def is_gold(columns: Iterable[str]) -> bool:
    """Tell whether a table with these columns lists or counts what papers ablate."""
    return "id" in columns and not {_LISTED, _COUNTED}.isdisjoint(columns)


def read_gold(where: Location, row: Mapping[str, object]) -> tuple[Gold | None, list[Diagnostic]]:
    """Return the gold ablations of a row, or why there are none; none without a reason where it has no ablation."""
    listed = row.get(_LISTED)
    try:
        ablations = json.loads(listed) if isinstance(listed, str) else listed
    except ValueError as error:
        found = f"{_LISTED!r} is no list of studies: {error}"
        return None, [Diagnostic(Code.BROKEN_JSON, where, found, "write it as the dataset does")]
    task = Task.REVIEWER if ablations is None else Task.AUTHOR
    values = {"paper": row["id"], "task": task.value, "total": row.get(_COUNTED)}
    if isinstance(ablations, list):
        values["ablations"] = [_given(study_values(one)) if isinstance(one, dict) else one for one in ablations]
    if not (known := _given(values)).keys() & {"ablations", "total"}:
        return None, []
    return gold_of(where.path, LocatedMapping(known, {(): where}))


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value}


def study_values(raw: Mapping[str, object]) -> dict[str, object]:
    """Return a study's values; what is of the wrong type is kept, for the check of the whole record to report."""
    study = {key: _value_text(raw[key]) for key in ("name", "ablated_part", "action") if key in raw}
    name, action = study.get("name"), study.get("action")
    if isinstance(name, str):
        study["name"] = " ".join(name.split("\n"))
    if isinstance(action, str):
        study["action"] = action.upper().removeprefix("ACTION.")
    if replacements := _value_texts(raw.get("replacement")):
        study["replacements"] = replacements
    if "metrics" in raw:
        metrics = raw["metrics"]
        study["metrics"] = list(split_metrics(metrics)) if isinstance(metrics, str) else _value_texts(metrics)
    return study


def _value_text(value: object) -> object:
    """Return a text's lines without blanks at their ends and without empty ones, as in a raw plan."""
    if not isinstance(value, str):
        return value
    return "\n".join(line.strip() for line in re.split(r"\r\n?|\n", value) if line.strip())


def _value_texts(value: object) -> list[object]:
    """Return the items of a list, or whatever else there is as the only one; what says nothing is no item."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    texts = [_value_text(item if isinstance(item, str) else str(item)) for item in items]
    return [text for text in texts if text]
