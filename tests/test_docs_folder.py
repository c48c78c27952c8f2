"""The folder of the pages: only what changed is written, only what is ours deleted, and runs take turns."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.diagnostics import GeneratorError
from generator.docs_folder import Changes, exclusive_lock, generated_files, hand_written_files, sync_files
from generator.files import RenderedFile

ROOT = Path(__file__).parent.parent
MANIFEST = ".generated"
HOLD = """
import sys
from pathlib import Path
from generator.docs_folder import exclusive_lock
with exclusive_lock(Path(sys.argv[1])):
    print(flush=True)
    sys.stdin.read()
"""


def page(path: str, text: str = "text\n") -> RenderedFile:
    return RenderedFile.from_text(path, f"# T\n\n{text}")


def sync(docs: Path, *planned: RenderedFile) -> Changes:
    return sync_files(planned, docs)


def refused(docs: Path, *planned: RenderedFile) -> list[str]:
    with pytest.raises(GeneratorError) as caught:
        sync_files(planned, docs)
    return [str(diagnostic) for diagnostic in caught.value.diagnostics]


def files(docs: Path) -> set[str]:
    """Every file but the list of the generated ones."""
    return {path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()} - {MANIFEST}


def test_pages_are_written_byte_for_byte(tmp_path: Path) -> None:
    changes = sync(tmp_path, page("a/b/c.md", "λ\n"), RenderedFile.from_text("data/traces.jsonl", "{}\n"))
    assert (tmp_path / "a/b/c.md").read_bytes() == "# T\n\nλ\n".encode()
    assert changes == Changes(("a/b/c.md", "data/traces.jsonl"), ())
    assert files(tmp_path) == {"a/b/c.md", "data/traces.jsonl"} == generated_files(tmp_path)


def test_what_is_unchanged_is_not_touched(tmp_path: Path) -> None:
    sync(tmp_path, page("a.md"), page("b.md"))
    before = {name: (tmp_path / name).stat() for name in ("a.md", "b.md", MANIFEST)}
    assert sync(tmp_path, page("a.md"), page("b.md", "new\n")).write == ("b.md",)
    for name in ("a.md", MANIFEST):
        after = (tmp_path / name).stat()
        assert (after.st_ino, after.st_mtime_ns) == (before[name].st_ino, before[name].st_mtime_ns)
    assert (tmp_path / "b.md").read_text(encoding="utf-8").endswith("new\n")


def test_stale_pages_go_and_the_folders_they_leave_empty(tmp_path: Path) -> None:
    sync(tmp_path, page("a.md"), page("x/y/one.md"), page("x/y/two.md"))
    assert sync(tmp_path, page("a.md")).delete == ("x/y/one.md", "x/y/two.md")
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "a.md"]
    assert generated_files(tmp_path) == {"a.md"}


def test_a_part_of_the_pages_leaves_all_others(tmp_path: Path) -> None:
    sync(tmp_path, page("a.md"), page("b.md"))
    assert sync_files([page("b.md", "new\n"), page("c.md")], tmp_path, whole=False) == Changes(("b.md", "c.md"), ())
    assert generated_files(tmp_path) == {"a.md", "b.md", "c.md"} == files(tmp_path)


def test_hand_written_files_are_never_deleted(tmp_path: Path) -> None:
    hand = {"about.md": "# About\n", "x/note.md": "---\ntitle: mine\n---\n", "x/image.png": "png", "x/data.jsonl": "{}"}
    sync(tmp_path, page("x/one.md"))
    for name, text in hand.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "x/latin.md").write_bytes(b"caf\xe9")
    (tmp_path / ".DS_Store").touch()
    assert sync(tmp_path).delete == ("x/one.md",)
    assert files(tmp_path) == {*hand, "x/latin.md", ".DS_Store"}
    assert hand_written_files(tmp_path) == sorted([*hand, "x/latin.md"])


def test_a_page_that_somebody_deleted_or_edited_is_written_again(tmp_path: Path) -> None:
    sync(tmp_path, page("a.md"), page("b.md"))
    (tmp_path / "a.md").unlink()
    (tmp_path / "b.md").write_text("edited\n", encoding="utf-8")
    assert sync(tmp_path, page("a.md"), page("b.md")).write == ("a.md", "b.md")


def test_a_stale_page_that_somebody_deleted_is_forgotten(tmp_path: Path) -> None:
    sync(tmp_path, page("a.md"), page("x/b.md"))
    (tmp_path / "x/b.md").unlink()
    sync(tmp_path, page("a.md"))
    assert generated_files(tmp_path) == {"a.md"}


@pytest.mark.parametrize("text", [b"# Mine\n", b"---\ntitle: mine\n---\n", b"", b"caf\xe9"])
def test_a_hand_written_page_is_never_overwritten(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "a.md").write_bytes(text)
    (diagnostic,) = refused(tmp_path, page("0.md"), page("a.md"), page("b.md"))
    assert diagnostic.startswith(f"{tmp_path}/a.md: error: a hand-written page stands where a generated one must go; ")
    assert files(tmp_path) == {"a.md"}
    assert (tmp_path / "a.md").read_bytes() == text


def test_a_hand_written_page_that_says_what_is_planned_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(page("a.md").data)
    assert sync(tmp_path, page("a.md")) == Changes((), ())


def test_whatever_is_in_the_way_is_named_before_anything_changes(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "data").mkdir()
    os.mkfifo(tmp_path / "data/pipe.jsonl")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "nowhere.md").symlink_to("gone.md")
    planned = [page(name) for name in ("a.md", "folder.md", "file/x/y.md", "pipe.md", "nowhere.md", "data/pipe.jsonl")]
    found = refused(tmp_path, *planned)
    assert [diagnostic.removeprefix(f"{tmp_path}/").partition(";")[0] for diagnostic in found] == [
        "data/pipe.jsonl: error: a hand-written page stands where a generated one must go",
        "file: error: a file stands where a folder of pages must be",
        "folder.md: error: a folder stands where a generated file must go",
        "nowhere.md: error: a hand-written page stands where a generated one must go",
        "pipe.md: error: a hand-written page stands where a generated one must go",
    ]
    assert files(tmp_path) == {"file"}


def test_whoever_reads_a_page_meanwhile_reads_it_whole(tmp_path: Path) -> None:
    sync(tmp_path, page("a.md", "old\n"))
    with (tmp_path / "a.md").open("rb") as reader:
        sync(tmp_path, page("a.md", "new\n"))
        assert reader.read() == page("a.md", "old\n").data


def test_what_a_killed_run_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    sync(tmp_path, page("x/a.md"))
    (tmp_path / ".unfinished/x").mkdir(parents=True)
    (tmp_path / ".unfinished/x/b.md").write_bytes(b"---\n# Writ\xc3")
    assert sync(tmp_path, page("x/a.md")) == Changes((), ())
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "x"]


def test_what_a_killed_run_goes_on_writing_is_waited_for(tmp_path: Path) -> None:
    left = tmp_path / ".unfinished" / "site"
    left.mkdir(parents=True)
    # As the search's indexer does whose run was killed.
    writing = """
