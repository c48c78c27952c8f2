"""What a change of the seeds means to readers: two corpora, and a report of what came, what differs and what went."""

from __future__ import annotations

from generator.effects.comparing import Edit, Effect, Entry, Size, State, StudyEntry, effect
from generator.effects.reporting import report

__all__ = ["Edit", "Effect", "Entry", "Size", "State", "StudyEntry", "effect", "report"]
