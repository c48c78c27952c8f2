"""The difference that a change of the seeds makes to readers: two corpora compared, and a report."""

from generator.effects.diff_report import report
from generator.effects.diffing import CorpusDiff, CorpusSize, FieldChange, ItemDiff, State, StudyDiff, diff_corpora

__all__ = ["CorpusDiff", "CorpusSize", "FieldChange", "ItemDiff", "State", "StudyDiff", "diff_corpora", "report"]
