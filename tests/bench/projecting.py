"""What larger corpora will take, on the straight line through the two largest that were measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.building import Build

# A processor core of a rented machine for an hour, in US dollars.
_PRICE = 0.05


@dataclass(frozen=True, slots=True)
class Projection:
    """Seconds of all cores and their price, MB of the largest process and of the indexer, MB and files of the site."""

    traces: int
    cores: float
    price: float
    memory: float
    indexer: float
    site: float
    files: float


def projected(small: Build, large: Build, traces: int) -> Projection:
    """What so many traces will take."""

    def line(figure: Callable[[Build], float]) -> float:
        slope = (figure(large) - figure(small)) / (large.traces - small.traces)
        return figure(large) + slope * (traces - large.traces)

    cores = line(lambda build: build.cost.cores)
    return Projection(
        traces=traces,
        cores=cores,
        price=cores / 3600 * _PRICE,
        memory=line(lambda build: build.cost.memory),
        indexer=line(lambda build: build.cost.indexer),
        site=line(lambda build: build.size.megabytes),
        files=line(lambda build: build.size.files),
    )
