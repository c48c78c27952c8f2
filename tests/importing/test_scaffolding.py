"""`new`: a well-formed file from options, or from what a person answers at a terminal."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from examples import check

from generator.__main__ import main
from generator.diagnostics import Code
from generator.loading.validation import parse_yaml
from generator.model import Metadata

TRACE = ["--planner", "lm-planner", "--model", "gpt-4o", "--paper", "Knitting: with “Robots” #1", "--task", "author"]
PAPER = ["--title", "Knitting: with “Robots” #1", "--authors", "Ada Example", "Ben Sample", "--year", "2025"]


def new(kind: str, folder: Path, *options: str) -> int:
    return main(["new", kind, "--seeds", str(folder), *options])


def test_new_files_tell_what_was_given_and_are_refused_until_they_are_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new("trace", tmp_path, *TRACE) == 0
    path = tmp_path / "traces" / "lm-planner" / "gpt-4o" / "knitting-with-robots-1.md"
    assert capsys.readouterr().out == f"{path} started: fill it in, then run `make check`\n"
    assert new("paper", tmp_path, *PAPER, "--arxiv", "2101.00010", "--slug", "knitting") == 0
    assert new("summary", tmp_path, "--title", "Knitting: with “Robots” #1") == 0
    assert main(["check", "--seeds", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    for empty in ("name", "ablated_part", "action", "metrics"):
        assert f"'{empty}' of item 1 of 'studies' is empty" in said
    assert "the reasoning is empty" in said
    assert "no text under 'Methodology'" in said
    filled = path.read_text("utf-8").replace("- name:", "- name: Needle")
    filled = filled.replace("part:", "part: needle").replace("action:", "action: REMOVE")
    filled = filled.replace("  replacements:\n  -\n", "").replace("  -\n", "  - stitches\n")
    path.write_text(f"{filled}We knit.", "utf-8")
    corpus, _ = check(tmp_path)
    (paper,) = corpus.papers
    assert (paper.slug, paper.title) == ("knitting", "Knitting: with “Robots” #1")
    assert paper.metadata
    assert (paper.metadata.authors, paper.metadata.year) == (("Ada Example", "Ben Sample"), 2025)
    assert paper.metadata.arxiv == "2101.00010"
    assert [(trace.task, trace.model, len(trace.studies)) for trace in paper.traces] == [("author", "gpt-4o", 1)]


@pytest.mark.parametrize(
    "authors", [["Ada Example, Ben Sample"], ["Ada Example and Ben Sample"], ["Ada Example;", "Ben Sample"]]
)
def test_authors_are_told_apart_however_they_are_given(authors: list[str], tmp_path: Path) -> None:
    assert new("paper", tmp_path / "new", "--title", "Knitting", "--authors", *authors) == 0
    assert "- Ada Example\n- Ben Sample\n" in (tmp_path / "new/papers/knitting.yml").read_text("utf-8")
    given = "".join(f"  {line}\n" for line in authors)
    metadata, diagnostics = parse_yaml(Metadata, "knitting.yml", f"title: Knitting\nauthors: |\n{given}")
    assert (diagnostics, metadata and metadata.authors) == ([], ("Ada Example", "Ben Sample"))


@pytest.mark.parametrize(("kind", "options"), [("trace", TRACE), ("paper", PAPER), ("summary", PAPER[:2])])
def test_nothing_is_overwritten(
    kind: str, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new(kind, tmp_path, *options)
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.write_text("mine", encoding="utf-8")
    assert new(kind, tmp_path, *options) == 1
    assert capsys.readouterr().err.startswith(f"{path}: error: {Code.FILE_EXISTS.message} [file-exists]\n")
    assert path.read_text("utf-8") == "mine"


def test_what_cannot_be_written_down_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new("paper", tmp_path, "--title", "Knitting", "--year", "25", "--slug", "../../knitting") == 1
    error = capsys.readouterr().err
    assert "new paper: error: 'year' is the number 25, expected a year from 1900 to 2100" in error
    assert "new paper: error: 'slug' is the text '../../knitting'" in error
    assert new("trace", tmp_path, *TRACE[2:], "--planner", "lm/planner") == 1
    assert "new trace: error: 'planner' is the text 'lm/planner'" in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


def test_without_a_terminal_the_missing_options_are_named(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generator", "new", "trace", "--seeds", str(tmp_path), *TRACE[:2]]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert done.stderr.endswith("error: add --model, --paper, --task, or answer at a terminal\n")
    assert not any(tmp_path.iterdir())


def at_a_terminal(answers: str, *arguments: str) -> tuple[int, str]:
    """Run the command at a terminal of its own where `answers` are typed; its status, and what it asked and said."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "generator", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True) as process:
        os.close(theirs)
        os.write(ours, answers.encode())
        said = b""
        # Linux ends the reading of a terminal that nobody has open any more with an error.
        while piece := _read(ours):
            said += piece
    os.close(ours)
    return process.returncode, said.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""


def test_at_a_terminal_it_asks_for_what_is_missing(tmp_path: Path) -> None:
    answers = "\nopenai/gpt-4o\ngpt-4o\nKnitting with Robots\nboth\nreviewer\n"
    options = ["new", "trace", "--seeds", str(tmp_path)]
    status, said = at_a_terminal(answers, *options, "--planner", "lm-planner")
    assert status == 0, said
    # An answer that is empty, can't be taken or is no task is asked for again; the planner is known.
    assert said.count("the language model's name, without a slash: ") == 3
    assert "the text 'openai/gpt-4o', expected the language model's name" in said
    assert said.count("(author, reviewer): ") == 2
    assert "the planner's name" not in said
    path = tmp_path / "traces/lm-planner/gpt-4o/knitting-with-robots.md"
    head = "planner: lm-planner\nmodel: gpt-4o\npaper: Knitting with Robots\ntask: reviewer\nstudies:\n"
    assert head in path.read_text("utf-8")
    # Who does it again finds the file there, and what was answered in a command.
    status, said = at_a_terminal(answers, *options, "--planner", "lm-planner")
    assert status == 1
    assert f"new trace --seeds {tmp_path} --planner lm-planner --model gpt-4o --paper 'Knitting with Robots' " in said


def test_lists_end_with_an_empty_answer_and_the_rest_may_be_left_out(tmp_path: Path) -> None:
    answers = "Knitting\nAda Example, Ben Sample\nCem Test\n\n2025" + 10 * "\n"
    status, said = at_a_terminal(answers, "new", "paper", "--seeds", str(tmp_path))
    assert status == 0, said
    text = (tmp_path / "papers" / "knitting.yml").read_text("utf-8")
    assert text == "title: Knitting\nauthors:\n- Ada Example\n- Ben Sample\n- Cem Test\nyear: 2025\n"


def test_questions_left_open_write_nothing_and_the_answers_are_kept(tmp_path: Path) -> None:
    status, said = at_a_terminal("Knitting\n\x04", "new", "paper", "--seeds", str(tmp_path))
    assert status == 2
    assert "not all questions were answered, nothing was written" in said
    assert f"new paper --seeds {tmp_path} --title Knitting" in said
    assert not any(tmp_path.iterdir())
