"""Search: Pagefind's index over the pages of a built site, whoever built it."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pagefind_bin import get_executable

from generator.catalogue import Code
from generator.problems import GeneratorError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FOLDER = "pagefind"
# Permalinks, the LaTeX beside a formula that shows what it means already, and what repeats the words of other pages.
_EXCLUDED = (
    *(".headerlink", "span.latex", ".citations"),
    *(f"section.{word}" for word in ("compared", "similar", "plans", "context", "further", "traces")),
)


@contextmanager
def indexing(site: Path) -> Iterator[Callable[[], int]]:
    """Have the pages of a built site indexed while the block runs; then call what it is given for their number.

    Raises GeneratorError when the site has no page to index, and what the block raises.
    """
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    # The command, not Pagefind's Python API: its service says that files are written before they are, and closing it
    # then cuts them short (Pagefind issue 1271, seen with 1.5.2).
    command = [str(get_executable()), "--site", str(site), "--exclude-selectors", ",".join(_EXCLUDED)]
    options = ["--force-language", "en", "--quiet"]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        try:
            yield lambda: _finished(run, site)
        except BaseException:
            run.terminate()
            raise


def _finished(run: subprocess.Popen[str], site: Path) -> int:
    """Wait for the index, and return the number of pages in it; errors as above."""
    said, _ = run.communicate()
    if run.returncode:
        remedy = "install the requirements anew, or report it"
        problem = Problem(Code.FAILED_BUILD, Location(str(site)), f"Pagefind failed: {said.strip()}", remedy)
        raise GeneratorError([problem])
    indexed = _indexed(site / FOLDER)
    if not indexed:
        remedy = "build the site with this project's theme first"
        raise GeneratorError([Problem(Code.NOT_A_SITE, Location(str(site)), "no searchable page", remedy)])
    return indexed


def _indexed(folder: Path) -> int:
    """Return the page count that Pagefind itself wrote down."""
    entry = json.loads((folder / "pagefind-entry.json").read_text("utf-8"))
    return sum(language["page_count"] for language in entry["languages"].values())
