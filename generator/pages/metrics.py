"""The index of metric families, the most used first, each with the spellings that it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.addresses import METRICS
from generator.metrics import families
from generator.pages.families import families_pages, family_view
from generator.pages.links import studies_link
from generator.text.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Corpus
    from generator.pages.page import Page


def metrics_pages(corpus: Corpus) -> Iterator[Page]:
    """The index, as many pages as it takes."""
    views = [family_view(family, studies_link(family.name, metric=family.name)) for family in families(corpus.traces)]
    total = count(len(views), "metric")
    return families_pages(
        METRICS,
        "Metrics",
        f"{total} that the planners' studies ask for, with how often, by whom and how spelled.",
        f"{total} that the studies ask for, the most used first. Spellings of one metric are counted together and "
        "listed; each name leads to its studies.",
        views,
    )
