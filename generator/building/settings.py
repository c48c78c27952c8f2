"""The project's configuration, for a corpus of its own or from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.config import load_config

from generator.home_text import site_of

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig

    from generator.model import Site


def config_of(project: Path, **settings: str) -> MkDocsConfig:
    """That of the project, but for these settings. No hook does what is done here."""
    return load_config(str(project / "mkdocs.yml"), hooks=[], strict=True, **settings)


def config_for(project: Path, seeds: Path, docs: Path, out: Path) -> MkDocsConfig:
    """That for the site of `seeds`, whose pages lie in `docs`, to be built in `out`."""
    config = config_of(project, docs_dir=str(docs), site_dir=str(out))
    # Pages link to the seeds that they can be edited in; a corpus from elsewhere has none in the repository.
    inside = _is_inside(project, seeds)
    config.extra["seeds"] = seeds.resolve().relative_to(project.resolve()).as_posix() if inside else ""
    return config


def site_for(config: MkDocsConfig, project: Path, seeds: Path, docs: Path) -> Site:
    """What the pages of `seeds` say of the site itself."""
    repository = config.repo_url or "" if _is_inside(project, seeds) else ""
    return site_of(docs, config.site_url or "", repository)


def _is_inside(project: Path, seeds: Path) -> bool:
    return seeds.resolve().is_relative_to(project.resolve())
