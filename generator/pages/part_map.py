"""The map of what language models ablate: types of parts by models, each number a way to just as many studies."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from generator.addresses import PARTS
from generator.messages import _
from generator.metrics import Family
from generator.pages.page import Link, number_link, studies_link
from generator.text.tokens import content_words

# As many as a screen shows; the explorer has all.
_ROWS, _COLUMNS = 12, 6


@dataclass(frozen=True, slots=True)
class PartMap:
    """The models, those with the most studies of these parts first, and of each its studies by them and by all.

    A number of studies is None where there are none.
    """

    models: Sequence[Link]
    rows: Sequence[tuple[Link, Sequence[Link | None]]]
    all_parts: Link


def part_map(part_types: Iterable[Family]) -> PartMap | None:
    """Return the map of the types that most papers ablate, None where there is no type; those come in that order."""
    shown = [*islice(_distinct(part_types), _ROWS)]
    studies = sum((one.by_model() for one in shown), Counter[str]())
    models = sorted(studies, key=lambda model: (-studies[model], model))[:_COLUMNS]
    rows = [_row(one, models) for one in shown]
    columns = [studies_link(model, model=model) for model in models]
    return PartMap(columns, rows, Link(_("All kinds of parts"), PARTS)) if rows else None


def _distinct(part_types: Iterable[Family]) -> Iterator[Family]:
    """Yield the types that are no special case of one before: after "loss" no "loss function"."""
    words: list[set[str]] = []
    for one in part_types:
        own = content_words(one.name)
        if not any(other <= own for other in words):
            yield one
        words.append(own)


def _row(part_type: Family, models: Sequence[str]) -> tuple[Link, list[Link | None]]:
    name = part_type.name
    by_model = part_type.by_model()
    cells = [number_link(by_model[model], part=name, model=model) if by_model[model] else None for model in models]
    return studies_link(name, part=name), [*cells, number_link(part_type.studies, part=name)]
