"""Seeds -> the complete site in any folder: pages, MkDocs, what is added to its site."""

import logging
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from generator import environment
from generator.addresses import TRACES_DATA
from generator.diagnostics import Code, Diagnostic, GeneratorError, Location
from generator.docs_folder import STAGING, copy_hand_written, refuse_overlap, replace_contents, staged
from generator.pipeline import Report, generate
from generator.publication import CONFIGURATION, Publication, read_publication
from generator.site import pages
from generator.site.publish import complete_site
from generator.terminal import Bars


def build(project: Path, seeds: Path, out: Path, bars: Bars) -> Report:
    """Build the site of `seeds` into `out`, with the theme and the hand-written pages of `project`.

    Project and `out` stay as they are until all is done: pages and site lie in a hidden folder of `out` up to then.
    Raises GeneratorError with every problem of the run.
    """
    environment.settle()
    refuse_overlap(out, seeds, project / "docs")
    _refuse_to_replace(out)
    with staged(out) as staging:
        docs, site = staging / "docs", staging / "site"
        copy_hand_written(project / "docs", docs)
        publication = read_publication(project / CONFIGURATION, docs)
        config = _config(project, seeds, docs, site)
        report = generate(seeds, docs, publication, bars.track)
        with bars.busy(f"Building {report.pages:,} pages"):
            _mkdocs(config, publication)
        with bars.busy("Finishing the site"):
            complete_site(docs, site)
            replace_contents(out, site, staging / "old")
    return report


def write_pages(project: Path, seeds: Path, docs: Path, bars: Bars) -> Report:
    """Write the pages of `seeds` into `docs`, for whichever builder is to build them."""
    refuse_overlap(docs, seeds)
    return generate(seeds, docs, read_publication(project / CONFIGURATION, docs), bars.track)


def _config(project: Path, seeds: Path, docs: Path, out: Path) -> MkDocsConfig:
    """Return the project's configuration for the site of `seeds`. No hook does what is done here."""
    paths = {"docs_dir": str(docs.resolve()), "site_dir": str(out.resolve())}
    config = load_config(str(project / CONFIGURATION), hooks=[], watch=[], strict=True, **paths)
    config.extra["seeds"] = environment.seeds_in(project, seeds)
    return config


def _refuse_to_replace(out: Path) -> None:
    """Refuse a folder that holds something else: it must be new, empty, a site, or what a killed build left of one."""
    is_site = (out / TRACES_DATA).is_file() and (out / "index.html").is_file()
    if out.is_dir() and any(out.iterdir()) and not is_site and not (out / STAGING).is_dir():
        hint = "name an empty or a new folder"
        found = "holds files that are not a site built here"
        raise GeneratorError([Diagnostic(Code.NOT_A_SITE, Location(str(out)), found, hint)])


def _mkdocs(config: MkDocsConfig, publication: Publication) -> None:
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    pages.install(config, publication)
    try:
        build_with_mkdocs(config)
    except Abort as error:
        diagnostic = Diagnostic(
            Code.FAILED_BUILD, Location(config.config_file_path), str(error), "see the messages above"
        )
        raise GeneratorError([diagnostic]) from None
