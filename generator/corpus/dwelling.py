"""Old names of `generator.corpus.term_weights`, until rename_diagnostics.py has renamed their users."""

from __future__ import annotations

from generator.corpus.term_weights import TermIndex as Dwelling
from generator.corpus.term_weights import index_terms as dwelling

__all__ = ["Dwelling", "dwelling"]
