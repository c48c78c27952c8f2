"""An index of families, what many studies have in common, each with its counts in words and the way to its studies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.pages.page import FrontMatter, Link, Page, Part, split
from generator.text.wording import count, describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.corpus.parts import Kind
    from generator.metrics import Family


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


def families_pages(
    path: str, title: str, description: str, introduction: str, families: Sequence[FamilyView]
) -> Iterator[Page]:
    """The index, as many pages as it takes, the first at `path`."""
    for part in split(path, families):
        front_matter = FrontMatter(
            title=title,
            description=describe(description),
            kind="index",
        )
        yield Page(
            part.path, "families.md.jinja", part.front_matter(front_matter), FamiliesView(title, introduction, part)
        )


def family_view(family: Family | Kind, studies: Link, *further: str) -> FamilyView:
    """The line of a family; `further` are counts that stand before that of its studies."""
    tasks = (f"{task} task {number:,}" for task, number in family.tasks)
    models: Counter[str] = Counter()
    for (_, model), number in family.models:
        models[model] += number
    return FamilyView(
        studies=studies,
        counts=" · ".join([*further, count(family.studies, "study", "studies"), *tasks]),
        models=_counted(models.most_common()),
        spellings=_counted(family.spellings) if len(family.spellings) > 1 else "",
    )


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} ({number:,})" for name, number in counts)
