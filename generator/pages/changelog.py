"""The changelog of the corpus: what each version added, from the recorded additions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from generator.addresses import CHANGELOG, version_path
from generator.model import version_of
from generator.pages.links import changelog_link, trace_link, trace_links
from generator.pages.page import FrontMatter, Link, Page, Part, split, step
from generator.text.wording import meta_description, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.model import Corpus, Task, Trace

_VERSIONS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class RunsView:
    """How many traces one model brought, in words."""

    count: str
    planner: Link
    model: Link


@dataclass(frozen=True, slots=True)
class VersionView:
    """What came with a version of the corpus; `total` leads to its traces, `anchor` is its place in the changelog."""

    name: str
    anchor: str
    total: Link
    notes: tuple[str, ...]
    runs: tuple[RunsView, ...]


@dataclass(frozen=True, slots=True)
class ChangelogView:
    """What `changelog.md.jinja` reads: the versions of one part."""

    introduction: str
    part: Part[VersionView]
    feed: Link | None


@dataclass(frozen=True, slots=True)
class VersionPageView:
    """What `version.md.jinja` reads: the traces of one part, each with its model and its task."""

    version: VersionView
    changelog: Link
    part: Part[Trace]
    entries: tuple[tuple[Link, str, Task], ...]


def changelog_pages(corpus: Corpus, newest: Sequence[Trace], feed: Link | None) -> Iterator[Page]:
    """The versions, newest first, and a page for each; `newest` are the traces whose addition is recorded."""
    added = [(version, tuple(traces)) for version, traces in groupby(newest, key=corpus.added_in)]
    notes = _notes(corpus)
    views = [_version(corpus, version, notes[version], traces) for version, traces in added]
    introduction = _introduction(len(views), len(corpus.traces) - len(newest))
    for part in split(CHANGELOG, views, _VERSIONS_ON_A_PAGE):
        front_matter = FrontMatter(
            title="Changelog",
            description="Which traces came into the corpus on which day, version by version.",
            kind="index",
        )
        yield Page(
            part.path, "changelog.md.jinja", part.front_matter(front_matter), ChangelogView(introduction, part, feed)
        )
    for view, (_, traces) in zip(views, added, strict=True):
        yield from _version_pages(corpus, view, traces)


def _introduction(versions: int, unrecorded: int) -> str:
    if not versions:
        return "No addition is recorded yet."
    rest = f" Of {pluralize(unrecorded, 'further trace')} the day is not recorded." if unrecorded else ""
    return f"A version of the corpus is named after the day on which its traces were added.{rest}"


def _notes(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """The notes of each version; several additions may be of one day."""
    by_version = groupby(corpus.additions, key=lambda addition: version_of(addition.date))
    return {version: tuple(one.note for one in additions if one.note) for version, additions in by_version}


def _version(corpus: Corpus, version: str, notes: tuple[str, ...], traces: Sequence[Trace]) -> VersionView:
    papers = len({corpus.paper_of[trace.id].slug for trace in traces})
    runs = Counter(trace_links(trace) for trace in traces)
    return VersionView(
        name=version,
        anchor=f"v{version.replace('.', '-')}",
        total=Link(
            f"{pluralize(len(traces), 'trace')} of {pluralize(papers, 'paper')}", version_path(version), "traces"
        ),
        notes=notes,
        runs=tuple(RunsView(pluralize(number, "trace"), planner, model) for (planner, model), number in runs.items()),
    )


def _version_pages(corpus: Corpus, view: VersionView, traces: Sequence[Trace]) -> Iterator[Page]:
    for part in split(view.total.path, traces):
        front_matter = FrontMatter(
            title=f"Version {view.name}",
            description=meta_description(
                f"{view.total.text} added in version {view.name} of the corpus. {' '.join(view.notes)}"
            ),
            kind="index",
            above=step(changelog_link()),
        )
        entries = tuple(
            (trace_link(trace, corpus.paper_of[trace.id].title), trace.model, trace.task) for trace in part.items
        )
        page_view = VersionPageView(view, changelog_link(), part, entries)
        yield Page(part.path, "version.md.jinja", part.front_matter(front_matter), page_view)
