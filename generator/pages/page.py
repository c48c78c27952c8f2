"""A page before it is text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypedDict, TypeVar, cast

from generator.addresses import part_path

if TYPE_CHECKING:
    from collections.abc import Sequence


Item = TypeVar("Item")


class FrontMatter(TypedDict, total=False):
    """All keys that front matter may have; themes act on others, so no seed may bring one in.

    `template` is a constant of the generator's, never a seed's word. `actions` and `metrics` (by family) are those of a
    trace's studies; the search narrows by them. `paper` is a paper's slug, `name` the paper as the seed's heading
    spells it. `feed` is where the page's feed is, relative to the site's root. `added` is the version of the corpus
    that a trace came with. `above`, `previous` and `next` are the title and the path of a page each. `tables` are the
    names of the dataset's.
    """

    title: str
    description: str
    template: str
    kind: str
    planner: str
    model: str
    task: str
    paper: str
    paper_title: str
    name: str
    title_source: str
    authors: Sequence[str]
    year: str
    venue: str
    arxiv: str
    doi: str
    url: str
    actions: list[str]
    metrics: list[str]
    seed: str
    feed: str
    added: str
    version: str
    published: str
    modified: str
    traces: int
    studies: int
    tables: Sequence[str]
    above: Sequence[str]
    previous: Sequence[str]
    next: Sequence[str]


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is relative to docs/; `template` reads the fields of `view`, a frozen dataclass.

    Of pages that come by the thousands, `view` is what makes it when the page is rendered, so that not all of them are
    in memory.
    """

    path: str
    template: str
    front_matter: FrontMatter
    view: object


@dataclass(frozen=True, slots=True)
class Link:
    """Plain text that leads to the page at `path`, or to a place on it; `query` says what a page's script shows."""

    text: str
    path: str
    anchor: str = ""
    query: str = ""


def step(link: Link | None) -> tuple[str, ...]:
    """A link as front matter holds it: its text and its path, nothing where there is none."""
    return (link.text, link.path) if link else ()


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """One page's share of a long list."""

    number: int
    path: str
    items: Sequence[Item]
    parts: Sequence[Link]

    def front_matter(self, whole: FrontMatter) -> FrontMatter:
        """Return the front matter of this part of a list: its title tells which, and it leads to those beside it."""
        title, links = whole["title"], [(one.text, one.path) for one in self.parts]
        beside = {"previous": links[: self.number - 1][-1:], "next": links[self.number : self.number + 1]}
        steps: dict[str, str | tuple[str, str]] = {
            name: (f"{title}, part {one[0][0]}", one[0][1]) for name, one in beside.items() if one
        }
        if self.number > 1:
            steps |= {"above": (title, links[0][1]), "title": f"{title}, part {self.number}"}
        return cast("FrontMatter", {**whole, **steps})


def split(path: str, items: Sequence[Item], size: int = 200) -> list[Part[Item]]:
    """A list in parts of `size`, so that no page grows with the corpus; the first stands at `path`."""
    total = max(1, -(-len(items) // size))
    links = tuple(Link(str(number), part_path(path, number)) for number in range(1, total + 1))
    return [
        Part(number, part_path(path, number), items[(number - 1) * size : number * size], links if total > 1 else ())
        for number in range(1, total + 1)
    ]
