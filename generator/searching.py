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
# What a page carries that wants to be found; the theme puts it around the page's own text.
_MARK = b"data-pagefind-body"
# Permalinks, and the LaTeX beside a formula, which shows what it means already.
_EXCLUDED = [".headerlink", "span.latex"]


def index(site: Path) -> int:
    """Write `pagefind/` into a built site, over an older one, and return the number of pages in it.

    Raises GeneratorError when the site has no page to index or the index misses one.
    """
    searchable = sum(_MARK in page.read_bytes() for page in site.rglob("*.html"))
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    if searchable:
        run_pagefind(site)
        make_reproducible(site / FOLDER)
    indexed = _indexed(site / FOLDER)
    if indexed != searchable or not searchable:
        found = f"{indexed} of {searchable} searchable pages indexed"
        remedy = "build the site with this project's theme first"
        raise GeneratorError([Problem(Code.NOT_A_SITE, Location(str(site)), found, remedy)])
    return indexed


def run_pagefind(site: Path) -> None:
    """Have Pagefind write its index of the site, in whatever order."""
    # The command, not Pagefind's Python API: its service says that files are written before they are, and closing it
    # then cuts them short (Pagefind issue 1271, seen with 1.5.2).
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(site / FOLDER)]
    options = ["--exclude-selectors", ",".join(_EXCLUDED), "--force-language", "en", "--quiet"]
    run = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if run.returncode:
        found = f"Pagefind failed: {run.stderr.strip() or run.stdout.strip()}"
        remedy = "install the requirements anew, or report it"
        raise GeneratorError([Problem(Code.FAILED_BUILD, Location(str(site)), found, remedy)])


def _indexed(folder: Path) -> int:
    """The page count that Pagefind itself wrote down; what it returns counts unsearchable pages too."""
    entry = folder / "pagefind-entry.json"
    if not entry.is_file():
        return 0
    languages = json.loads(entry.read_text("utf-8"))["languages"].values()
    return sum(language["page_count"] for language in languages)
