"""The inverted index of the studies' words, for the explorer; those of facets, titles too, stand in their names."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.model import Study

# The script's `wordsOf` reads words alike.
_WORD = re.compile(r"[^\W_]+")
# About 20 KB: a word's file must come quickly, and a common word's is larger by itself.
_PER_FILE = 6000


def postings(studies: Sequence[Study]) -> dict[str, list[int]]:
    """Word, in alphabetical order -> the studies that hold it, each as twice its distance from the one before it.

    One more says that the word stands in the study's name or ablated part, not merely in its replacements or metrics.
    """
    found: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for at, study in enumerate(studies):
        strong = words_of((study.name, study.ablated_part))
        for word in strong | words_of((*study.replacements, *study.metrics)):
            found.setdefault(word, []).append(2 * (at - last.get(word, 0)) + (word in strong))
            last[word] = at
    return dict(sorted(found.items()))


def words_of(texts: Iterable[str]) -> set[str]:
    """Runs of letters and digits without case and accents."""
    return {word for text in texts for word in _WORD.findall(_plain(text))}


def shards(found: Mapping[str, list[int]]) -> list[dict[str, list[int]]]:
    """The words in files of about the same size, in order."""
    files: list[dict[str, list[int]]] = []
    size = _PER_FILE
    for word, rows in found.items():
        if size >= _PER_FILE:
            files.append({})
            size = 0
        files[-1][word] = rows
        size += len(rows) + 1
    return files


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(ch for ch in decomposed if not unicodedata.category(ch).startswith("M")).lower()
