"""What the project demands of itself, and the table that holds it against what was measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A measure in words, its unit, and the least or the most that it should be."""

    what: str
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def bound(self) -> str:
        """What it should be, in words; nothing where any value will do."""
        if self.least is not None:
            return f"at least {self.shown(self.least)}"
        return "" if self.most is None else f"at most {self.shown(self.most)}"

    def shown(self, value: float) -> str:
        """Return a value with its unit, in three digits."""
        return f"{value:,.0f}{self.unit}" if value >= 100 or value == int(value) else f"{value:.3g}{self.unit}"

    def verdict(self, value: float) -> str:
        """Return whether a value is what it should be; nothing where any will do."""
        if self.least is not None:
            return "ok" if value >= self.least else "missed"
        if self.most is not None:
            return "ok" if value <= self.most else "missed"
        return ""


_GROWING = {
    "paper": "one paper with 5,000 traces",
    "trace": "one trace with 1,000 studies",
    "models": "one planner with 500 models",
    "planners": "20 planners of 100 traces",
    "summary": "a summary of 1 MB",
}
# By the name under which a measure is measured.
TARGETS: Mapping[str, Target] = {
    "naive": Target("naive MkDocs, every page in the nav; this project's cold build = 1", "×", least=14),
    "zensical": Target("Zensical, cold, its search included; this project's cold build = 1", "×", least=3),
    "hugo": Target("the cold build; Hugo with the least of a theme = 1", "×", most=8),
    "before": Target("the cold build; this project before = 1", "×", most=1.3),
    "preview": Target("an edited seed to its page in the preview, of a cold build", " %", most=15),
    "complete": Target("the same to data and search, of a cold build", " %"),
    "growth": Target("time per page of the large corpus; of the invented smaller one = 1", "×", most=1.25),
    "memory": Target("largest process but Pagefind, large corpus", " MB", most=600),
    "large_checked": Target("`check` of the large corpus", " s"),
    "large_imported": Target("`import` of the large corpus", " s"),
    "large_grown": Target("`build` of the large corpus", " s"),
    "large_site": Target("its site", " MB"),
    "large_ablation": Target("“ablation study” in it, to the first result", " KB"),
    "large_ablation_time": Target("“ablation study” in it, to the first result", " ms"),
    "large_rare": Target("a rare word in it, to the first result", " KB"),
    "large_rare_time": Target("a rare word in it, to the first result", " ms"),
    "large_studies": Target("its explorer, to the first study", " KB"),
    "large_studies_time": Target("its explorer, to the first study", " ms"),
    "large_papers": Target("its finder, to the first paper", " KB"),
    "large_papers_time": Target("its finder, to the first paper", " ms"),
    **{
        f"{verb}_{case}": Target(f"{what}, `{command}` of twice as much", "×", most=2.5)
        for case, what in _GROWING.items()
        for verb, command in {"checked": "check", "grown": "build"}.items()
    },
    "further_files": Target("files that a further page loads beside itself", "", most=0),
    "search_masking": Target("“masking ratio”, to the first result", " KB", most=300),
    "search_masking_time": Target("“masking ratio”, to the first result", " ms", most=1000),
    "search_ablation": Target("“ablation study”, to the first result", " KB", most=300),
    "search_ablation_time": Target("“ablation study”, to the first result", " ms", most=1000),
}


def table(measured: Mapping[str, float]) -> str:
    """Return the Markdown table of all targets with what was measured."""
    return "\n".join(_lines(measured))


def _lines(measured: Mapping[str, float]) -> Iterator[str]:
    yield "| measure | must be | measured | held |"
    yield "|---|---|---|---|"
    for name, target in TARGETS.items():
        value = measured.get(name)
        shown, verdict = ("not measured", "") if value is None else (target.shown(value), target.verdict(value))
        yield f"| {target.what} | {target.bound} | {shown} | {verdict} |"
