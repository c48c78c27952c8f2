"""Pages into docs/: only what changed is written, only what is ours is deleted, and files are whole at any moment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from generator.files import RenderedFile, front_matter
from generator.problems import GeneratorError
from generator.writing.publishing import Changes, hand_written
from generator.writing.publishing import publish as publish_into

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = front_matter({"title": "T"})


def page(path: str, text: str = "text\n") -> RenderedFile:
    return RenderedFile.of(path, f"{HEAD}\n{text}")


def publish(docs: Path, *planned: RenderedFile) -> Changes:
    return publish_into(planned, docs)


def refused(docs: Path, *planned: RenderedFile) -> list[str]:
    with pytest.raises(GeneratorError) as caught:
        publish_into(planned, docs)
    return [str(problem) for problem in caught.value.problems]


def files(docs: Path) -> set[str]:
    return {path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()}


def test_pages_are_written_byte_for_byte(tmp_path: Path) -> None:
    changes = publish(tmp_path, page("a/b/c.md", "λ\n"), RenderedFile.of("data/traces.jsonl", "{}\n"))
    assert (tmp_path / "a/b/c.md").read_bytes() == f"{HEAD}\nλ\n".encode()
    assert changes.write == ("a/b/c.md", "data/traces.jsonl")
    assert files(tmp_path) == {"a/b/c.md", "data/traces.jsonl"}


def test_what_is_unchanged_is_not_touched(tmp_path: Path) -> None:
    publish(tmp_path, page("a.md"), page("b.md"))
    before = {name: (tmp_path / name).stat() for name in ("a.md", "b.md")}
    changes = publish(tmp_path, page("a.md"), page("b.md", "new\n"))
    assert changes.write == ("b.md",)
    after = (tmp_path / "a.md").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before["a.md"].st_ino, before["a.md"].st_mtime_ns)
    assert (tmp_path / "b.md").read_text(encoding="utf-8").endswith("new\n")


def test_stale_pages_go_and_the_folders_they_leave_empty(tmp_path: Path) -> None:
    publish(tmp_path, page("a.md"), page("x/y/one.md"), page("x/y/two.md"))
    assert publish(tmp_path, page("a.md")).delete == ("x/y/one.md", "x/y/two.md")
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_hand_written_files_are_never_deleted(tmp_path: Path) -> None:
    hand = {"about.md": "# About\n", "x/note.md": "---\ntitle: mine\n---\n", "x/image.png": "png", "x/data.jsonl": "{}"}
    publish(tmp_path, page("x/one.md"))
    for name, text in hand.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "x/latin.md").write_bytes(b"caf\xe9")
    assert publish(tmp_path).delete == ("x/one.md",)
    assert files(tmp_path) == {*hand, "x/latin.md"}
    assert sorted(hand_written(tmp_path)) == sorted([*hand, "x/latin.md"])


def test_stale_data_goes_and_words_about_the_data_stay(tmp_path: Path) -> None:
    publish(tmp_path, RenderedFile.of("data/old.jsonl", "{}\n"))
    (tmp_path / "data/licence.md").write_text("# Licence\n", encoding="utf-8")
    assert publish(tmp_path, RenderedFile.of("data/new.jsonl", "{}\n")).delete == ("data/old.jsonl",)
    assert files(tmp_path) == {"data/new.jsonl", "data/licence.md"}
    assert hand_written(tmp_path) == ["data/licence.md"]


@pytest.mark.parametrize("text", [b"# Mine\n", b"---\ntitle: mine\n---\n", b"", b"caf\xe9", b"---\r\n# Written by"])
def test_a_hand_written_page_is_never_overwritten(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "a.md").write_bytes(text)
    (problem,) = refused(tmp_path, page("0.md"), page("a.md"), page("b.md"))
    assert problem.startswith(f"{tmp_path}/a.md: error: a hand-written page stands where a generated one must go; ")
    assert files(tmp_path) == {"a.md"}
    assert (tmp_path / "a.md").read_bytes() == text


def test_whatever_is_in_the_way_is_named_before_anything_changes(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "data").mkdir()
    os.mkfifo(tmp_path / "data/pipe.jsonl")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "nowhere.md").symlink_to("gone.md")
    planned = [page(name) for name in ("a.md", "folder.md", "file/x/y.md", "pipe.md", "nowhere.md", "data/pipe.jsonl")]
    found = refused(tmp_path, *planned)
    assert [problem.removeprefix(f"{tmp_path}/").partition(";")[0] for problem in found] == [
        "data/pipe.jsonl: error: a hand-written page stands where a generated one must go",
        "file: error: a file stands where a folder of pages must be",
        "folder.md: error: a folder stands where a generated file must go",
        "nowhere.md: error: a hand-written page stands where a generated one must go",
        "pipe.md: error: a hand-written page stands where a generated one must go",
    ]
    assert files(tmp_path) == {"file"}


def test_a_page_copied_by_hand_and_edited_stays_ours_to_replace(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{HEAD}\nedited\n", encoding="utf-8")
    assert publish(tmp_path, page("a.md")).write == ("a.md",)


def test_whoever_reads_a_page_meanwhile_reads_it_whole(tmp_path: Path) -> None:
    publish(tmp_path, page("a.md", "old\n"))
    with (tmp_path / "a.md").open("rb") as reader:
        publish(tmp_path, page("a.md", "new\n"))
        assert reader.read() == page("a.md", "old\n").data


def test_what_a_killed_run_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    publish(tmp_path, page("x/a.md"))
    (tmp_path / ".unfinished/x").mkdir(parents=True)
    (tmp_path / ".unfinished/x/b.md").write_bytes(b"---\n# Writ\xc3")
    assert publish(tmp_path, page("x/a.md")) == Changes((), ())
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_an_error_while_pages_are_made_changes_nothing(tmp_path: Path) -> None:
    publish(tmp_path, page("a.md", "old\n"), page("stale.md"))

    def broken() -> Iterator[RenderedFile]:
        yield page("a.md", "new\n")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish_into(broken(), tmp_path)
    assert files(tmp_path) == {"a.md", "stale.md"}
    assert (tmp_path / "a.md").read_bytes() == page("a.md", "old\n").data
