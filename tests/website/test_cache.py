"""What shares have built and kept never shows: a site is the same as if nothing had been kept."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZipFile

import pytest
from examples import a_study, a_trace, raw_trace

from generator.building.keeping import keep, kept
from website.commands import environment, run
from website.conftest import copy_project
from website.test_builds import differing, files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A project to edit, built once; without the additions, which name traces that edits may delete."""
    project = copy_project(tmp_path / "edited")
    for name in ("inbox/added.yml", "odds & ends/second delivery"):
        (project / "seeds" / "corpus" / name).unlink()
    build(project, "1/1")
    return project


def build(project: Path, *shares: str) -> dict[str, bytes]:
    """The site's files, made of these shares; without any, of what is kept from the last ones."""
    for share in shares:
        done = run(project, "-m", "generator", "build", "--share", share)
        assert done.status == 0, done.output
    done = run(project, "-m", "generator", "build")
    assert done.status == 0, done.output
    return files(project / "site")


def build_anew(project: Path) -> dict[str, bytes]:
    """The same site by a project that kept nothing: neither pages nor Markdown."""
    clean = project.with_name("clean")
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(project, clean, ignore=shutil.ignore_patterns(".cache", "site", "traces", "papers", "__pycache__"))
    shutil.copytree(project / "seeds", clean / "seeds", dirs_exist_ok=True)
    return build(clean)


def edit(seeds: Path, dice: random.Random, number: int) -> None:
    """One change as contributors make it: a trace added, deleted, renamed or rewritten."""
    traces = sorted((seeds / "corpus" / "lm-planner").rglob("*.md"))
    chosen = dice.choice(traces)
    match dice.choice(("add", "delete", "rename", "rewrite")):
        case "add":
            study = a_study(ablated_part=f"Shuttle number {number}")
            trace = a_trace(model="o3-mini", name=f"Weaving_{number}", studies=(study,))
            (seeds / f"weaving-{number}.md").write_text(raw_trace(trace), "utf-8")
        case "delete":
            chosen.unlink()
        case "rename":
            chosen.rename(chosen.with_name(f"renamed-{number}.md"))
        case "rewrite":
            text = chosen.read_bytes()
            assert text.count(b"### ") > 0
            chosen.write_bytes(text.replace(b"### ", f"### Edit {number}: ".encode(), 1))


def test_a_series_of_edits_leads_to_the_site_that_is_built_anew(edited: Path) -> None:
    dice = random.Random(11)  # noqa: S311 -- which edits, not a secret
    for number in range(12):
        edit(edited / "seeds", dice, number)
        if number % 3 == 2:
            kept = build(edited, "1/1")
    assert differing(kept, build_anew(edited)) == []


def test_a_changed_theme_and_configuration_reach_every_page(edited: Path) -> None:
    for path, old, new in (
        ("generator/theme/main.html", "unedited.", "as they wrote it."),
        ("mkdocs.yml", 'permalink: "#"', 'permalink: "§"'),
    ):
        text = (edited / path).read_text("utf-8")
        assert old in text
        (edited / path).write_text(text.replace(old, new), "utf-8")
    built = build(edited, "1/1")
    pages = [data for path, data in built.items() if path.startswith("traces/") and path.endswith(".html")]
    assert len(pages) > 40
    assert all(b"as they wrote it." in page and "§".encode() in page for page in pages)


def test_a_link_is_dead_once_its_target_is_gone(edited: Path) -> None:
    (edited / "docs" / "agreement.md").unlink()
    for _ in range(2):
        done = run(edited, "-m", "generator", "build")
        assert done.status != 0
        assert re.search(r"'papers/[a-z0-9-]+\.md' contains a link '\.\./agreement\.md', but the target", done.output)


def test_two_runs_may_share_what_is_kept(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "shared")
    shutil.copytree(project / "seeds", tmp_path / "seeds")
    arguments = ["-m", "generator", "build", "--seeds", str(tmp_path / "seeds")]
    command = [sys.executable, *arguments, "--share", "1/1"]
    runs = [subprocess.Popen(command, cwd=project, env=environment()) for _ in range(2)]
    assert [one.wait() for one in runs] == [0, 0]
    sites = []
    for name in ("merged", "anew"):
        done = run(project, *arguments, "--out", str(tmp_path / name))
        assert done.status == 0, done.output
        sites.append(files(tmp_path / name))
        shutil.rmtree(project / ".cache", ignore_errors=True)
    assert differing(*sites) == []


@pytest.mark.parametrize("shares", [("1/3", "2/3", "3/3"), ("2/3",), ("1/2", "3/3")], ids=",".join)
def test_any_shares_make_the_same_site(edited: Path, shares: Sequence[str]) -> None:
    shutil.rmtree(edited / ".cache")
    at_once = build(edited)
    shutil.rmtree(edited / "site")
    assert differing(at_once, build(edited, *shares)) == []


def test_a_share_changes_nothing_but_what_is_kept(edited: Path) -> None:
    before = files(edited)
    done = run(edited, "-m", "generator", "build", "--share", "1/2")
    assert done.status == 0, done.output
    assert differing(before, files(edited)) == []


def altered(archive: Path) -> int:
    """Write another word into every page that a share keeps, below the same seal; the number of the pages."""
    key = archive.parent.name
    with kept(archive, key) as file:
        assert file
        with ZipFile(file) as pages:
            held = {name: pages.read(name) for name in pages.namelist()}

    def write(file: BinaryIO) -> None:
        with ZipFile(file, "w") as pages:
            for name, data in held.items():
                pages.writestr(name, data + b"from a share")

    keep(archive, key, write)
    return len(held) // 2


def test_whoever_merges_makes_no_page_of_a_share_again(edited: Path) -> None:
    """Each ends in what was written into the share's own, as Markdown and as HTML; the checkout is another."""
    (archive,) = (edited / ".cache" / "pages").glob("*/*")
    number = altered(archive)
    elsewhere = edited.rename(edited.with_name("elsewhere"))
    built = build(elsewhere)
    for made, suffix in ((built, ".html"), (files(elsewhere / "docs"), ".md")):
        taken = [path for path, data in made.items() if path.endswith(suffix) and data.endswith(b"from a share")]
        assert len(taken) == number > 40


@pytest.mark.parametrize("kind", ["pages", "seeds"])
def test_what_is_broken_is_made_anew(edited: Path, kind: str) -> None:
    at_once = build_anew(edited)
    (archive,) = (path for path in (edited / ".cache" / kind).rglob("*") if path.is_file())
    data = archive.read_bytes()
    archive.write_bytes(data[: len(data) // 2])
    assert differing(at_once, build(edited)) == []
