"""Pages into docs/: only what changed is written, only what is ours is deleted, and files are whole at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import told

from generator.files import RenderedFile
from generator.publishing import Changes, apply, blocked, diff, existing, hand_written
from generator.rendering import front_matter

if TYPE_CHECKING:
    from pathlib import Path

    from generator.problems import Problem

HEAD = front_matter({"title": "T"})


def page(path: str, text: str = "text\n") -> RenderedFile:
    return RenderedFile.of(path, f"{HEAD}\n{text}")


def publish(docs: Path, *planned: RenderedFile) -> Changes:
    changes, problems = diff(planned, existing(docs))
    assert problems == []
    apply(changes, docs)
    return changes


def refused(docs: Path, *planned: RenderedFile) -> list[Problem]:
    return diff(planned, existing(docs))[1]


def files(docs: Path) -> set[str]:
    return {path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()}


def test_pages_are_written_byte_for_byte(tmp_path: Path) -> None:
    changes = publish(tmp_path, page("a/b/c.md", "λ\n"), RenderedFile.of("data/traces.jsonl", "{}\n"))
    assert (tmp_path / "a/b/c.md").read_bytes() == f"{HEAD}\nλ\n".encode()
    assert [written.path for written in changes.write] == ["a/b/c.md", "data/traces.jsonl"]
    assert files(tmp_path) == {"a/b/c.md", "data/traces.jsonl"}


def test_what_is_unchanged_is_not_touched(tmp_path: Path) -> None:
    publish(tmp_path, page("a.md"), page("b.md"))
    before = {name: (tmp_path / name).stat() for name in ("a.md", "b.md")}
    changes = publish(tmp_path, page("a.md"), page("b.md", "new\n"))
    assert [written.path for written in changes.write] == ["b.md"]
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
    (problem,) = refused(tmp_path, page("a.md"), page("b.md"))
    assert str(problem).startswith("a.md: error: a hand-written page stands where a generated one must go; ")


def test_a_file_in_a_folders_place_and_a_folder_in_a_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "papers").write_text("my list", encoding="utf-8")
    (tmp_path / "index.md").mkdir()
    found = blocked([page("papers/a.md"), page("papers/page/2.md"), page("index.md"), page("b.md")], tmp_path)
    assert [told(problem) for problem in found] == [
        "papers: a file stands where a folder of pages must be; rename it",
        "index.md: a folder stands where a generated file must go; rename it",
    ]
    (tmp_path / "docs").write_text("", encoding="utf-8")
    assert [problem.location.path for problem in blocked([page("a.md")], tmp_path / "docs")] == ["."]


def test_a_page_copied_by_hand_and_edited_stays_ours_to_replace(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{HEAD}\nedited\n", encoding="utf-8")
    assert [written.path for written in publish(tmp_path, page("a.md")).write] == ["a.md"]


def test_an_interrupted_run_leaves_whole_files_and_the_next_one_repairs(tmp_path: Path) -> None:
    publish(tmp_path, page("a.md", "old\n"), page("c.md", "old\n"), page("stale.md"))
    (tmp_path / "b.md").mkdir()
    planned = (page("a.md", "new\n"), page("b.md", "new\n"), page("c.md", "new\n"))
    with pytest.raises(OSError, match="directory"):
        publish(tmp_path, *planned)
    found = {name: (tmp_path / name).read_bytes() for name in ("a.md", "c.md", "stale.md")}
    assert found == {"a.md": page("", "new\n").data, "c.md": page("", "old\n").data, "stale.md": page("").data}

    (tmp_path / "b.md").rmdir()
    publish(tmp_path, *planned)
    assert files(tmp_path) == {"a.md", "b.md", "c.md"}
    assert all((tmp_path / name).read_text(encoding="utf-8").endswith("new\n") for name in files(tmp_path))
    assert publish(tmp_path, *planned) == Changes((), ())


def test_whoever_reads_a_page_meanwhile_reads_it_whole(tmp_path: Path) -> None:
    publish(tmp_path, page("a.md", "old\n"))
    with (tmp_path / "a.md").open("rb") as reader:
        publish(tmp_path, page("a.md", "new\n"))
        assert reader.read() == page("a.md", "old\n").data


def test_what_a_killed_run_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    publish(tmp_path, page("x/a.md"))
    (tmp_path / "x/.b.md.unfinished").write_bytes(b"---\n# Writ\xc3")
    assert publish(tmp_path, page("x/a.md")).delete == ("x/.b.md.unfinished",)
    assert files(tmp_path) == {"x/a.md"}


def test_the_difference_is_computed_without_touching_anything() -> None:
    found = {"a.md": page("a.md").data, "stale.md": page("stale.md").data, "mine.md": b"# Mine\n"}
    changes, problems = diff([page("a.md"), page("new.md")], found)
    assert problems == []
    assert changes == Changes((page("new.md"),), ("stale.md",))
