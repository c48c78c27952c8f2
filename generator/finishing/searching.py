"""Search: Pagefind's index over the pages of a built site, whoever built it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from pagefind_bin import get_executable

from generator.catalogue import Code
from generator.cores import beside
from generator.finishing.reproducing import make_reproducible
from generator.finishing.sifting import ASIDE, sift
from generator.problems import GeneratorError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from pathlib import Path

FOLDER = "pagefind"
# What is loaded first where something is sought.
ENTRY = f"{FOLDER}/pagefind-entry.json"
# Of what Pagefind writes beside the index itself, what the site's own dialog loads; the rest is dialogs of Pagefind's.
_LOADED = ("pagefind.js", "wasm.en.pagefind")
# The folders of an index.
_HASHED = ("filter", "fragment", "index")
# Permalinks, and the LaTeX beside a formula, which shows what it means already.
_EXCLUDED = [".headerlink", "span.latex"]


def index(site: Path, pages: int, meanwhile: Callable[[], object]) -> int:
    """Write `pagefind/` into a built site of so many pages, over an older one; the number of those in it.

    What is done meanwhile leaves the pages as they are. Raises GeneratorError when the site has no page to index or the
    index misses one, and what is raised meanwhile.
    """
    shutil.rmtree(site / ASIDE, ignore_errors=True)
    try:
        with start(site) as run:
            try:
                # Pagefind begins on all cores and ends on one, which leaves the others time enough.
                with beside(meanwhile, pages, yielding=True) as done:
                    done()
            except BaseException:
                run.terminate()
                raise
            indexed = finished(run, site)
        replace(site)
    finally:
        shutil.rmtree(site / ASIDE, ignore_errors=True)
    return indexed


def start(site: Path) -> subprocess.Popen[str]:
    """Have the pages of a built site indexed aside, while an older index stays as it is.

    What an earlier run left aside, and the older index, spare this one what is the same.
    """
    pages, made = sift(site), site / ASIDE / "index"
    _begin_with(site / FOLDER, made)
    # The command, not Pagefind's Python API: its service says that files are written before they are, and closing it
    # then cuts them short (Pagefind issue 1271, seen with 1.5.2).
    command = [str(get_executable()), "--site", str(pages), "--output-path", str(made)]
    options = ["--exclude-selectors", ",".join(_EXCLUDED), "--force-language", "en", "--quiet"]
    return subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def finished(run: subprocess.Popen[str], site: Path) -> int:
    """Wait for the index aside, and return the number of pages in it; errors as above."""
    said, _ = run.communicate()
    aside = site / ASIDE
    searchable = sum(path.stat().st_size > 0 for path in (aside / "pages").rglob("*.html"))
    if run.returncode and searchable:
        remedy = "install the requirements anew, or report it"
        problem = Problem(Code.FAILED_BUILD, Location(str(site)), f"Pagefind failed: {said.strip()}", remedy)
        raise GeneratorError([problem])
    if searchable:
        _keep(aside / "index", make_reproducible(aside / "index"))
    indexed = _indexed(aside / "index")
    if indexed != searchable or not searchable:
        found = f"{indexed} of {searchable} searchable pages indexed"
        remedy = "build the site with this project's theme first"
        raise GeneratorError([Problem(Code.NOT_A_SITE, Location(str(site)), found, remedy)])
    return indexed


def replace(site: Path) -> None:
    """Put the index aside into the place of the older one."""
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    (site / ASIDE / "index").rename(site / FOLDER)


def _begin_with(older: Path, folder: Path) -> None:
    """Lend a new index the files of an older one that are called by what they hold.

    Pagefind packs none again that is there, which is half its work. Where a file system has no links it packs them all.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for kind in _HASHED:
        with suppress(OSError):
            shutil.copytree(older / kind, folder / kind, copy_function=os.link)


def _keep(folder: Path, files: AbstractSet[Path]) -> None:
    """Delete whatever else is in the folder of an index: what was of an older one, and what nothing loads."""
    loaded = {folder / name for name in _LOADED}
    for path in folder.rglob("*"):
        if path.is_file() and path not in files and path not in loaded:
            path.unlink()


def _indexed(folder: Path) -> int:
    """The page count that Pagefind itself wrote down; what it returns counts unsearchable pages too."""
    entry = folder / "pagefind-entry.json"
    if not entry.is_file():
        return 0
    languages = json.loads(entry.read_text("utf-8"))["languages"].values()
    return sum(language["page_count"] for language in languages)
