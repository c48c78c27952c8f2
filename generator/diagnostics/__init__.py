"""Diagnostics of seeds and of runs: a code, a place, a message and a hint.

Stages return or collect diagnostics instead of raising at the first one, so that a run reports all of them at once.
"""

from __future__ import annotations

from generator.diagnostics.codes import Code, Level
from generator.diagnostics.diagnostic import (
    Diagnostic,
    GeneratorError,
    Location,
    errors,
    escape_unprintable,
    sorted_unique,
    truncated,
)

__all__ = [
    "Code",
    "Diagnostic",
    "GeneratorError",
    "Level",
    "Location",
    "errors",
    "escape_unprintable",
    "sorted_unique",
    "truncated",
]
