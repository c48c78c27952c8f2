"""What the project sets itself, and whether it is met."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bench.contestants import AGAIN, ALONE, COLD, HUGO, NAIVE, ZENSICAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.building import Build


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity with its unit, and the bound that it keeps to, if any: the least or the most that is well."""

    what: str
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def bound(self) -> str:
        """The bound as readers see it."""
        if self.least is not None:
            return f"at least {self.shown(self.least)}"
        return "" if self.most is None else f"at most {self.shown(self.most)}"

    def shown(self, value: float) -> str:
        """A value with its unit, in three digits."""
        return f"{value:,.0f}{self.unit}" if value >= 100 or value == int(value) else f"{value:.3g}{self.unit}"

    def verdict(self, value: float) -> str:
        """Whether the value keeps to the bound, if there is one."""
        if self.least is None and self.most is None:
            return ""
        is_met = value >= self.least if self.least is not None else value <= (self.most or 0)
        return "ok" if is_met else "missed"


# By the name under which a quantity is measured.
TARGETS: Mapping[str, Target] = {
    "beside_naive": Target("naive MkDocs, the whole cold build = 1", "×", least=20),
    "beside_zensical": Target("Zensical without its cache, the whole cold build = 1", "×", least=1.5),
    "beside_hugo": Target("the whole cold build, Hugo = 1", "×", most=8),
    "generator": Target("generator alone, of the whole cold build", " %", most=25),
    "again": Target("second build, which finds all in its cache, of a cold one", " %"),
    "preview_page": Target("edited seed to its page in the preview, of a cold build", " %", most=8),
    "preview_everything": Target("edited seed to search and data files in the preview, of a cold build", " %", most=45),
    "growth": Target("time per page of the largest corpus, of this one = 1", "×", most=1.25),
    "memory": Target("largest process but the search indexer, largest corpus", " MB", most=600),
    "indexer": Target("search indexer, largest corpus", " MB"),
    "beyond_text": Target("a trace's page beyond its text, median", " KB", most=10),
    "first_visit": Target("first visit, compressed", " KB", most=120),
    "elsewhere": Target("requests to other hosts", "", most=0),
    "first_result": Target("search to its first result", " KB", most=300),
    "first_result_largest": Target("search to its first result, largest corpus", " KB", most=450),
    "first_result_time": Target("search to its first result", " ms"),
    "first_result_time_largest": Target("search to its first result, largest corpus", " ms"),
    "facet_change": Target("change of a facet in the explorer", " ms"),
    "shares_time": Target("four shares one after another and their merging, one build = 1", "×", most=1.4),
    "shares_apart": Target("the same, each share on a machine that has nothing, one build = 1", "×"),
    "shares_differing": Target("files in which merged shares and one build differ", "", most=0),
}
_COMPARED = {
    "beside_naive": (NAIVE, COLD, 1),
    "beside_zensical": (ZENSICAL, COLD, 1),
    "beside_hugo": (COLD, HUGO, 1),
    "generator": (ALONE, COLD, 100),
    "again": (AGAIN, COLD, 100),
}


def compared(builds: Sequence[Build]) -> Iterator[tuple[str, float]]:
    """How the builds of one corpus compare, by the clock."""
    seconds = {build.contestant: build.cost.seconds for build in builds}
    for name, (one, other, whole) in _COMPARED.items():
        if {one, other} <= seconds.keys():
            yield name, whole * seconds[one] / seconds[other]


def grown(small: Build, large: Build) -> Iterator[tuple[str, float]]:
    """What this project's build of the largest corpus takes."""
    if large is not small:
        yield "growth", large.per_page / small.per_page
    yield "memory", large.cost.memory
    yield "indexer", large.cost.indexer


def judged(measured: Mapping[str, float]) -> list[dict[str, str | float | None]]:
    """Every target with what was measured, for programs."""
    return [
        {
            "name": name,
            **asdict(target),
            "measured": measured.get(name),
            "verdict": target.verdict(measured[name]) if name in measured else "not measured",
        }
        for name, target in TARGETS.items()
    ]
