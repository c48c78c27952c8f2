"""Search: Pagefind's index over the pages of a built site, whoever built it."""

import json
import re
import shutil
import string
import subprocess
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bs4 import BeautifulSoup
from pagefind_bin import get_executable

from generator.diagnostics import Code, Diagnostic, GeneratorError, Location
from generator.text.tokens import words_of

FOLDER = "pagefind"
# Permalinks, the LaTeX beside a formula that shows what it means already, and what repeats the words of other pages.
_EXCLUDED = (
    *(".headerlink", "span.latex", ".citations"),
    *(f"section.{word}" for word in ("similar", "plans", "context", "further", "traces")),
)
_TAG = re.compile("<[^<>]*>")
_UNUSUAL = re.compile(r"\S*[^\x00-\x7f]\S*")
_BETWEEN = re.compile(f"[{re.escape(string.punctuation)}]")


def words_to_add(page: str) -> str:
    """Return the words of a page that Pagefind would not find in it: pairs of Chinese letters, ligatures, `ø` as "o".

    `page` is the page's content as HTML.
    """
    if page.isascii() or not any(_added(_TAG.sub(" ", page))):
        return ""
    article = BeautifulSoup(page, "html.parser")
    for part in article.select(", ".join((*_EXCLUDED, "math"))):
        part.decompose()
    return " ".join(dict.fromkeys(_added(article.get_text(" "))))


def _added(text: str) -> Iterator[str]:
    for token in _UNUSUAL.findall(text):
        known = {*map(_as_indexed, (token, *_BETWEEN.split(token)))}
        yield from (word for word in words_of(token) if word not in known)


def _as_indexed(word: str) -> str:
    """Return a word as Pagefind has it: letters and digits in lower case, without accents that stand apart in NFD."""
    letters = unicodedata.normalize("NFD", "".join(ch for ch in word if ch.isalnum()).lower())
    return "".join(ch for ch in letters if not unicodedata.combining(ch))


@contextmanager
def indexing(site: Path) -> Iterator[None]:
    """Have the pages of a built site indexed while the block runs, and wait for the index at its end.

    Raises GeneratorError when Pagefind fails or the site has no page to index, and what the block raises; no index is
    left then.
    """
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    # The command, not Pagefind's Python API: its service says that files are written before they are, and closing it
    # then cuts them short (Pagefind issue 1271, seen with 1.5.2).
    command = [str(get_executable()), "--site", str(site), "--exclude-selectors", ",".join(_EXCLUDED)]
    # C++ and C# are words.
    options = ["--force-language", "en", "--include-characters", "+#", "--quiet"]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        try:
            yield
        except BaseException:
            run.kill()
            run.wait()
            # It may have written a part of its index by now, which nobody shall find.
            shutil.rmtree(site / FOLDER, ignore_errors=True)
            raise
        said, _ = run.communicate()
    if run.returncode:
        # Where memory is short it may crash without a word (segmentation fault, seen with 1.5.2).
        reason = said.strip() or f"exit status {run.returncode}"
        hint = "give it more memory or try again; if it fails again, install the requirements anew, or report it"
        diagnostic = Diagnostic(Code.FAILED_BUILD, Location(str(site)), f"Pagefind failed: {reason}", hint)
        raise GeneratorError([diagnostic])
    if not indexed_pages(site):
        hint = "build the site with this project's theme first"
        raise GeneratorError([Diagnostic(Code.NOT_A_SITE, Location(str(site)), "no searchable page", hint)])


def indexed_pages(site: Path) -> int:
    """Return the number of pages in a site's search index, as Pagefind itself wrote it down."""
    entry = json.loads((site / FOLDER / "pagefind-entry.json").read_text("utf-8"))
    return sum(language["page_count"] for language in entry["languages"].values())
