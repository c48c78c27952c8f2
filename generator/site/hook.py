"""MkDocs' events: the generator before a build, what a site needs after it, and the preview."""

import errno
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer

from generator import environment
from generator.diagnostics import GeneratorError
from generator.diagnostics.formats import format_text, summary
from generator.docs_folder import copy_hand_written, exclusive_lock, refusals_reported, refuse_overlap
from generator.interruption import make_stoppable
from generator.loading.seed_files import lines_of
from generator.pipeline import generate
from generator.publication import Publication, read_publication
from generator.site import pages
from generator.site.preview import Preview, configured_seeds
from generator.site.publish import complete_site

# `--strict` counts warnings of loggers under `mkdocs.` only.
log = logging.getLogger("mkdocs.plugins.atlas")
# MkDocs loads this hook anew for each build of `mkdocs serve`, but this module once: the preview outlives its builds.
_previews: list[Preview] = []
_asides: list[TemporaryDirectory[str]] = []
# Where the site goes: MkDocs doesn't tell it of an error.
_sites: list[str] = []
_held = ExitStack()
# What a write alone can meet.
_UNWRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}


@contextmanager
def _problems_told(what: str, config: MkDocsConfig | None = None) -> Iterator[None]:
    """End the run with what MkDocs takes for an error of a plugin."""
    try:
        yield
    except GeneratorError as error:
        site = (config.site_url if config else "") or ""
        found = f"{format_text(error.diagnostics, lines_of)}\n\n{summary(error.diagnostics, site)}"
        raise PluginError(f"{what}:\n{found}") from None


with _problems_told("nothing was built"):
    environment.settle()


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: FBT001 -- MkDocs passes all
    """Begin a preview where other builds will follow the first."""
    _previews[:] = [Preview(dirty=dirty)] if command == "serve" else []


def on_config(config: MkDocsConfig) -> None:
    """Have the pages outside the navigation built on all cores, and those of other seeds kept out of docs/.

    From here on MkDocs cleans up, whatever ends the run.
    """
    make_stoppable()
    # MkDocs forgets where the file is where there is no standard input.
    config.config_file_path = config.config_file_path or str(Path("mkdocs.yml").resolve())
    _sites[:] = [config.site_dir]
    with _problems_told("nothing was built", config):
        if _previews:
            _previews[0].find_port(config)
        else:
            refuse_overlap(Path(config.site_dir), configured_seeds(config))
        publication = _publication(config)
    own = Path(config.config_file_path).parent / str(config.extra.get("seeds") or "seeds")
    if configured_seeds(config).resolve() != own.resolve():
        _set_aside(config)
    pages.install(config, publication, dirty=bool(_previews) and _previews[0].dirty)
    config.extra["preview"] = bool(_previews)


def on_pre_build(config: MkDocsConfig) -> None:
    """Bring docs/ up to date with the seeds; a preview shows what is wrong with them on its pages."""
    if _previews:
        _previews[0].begin(config)
        return
    with _problems_told("nothing was written", config):
        # No other run, such as a preview's, writes pages of its own until these are built.
        _held.enter_context(exclusive_lock(Path(config.docs_dir)))
        report = generate(configured_seeds(config), Path(config.docs_dir), _publication(config))
    for warning in report.warnings:
        log.info(format_text([warning], lines_of))
    log.info("%d pages, %d written, %d deleted", report.pages, len(report.changes.write), len(report.changes.delete))


def on_post_build(config: MkDocsConfig) -> None:
    """Check the built site and add what MkDocs doesn't make, in `mkdocs serve` as well."""
    if _previews:
        _previews[0].end(config)
        return
    with _held, _problems_told("the site has problems, do not publish it", config):
        indexed = complete_site(Path(config.docs_dir), Path(config.site_dir))
    log.info("%d pages indexed for search", indexed)


def on_build_error(error: Exception) -> None:
    """Tell what MkDocs itself could not write as what is written here is told: without its traceback."""
    if not isinstance(error, OSError) or error.errno not in _UNWRITABLE:
        return
    try:
        with _problems_told("the site is not whole, do not publish it"), refusals_reported(Path(_sites[0])):
            raise error
    except PluginError as told:
        log.error("%s", told)  # noqa: TRY400 -- where it happened helps nobody
        raise Abort("nothing was published") from None


def on_shutdown() -> None:
    """Let others write pages again, however the run ends."""
    _held.close()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:  # noqa: ARG001 -- MkDocs passes all
    """Confine the preview's server, and tell it what to watch."""
    _previews[0].attach(server, config)
    return server


def _publication(config: MkDocsConfig) -> Publication:
    return read_publication(Path(config.config_file_path), Path(config.docs_dir))


def _set_aside(config: MkDocsConfig) -> None:
    """Have the pages lie in a folder of their own while MkDocs runs: docs/ holds those of the project's own seeds."""
    if not _asides:
        _asides.append(TemporaryDirectory(prefix="atlas-docs-"))
    folder = _asides[0].name
    copy_hand_written(Path(config.docs_dir), Path(folder))
    config.docs_dir = folder
    config.extra["seeds"] = environment.seeds_in(Path(config.config_file_path).parent, configured_seeds(config))
