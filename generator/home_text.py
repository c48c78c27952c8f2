"""The site, whose home page says what a person wrote in docs/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import Site

if TYPE_CHECKING:
    from pathlib import Path

_HOME_TEXT = "home.md"


def site_of(docs: Path, url: str, repository: str) -> Site:
    """The site with the words of its home page, which stand in docs/."""
    path = docs / _HOME_TEXT
    return Site(url, path.read_text("utf-8") if path.is_file() else "# Ablation Atlas", repository)
