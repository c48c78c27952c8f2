"""`mkdocs serve`: only what depends on a saved seed is done again, and the edited page before all else."""

from __future__ import annotations

from generator.previewing.past import Memory
from generator.previewing.project import Project
from generator.previewing.server import PreviewServer

__all__ = ["Memory", "PreviewServer", "Project"]
