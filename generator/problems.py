"""Old names of `generator.diagnostics`, until rename_diagnostics.py has renamed their users."""

from __future__ import annotations

from generator.diagnostics import Diagnostic as Problem
from generator.diagnostics import GeneratorError, Location, errors
from generator.diagnostics import escape_unprintable as visible
from generator.diagnostics import sorted_unique as in_order
from generator.diagnostics import truncated as quoted

__all__ = ["GeneratorError", "Location", "Problem", "errors", "in_order", "quoted", "visible"]
