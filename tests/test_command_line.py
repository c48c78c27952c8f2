"""`python -m generator`: what it answers, where, and with which exit status."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FIXTURES

from generator.__main__ import main
from generator.diagnostics import Code

ROOT = Path(__file__).parent.parent
BROKEN = FIXTURES / "broken" / "misspelt-action" / "seeds"
SEVERAL = FIXTURES / "broken" / "several-at-once" / "seeds"
ODD = FIXTURES / "broken" / "warning-add-without-replacement" / "seeds"


def test_check_counts_what_it_read(corpus_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--seeds", str(corpus_folder)]) == 0
    assert capsys.readouterr().out.endswith("\n40 traces with 93 studies of 14 papers: no errors\n")


def test_problems_are_what_a_check_answers_with_path_line_and_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--seeds", str(BROKEN)]) == 1
    output = capsys.readouterr()
    assert output.err == ""
    expected = "unknown action 'Replaced', expected ADD, REMOVE or REPLACE; did you mean REPLACE? [unknown-action]"
    assert output.out.startswith(f"{BROKEN / 'knitting.md'}:28:15: error: {expected}\n")


def test_warnings_do_not_fail(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--seeds", str(ODD)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{ODD / 'knitting.md'}:23:15: warning: ADD without a replacement; ")
    assert out.endswith("\n1 trace with 2 studies of 1 paper: no errors\n")


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
    assert f": error: {Code.NOT_A_SITE.message} [not-a-site]" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_finish_needs_a_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["finish", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path}: error: not a built site: it has no data/traces.jsonl; ")


@pytest.mark.parametrize(
    "arguments",
    [[], ["biuld"], ["check", "--sedes", "x"], ["finish"], ["check", "surplus"], ["check", "--format", "xml"]],
)
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m generator" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "pages", "finish", "check", "effect", "import"])
def test_help_names_every_command_and_option(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    overview = answer(["--help"], capsys)
    assert f"\n    {command} " in overview
    assert "exit status: 0 done, 1 errors found" in overview
    assert ("--seeds DIR" in answer([command, "--help"], capsys)) is (command != "finish")


def test_the_version_is_that_of_the_citation(capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(["--version"], capsys).split()[-1]
    assert f"\nversion: {said}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def answer(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command says that does nothing else."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 0
    return capsys.readouterr().out


def test_no_command_loads_what_only_some_need() -> None:
    """A check of one file should not wait for what builds, and a build of CI not for what draws bars."""
    command = "import sys, generator.command_line; print({'mkdocs', 'jinja2', 'rich.console'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True, text=True, cwd=ROOT)
    assert done.stdout == "set()\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal that a program can read")
def test_a_person_at_a_terminal_sees_bars_and_nobody_else_does(corpus_folder: Path) -> None:
    import pty

    command = [sys.executable, "-m", "generator", "check", "--seeds", str(corpus_folder)]
    ours, theirs = pty.openpty()
    subprocess.run(command, stderr=theirs, stdout=subprocess.PIPE, check=True, cwd=ROOT)
    os.close(theirs)
    with os.fdopen(ours, "rb") as terminal:
        assert b"Reading seeds" in terminal.read1()
    assert b"Reading seeds" not in subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stderr


def checked(capsys: pytest.CaptureFixture[str], seeds: Path, *arguments: str) -> tuple[int, str, str]:
    status = main(["check", "--seeds", str(seeds), *arguments])
    output = capsys.readouterr()
    return status, output.out, output.err


def test_only_the_problems_of_the_files_named_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = checked(capsys, SEVERAL, str(SEVERAL / "b.md"), str(SEVERAL / "papers"))
    assert (status, err) == (1, "")
    assert "b.md:15:37: error: " in out
    assert "knitting.yml:1: error: " in out
    assert "a.md" not in out
    assert "3 errors in 2 files; " in out


def test_a_problem_between_a_named_file_and_another_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    twins = FIXTURES / "broken" / "two-traces-of-one-identity" / "seeds"
    for name in ("a.md", "b/copy of a.md"):
        status, out, _ = checked(capsys, twins, str(twins / name))
        assert status == 1
        assert f"(see {twins / 'a.md'}:10)" in out


def test_errors_elsewhere_do_not_fail_a_named_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copytree(SEVERAL, tmp_path, dirs_exist_ok=True)
    shutil.copy(ODD / "knitting.md", tmp_path / "good.md")
    status, out, _ = checked(capsys, tmp_path, str(tmp_path / "good.md"))
    assert status == 0
    assert "1 warning in 1 file; " in out
    assert out.endswith("\nno errors here, but elsewhere\n")


def test_paths_are_as_the_shell_gives_them(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SEVERAL / "papers")
    for named in ("../a.md", str(SEVERAL / "a.md"), "../papers/../a.md"):
        status, out, _ = checked(capsys, Path(".."), named)
        assert status == 1
        assert out.startswith("../a.md:28:15: error: ")


@pytest.mark.parametrize("named", ["README.md", ".draft.md", ".hidden/a.md"])
def test_files_that_are_no_seeds_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path, named: str) -> None:
    shutil.copytree(ODD, tmp_path, dirs_exist_ok=True)
    (tmp_path / named).parent.mkdir(exist_ok=True)
    (tmp_path / named).write_text("Nothing to read.", encoding="utf-8")
    status, _, err = checked(capsys, tmp_path, str(tmp_path / named))
    assert status == 0
    assert err == f"{tmp_path / named}: not a seed: hidden files, READMEs and backups are not read\n"


def test_paths_that_are_not_there_or_elsewhere_are_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        checked(capsys, ODD, str(ODD / "gone.md"), str(ROOT / "README.md"), str(ODD / "knitting.md"))
    assert caught.value.code == 2
    message = f"{ODD / 'gone.md'}: no such file or folder; {ROOT / 'README.md'}: not in the seeds' folder {ODD}"
    assert message in capsys.readouterr().err


def test_json_alone_is_on_stdout(capsys: pytest.CaptureFixture[str], corpus_folder: Path) -> None:
    status, out, _ = checked(capsys, SEVERAL, "--format", "json")
    assert status == 1
    assert [(found["code"], found["line"], found["column"]) for found in json.loads(out)] == [
        ("unknown-action", 28, 15),
        ("not-utf-8", 15, 37),
        ("missing-field", 21, 5),
        ("missing-key", 1, None),
        ("unknown-key", 1, 1),
    ]
    status, out, _ = checked(
        capsys, corpus_folder, "--format", "json", str(corpus_folder / "lm-planner/gpt-4o/brewnet.md")
    )
    assert (status, out) == (0, "[]\n")


def test_annotations_alone_are_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = checked(capsys, SEVERAL, "--format", "github")
    assert status == 1
    assert [line.partition(" ")[0] for line in out.splitlines()] == ["::error"] * 5


def test_a_home_folder_is_known_where_the_shell_hands_on_its_sign(
    corpus_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(corpus_folder.parent))
    assert main(["check", "--seeds", f"~/{corpus_folder.name}"]) == 0
    assert "no errors" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("file", "{out}: error: cannot be written (File exists: {out})"),
        ("/proc/atlas", "{out}: error: cannot be written (No such file or directory: {out})"),
        ("seeds/site", "{out}: error: within the folder {seeds}; name a folder outside of it [folder-within]"),
        ("", "{out}: error: around the folder {seeds}; name a folder outside of it [folder-within]"),
    ],
)
def test_a_site_is_built_only_where_it_can_be_and_mixes_with_nothing(
    corpus_folder: Path, tmp_path: Path, out: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    seeds = shutil.copytree(corpus_folder, tmp_path / "seeds")
    (tmp_path / "file").touch()
    before = sorted(tmp_path.rglob("*"))
    assert main(["build", "--seeds", str(seeds), "--out", str(tmp_path / out)]) == 1
    assert capsys.readouterr().err.startswith(said.format(out=tmp_path / out, seeds=seeds))
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's ways of saying it")
@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        ("{check} <&- >&- 2>&-", 0, ""),
        ("{check}/nowhere", 1, ""),
        ("{check}/nowhere | head -0", 0, ""),
        ("{check} > /dev/full", 1, "standard output cannot be written (No space left on device)\n"),
        ("mkdir gone; cd gone; rmdir ../gone; {check}", 1, ".: error: the folder in which this was called is gone; "),
        (
            "SOURCE_DATE_EPOCH=today {python} -m generator build --seeds {seeds} --out site",
            1,
            "SOURCE_DATE_EPOCH: error: ",
        ),
        ("{python} -m generator new trace <&-", 2, "usage: "),
    ],
)
def test_a_run_that_lacks_something_ends_with_a_line_that_says_what(
    corpus_folder: Path, tmp_path: Path, command: str, status: int, said: str
) -> None:
    python = f"PYTHONPATH={ROOT} {sys.executable}"
    check = f"{python} -m generator check --seeds {corpus_folder}"
    shell = command.format(check=check, python=python, seeds=corpus_folder)
    done = subprocess.run(["/bin/sh", "-c", shell], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_answer_is_utf_8_whatever_the_code_page(tmp_path: Path, corpus_folder: Path) -> None:
    before, after = tmp_path / "before", shutil.copytree(corpus_folder, tmp_path / "after")
    shutil.copytree(corpus_folder, before)
    seed = after / "lm-planner/gpt-4o/brewnet.md"
    seed.write_text(seed.read_text("utf-8").replace("Yeast", "Łódź → 酵母"), "utf-8")
    command = [sys.executable, "-m", "generator", "effect", str(before), "--seeds", str(after)]
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Łódź → 酵母" in done.stdout.decode("utf-8")
