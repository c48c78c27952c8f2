"""The studies of a run, one JSON object a line, in the words and shapes of a stored trace.

    {"name": "…", "ablated_part": "…", "action": "REPLACE", "replacement": ["…", 0.5, {"a": 1}], "metrics": ["…"]}

`replacement` may also be an object or missing, `metrics` a text with commas. Numbers, objects and the like become the
text that the benchmark's own page shows: Python's, such as {'lambda1': 0.1, 'lambda2': None}.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.catalogue import Code
from generator.loading.json_lines import read_object
from generator.loading.located_yaml import LocatedMapping, Path, Place
from generator.loading.raw_plan import split_metrics
from generator.problems import Location, Problem, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = ("name", "ablated_part", "action", "replacement", "metrics")


class _Places(dict[Path, Place]):
    """The place of each path into a plan: its study's line; everything else stands where the plan begins."""

    def __init__(self, start: Location, lines: list[Location]) -> None:
        super().__init__()
        self._start, self._lines = start, lines

    def __missing__(self, path: Path) -> Place:
        match path:
            case ("studies", int(index), *_):
                where = self._lines[index]
            case _:
                where = self._start
        return Place(where, where)


@dataclass(frozen=True, slots=True)
class Plan:
    """The studies of one trace as keys and values, and where each stands."""

    studies: list[dict[str, object]]
    places: Mapping[Path, Place]

    def of(self, who: Mapping[str, object]) -> LocatedMapping:
        """The plan together with whose it is: all that stands above the reasoning in a stored trace."""
        return LocatedMapping({**who, "studies": self.studies}, self.places)


def read_plan(start: Location, text: str) -> tuple[Plan, list[Problem]]:
    """The studies of a text that begins at `start`; a start without a line stands for each of them."""
    studies, lines, problems = [], list[Location](), list[Problem]()
    for number, line in enumerate(text.split("\n"), start.line):
        # Language models like to fence the predictions in.
        if not line.strip() or line.startswith("```"):
            continue
        where = Location(start.path, number if start.line else 0)
        raw, problem = read_object(where, line)
        problems += [problem] if problem else _unused(where, raw)
        lines.append(where)
        studies.append(_study(raw))
    if not studies:
        remedy = "look up in the log what went wrong, and plan this paper anew"
        problems.append(Problem(Code.EMPTY_PLAN, start, "no studies, expected one JSON object a line", remedy))
    return Plan(studies, _Places(start, lines)), problems


def _unused(where: Location, raw: Mapping[str, object]) -> list[Problem]:
    extra = ", ".join(key for key in raw if key not in _KEYS)
    remedy = "if they matter, add them to the reasoning"
    found = f"keys that studies do not have were left out: {quoted(extra)}"
    return [Problem(Code.UNUSED_KEY, where, found, remedy)] if extra else []


def _study(raw: Mapping[str, object]) -> dict[str, object]:
    """The study's values; what is of the wrong type is kept as it is, for the check of the whole trace to report."""
    study = {key: _text(raw[key]) for key in ("name", "ablated_part", "action") if key in raw}
    name, action = study.get("name"), study.get("action")
    if isinstance(name, str):
        study["name"] = " ".join(name.split("\n"))
    if isinstance(action, str):
        study["action"] = action.upper().removeprefix("ACTION.")
    if replacements := _texts(raw.get("replacement")):
        study["replacements"] = replacements
    if "metrics" in raw:
        metrics = raw["metrics"]
        study["metrics"] = list(split_metrics(metrics)) if isinstance(metrics, str) else _texts(metrics)
    return study


def _text(value: object) -> object:
    """A text's lines without blanks at their ends and without empty ones, as in a raw plan."""
    if not isinstance(value, str):
        return value
    return "\n".join(line.strip() for line in re.split(r"\r\n?|\n", value) if line.strip())


def _texts(value: object) -> list[object]:
    """The items of a list, or whatever else there is as the only one; what says nothing is no item."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    texts = [_text(item if isinstance(item, str) else str(item)) for item in items]
    return [text for text in texts if text]
