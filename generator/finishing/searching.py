"""Search: Pagefind's index over the pages of a built site, whoever built it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from binascii import crc32
from typing import TYPE_CHECKING

from generator.catalogue import Code
from generator.finishing.reproducing import SAMPLE, make_reproducible
from generator.problems import GeneratorError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FOLDER = "pagefind"
# What is loaded first where something is sought.
ENTRY = f"{FOLDER}/pagefind-entry.json"
_UNFINISHED = ".pagefind"
# What a page carries that wants to be found; the theme puts it around the page's own text.
_MARK = b"data-pagefind-body"
# What else of a page Pagefind reads: its title, and what it can be narrowed to.
_METADATA = re.compile(rb"<meta [^>]*data-pagefind-[^>]*>")
# What it passes over, citations above all. In there templates put no element into another of its name.
_IGNORED = re.compile(
    rb'<(aside|details|header|p|section)\b[^<>]* data-pagefind-ignore="all"[^<>]*>.*?</\1>', re.DOTALL
)
# How many pages stand for all, where too many hold the words for a browser to compare them, and what marks these.
_SAMPLED = 1000
_SAMPLE_MARK = f'<meta data-pagefind-filter="{SAMPLE}[content]" content="yes">'.encode()
# Of what Pagefind writes beside the index itself, what the site's own dialog loads.
_LOADED = re.compile(r"pagefind\.js|pagefind-entry\.json|pagefind\..*\.pf_meta|wasm\.en\.pagefind")
# Permalinks, and the LaTeX beside a formula, which shows what it means already.
_EXCLUDED = [".headerlink", "span.latex"]


def index(site: Path, meanwhile: Callable[[], object]) -> int:
    """Write `pagefind/` into a built site, over an older one, and return the number of pages in it.

    What is done meanwhile leaves the pages as they are. Raises GeneratorError when the site has no page to index or the
    index misses one.
    """
    with start(site) as run:
        try:
            meanwhile()
        except BaseException:
            run.terminate()
            raise
        indexed = finished(run, site)
    replace(site)
    return indexed


def pages_of(site: Path) -> list[Path]:
    """The files of a built site's pages, in order."""
    return sorted(path for path in site.rglob("*.html") if path.relative_to(site).parts[0] != _UNFINISHED)


def start(site: Path) -> subprocess.Popen[str]:
    """Have the pages of a built site indexed aside, while an older index stays as it is."""
    aside = site / _UNFINISHED
    shutil.rmtree(aside, ignore_errors=True)
    _put_in_order(site, aside / "pages")
    # The command, not Pagefind's Python API: its service says that files are written before they are, and closing it
    # then cuts them short (Pagefind issue 1271, seen with 1.5.2).
    command = [sys.executable, "-m", "pagefind", "--site", str(aside / "pages"), "--output-path", str(aside / "index")]
    options = ["--exclude-selectors", ",".join(_EXCLUDED), "--force-language", "en", "--quiet"]
    return subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def finished(run: subprocess.Popen[str], site: Path) -> int:
    """Wait for the index aside, and return the number of pages in it; errors as above."""
    said, _ = run.communicate()
    aside = site / _UNFINISHED
    searchable = len(list((aside / "pages").rglob("*.html")))
    if run.returncode and searchable:
        remedy = "install the requirements anew, or report it"
        problem = Problem(Code.FAILED_BUILD, Location(str(site)), f"Pagefind failed: {said.strip()}", remedy)
        raise GeneratorError([problem])
    if searchable:
        _leave_out_dialogs(aside / "index")
        make_reproducible(aside / "index")
    indexed = _indexed(aside / "index")
    if indexed != searchable or not searchable:
        found = f"{indexed} of {searchable} searchable pages indexed"
        remedy = "build the site with this project's theme first"
        raise GeneratorError([Problem(Code.NOT_A_SITE, Location(str(site)), found, remedy)])
    return indexed


def replace(site: Path) -> None:
    """Put the index aside into the place of the older one."""
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    (site / _UNFINISHED / "index").rename(site / FOLDER)
    shutil.rmtree(site / _UNFINISHED)


def _put_in_order(site: Path, folder: Path) -> None:
    """Put what can be searched into a folder of its own, one page after the other.

    Pagefind numbers pages as the system lists them, which on some is the order in which they came; and pages come from
    several processes.
    """
    folder.mkdir(parents=True)
    pages = pages_of(site)
    for page in pages:
        data = page.read_bytes()
        if _MARK in data:
            name = page.relative_to(site)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            # By its name alone, a page stays in the sample or out of it, whatever other pages come.
            is_sampled = crc32(name.as_posix().encode()) % (1 + len(pages) // _SAMPLED) == 0
            path.write_bytes(b"<html>" + _SAMPLE_MARK * is_sampled + _read_by_pagefind(data))


def _read_by_pagefind(page: bytes) -> bytes:
    """What Pagefind makes its index of: two fifths of the bytes of a page."""
    head, _, rest = page.partition(b"<article>")
    return b"".join(_METADATA.findall(head)) + _IGNORED.sub(b"", rest.partition(b"</article>")[0])


def _leave_out_dialogs(folder: Path) -> None:
    """Delete what of the index only dialogs of Pagefind's own would load."""
    for path in folder.iterdir():
        if path.is_file() and not _LOADED.fullmatch(path.name):
            path.unlink()


def _indexed(folder: Path) -> int:
    """The page count that Pagefind itself wrote down; what it returns counts unsearchable pages too."""
    entry = folder / "pagefind-entry.json"
    if not entry.is_file():
        return 0
    languages = json.loads(entry.read_text("utf-8"))["languages"].values()
    return sum(language["page_count"] for language in languages)
