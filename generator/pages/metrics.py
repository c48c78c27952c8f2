"""The index of metric families, the most used first, each with the spellings that it covers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.addresses import METRICS
from generator.metrics import families
from generator.pages.links import studies_link
from generator.pages.page import FrontMatter, Link, Page, Part, split
from generator.wording import count, describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.metrics import Family
    from generator.model import Corpus


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A family: the way to its studies, and its counts in words."""

    studies: Link
    counts: str
    models: str
    spellings: str


@dataclass(frozen=True, slots=True)
class MetricsView:
    """What `metrics.md.jinja` reads: the families of one part."""

    part: Part[Family]
    total: str
    families: tuple[FamilyView, ...]


def metrics_pages(corpus: Corpus) -> Iterator[Page]:
    """The index, as many pages as it takes."""
    found = families(corpus.traces)
    total = count(len(found), "metric")
    for part in split(METRICS, found):
        title = "Metrics" if part.number == 1 else f"Metrics, part {part.number}"
        description = describe(f"{total} that the planners' studies ask for, with how often, by whom and how spelled.")
        front_matter = FrontMatter(title=title, description=description, kind="index")
        yield Page(part.path, "metrics.md.jinja", front_matter, MetricsView(part, total, tuple(map(_view, part.items))))


def _view(family: Family) -> FamilyView:
    tasks = [f"{task} task {number:,}" for task, number in family.tasks]
    models: Counter[str] = Counter()
    for (_, model), number in family.models:
        models[model] += number
    return FamilyView(
        studies=studies_link(family.name, metric=family.name),
        counts=" · ".join([count(family.studies, "study", "studies"), *tasks]),
        models=_counted(models.most_common()),
        spellings=_counted(family.spellings) if len(family.spellings) > 1 else "",
    )


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} ({number:,})" for name, number in counts)