import sys, time
from pathlib import Path
end = time.monotonic() + 1
print(flush=True)
while time.monotonic() < end:
    for number in range(100):
        folder = Path(sys.argv[1], str(number))
        folder.mkdir(parents=True, exist_ok=True)
"""
    command = [sys.executable, "-c", writing, str(left)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as orphan:
        assert orphan.stdout
        orphan.stdout.readline()
        assert sync(tmp_path, page("a.md")).write == ("a.md",)
    assert (tmp_path / "a.md").is_file()


def test_an_error_while_pages_are_made_changes_nothing(tmp_path: Path) -> None:
    sync(tmp_path, page("a.md", "old\n"), page("stale.md"))

    def broken() -> Iterator[RenderedFile]:
        yield page("a.md", "new\n")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sync_files(broken(), tmp_path)
    assert files(tmp_path) == {"a.md", "stale.md"}
    assert (tmp_path / "a.md").read_bytes() == page("a.md", "old\n").data


@pytest.mark.parametrize("listed", ["a.md\nb.md\nc.md\n", "a.md\n"])
def test_what_a_killed_run_noted_and_did_not_write_is_no_page(tmp_path: Path, listed: str) -> None:
    """A run notes its files before it writes the first of them, and the deleted ones until the last is gone."""
    sync(tmp_path, page("a.md"), page("b.md"))
    (tmp_path / MANIFEST).write_text(listed, "utf-8")
    assert sync(tmp_path, page("a.md"), page("b.md")).write == ()
    assert generated_files(tmp_path) == {"a.md", "b.md"} == files(tmp_path)


@contextmanager
def another_run(docs: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the folder until its input ends."""
    command = [sys.executable, "-c", HOLD, str(docs)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "\n"
        yield holder
        if holder.stdin and not holder.stdin.closed:
            holder.stdin.close()


def test_the_second_run_says_that_another_writes_there(tmp_path: Path) -> None:
    with another_run(tmp_path), pytest.raises(GeneratorError) as caught, exclusive_lock(tmp_path, patience=0):
        pytest.fail("two runs at once")
    said = f"{tmp_path}: error: another run writes here; wait until it has ended, then run again [another-run]"
    assert str(caught.value) == said


@pytest.mark.slow
def test_the_command_line_ends_with_the_message_and_changes_nothing(tmp_path: Path, corpus_folder: Path) -> None:
    docs = tmp_path / "docs"
    command = [sys.executable, "-m", "generator", "pages", "--seeds", str(corpus_folder), "--docs", str(docs)]
    with another_run(docs):
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{docs}: error: another run writes here" in done.stderr
    assert not docs.exists()


def test_the_second_run_goes_on_when_the_first_ends_in_time(tmp_path: Path) -> None:
    with another_run(tmp_path) as holder:
        assert holder.stdin
        waiting = os.fork()
        if not waiting:
            holder.stdin.close()
            with exclusive_lock(tmp_path, patience=60):
                os._exit(0)
        holder.stdin.close()
        assert os.waitpid(waiting, 0)[1] == 0


def test_a_killed_run_holds_nothing(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    with another_run(docs) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with exclusive_lock(docs, patience=0):
            assert list(docs.iterdir()) == []


def test_a_run_leaves_no_lock_behind(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    sync(docs, page("a.md"))
    assert [path.name for path in tmp_path.iterdir()] == ["docs"]


def test_a_folder_may_be_named_by_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sync(Path("docs"), page("a.md"))
    monkeypatch.chdir(tmp_path / "docs")
    assert sync(Path(), page("a.md"), page("b.md")).write == ("b.md",)


def test_who_holds_a_folder_may_write_there_and_holds_it_still(tmp_path: Path) -> None:
    """As `mkdocs build` does, which reads the pages that it wrote for as long as it builds."""
    hold = HOLD.replace("argv[1])", "argv[1]), patience=0")
    with exclusive_lock(tmp_path):
        sync(tmp_path, page("a.md"))
        done = subprocess.run([sys.executable, "-c", hold, str(tmp_path)], cwd=ROOT, check=False, capture_output=True)
    assert b"another run writes here" in done.stderr
