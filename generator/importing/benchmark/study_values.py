"""Values of studies as the benchmark's files spell them."""

import re
from collections.abc import Mapping

from generator.loading.raw_plan import split_metrics


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
