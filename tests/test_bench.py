"""What `make bench` measures is what it says; no figure is judged here."""

import sys
import time
from pathlib import Path

import pytest
from bench.builders import Corpus, this_project
from bench.running import Command, FailedError, run, take_turns
from bench.table import TARGETS, Target, table
from invented import write_corpus, write_one_paper, write_one_planner, write_one_trace

from generator.corpus import load_corpus


@pytest.mark.slow
def test_this_project_is_built_and_measured(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "seeds", tmp_path)
    write_corpus(corpus.seeds, 20)
    costs = take_turns({"this project": this_project(corpus)}, 1)
    assert costs["this project"].cores > 0
    assert costs["this project"].megabytes > 20


def test_who_fails_is_named_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands = {
        "well": Command(("true",), tmp_path),
        "ill": Command(("sh", "-c", "echo no yarn left >&2; exit 3"), tmp_path),
    }
    assert take_turns(commands, 2).keys() == {"well"}
    said = capsys.readouterr().out
    assert said.count("ill: left out") == 1
    assert "no yarn left" in said


def test_what_a_command_left_is_deleted_before_it_runs_again(tmp_path: Path) -> None:
    built = tmp_path / "built"
    # Fails where the folder is there already.
    command = Command(("mkdir", built), tmp_path, (built,))
    assert take_turns({"one": command}, 3).keys() == {"one"}


def test_the_largest_process_counts_whoever_started_it(tmp_path: Path) -> None:
    nested = "import time; held = bytearray(150_000_000); time.sleep(0.3)"
    starting = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{nested}'])"
    assert 150 < run(Command((sys.executable, "-c", starting), tmp_path)).megabytes < 300


def test_what_takes_too_long_is_stopped_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.running._LIMIT", 0.3)
    mark = tmp_path / "late"
    with pytest.raises(FailedError, match="failed after"):
        run(Command(("sh", "-c", f"(sleep 1; touch {mark}) & wait"), tmp_path))
    time.sleep(1)
    assert not mark.exists()


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


def test_what_grows_alone_is_one_paper_one_trace_or_one_planner(tmp_path: Path) -> None:
    for write in (write_one_paper, write_one_trace, write_one_planner):
        write(tmp_path / write.__name__, 60)
    paper, trace, planner = (
        load_corpus(tmp_path / write.__name__).corpus for write in (write_one_paper, write_one_trace, write_one_planner)
    )
    assert (len(paper.papers), len(paper.traces)) == (1, 60)
    assert [len(one.studies) for one in trace.traces] == [60]
    assert len({one.planner for one in planner.traces}) == 1
    assert len({one.model for one in planner.traces}) == 60


def test_the_table_has_a_row_for_each_target_measured_or_not() -> None:
    rows = table({"naive": 14, "hugo": 8.2}).splitlines()
    assert len(rows) == 2 + len(TARGETS)
    assert sum("| ok |" in row for row in rows) == 1
    assert sum("| missed |" in row for row in rows) == 1
    assert sum("not measured" in row for row in rows) == len(TARGETS) - 2


@pytest.mark.parametrize(
    ("target", "value", "verdict"),
    [
        (Target("", "×", least=14), 14, "ok"),
        (Target("", "×", least=14), 13.9, "missed"),
        (Target("", "", most=0), 0, "ok"),
        (Target("", "", most=0), 1, "missed"),
        (Target("", " KB"), 7, ""),
    ],
)
def test_a_target_is_met_on_its_own_side_of_the_bound(target: Target, value: float, verdict: str) -> None:
    assert target.verdict(value) == verdict
