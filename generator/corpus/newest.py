"""Old place of `newest_traces`, until rename_diagnostics.py has changed its users."""

from __future__ import annotations

from generator.corpus.additions import newest_traces

__all__ = ["newest_traces"]
