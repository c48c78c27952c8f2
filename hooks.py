"""MkDocs adapter: the generator before a build, what a site needs after it, the preview under its policy."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from generator import environment, leaves
from generator.finishing import finish
from generator.pipeline import generate
from generator.previewing import trusting
from generator.problems import GeneratorError
from generator.reporting import as_text, summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

# `--strict` counts warnings of loggers under `mkdocs.` only.
log = logging.getLogger("mkdocs.plugins.atlas")

environment.settle()


def on_config(config: MkDocsConfig) -> None:
    """Have the pages outside the navigation built on all cores."""
    leaves.install(config)


def on_pre_build(config: MkDocsConfig) -> None:
    """Bring docs/ up to date with the seeds."""
    seeds = Path(config.config_file_path).parent / config.extra["seeds"]
    url, repository = config.site_url or "", config.repo_url or ""
    try:
        report = generate(Path(os.path.relpath(seeds)), Path(config.docs_dir), url, repository=repository)
    except GeneratorError as error:
        found = f"{as_text(error.problems)}\n\n{summary(error.problems)}"
        raise PluginError(f"the seeds have problems, nothing was written:\n{found}") from None
    for warning in report.warnings:
        log.info(as_text([warning]))
    log.info("%d pages, %d written, %d deleted", report.pages, report.written, report.deleted)


def on_post_build(config: MkDocsConfig) -> None:
    """Inspect the built site and add what MkDocs doesn't make, in `mkdocs serve` as well."""
    try:
        indexed = finish(Path(config.docs_dir), Path(config.site_dir))
    except GeneratorError as error:
        raise PluginError(f"the site has problems, do not publish it:\n{error}") from None
    log.info("%d pages indexed for search", indexed)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:  # noqa: ARG001 -- MkDocs passes all
    """Let the preview's own script run, and no other inline one."""
    server.set_app(trusting(server.serve_request))
    return server
