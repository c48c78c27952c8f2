"""Indexes of metrics and of kinds of parts, by use and from A to Z, and a page for each metric."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from generator.addresses import METRICS, PARTS, letter_path, metric_path
from generator.messages import Message, Text, _, joined
from generator.metrics import Family, canonical_metric, families, ranked
from generator.model import Corpus
from generator.pages import nouns
from generator.pages.page import FrontMatter, Page, Part, View, index_page, part_pages, split
from generator.pages.page_links import Link, number_link, paper_link, profile_links, step, studies_link
from generator.pages.papers import by_initial, initial

# As many of a family's spellings as tell what it is; its page has all that anyone wants to see.
_SPELLINGS, _ALL_SPELLINGS = 10, 100
# A metric that fewer papers' studies ask for has no page: its studies are seen at a glance. Papers only come to a
# corpus, so no page goes, and their number grows far more slowly than that of papers.
_PAPERS = 3


@dataclass(frozen=True, slots=True)
class FamilyEntry:
    """A family in a list: where its name leads, its studies, and what stands beside these; it is found by spellings."""

    page: Link
    studies: Link
    further: Sequence[Text]
    family: Family


@dataclass(frozen=True, slots=True)
class FamilyIndex:
    """What there is to say of all metrics, or of all kinds of parts; `count` says how many there are of them."""

    path: str
    count: Callable[[int], Message]
    title: Text
    description: Text
    introduction: Text
    entries: Sequence[FamilyEntry]


class Indexes(NamedTuple):
    """All that is listed from A to Z; made once, for the pages and for what finds it."""

    metrics: FamilyIndex
    parts: FamilyIndex


def indexes_of(corpus: Corpus, part_types: Iterable[Family]) -> Indexes:
    """Return the metrics of the corpus, and the kinds of parts that its studies ablate."""
    return Indexes(_metrics_index(corpus), parts_index(part_types))


def _metrics_index(corpus: Corpus) -> FamilyIndex:
    found = families(corpus)
    paths = (metric_path(canonical_metric(one.name)) if len(one.papers) >= _PAPERS else "" for one in found)
    entries = [_entry(one, "metric", path) for one, path in zip(found, paths, strict=True)]
    total = nouns.metrics(len(entries))
    return FamilyIndex(
        METRICS,
        nouns.metrics,
        _("Metrics"),
        _("%(metrics)s that the planners' studies ask for, with how often, by whom and how spelled.", metrics=total),
        _(
            "%(metrics)s that the studies ask for, the most used first. Spellings of one metric are counted together "
            "and listed; cut-offs such as @1 and @5 are told apart. Each number leads to the studies it counts.",
            metrics=total,
        ),
        entries,
    )


def parts_index(part_types: Iterable[Family]) -> FamilyIndex:
    """Return the kinds of ablated parts, those of the most papers first."""
    entries = [_entry(one, "part", "", nouns.papers(len(one.papers))) for one in part_types]
    total = nouns.kinds_of_parts(len(entries))
    return FamilyIndex(
        PARTS,
        nouns.kinds_of_parts,
        _("Parts"),
        _("%(kinds)s that language-model planners ablate across papers, with how often and by whom.", kinds=total),
        _(
            "%(kinds)s that the studies of several papers ablate, those of the most papers first. A study counts for "
            "each kind that stands in the name of its ablated part. Each number leads to the studies it counts.",
            kinds=total,
        )
        if entries
        else _("No kind of part is ablated in several papers yet."),
        entries,
    )


def _entry(family: Family, facet: str, path: str, *further: Text) -> FamilyEntry:
    studies = studies_link(nouns.studies(family.studies), **{facet: family.name})
    page = Link(family.name, path) if path else studies_link(family.name, **{facet: family.name})
    tasks = (
        _("%(task)s task %(number)s", task=nouns.TASKS[task], number=number) for task, number in ranked(family.tasks)
    )
    return FamilyEntry(page, studies, [*further, *tasks], family)


def index_pages(index: FamilyIndex) -> Iterator[Page]:
    """Plan a list of all families in the order of the index, as many pages as it takes, and a list for each letter."""
    by_name = sorted(index.entries, key=lambda one: by_initial(one.family.name))
    letters = [(*letter, [*entries]) for letter, entries in groupby(by_name, key=lambda one: initial(one.family.name))]
    alphabet = [Link(text, letter_path(index.path, letter)) for letter, text, _entries in letters]

    def view(part: Part[FamilyEntry]) -> View:
        lines = [(one, _counted(ranked(one.family.by_model())), _spelled(one.family, _SPELLINGS)) for one in part.items]
        shared = {"title": index.title, "introduction": index.introduction, "alphabet": alphabet, "here": ""}
        return {**shared, "lines": lines}

    whole = index_page(index.title, index.description)
    yield from part_pages(split(index.path, index.entries), "families.md.jinja", whole, view)
    for link, (_letter, _text, entries) in zip(alphabet, letters, strict=True):
        yield from _letter_pages(index, alphabet, link, entries)


def _letter_pages(
    index: FamilyIndex, alphabet: Sequence[Link], letter: Link, entries: Sequence[FamilyEntry]
) -> Iterator[Page]:
    title = _("%(title)s: %(letter)s", title=index.title, letter=letter.text)
    total = index.count(len(entries))
    description = _("%(title)s: %(total)s.", title=title, total=total)
    whole = index_page(title, description) | FrontMatter(above=step(Link(index.title, index.path)))
    view = {"title": title, "total": total, "alphabet": alphabet, "here": letter.path}
    return part_pages(split(letter.path, entries), "letter.md.jinja", whole, lambda _part: view)


def metric_pages(corpus: Corpus, index: FamilyIndex) -> Iterator[Page]:
    """Plan a page for each metric that studies of several papers ask for."""
    for entry in index.entries:
        if entry.page.path != entry.studies.path:
            yield from _pages_of(corpus, entry)


def _pages_of(corpus: Corpus, entry: FamilyEntry) -> Iterator[Page]:
    family, papers = entry.family, entry.family.papers
    total = _("%(studies)s of %(papers)s", studies=nouns.studies(family.studies), papers=nouns.papers(len(papers)))
    description = _("%(metric)s as a metric: asked for by %(total)s.", metric=family.name, total=total)
    front_matter = index_page(family.name, description) | FrontMatter(above=step(Link(_("Metrics"), METRICS)))
    models = [
        (*profile_links(planner, model), number_link(number, metric=family.name, planner=planner, model=model))
        for (planner, model), number in ranked(family.models)
    ]
    tasks = [
        studies_link(
            _("%(task)s task %(number)s", task=nouns.TASKS[task], number=number), metric=family.name, task=task
        )
        for task, number in ranked(family.tasks)
    ]
    listed = [
        (paper_link(paper), studies_link(nouns.studies(papers[paper.slug]), metric=family.name, paper=paper.slug))
        for paper in corpus.papers
        if paper.slug in papers
    ]
    view = {
        "name": family.name,
        "studies": entry.studies,
        "papers": nouns.papers(len(papers)),
        "tasks": tasks,
        "models": models,
        "spellings": _spelled(family, _ALL_SPELLINGS),
    }
    yield from part_pages(split(entry.page.path, listed), "metric.md.jinja", front_matter, lambda _part: view)


def _spelled(family: Family, limit: int) -> Text:
    spellings = ranked(family.spellings)
    if len(spellings) < 2:
        return ""
    more = len(spellings) - limit
    listed = _counted(spellings[:limit])
    return _("%(spellings)s and %(number)s more", spellings=listed, number=more) if more > 0 else listed


def _counted(counts: Iterable[tuple[str, int]]) -> Message:
    return joined(", ", (_("%(name)s (%(number)s)", name=name, number=number) for name, number in counts))
