"""The stages in order: seeds -> records -> corpus -> pages -> docs/. `generator.site` makes the site of docs/."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from generator.addresses import AGREEMENT, LICENCES
from generator.corpus import LoadResult, load_corpus
from generator.corpus.part_types import part_types
from generator.corpus.similarity import Similar, similar_papers
from generator.dataset import dataset
from generator.diagnostics import Diagnostic
from generator.docs_folder import Changes, hand_written_files, spool_file, sync_files
from generator.exports import export
from generator.exports.feeds import feeds
from generator.files import RenderedFile
from generator.loading.seeds import raise_on_errors
from generator.messages import ENGLISH, Language
from generator.model import Paper
from generator.package_data import project_file
from generator.pages import plan_pages, plan_papers
from generator.pages.families import indexes_of
from generator.parallel import ProgressCallback, no_progress, parallel_map
from generator.publication import Publication
from generator.rendering import render_page

# Pages on what the generator does and ships, which are hand-written in its own project.
_SHARED = (AGREEMENT, LICENCES)


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found and did; `pages` is the number of all pages, `similar` the papers like each one."""

    warnings: tuple[Diagnostic, ...]
    pages: int
    changes: Changes
    similar: dict[str, tuple[Similar, ...]]


def generate(seeds: Path, docs: Path, site: Publication, track: ProgressCallback = no_progress) -> Report:
    """Bring docs/ up to date with the seeds: all of it, or with any error nothing.

    Raises GeneratorError with every problem of the run.
    """
    return write_docs(load_corpus(seeds, track), docs, site, track)


def write_docs(found: LoadResult, docs: Path, site: Publication, track: ProgressCallback = no_progress) -> Report:
    """Bring docs/ up to date with a corpus. Raises GeneratorError with every problem of the run."""
    corpus = found.corpus
    similar, types = similar_papers(corpus), part_types(corpus)
    indexes = indexes_of(corpus, types.families)
    with spool_file(docs) as spool:
        downloads = dataset(corpus, site, spool)
        pages, diagnostics = plan_pages(corpus, site, similar, indexes, downloads)
        raise_on_errors(diagnostics, found.folder)
        rendered = track(
            parallel_map(partial(render_page, language=Language(site.language)), pages), "Writing pages", len(pages)
        )
        data = (one.file for one in downloads)
        exported = export(corpus, site, types, indexes)
        files = (rendered, data, exported, feeds(corpus, pages, site), shared_pages(docs))
        return Report(found.warnings, len(pages), sync_files(chain.from_iterable(files), docs), similar)


def write_papers(
    found: LoadResult,
    papers: Sequence[Paper],
    similar: Mapping[str, tuple[Similar, ...]],
    docs: Path,
    language: Language = ENGLISH,
) -> Changes:
    """Bring only the pages of these papers and of their traces up to date, and leave all others as they are."""
    pages = plan_papers(found.corpus, papers, similar)
    return sync_files((render_page(page, language) for page in pages), docs, whole=False)


def shared_pages(docs: Path) -> Iterator[RenderedFile]:
    """Yield the pages that every site has, but those that a person wrote for this one."""
    written = hand_written_files(docs)
    for name in _SHARED:
        if name not in written:
            yield RenderedFile(name, project_file(f"docs/{name}").read_bytes())
