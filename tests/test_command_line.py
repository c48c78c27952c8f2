"""`python -m generator`: what it answers, where, and with which exit status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FIXTURES

from generator.__main__ import main

ROOT = Path(__file__).parent.parent
BROKEN = FIXTURES / "broken" / "misspelt-action" / "seeds"
ODD = FIXTURES / "broken" / "warning-add-without-replacement" / "seeds"


def test_check_counts_what_it_read(corpus_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--seeds", str(corpus_folder)]) == 0
    assert capsys.readouterr().out == "40 traces with 93 studies of 14 papers: no errors\n"


def test_problems_go_to_stderr_with_path_line_and_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--seeds", str(BROKEN)]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    expected = "unknown action 'Replaced', expected ADD, REMOVE or REPLACE; did you mean REPLACE? [unknown-action]"
    assert output.err == f"{BROKEN / 'knitting.md'}:28:15: error: {expected}\n"


def test_warnings_do_not_fail(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--seeds", str(ODD)]) == 0
    output = capsys.readouterr()
    assert output.err.startswith(f"{ODD / 'knitting.md'}:23:15: warning: ADD without a replacement; ")
    assert output.out.startswith("1 trace with 2 studies of 1 paper")


def test_pages_are_written_once(corpus_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["pages", "--seeds", str(corpus_folder), "--docs", str(tmp_path)]
    assert main(command) == 0
    assert (tmp_path / "index.md").is_file()
    capsys.readouterr()
    assert main(command) == 0
    assert capsys.readouterr().out.endswith(f"pages in {tmp_path}: 0 files written, 0 deleted\n")


@pytest.mark.parametrize("command", ["pages", "build"])
def test_an_error_writes_nothing(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    option = "--docs" if command == "pages" else "--out"
    assert main([command, "--seeds", str(BROKEN), option, str(out)]) == 1
    assert "unknown action" in capsys.readouterr().err
    assert not out.exists()


def test_build_does_not_empty_a_folder_it_did_not_fill(
    corpus_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.tex").write_text("years of work", encoding="utf-8")
    assert main(["build", "--seeds", str(corpus_folder), "--out", str(tmp_path)]) == 1
    assert "holds files that are not a site built here" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_finish_needs_a_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["finish", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path}: error: not a built site: it has no data/traces.jsonl; ")


@pytest.mark.parametrize("arguments", [[], ["biuld"], ["check", "--sedes", "x"], ["finish"], ["check", "surplus"]])
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m generator" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "pages", "finish", "check", "effect"])
def test_help_names_every_command_and_option(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    overview = capsys.readouterr().out
    assert f"\n    {command} " in overview
    assert "exit status: 0 done, 1 problems found" in overview
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert ("--seeds DIR" in capsys.readouterr().out) is (command != "finish")


@pytest.mark.parametrize(("seeds", "status"), [(ODD, 0), (BROKEN, 1)])
def test_the_process_ends_with_the_commands_status(seeds: Path, status: int) -> None:
    command = [sys.executable, "-m", "generator", "check", "--seeds", str(seeds)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == status
    assert "knitting.md:" in done.stderr
    assert "Traceback" not in done.stderr
