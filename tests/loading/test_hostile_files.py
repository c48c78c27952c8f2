"""Files that are no plain seeds: pipes, devices, links, what is too large, and what changes under the reader's eyes."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest
from examples import SITE, a_trace, check, raw_trace, told

from generator.diagnostics import Code, Diagnostic, GeneratorError
from generator.loading.seed_files import list_seeds, read_seed, read_text
from generator.pipeline import generate

RAW = raw_trace(a_trace())
NOT_REGULAR = "no regular file but a folder, a pipe, a socket or a device; take it out of the seeds' folder"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A folder with one good seed."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "good.md").write_text(RAW, encoding="utf-8")
    return folder


def diagnostics(seeds: Path) -> list[str]:
    """What a run has to say about the seeds, which must be an error, and so nothing is written."""
    docs = seeds.parent / "docs"
    with pytest.raises(GeneratorError) as caught:
        generate(seeds, docs, SITE)
    assert not docs.exists()
    return [told(diagnostic).removeprefix(f"{seeds}/") for diagnostic in caught.value.diagnostics]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    # A socket's address holds about a hundred characters.
    with socket.socket(socket.AF_UNIX) as server, chdir(path.parent):
        server.bind(path.name)


def linked_folder(path: Path) -> None:
    (path.parent / "deep").mkdir()
    path.symlink_to("deep")


@pytest.mark.parametrize("make", [pipe, listening, linked_folder])
def test_what_is_no_file_is_named_and_not_waited_for(seeds: Path, make: Callable[[Path], None]) -> None:
    make(seeds / "bad.md")
    assert diagnostics(seeds) == [f"bad.md: {NOT_REGULAR}"]


@pytest.mark.parametrize("target", ["/etc/hostname", "/dev/zero", "../outside.md", "../seeds-of-others/good.md"])
def test_a_link_out_of_the_folder_publishes_nothing(seeds: Path, target: str) -> None:
    (seeds.parent / "outside.md").write_text(RAW.replace("gpt-4o", "secret"), encoding="utf-8")
    (seeds.parent / "seeds-of-others").mkdir()
    (seeds.parent / "seeds-of-others/good.md").write_text(RAW, encoding="utf-8")
    (seeds / "bad.md").symlink_to(target)
    assert diagnostics(seeds) == ["bad.md: a link that leads out of the seeds' folder; put a copy of the file there"]


@pytest.mark.parametrize("name", ["../outside.md", "x/../../outside.md", "/etc/hostname", "./../outside.md"])
def test_a_path_that_leads_out_of_the_folder_is_not_followed(seeds: Path, name: str) -> None:
    (seeds / "x").mkdir()
    (seeds.parent / "outside.md").write_text(RAW, encoding="utf-8")
    found = read_text(seeds, name, 1_000_000)
    assert isinstance(found, Diagnostic)
    assert found.code is Code.LINK_OUTSIDE


def test_a_folder_behind_a_link_is_not_passed_over_in_silence(seeds: Path) -> None:
    """Its seeds would be missing from the site."""
    (seeds.parent / "runs").mkdir()
    (seeds / "runs").symlink_to(seeds.parent / "runs")
    assert diagnostics(seeds) == ["runs: a link that leads out of the seeds' folder; put a copy of the file there"]


def test_a_link_within_the_folder_is_read(seeds: Path) -> None:
    (seeds / ".kept").mkdir()
    (seeds / "good.md").rename(seeds / ".kept/real")
    (seeds / "good.md").symlink_to(".kept/real")
    assert len(check(seeds)[0].traces) == 1


def test_the_folder_itself_may_be_a_link(seeds: Path) -> None:
    (seeds.parent / "link").symlink_to(seeds)
    assert len(check(seeds.parent / "link")[0].traces) == 1


def test_links_in_a_circle_are_a_problem(seeds: Path) -> None:
    (seeds / "a.md").symlink_to("b.md")
    (seeds / "b.md").symlink_to("a.md")
    assert [diagnostic.partition("; ")[0] for diagnostic in diagnostics(seeds)] == [
        f"{name}: cannot be read ({os.strerror(40)})" for name in ("a.md", "b.md")
    ]


def test_a_folder_that_is_called_like_a_file_is_a_folder(seeds: Path) -> None:
    (seeds / "x.md").mkdir()
    (seeds / "good.md").rename(seeds / "x.md/good.md")
    assert [trace.seed for trace in check(seeds)[0].traces] == ["x.md/good.md"]


def test_folders_nested_without_end_are_read(seeds: Path) -> None:
    deep, depth = os.open(seeds, os.O_RDONLY), 1500
    for _ in range(depth):
        os.mkdir("d", dir_fd=deep)
        inner = os.open("d", os.O_RDONLY, dir_fd=deep)
        os.close(deep)
        deep = inner
    os.close(deep)
    try:
        assert len(check(seeds)[0].traces) == 1
    finally:
        # Python cannot take away what is nested as deep, and so could not clear away this test's folder.
        subprocess.run(["rm", "-r", str(seeds / "d")], check=True)  # noqa: S607 -- wherever the system has it


def test_a_seed_that_vanishes_between_listing_and_reading_is_a_problem(seeds: Path) -> None:
    names, found = list_seeds(seeds, sys.maxsize)
    (seeds / "good.md").unlink()
    assert (names, found) == (("good.md",), [])
    _, diagnostic = read_seed(seeds, "good.md", sys.maxsize)
    expected = "good.md: cannot be read (No such file or directory); correct its name, or fetch what the link leads to"
    assert diagnostic
    assert told(diagnostic) == expected


def test_a_seed_that_grows_while_it_is_read_is_a_problem(seeds: Path) -> None:
    """Another program writes at the moment that ours reads."""
    writer = os.fork()
    if not writer:
        _write_without_end(seeds / "good.md")
    try:
        found = (read_seed(seeds, "good.md", 10_000_000)[1] for _ in range(100_000))
        assert "good.md: changed while it was read; run again once it is complete" in map(told, filter(None, found))
    finally:
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)


def _write_without_end(path: Path) -> None:
    with path.open("r+", encoding="utf-8", buffering=1) as file:
        while True:
            file.seek(0)
            file.write(f"{RAW}\n" * 100)


def test_a_seed_above_the_limit_is_refused_and_no_more_of_it_is_read(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_SEED_MB", "3")
    # A file of 8 GB that takes no space: to read it whole would take all memory.
    with (seeds / "huge.md").open("wb") as file:
        file.truncate(8_000_000_000)
    monkeypatch.setenv("ATLAS_SEEDS_MB", "9000")
    assert diagnostics(seeds) == [
        "huge.md: holds 8,000.0 MB, more than 3.0 MB; split it, or set ATLAS_SEED_MB to a larger number"
    ]


def test_seeds_above_the_limit_together_are_refused_before_any_is_read(seeds: Path) -> None:
    for name in "abc":
        with (seeds / f"{name}.md").open("wb") as file:
            file.truncate(400_000_000)
    expected = "the seeds hold 1,200.0 MB, more than 1,000.0 MB; take large files out, or set ATLAS_SEEDS_MB"
    (diagnostic,) = diagnostics(seeds)
    assert diagnostic.startswith(f"{seeds}: {expected} to a larger number")


def test_a_seed_at_the_limit_is_read(seeds: Path) -> None:
    size = (seeds / "good.md").stat().st_size
    assert read_seed(seeds, "good.md", size)[1] is None
    assert read_seed(seeds, "good.md", size - 1)[0] is None
    assert list_seeds(seeds, size) == (("good.md",), [])
    assert list_seeds(seeds, size - 1)[1] != []


@pytest.mark.parametrize("value", ["2MB", "-1", "1.5", "²"])
def test_a_limit_that_is_no_number_is_a_problem(seeds: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ATLAS_SEED_MB", value)
    assert diagnostics(seeds) == [f"ATLAS_SEED_MB: {value!r} is no whole number of megabytes; set it to 10, say"]
