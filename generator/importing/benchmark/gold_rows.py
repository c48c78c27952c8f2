"""Rows of the benchmark's dataset: the ablations that a paper reports, or how many its reviews ask for.

A row has `id`, `paper_title`, and either `ablations_in_paper`, a list of studies or the JSON of one, or
`num_ablation_suggestions`.
"""

import json
from collections.abc import Iterable, Mapping

from generator.diagnostics import Code, Diagnostic, Location
from generator.importing.benchmark.study_values import study_values
from generator.loading.located_yaml import LocatedMapping
from generator.loading.validation import place_record
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
    return place_record(Gold, where.path, LocatedMapping(known, {(): where}))


def _given(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value}
