"""The project that MkDocs' configuration tells of."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.home_text import site_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from generator.model import Site


@dataclass(frozen=True, slots=True)
class Project:
    """Where seeds and docs/ are, and where the site will be published; the path of the seeds leads there from here."""

    seeds: Path
    docs: Path
    url: str
    repository: str

    @classmethod
    def of(cls, config: MkDocsConfig) -> Project:
        """That of a configuration."""
        seeds = Path(config.config_file_path).parent / config.extra["seeds"]
        return cls(Path(os.path.relpath(seeds)), Path(config.docs_dir), config.site_url or "", config.repo_url or "")

    @property
    def site(self) -> Site:
        """What its pages say of the site itself."""
        return site_of(self.docs, self.url, self.repository)
