"""The effect of changed seeds on readers: two corpora, and a report of what came, what differs and what went."""

from __future__ import annotations

from generator.effects.diff_report import report
from generator.effects.diffing import CorpusDiff, CorpusSize, FieldChange, ItemDiff, State, StudyDiff, diff_corpora

__all__ = ["CorpusDiff", "CorpusSize", "FieldChange", "ItemDiff", "State", "StudyDiff", "diff_corpora", "report"]
