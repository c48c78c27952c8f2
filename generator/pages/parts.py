"""The index of what planners ablate across papers: kinds of parts, those of the most papers first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.addresses import PARTS
from generator.pages.families import families_pages, family_view
from generator.pages.links import studies_link
from generator.text.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.corpus.parts import Kind
    from generator.pages.page import Page

_MEANING = (
    "that the studies of several papers ablate, those of the most papers first. A study counts for each kind that "
    "stands in the name of its ablated part. Each leads to a search for its words, in other fields too."
)


def parts_pages(kinds: Iterable[Kind]) -> Iterator[Page]:
    """The index, as many pages as it takes."""
    views = [family_view(kind, studies_link(kind.name, q=kind.name), count(kind.papers, "paper")) for kind in kinds]
    total = f"{count(len(views), 'kind')} of parts"
    return families_pages(
        PARTS,
        "Parts",
        f"{total} that language-model planners ablate across papers, with how often and by whom.",
        f"{total} {_MEANING}" if views else "No kind of part is ablated in several papers yet.",
        views,
    )
