"""Who builds the same pages: this project, and others as one would set them up."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.places import ROOT, copy_code
from bench.running import GENERATOR
from generator.writing.publishing import hand_written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

COLD, AGAIN, ALONE = "this project", "this project, with its cache", "its generator alone"
NAIVE, ZENSICAL, ZENSICAL_AGAIN, HUGO = "naive MkDocs", "Zensical", "Zensical, with its cache", "Hugo"
_BUILDERS = ROOT / ".venv-builders" / "bin"
# Naive MkDocs grows with the square of the pages: beyond so many traces it takes half an hour and tens of gigabytes.
NAIVE_AT_MOST = 2000
_NAIVE = """\
site_name: Ablation Atlas
theme: {name: material}
exclude_docs: /home.md
markdown_extensions: [attr_list, md_in_html, sane_lists, {toc: {permalink: "#"}}]
"""
_HUGO = """\
baseURL = "https://atlas.example/"
title = "Ablation Atlas"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
"""
_HUGO_PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"></head><body>{{ .Content }}</body></html>
"""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A command, the folder it runs in, what it makes there; what is deleted, and what put there, before each run."""

    name: str
    command: Sequence[str | Path]
    folder: Path
    built: Path
    stale: Sequence[Path] = ()
    fresh: Path | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A checkout of this project with a corpus as its seeds, and what is put there before a cold build."""

    folder: Path
    fresh: Path

    @property
    def site(self) -> Path:
        """The site that `generator build` makes."""
        return self.folder / "site"

    @property
    def stale(self) -> tuple[Path, ...]:
        """All that builds leave behind."""
        return self.site, self.folder / "docs", self.folder / ".cache"


def checkout(seeds: Path, folder: Path) -> Project:
    """A checkout below `folder` that takes the seeds to itself."""
    project = Project(folder / "project", folder / "fresh")
    copy_code(project.folder)
    shutil.move(seeds, project.folder / "seeds")
    for name in hand_written(ROOT / "docs"):
        copy = project.fresh / "docs" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "docs" / name, copy)
    return project


def own(project: Project) -> list[Contestant]:
    """This project: the first of its builds finds nothing, the second what the first left in the cache."""
    alone = project.folder.with_name("alone")
    pages, build = (*GENERATOR, "pages", "--docs", alone), (*GENERATOR, "build")
    return [
        Contestant(ALONE, pages, project.folder, alone, (*project.stale, alone), project.fresh),
        Contestant(COLD, build, project.folder, project.site, project.stale, project.fresh),
        Contestant(AGAIN, build, project.folder, project.site, (project.site,)),
    ]


def others(docs: Path, traces: int, folder: Path) -> Iterator[Contestant | str]:
    """The others, each with a copy of the pages below `folder`; or why one can't take part."""
    if traces <= NAIVE_AT_MOST:
        yield _naive(docs, folder / "naive")
    else:
        yield f"{NAIVE}: left out beyond {NAIVE_AT_MOST:,} traces, where it takes half an hour"
    zensical = _BUILDERS / "zensical"
    if zensical.is_file():
        yield from _zensical(zensical, docs, folder / "zensical")
    else:
        yield f"{ZENSICAL}: left out, it isn't installed in {_BUILDERS.relative_to(ROOT)}"
    hugo = shutil.which("hugo", path=os.pathsep.join((str(_BUILDERS), os.environ.get("PATH", ""))))
    if hugo:
        yield _hugo(hugo, docs, folder / "hugo")
    else:
        yield f"{HUGO}: left out, there is no `hugo` in {_BUILDERS.relative_to(ROOT)} or on the path"


def _naive(docs: Path, folder: Path) -> Contestant:
    """MkDocs as one first sets it up: every page in the navigation, its own search."""
    shutil.copytree(docs, folder / "docs")
    (folder / "mkdocs.yml").write_text(_NAIVE)
    site = folder / "site"
    return Contestant(NAIVE, (sys.executable, "-m", "mkdocs", "build", "--quiet"), folder, site, (site,))


def _zensical(executable: Path, docs: Path, folder: Path) -> Iterator[Contestant]:
    """Zensical with this project's theme and extensions, and its own search in place of what hooks add."""
    copy_code(folder)
    shutil.copytree(docs, folder / "docs")
    configuration = (ROOT / "mkdocs.yml").read_text("utf-8")
    for here, there in (("hooks: [hooks.py]\n", ""), ("plugins: []\n", "plugins: [search]\n")):
        assert here in configuration
        configuration = configuration.replace(here, there)
    (folder / "mkdocs.yml").write_text(configuration, "utf-8")
    site, command = folder / "site", (executable, "build")
    yield Contestant(ZENSICAL, command, folder, site, (site, folder / ".cache"))
    yield Contestant(ZENSICAL_AGAIN, command, folder, site, (site,))


def _hugo(executable: str, docs: Path, folder: Path) -> Contestant:
    """Hugo with the least of a theme: the limit of what a builder can reach."""
    shutil.copytree(docs, folder / "content")
    # To Hugo, `index.md` is a page without others below it, and `_index.md` one with.
    for path in sorted((folder / "content").rglob("index.md")):
        path.rename(path.with_name("_index.md"))
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name in ("single.html", "list.html"):
        (layouts / name).write_text(_HUGO_PAGE)
    (folder / "hugo.toml").write_text(_HUGO)
    site = folder / "public"
    return Contestant(HUGO, (executable, "--quiet"), folder, site, (site,))
