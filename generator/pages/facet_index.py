"""Indexes of what many studies have in common, metrics and kinds of parts: how often, by whom, how spelled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.addresses import METRICS, PARTS
from generator.metrics import families
from generator.pages.links import studies_link
from generator.pages.page import FrontMatter, Link, Page, Part, split
from generator.text.wording import meta_description, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.metrics import Family
    from generator.model import Corpus

_MEANING = (
    "that the studies of several papers ablate, those of the most papers first. A study counts for each kind that "
    "stands in the name of its ablated part. Each leads to a search for its words, in other fields too."
)


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A family: the way to its studies, and its counts in words; `spellings` is empty where there is but one."""

    studies: Link
    counts: str
    models: str
    spellings: str


@dataclass(frozen=True, slots=True)
class FamiliesView:
    """What `families.md.jinja` reads: the families of one part of the index."""

    title: str
    introduction: str
    part: Part[FamilyView]


def metrics_pages(corpus: Corpus) -> Iterator[Page]:
    """The index of metrics, the most used first, as many pages as it takes."""
    views = [_family(family, studies_link(family.name, metric=family.name)) for family in families(corpus.traces)]
    total = pluralize(len(views), "metric")
    return _facet_pages(
        METRICS,
        "Metrics",
        f"{total} that the planners' studies ask for, with how often, by whom and how spelled.",
        f"{total} that the studies ask for, the most used first. Spellings of one metric are counted together and "
        "listed; each name leads to its studies.",
        views,
    )


def parts_pages(kinds: Iterable[Family]) -> Iterator[Page]:
    """The index of kinds of ablated parts, those of the most papers first, as many pages as it takes."""
    views = [_family(kind, studies_link(kind.name, q=kind.name), pluralize(kind.papers, "paper")) for kind in kinds]
    total = f"{pluralize(len(views), 'kind')} of parts"
    return _facet_pages(
        PARTS,
        "Parts",
        f"{total} that language-model planners ablate across papers, with how often and by whom.",
        f"{total} {_MEANING}" if views else "No kind of part is ablated in several papers yet.",
        views,
    )


def _facet_pages(
    path: str, title: str, description: str, introduction: str, families: Sequence[FamilyView]
) -> Iterator[Page]:
    """The index, as many pages as it takes, the first at `path`."""
    for part in split(path, families):
        front_matter = FrontMatter(
            title=title,
            description=meta_description(description),
            kind="index",
        )
        yield Page(
            part.path, "families.md.jinja", part.front_matter(front_matter), FamiliesView(title, introduction, part)
        )


def _family(family: Family, studies: Link, *further: str) -> FamilyView:
    """The line of a family; `further` are counts that stand before that of its studies."""
    tasks = (f"{task} task {number:,}" for task, number in family.tasks)
    models: Counter[str] = Counter()
    for (_, model), number in family.models:
        models[model] += number
    return FamilyView(
        studies=studies,
        counts=" · ".join([*further, pluralize(family.studies, "study", "studies"), *tasks]),
        models=_counted(models.most_common()),
        spellings=_counted(family.spellings) if len(family.spellings) > 1 else "",
    )


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} ({number:,})" for name, number in counts)
