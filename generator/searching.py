"""Search: Pagefind's index over the pages of a built site, whoever built it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from generator.catalogue import Code
from generator.problems import GeneratorError, Location, Problem
from generator.reproducing import make_reproducible

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "pagefind"
# What is loaded first where something is sought.
ENTRY = f"{FOLDER}/pagefind-entry.json"
_UNFINISHED = ".pagefind"
# What a page carries that wants to be found; the theme puts it around the page's own text.
_MARK = b"data-pagefind-body"
# Permalinks, and the LaTeX beside a formula, which shows what it means already.
_EXCLUDED = [".headerlink", "span.latex"]


def index(site: Path) -> int:
    """Write `pagefind/` into a built site, over an older one, and return the number of pages in it.

    Raises GeneratorError when the site has no page to index or the index misses one.
    """
    indexed = finished(start(site), site)
    replace(site)
    return indexed


def start(site: Path) -> subprocess.Popen[str]:
    """Have the pages of a built site indexed aside, while an older index stays as it is."""
    shutil.rmtree(site / _UNFINISHED, ignore_errors=True)
    # The command, not Pagefind's Python API: its service says that files are written before they are, and closing it
    # then cuts them short (Pagefind issue 1271, seen with 1.5.2).
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(site / _UNFINISHED)]
    options = ["--exclude-selectors", ",".join(_EXCLUDED), "--force-language", "en", "--quiet"]
    return subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def finished(run: subprocess.Popen[str], site: Path) -> int:
    """Wait for the index aside, and return the number of pages in it; errors as above."""
    said, _ = run.communicate()
    searchable = sum(_MARK in page.read_bytes() for page in site.rglob("*.html"))
    if run.returncode and searchable:
        remedy = "install the requirements anew, or report it"
        problem = Problem(Code.FAILED_BUILD, Location(str(site)), f"Pagefind failed: {said.strip()}", remedy)
        raise GeneratorError([problem])
    if searchable:
        make_reproducible(site / _UNFINISHED)
    indexed = _indexed(site / _UNFINISHED)
    if indexed != searchable or not searchable:
        found = f"{indexed} of {searchable} searchable pages indexed"
        remedy = "build the site with this project's theme first"
        raise GeneratorError([Problem(Code.NOT_A_SITE, Location(str(site)), found, remedy)])
    return indexed


def replace(site: Path) -> None:
    """Put the index aside into the place of the older one."""
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    (site / _UNFINISHED).rename(site / FOLDER)


def _indexed(folder: Path) -> int:
    """The page count that Pagefind itself wrote down; what it returns counts unsearchable pages too."""
    entry = folder / "pagefind-entry.json"
    if not entry.is_file():
        return 0
    languages = json.loads(entry.read_text("utf-8"))["languages"].values()
    return sum(language["page_count"] for language in languages)
