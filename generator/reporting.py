"""Old names of `generator.diagnostics.formats`, until rename_diagnostics.py has renamed their users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics.formats import format_github as as_github
from generator.diagnostics.formats import format_json as as_json
from generator.diagnostics.formats import format_text, summary
from generator.loading.seed_files import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.diagnostics import Diagnostic

__all__ = ["as_github", "as_json", "as_text", "summary"]


def as_text(problems: Iterable[Diagnostic]) -> str:
    """Format diagnostics as text, with the source lines as they stand in the files."""
    return format_text(problems, lines_of)
