"""The stages in order: seeds -> records -> corpus -> pages -> docs/."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.cores import beside, on_all_cores
from generator.corpus.parts import kinds
from generator.dataset import dataset
from generator.exports import export
from generator.exports.feeds import feeds
from generator.files import RenderedFile
from generator.home_text import site_of
from generator.pages import plan
from generator.rendering import load_templates, render
from generator.surveying import stop_at_errors, survey, untracked
from generator.writing import publishing
from generator.writing.staging import spooled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from generator.model import Site
    from generator.pages.page import Page
    from generator.problems import Problem
    from generator.surveying import Survey, Track
    from generator.writing.publishing import Changes

    Look = Callable[[Sequence[Page]], "Done"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found and did. The corpus is gone by then: what follows has its memory."""

    warnings: tuple[Problem, ...]
    pages: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class Done:
    """Pages that need not be rendered: those that docs/ holds as they would be, and the Markdown of others."""

    there: AbstractSet[str] = frozenset()
    made: Mapping[str, bytes] = field(default_factory=dict)


def generate(folder: Path, docs: Path, url: str, track: Track = untracked, *, repository: str = "") -> Report:
    """Bring docs/ up to date with the seeds under `folder`: all of it, or with any error nothing.

    `url` is where the site will be published, `repository` where the seeds are kept. Raises GeneratorError with every
    problem of the run.
    """
    return generate_from(survey(folder, track), docs, site_of(docs, url, repository), track)


def generate_from(
    found: Survey,
    docs: Path,
    site: Site,
    track: Track = untracked,
    made: Mapping[str, bytes] = MappingProxyType({}),
) -> Report:
    """The same with what was found in the seeds; `made` has the Markdown of pages by their paths."""
    pages, changes = write(found, docs, site, track, lambda _: Done(made=made))
    return Report(found.warnings, len(pages), changes)


def write(
    found: Survey, docs: Path, site: Site, track: Track = untracked, look: Look = lambda _: Done()
) -> tuple[tuple[Page, ...], Changes]:
    """Bring docs/ up to date with a corpus; its pages, and what changed. `look` says which of them are done already.

    Raises GeneratorError with every problem of the run.
    """
    corpus = found.corpus
    with spooled(docs) as spool:
        # What is about the corpus as a whole, and can't be shared out page by page.
        traces = len(corpus.paper_of)
        with (
            beside(found.similar, traces) as similar,
            beside(partial(kinds, corpus), traces) as found_kinds,
            beside(partial(dataset, corpus, site, spool), traces) as downloads,
        ):
            load_templates()
            exported = tuple(export(corpus, site))
            pages, problems = plan(corpus, site, similar, found_kinds, downloads)
        stop_at_errors(problems, found.folder)
        done = look(pages)
        rendered = [page for page in pages if page.path not in done.there and page.path not in done.made]
        taken = (RenderedFile(page.path, done.made[page.path]) for page in pages if page.path in done.made)
        written = track(on_all_cores(render, rendered), "Writing pages", len(rendered))
        files = (written, taken, (one.file for one in downloads()), exported, feeds(corpus, pages, site))
        return pages, publishing.publish(chain.from_iterable(files), docs, done.there)
