"""Seeds -> the complete site in any folder: pages, MkDocs, search index."""

from __future__ import annotations

import logging
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.exceptions import Abort

from generator import environment
from generator.addresses import TRACES_DATA
from generator.building import leaves
from generator.building.cache import key_of, shared
from generator.building.keeping import CACHE
from generator.building.remembering import survey_again
from generator.building.settings import config_for, config_of, site_for
from generator.catalogue import Code
from generator.finishing import finish
from generator.pipeline import Report, generate_from
from generator.problems import GeneratorError, Location, Problem
from generator.writing.locking import alone
from generator.writing.publishing import hand_written
from generator.writing.staging import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig

    from generator.building.cache import Pages
    from generator.terminal import Bars


def build(project: Path, seeds: Path, out: Path, bars: Bars) -> Report:
    """Build the site of `seeds` into `out`, with the theme and the hand-written pages of `project`.

    The project's own seeds leave their pages in its docs/; any other corpus leaves the project as it is. What shares
    have built is taken from them. Raises GeneratorError with every problem of the run.
    """
    environment.settle()
    _refuse_to_replace(out)
    cache = project / CACHE
    with _docs(project, seeds) as docs:
        config = config_for(project, seeds, docs, out)
        found, site = survey_again(seeds, cache, bars.track), site_for(config, project, seeds, docs)
        with shared(cache, key_of(config, found.corpus, site)) as made:
            report = generate_from(found, docs, site, bars.track, made)
            # Until the site is built, its memory is free.
            del found
            with _replacing(out):
                with bars.busy(f"Building {report.pages:,} pages"):
                    _mkdocs(config, made)
                with bars.busy("Finishing the site"):
                    finish(docs, out)
    return report


def pages(project: Path, seeds: Path, docs: Path, bars: Bars) -> Report:
    """Write the pages of `seeds` into `docs`, for whichever builder is to build them."""
    found = survey_again(seeds, project / CACHE, bars.track)
    return generate_from(found, docs, site_for(config_of(project), project, seeds, docs), bars.track)


def _refuse_to_replace(out: Path) -> None:
    """MkDocs empties the folder it builds into, so it is new, empty, a site, or what a killed build left of one."""
    is_site = (out / TRACES_DATA).is_file() and (out / "index.html").is_file()
    if out.is_dir() and any(out.iterdir()) and not is_site and not (out / UNFINISHED).is_file():
        remedy = "name an empty or a new folder"
        found = "holds files that are not a site built here"
        raise GeneratorError([Problem(Code.NOT_A_SITE, Location(str(out)), found, remedy)])


@contextmanager
def _replacing(out: Path) -> Iterator[None]:
    """Hold `out` against other builds, and leave a mark there until it is whole."""
    with alone(out):
        # MkDocs leaves hidden files when it empties the folder.
        mark = out / UNFINISHED
        mark.touch()
        yield
        mark.unlink()


@contextmanager
def _docs(project: Path, seeds: Path) -> Iterator[Path]:
    docs = project / "docs"
    if seeds.resolve() == (project / "seeds").resolve():
        yield docs
        return
    with TemporaryDirectory(prefix="atlas-docs-") as folder:
        for name in hand_written(docs):
            copy = Path(folder, name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(docs / name, copy)
        yield Path(folder)


def _mkdocs(config: MkDocsConfig, made: Pages) -> None:
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    leaves.install(config, made)
    try:
        build_with_mkdocs(config)
    except Abort as error:
        problem = Problem(Code.FAILED_BUILD, Location(config.config_file_path), str(error), "see the messages above")
        raise GeneratorError([problem]) from None
