"""JSON objects read from text, whatever is wrong with them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from generator.catalogue import Code
from generator.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

# What no other seed may hold either, though JSON can spell it.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")


def read_object(where: Location, text: str) -> tuple[dict[str, object], Problem | None]:
    """The object in a text that begins in the line `where`; an empty one, and the reason, where there is none."""
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        place = Location(where.path, where.line + error.lineno - 1, error.colno)
        remedy = "correct the line, or export it anew"
        return {}, Problem(Code.BROKEN_JSON, place, f"broken JSON: {error.msg}", remedy)
    except (ValueError, RecursionError) as error:
        found = "nested too deep" if isinstance(error, RecursionError) else str(error)
        return {}, Problem(Code.BROKEN_JSON, where, f"broken JSON: {found}", "write plain records")
    if not isinstance(values, dict):
        return {}, Problem(Code.BROKEN_JSON, where, "not a JSON object", "write one object a line, in braces")
    hidden = next((match[0] for text in _texts(values) if (match := _HIDDEN.search(text))), None)
    if hidden:
        found = f"control character U+{ord(hidden):04X}"
        return {}, Problem(Code.CONTROL_CHARACTER, where, found, f"delete its escape, \\u{ord(hidden):04x}")
    return values, None


def _texts(values: object) -> Iterator[str]:
    """Every text in a JSON value; a stack of its own, as the value may be nested as deep as Python's can grow."""
    waiting = [values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
