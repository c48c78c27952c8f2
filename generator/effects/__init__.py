"""What a change of the seeds means to readers: the difference between two corpora, and a report of it."""

from __future__ import annotations

from generator.effects.diff import CorpusDiff, CorpusSize, FieldChange, ItemDiff, State, StudyDiff, diff_corpora
from generator.effects.markdown import report

__all__ = ["CorpusDiff", "CorpusSize", "FieldChange", "ItemDiff", "State", "StudyDiff", "diff_corpora", "report"]
