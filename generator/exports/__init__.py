"""Corpus -> what the site's own scripts load, and llms.txt, from where programs find all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.exports.explorer import explorer_files
from generator.exports.llms import llms_file
from generator.exports.title_index import finder_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.files import RenderedFile
    from generator.model import Corpus, Site


def export(corpus: Corpus, site: Site) -> Iterator[RenderedFile]:
    """The files, each with its path below docs/."""
    yield from explorer_files(corpus)
    yield finder_file(corpus)
    yield llms_file(corpus, site)
