"""The data of the paper finder at /papers/, for its script alone: what each paper is called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.addresses import FINDER_DATA
from generator.files import RenderedFile
from generator.pages.papers import entry
from generator.text.slugs import match_key

if TYPE_CHECKING:
    from generator.model import Corpus, Paper


def finder_file(corpus: Corpus) -> RenderedFile:
    """A list per paper, in the order of titles: title, other names, slug, and its counts in words."""
    papers = [[paper.title, _names(paper), paper.slug, entry(paper).counts] for paper in corpus.papers]
    return RenderedFile.from_text(FINDER_DATA, f"{json.dumps(papers, ensure_ascii=False, separators=(',', ':'))}\n")


def _names(paper: Paper) -> list[str]:
    """Aliases and the headings of traces, without those that are the title or each other but for case and signs."""
    readable = [" ".join(trace.name.replace("_", " ").split()) for trace in paper.traces]
    names = {match_key(name): name for name in reversed([*paper.aliases, *readable])}
    names.pop(match_key(paper.title), None)
    return list(reversed(names.values()))
