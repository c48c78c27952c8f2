"""A paper's title and facts with their sources, and the discrepancies between two sources."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.model import Discrepancy, Fact, Metadata, Source, Summary, Task, Trace
from generator.text.slugs import match_key

_NAMES = (
    *("authors", "year", "venue", "arxiv", "doi", "openreview", "url", "pdf", "code"),
    *("categories", "published", "source"),
)
_BROKEN_TITLE = re.compile(r"title\s*=\s*[{\"][^}\"]*\n")
_LONGEST = 400
_QUOTE = re.compile(r'["“”]')
_EMPHASIS = re.compile(r"\*\*?([^*\n]{3,400})\*")
_NAMED = re.compile(r'\b(?:[Pp]aper|titled|entitled)[,:]?[ \t]+["“*]+([^"”*\n]{8,400})["”*]')
_EDGES = " \t.,:;"


def facts(metadata: Metadata | None, summary: Summary | None) -> tuple[Fact, ...]:
    """Return the facts about a paper beside its title, each from the curated metadata, else from the summary."""
    found: dict[str, Fact] = {}
    for record, source in ((metadata, Source.CURATED), (summary, Source.SUMMARY)):
        for name in _NAMES:
            if values := _values(record, name):
                by = record.source_of(name) if isinstance(record, Metadata) else ""
                found.setdefault(name, Fact(name, values, source, by))
    return tuple(found[name] for name in _NAMES if name in found)


def _values(record: Metadata | Summary | None, name: str) -> tuple[str, ...]:
    if name == "authors" and isinstance(record, Summary):
        return _authors(record)
    value = getattr(record, name, ())
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def _authors(summary: Summary) -> tuple[str, ...]:
    return tuple("et al." if name == "others" else name for name in summary.authors)


def discrepancies(metadata: Metadata, summary: Summary) -> tuple[Discrepancy, ...]:
    """Return the facts on which the summary differs from the curated metadata."""
    found = []
    if match_key(metadata.title) != match_key(summary.title):
        found.append(Discrepancy("title", metadata.title, summary.title))
    elif _BROKEN_TITLE.search(summary.citation.bibtex):
        found.append(Discrepancy("title", metadata.title, "the same words, broken over two lines"))
    if metadata.authors and summary.authors and not _same_start(metadata.authors, summary.authors):
        found.append(Discrepancy("authors", ", ".join(metadata.authors), ", ".join(_authors(summary))))
    if metadata.year and summary.year and metadata.year != summary.year:
        found.append(Discrepancy("year", str(metadata.year), str(summary.year)))
    if metadata.arxiv and summary.arxiv and metadata.arxiv != summary.arxiv:
        found.append(Discrepancy("arxiv", metadata.arxiv, summary.arxiv))
    return tuple(found)


def _same_start(curated: tuple[str, ...], claimed: tuple[str, ...]) -> bool:
    """Tell whether the claimed authors, perhaps cut short with "others", are the curated ones in order."""
    names = [name for name in claimed if name != "others"]
    shown = curated[: len(names)] if len(names) < len(claimed) else curated
    return [_key(name) for name in names] == [_key(author) for author in shown]


def _key(author: str) -> str:
    """Return a key that `Pan, Chunhong` and `Chunhong Pan` share."""
    family, comma, given = author.partition(",")
    return match_key(f"{given} {family}" if comma else author)


def title_from_traces(name: str, traces: Sequence[Trace]) -> tuple[str, Source]:
    """Return the title that a run gives, else one that the traces quote, else the heading's name made readable.

    A reviewer trace's heading is the paper's title, so a quotation counts only with the heading's letters and digits.
    An author trace's heading is a repository's name: there the title counts that most models quote.
    """
    if given := next((trace.given_title for trace in traces if trace.given_title), ""):
        return given, Source.GIVEN
    key = match_key(name)
    spelled = Counter(quote for trace in traces for quote in _quotations(trace.reasoning) if match_key(quote) == key)
    quoted = [title for title, _ in spelled.most_common(1)] or quoted_titles(name, traces)
    return (quoted[0], Source.QUOTED) if quoted else (_readable(name), Source.INFERRED)


def _quotations(text: str) -> Iterator[str]:
    marks = [match.start() for match in _QUOTE.finditer(text)]
    for start, end in pairwise(marks):
        if end - start <= _LONGEST:
            yield text[start + 1 : end].strip(_EDGES)
    for match in _EMPHASIS.finditer(text):
        yield match[1].strip(_EDGES)


def quoted_titles(name: str, traces: Sequence[Trace]) -> list[str]:
    """Return the titles that author traces give to the paper of a repository, the most likely first.

    That is the one that most models quote; of those alike in this the one that holds the repository's name.
    """
    models: dict[str, set[str]] = {}
    spelled: dict[str, Counter[str]] = {}
    for trace in traces:
        for match in _NAMED.finditer(trace.reasoning) if trace.task is Task.AUTHOR else ():
            title = match[1].strip(_EDGES)
            if key := match_key(title):
                models.setdefault(key, set()).add(trace.model)
                spelled.setdefault(key, Counter())[title] += 1
    likely = sorted(models, key=lambda key: (len(models[key]), match_key(name) in key, key), reverse=True)
    return [spelled[key].most_common(1)[0][0] for key in likely]


def _readable(name: str) -> str:
    # Benchmark slugs write ": " as two underscores.
    words = re.sub(r"[_\s]+", " ", re.sub(r"(?<=\w)__(?=\w)", ": ", name)).strip()
    return words or name
