"""Old names of `generator.diagnostics`, until rename_diagnostics.py has renamed their users."""

from __future__ import annotations

from generator.diagnostics import Code, Level

__all__ = ["Code", "Level"]
