"""A page before it is text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypedDict, TypeVar

from generator.addresses import part_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.pages.linked_data import Node


Item = TypeVar("Item")


class FrontMatter(TypedDict, total=False):
    """All keys that front matter may have; themes act on others, so no seed may bring one in.

    `actions` and `metrics` (by family) are those of a trace's studies; the search narrows by them. `feed` is where the
    page's feed is, relative to the site's root; `fix` the whole address to report what is wrong with the page.
    """

    title: str
    description: str
    kind: str
    planner: str
    model: str
    task: str
    paper: str
    actions: list[str]
    metrics: list[str]
    seed: str
    feed: str
    fix: str
    traces: int
    studies: int


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is relative to docs/; `template` reads the fields of `view`, a frozen dataclass.

    Of pages that come by the thousands, `view` is what makes it when the page is rendered, so that not all of them are
    in memory. So are the nodes of JSON-LD, in the terms of schema.org, which `nodes` makes.
    """

    path: str
    template: str
    front_matter: FrontMatter
    view: object
    nodes: tuple[Callable[[], Node], ...] = ()


@dataclass(frozen=True, slots=True)
class Substance:
    """All that a page's Markdown is made of: pages of one path and one substance are alike."""

    template: str
    front_matter: FrontMatter
    view: object
    nodes: tuple[Node, ...]


def substance(page: Page) -> Substance:
    """That of a page, its view and nodes made."""
    view = page.view() if callable(page.view) else page.view
    return Substance(page.template, page.front_matter, view, tuple(make() for make in page.nodes))


@dataclass(frozen=True, slots=True)
class Link:
    """Plain text that leads to the page at `path`, or to a place on it; `query` says what a page's script shows."""

    text: str
    path: str
    anchor: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """One page's share of a long list."""

    number: int
    path: str
    items: Sequence[Item]
    parts: Sequence[Link]


def split(path: str, items: Sequence[Item], size: int = 200) -> list[Part[Item]]:
    """A list in parts of `size`, so that no page grows with the corpus; the first stands at `path`."""
    total = max(1, -(-len(items) // size))
    links = tuple(Link(str(number), part_path(path, number)) for number in range(1, total + 1))
    return [
        Part(number, part_path(path, number), items[(number - 1) * size : number * size], links if total > 1 else ())
        for number in range(1, total + 1)
    ]
