"""The figures of `make bench` are of what they say; none of them is judged here."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest
from bench.building import Build, Patience, builds, prepare
from bench.contestants import ALONE, COLD, Contestant, checkout, own
from bench.places import Size
from bench.projecting import projected
from bench.running import Cost, FailedError, run
from bench.sharing import digests
from bench.tables import targets_table
from bench.targets import TARGETS, Target, compared, grown
from bench.weighing import beyond_text
from invented import write_corpus

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 120  # seconds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a command runs, with another above it for what it leaves."""
    created = tmp_path / "folder"
    created.mkdir()
    return created


def test_this_project_is_built_and_measured(tmp_path: Path) -> None:
    write_corpus(tmp_path / "seeds", 20)
    project = checkout(tmp_path / "seeds", tmp_path)
    said: list[str] = []
    alone, cold = builds(own(project)[:2], 20, Patience(runs=1, seconds=LIMIT, limit=LIMIT), said.append)
    assert (alone.contestant, cold.contestant, said) == (ALONE, COLD, [])
    assert cold.size.pages > alone.size.pages > 20
    assert cold.cost.memory > 20
    assert cold.cost.indexer > 1
    assert alone.cost.indexer == 0
    assert 0 < beyond_text(project.site) < cold.size.megabytes * 1e6
    assert "index.html" in digests(project.site)
    measured = {**dict(compared([alone, cold])), **dict(grown(cold, cold))}
    assert measured.keys() == {"generator", "memory", "indexer"}
    assert len(targets_table(measured).splitlines()) == 2 + len(TARGETS)

    # The next cold build finds nothing of this one.
    prepare(next(one for one in own(project) if one.name == COLD))
    assert not project.site.exists()
    assert not (project.folder / ".cache").exists()
    assert not (project.folder / "docs" / "index.md").exists()
    assert (project.folder / "docs" / "home.md").is_file()


def test_the_site_of_the_last_stays_when_others_could_build_on(tmp_path: Path) -> None:
    contestants = [
        Contestant(
            name, ("sh", "-c", f"sleep {seconds}; mkdir -p {name}; touch {name}/index.html"), tmp_path, place, (), None
        )
        for name, seconds, place in (("quick", 0, tmp_path / "quick"), ("slow", 0.5, tmp_path / "slow"))
    ]
    found = builds(contestants, 1, Patience(runs=3, seconds=0.3, limit=LIMIT), print)
    assert [(build.contestant, build.runs) for build in found] == [("quick", 1), ("slow", 1)]
    assert (tmp_path / "slow" / "index.html").is_file()


def test_the_largest_process_counts_whoever_started_it(folder: Path) -> None:
    nested = "import time; held = bytearray(150_000_000); time.sleep(0.3)"
    cost = run(
        (sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{nested}'])"),
        folder,
        LIMIT,
    )
    assert 150 < cost.memory < 300


def test_what_takes_check_lengths_is_stopped_with_all_that_it_started(folder: Path) -> None:
    mark = folder / "late"
    with pytest.raises(FailedError, match=r"stopped after 0\.3 s"):
        run(("sh", "-c", f"(sleep 1; touch {mark}) & wait"), folder, 0.3)
    time.sleep(1)
    assert not mark.exists()


def test_a_command_that_fails_is_told_in_its_own_words(folder: Path) -> None:
    with pytest.raises(FailedError, match="no yarn left"):
        run(("sh", "-c", "echo no yarn left >&2; exit 3"), folder, LIMIT)


def test_a_larger_corpus_begins_with_the_smaller_one(tmp_path: Path) -> None:
    write_corpus(tmp_path / "small", 10)
    write_corpus(tmp_path / "large", 30)
    small, large = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.md")}
        for folder in (tmp_path / "small", tmp_path / "large")
    )
    assert len(small) == 10
    assert len(large) == 30
    assert small.items() <= large.items()


@pytest.mark.parametrize(
    ("target", "value", "verdict"),
    [
        (Target("", "×", least=20), 20, "ok"),
        (Target("", "×", least=20), 19.9, "missed"),
        (Target("", "", most=0), 0, "ok"),
        (Target("", "", most=0), 1, "missed"),
        (Target("", " KB"), 7, ""),
    ],
)
def test_a_target_is_met_on_its_own_side_of_the_bound(target: Target, value: float, verdict: str) -> None:
    assert target.verdict(value) == verdict


def a_build(traces: int) -> Build:
    return Build(
        COLD,
        traces,
        1,
        Cost(traces / 100, traces / 50, 100 + traces / 10, traces / 5),
        Size(traces, 5 * traces, traces / 20),
    )


def test_larger_corpora_lie_on_the_line_through_two_that_were_measured() -> None:
    found = projected(a_build(2_000), a_build(20_000), 100_000)
    assert (found.cores, found.memory, found.indexer, found.site, found.files) == (
        2_000,
        10_100,
        20_000,
        5_000,
        500_000,
    )
