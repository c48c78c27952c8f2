"""MkDocs adapter: the generator before a build, what a site needs after it, and the preview."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from generator import environment
from generator.building import leaves
from generator.building.keeping import CACHE
from generator.building.remembering import survey_again
from generator.finishing import finish
from generator.pipeline import generate_from
from generator.previewing import Memory, PreviewServer, Project
from generator.problems import GeneratorError
from generator.reporting import as_text, summary

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

# `--strict` counts warnings of loggers under `mkdocs.` only.
log = logging.getLogger("mkdocs.plugins.atlas")
# That of `mkdocs serve`.
memories: list[Memory] = []

environment.settle()


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG001, FBT001 -- MkDocs passes all
    """Remember the first build where others will follow."""
    if command == "serve":
        memories.append(Memory())


def on_config(config: MkDocsConfig) -> None:
    """Have the pages outside the navigation built on all cores."""
    leaves.install(config)


def on_pre_build(config: MkDocsConfig) -> None:
    """Bring docs/ up to date with the seeds."""
    project = Project.of(config)
    try:
        if memories:
            report = memories[0].begin(project)
        else:
            cache = Path(config.config_file_path).parent / CACHE
            report = generate_from(survey_again(project.seeds, cache), project.docs, project.site)
    except GeneratorError as error:
        found = f"{as_text(error.problems)}\n\n{summary(error.problems)}"
        raise PluginError(f"the seeds have problems, nothing was written:\n{found}") from None
    for warning in report.warnings:
        log.info(as_text([warning]))
    changes = report.changes
    log.info("%d pages, %d written, %d deleted", report.pages, len(changes.write), len(changes.delete))


def on_post_build(config: MkDocsConfig) -> None:
    """Inspect the built site and add what MkDocs doesn't make, in `mkdocs serve` as well."""
    try:
        indexed = finish(Path(config.docs_dir), Path(config.site_dir))
    except GeneratorError as error:
        raise PluginError(f"the site has problems, do not publish it:\n{error}") from None
    log.info("%d pages indexed for search", indexed)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> PreviewServer:  # noqa: ARG001 -- MkDocs passes all
    """Do again only what depends on a change."""
    return PreviewServer(config, memories[0], server)
