"""The data of the study explorer at /studies/, for its script alone: what to count by, what to show, what to search.

`facets.json` is read at once; of the others only what a reader's choice needs. All rows stand in one order: papers by
title, then their traces, then the studies of each plan. Other programs have the dataset.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from generator.addresses import EXPLORER_DATA, trace_path, url_of
from generator.citing import Edition, cite_studies
from generator.corpus.part_types import PartTypes
from generator.files import RenderedFile
from generator.metrics import families_of, ranked
from generator.model import Corpus, Paper, Study, Trace
from generator.pages.judged import verdict_facet
from generator.pages.trace import study_heading
from generator.publication import Publication
from generator.text.tokens import words_of
from generator.text.wording import spell_out

# A page of results in the rows' own order takes one or two files, one by relevance many: small files serve both.
PER_FILE = 32
# About 20 KB: a word's file must come quickly, and a common word's is larger by itself.
_POSTINGS_PER_FILE = 6000
# Where the script puts what is chosen, and the address of that.
_CHOSEN, _ADDRESS = "\ue000", "\ue001"


def explorer_files(corpus: Corpus, site: Publication, kinds: PartTypes) -> Iterator[RenderedFile]:
    """Yield the explorer's files, each with its path below docs/."""
    rows = [
        Row(paper, trace, number, study)
        for paper in corpus.papers
        for trace in paper.traces
        for number, study in enumerate(trace.studies, 1)
    ]
    words = shards(postings([row.study for row in rows]))
    facets = {"studies": len(rows), "perFile": PER_FILE, "words": [next(iter(shard)) for shard in words]}
    spellings = {kind.name: " ".join(spelling for spelling, _ in ranked(kind.spellings)) for kind in kinds.families}
    cited = cite_studies(_CHOSEN, Edition(site, _ADDRESS, corpus.version))
    shared = {"spellings": {"part": spellings}, "citations": {style: cited[style] for style in ("APA", "BibTeX")}}
    yield json_file(f"{EXPLORER_DATA}facets.json", facets | columns(rows, _values(corpus, rows, kinds)) | shared)
    for number, start in enumerate(range(0, len(rows), PER_FILE)):
        yield json_file(f"{EXPLORER_DATA}rows-{number}.json", [shown(row) for row in rows[start : start + PER_FILE]])
    for number, shard in enumerate(words):
        yield json_file(f"{EXPLORER_DATA}words-{number}.json", shard)


def json_file(path: str, content: object) -> RenderedFile:
    """Make a file that a script of the site loads."""
    return RenderedFile.from_text(path, f"{json.dumps(content, ensure_ascii=False, separators=(',', ':'))}\n")


@dataclass(frozen=True, slots=True)
class Row:
    """A study in its place; `number` is that place in the plan, from 1."""

    paper: Paper
    trace: Trace
    number: int
    study: Study


def _values(corpus: Corpus, rows: Sequence[Row], kinds: PartTypes) -> dict[str, Sequence[str | Sequence[str]]]:
    """Return what each row has of each facet that there is: one value, or several."""
    found: dict[str, Sequence[str | Sequence[str]]] = {
        "action": [row.study.action for row in rows],
        "task": [row.trace.task for row in rows],
        "model": [row.trace.model for row in rows],
        "planner": [row.trace.planner for row in rows],
        "verdict": [verdict_facet(corpus, row.trace, row.study) for row in rows] if corpus.verdicts else [],
        "metric": [families_of(row.study, corpus.metrics) for row in rows],
        "part": [kinds.of_studies.get((row.trace.id, row.number), ()) for row in rows],
    }
    return {facet: column for facet, column in found.items() if any(column) or facet not in {"verdict", "part"}}


def columns(rows: Sequence[Row], facets: Mapping[str, Sequence[str | Sequence[str]]]) -> dict[str, object]:
    """`values`: facet -> its names, the most used first; `columns`: facet -> each row's values, as places in `values`.

    Papers stand in the order of the rows, which is that of their titles, and their column holds 1 where a row is about
    the next paper, else 0; `slugs` are their permanent names. `replacements` are counted.
    """
    values: dict[str, list[str]] = {}
    found: dict[str, list[int | list[int]]] = {}
    for facet, column in facets.items():
        names = Counter(chain.from_iterable([one] if isinstance(one, str) else one for one in column))
        place = {name: at for at, (name, _) in enumerate(ranked(names))}
        values[facet] = list(place)
        found[facet] = [place[one] if isinstance(one, str) else [place[name] for name in one] for one in column]
    papers = list({row.paper.slug: row.paper for row in rows}.values())
    slugs = [row.paper.slug for row in rows]
    return {
        "values": {**values, "paper": [paper.title for paper in papers]},
        "slugs": [paper.slug for paper in papers],
        "columns": {**found, "paper": [int(at > 0 and slug != slugs[at - 1]) for at, slug in enumerate(slugs)]},
        "replacements": [len(row.study.replacements) for row in rows],
    }


def shown(row: Row) -> list[object]:
    """Name, whether the name says nothing, ablated part, replacements, metrics, place in the plan, address.

    A replacement that is written as a program's value is a pair: that in words, and as it was written.
    """
    study = row.study
    is_generic = study_heading(study)[1] != ""
    address = f"{url_of(trace_path(row.trace.id))}#{study.anchor}"
    told = [(text, spell_out(text)) for text in study.replacements]
    replacements = [text if words == text else [words, text] for text, words in told]
    return [study.name, is_generic, study.ablated_part, replacements, study.metrics, row.number, address]


def postings(studies: Sequence[Study]) -> dict[str, list[int]]:
    """Word, in alphabetical order -> the studies that hold it, each as twice its distance from the one before it.

    One more says that the word stands in the study's name or ablated part, not merely in its replacements or metrics.
    """
    found: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for at, study in enumerate(studies):
        strong = _words(study.name, study.ablated_part)
        for word in strong | _words(*study.replacements, *study.metrics):
            found.setdefault(word, []).append(2 * (at - last.get(word, 0)) + (word in strong))
            last[word] = at
    return dict(sorted(found.items()))


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in words_of(text)}


def shards(found: Mapping[str, list[int]]) -> list[dict[str, list[int]]]:
    """Return the words in files of about the same size, in order."""
    files: list[dict[str, list[int]]] = []
    size = _POSTINGS_PER_FILE
    for word, rows in found.items():
        if size >= _POSTINGS_PER_FILE:
            files.append({})
            size = 0
        files[-1][word] = rows
        size += len(rows) + 1
    return files
