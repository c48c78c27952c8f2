"""Seeds -> the complete site in any folder: pages, MkDocs, what is added to its site."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from generator import environment
from generator.addresses import TRACES_DATA
from generator.diagnostics import Code, Diagnostic, GeneratorError, Location
from generator.docs_folder import copy_hand_written, exclusive_lock
from generator.pipeline import Report, generate
from generator.site import pages
from generator.site.publish import complete_site
from generator.terminal import Bars

# In the folder of a site that is not whole yet; MkDocs leaves what is hidden when it empties the folder.
_UNFINISHED = ".unfinished"


def build(project: Path, seeds: Path, out: Path, bars: Bars) -> Report:
    """Build the site of `seeds` into `out`, with the theme and the hand-written pages of `project`.

    The project stays as it is: the pages lie in a folder of their own. Raises GeneratorError with every problem of the
    run.
    """
    environment.settle()
    _refuse_to_replace(out)
    with TemporaryDirectory(prefix="atlas-docs-") as folder:
        docs = Path(folder)
        copy_hand_written(project / "docs", docs)
        config = _config(project, seeds, docs, out)
        report = generate(seeds, docs, config.site_url or "", bars.track)
        with _unfinished(out):
            with bars.busy(f"Building {report.pages:,} pages"):
                _mkdocs(config)
            with bars.busy("Finishing the site"):
                complete_site(docs, out)
    return report


def write_pages(project: Path, seeds: Path, docs: Path, bars: Bars) -> Report:
    """Write the pages of `seeds` into `docs`, for whichever builder is to build them."""
    return generate(
        seeds, docs, load_config(str(project / "mkdocs.yml"), hooks=[], watch=[]).site_url or "", bars.track
    )


def _config(project: Path, seeds: Path, docs: Path, out: Path) -> MkDocsConfig:
    """Return the project's configuration for the site of `seeds`. No hook does what is done here."""
    paths = {"docs_dir": str(docs), "site_dir": str(out.resolve())}
    config = load_config(str(project / "mkdocs.yml"), hooks=[], watch=[], strict=True, **paths)
    # Pages link to the seeds that they can be edited in; a corpus from elsewhere has none in the repository.
    is_inside = seeds.resolve().is_relative_to(project.resolve())
    config.extra["seeds"] = seeds.resolve().relative_to(project.resolve()).as_posix() if is_inside else ""
    return config


def _refuse_to_replace(out: Path) -> None:
    """MkDocs empties the folder it builds into, so it is new, empty, a site, or what a killed build left of one."""
    is_site = (out / TRACES_DATA).is_file() and (out / "index.html").is_file()
    if out.is_dir() and any(out.iterdir()) and not is_site and not (out / _UNFINISHED).is_file():
        hint = "name an empty or a new folder"
        found = "holds files that are not a site built here"
        raise GeneratorError([Diagnostic(Code.NOT_A_SITE, Location(str(out)), found, hint)])


@contextmanager
def _unfinished(out: Path) -> Iterator[None]:
    """Hold `out` against other builds, and leave a mark there until it is whole."""
    with exclusive_lock(out):
        mark = out / _UNFINISHED
        mark.touch()
        yield
        mark.unlink()


def _mkdocs(config: MkDocsConfig) -> None:
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    pages.install(config)
    try:
        build_with_mkdocs(config)
    except Abort as error:
        diagnostic = Diagnostic(
            Code.FAILED_BUILD, Location(config.config_file_path), str(error), "see the messages above"
        )
        raise GeneratorError([diagnostic]) from None
