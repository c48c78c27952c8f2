"""What a built site has beside a builder's pages: their Markdown, records as JSON, and the search index."""

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.addresses import DATA, TRACES_DATA, url_of
from generator.diagnostics import Code, Diagnostic, GeneratorError, Location
from generator.docs_folder import generated_files, hand_written_files
from generator.parallel import parallel_map
from generator.site.allowlist import seed_of, violation
from generator.site.search import indexed_pages, indexing

# Tables whose records are also published one by one, each beside its page.
_SINGLE = ("traces", "papers", "planners")
_CARD = f"{DATA}README.md"


def complete_site(docs: Path, site: Path) -> int:
    """Complete the site that a builder made of `docs`; return the number of pages that can be searched.

    Raises GeneratorError when the folder holds no such site, a page holds what none may, or no search index can be
    made.
    """
    if not (site / TRACES_DATA).is_file():
        hint = "build the site of the pages in docs/ first, or name its folder"
        found = f"not a built site: it has no {TRACES_DATA}"
        raise GeneratorError([Diagnostic(Code.NOT_A_SITE, Location(str(site)), found, hint)])
    with indexing(site):
        check_pages(sorted(site.rglob("*.html")))
        write_alternates(docs, site, (*generated_files(docs), *hand_written_files(docs)))
    return indexed_pages(site)


def check_pages(pages: Sequence[Path]) -> None:
    """Raise GeneratorError with each page that breaks the rules and its seed, if any does."""
    diagnostics = [diagnostic for found in parallel_map(_problems, pages) for diagnostic in found]
    if diagnostics:
        raise GeneratorError(diagnostics)


def _problems(path: Path) -> list[Diagnostic]:
    page = path.read_text("utf-8")
    found = violation(page)
    if found is None:
        return []
    seed = seed_of(page)
    origin = f"; its seed is {seed}" if seed else ""
    message = f"{found.text} in {found.place}, where it may not stand{origin}"
    return [Diagnostic(Code.FOREIGN_MARKUP, Location.at(str(path), page, found.offset), message)]


def write_alternates(docs: Path, site: Path, names: Iterable[str]) -> None:
    """Put the Markdown of these pages beside them, under their paths in docs/, and the records of all pages."""
    for name in names:
        is_page = name.endswith(".md") and (site / url_of(name) / "index.html").is_file()
        if is_page or name == _CARD:
            shutil.copyfile(docs / name, site / name)
    for table in _SINGLE:
        with (site / DATA / f"{table}.jsonl").open("rb") as lines:
            for line in lines:
                (site / json.loads(line)["url"] / "index.json").write_bytes(line)
