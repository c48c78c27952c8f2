"""A paper's title as its traces give it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.model import Source, Task, Trace
from generator.text.slugs import match_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST = 400
_QUOTE = re.compile(r'["“”]')
_EMPHASIS = re.compile(r"\*\*?([^*\n]{3,400})\*")
_NAMED = re.compile(r'\b(?:[Pp]aper|titled|entitled)[,:]?[ \t]+["“*]+([^"”*\n]{8,400})["”*]')
_EDGES = " \t.,:;"


def title_from_traces(name: str, traces: Sequence[Trace]) -> tuple[str, Source]:
    """Return a title that the traces quote and that can be checked, else the heading's name made readable.

    Checked means: its letters and digits are the heading's. An author trace's heading is a repository's name, so there
    a quoted title counts only where the traces of two models agree on it.
    """
    key = match_key(name)
    spelled = Counter(quote for trace in traces for quote in _quotations(trace.reasoning) if match_key(quote) == key)
    quoted = spelled.most_common(1)[0][0] if spelled else _agreed(traces)
    if quoted:
        return quoted, Source.QUOTED
    return _readable(name), Source.INFERRED


def _quotations(text: str) -> Iterator[str]:
    marks = [match.start() for match in _QUOTE.finditer(text)]
    for start, end in pairwise(marks):
        if end - start <= _LONGEST:
            yield text[start + 1 : end].strip(_EDGES)
    for match in _EMPHASIS.finditer(text):
        yield match[1].strip(_EDGES)


def _agreed(traces: Sequence[Trace]) -> str:
    models: dict[str, set[str]] = {}
    spelled: dict[str, Counter[str]] = {}
    for trace in traces:
        if trace.task is Task.AUTHOR:
            for match in _NAMED.finditer(trace.reasoning):
                title = match[1].strip(_EDGES)
                models.setdefault(match_key(title), set()).add(trace.model)
                spelled.setdefault(match_key(title), Counter())[title] += 1
    agreed = [key for key, names in models.items() if len(names) > 1]
    if not agreed:
        return ""
    best = max(agreed, key=lambda key: (len(models[key]), key))
    return spelled[best].most_common(1)[0][0]


def _readable(name: str) -> str:
    # Benchmark slugs write ": " as two underscores.
    words = re.sub(r"[_\s]+", " ", re.sub(r"(?<=\w)__(?=\w)", ": ", name)).strip()
    return words or name
