"""A recorded addition, `seeds/additions/<date>.yml`, to an `Addition`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from generator.loading.located_yaml import Unquoted
from generator.loading.validation import Line, Lines, Schema, read_checked
from generator.model import Addition

if TYPE_CHECKING:
    from generator.loading.validation import Checked
    from generator.problems import Problem

# `added` alone makes the seed; a file that lacks it, or misspells it, is still known by its list of traces.
_KEY = re.compile(r"^(?:added|traces)[ \t]*:", re.MULTILINE)
# Python takes 20261120 and 2026-W47-5 for ISO dates as well, which they are, but nobody expects them here.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: object) -> object:
    """The date a text stands for, in quotes or not; what is none stays as it is."""
    text = value.text if isinstance(value, Unquoted) else value
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return value
    try:
        return date.fromisoformat(text)
    except ValueError:
        return value


class AdditionFile(BaseModel):
    """The keys of the file; each description completes "expected …"."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    added: Annotated[date, BeforeValidator(_day)] = Field(description="a day of the calendar as YYYY-MM-DD")
    note: Line = Field("", description="a remark on one line")
    traces: Lines = Field(description="a list of traces' ids, one `- planner/model/paper` per line")


_REMEDIES = {
    "added": "write year, month and day, such as 2026-11-20",
    "note": "write it on one line, without blanks at its ends",
    "traces": "write `traces:` and below it one `- planner/model/paper` per line",
}
SCHEMA = Schema(AdditionFile, _REMEDIES)


def is_addition(text: str) -> bool:
    """Whether a text that is neither a trace nor a summary records an addition."""
    return bool(_KEY.search(text))


def parse_addition(seed: str, text: str) -> tuple[Addition | None, list[Problem]]:
    """Read the addition in a decoded YAML text; None, and every problem with its line, where something is wrong."""
    file, problems = read_checked(SCHEMA, seed, text)
    return (addition_of(seed, file) if file else None), problems


def addition_of(seed: str, file: Checked[AdditionFile]) -> Addition:
    """The addition in a file that keeps to the schema."""
    values = file.values
    places = tuple(file.places["traces", index].value for index in range(len(values.traces)))
    return Addition(seed, values.added, values.note, values.traces, places)
