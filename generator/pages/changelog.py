"""The changelog of the corpus: what each version added, from the recorded additions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.addresses import CHANGELOG, version_path
from generator.messages import Message, _, joined, ngettext
from generator.model import Corpus, Trace, version_of
from generator.pages import nouns
from generator.pages.page import FrontMatter, Page, Part, View, index_page, part_pages, split
from generator.pages.page_links import CHANGELOG_LINK, Link, profile_links, step, trace_link

_VERSIONS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of the corpus: `total` leads to its `traces` in words, `anchor` is its place in the changelog.

    `runs` are how many traces came from one model, in words, its planner and itself.
    """

    name: str
    traces: Sequence[Trace]
    anchor: str
    total: Link
    notes: tuple[str, ...]
    runs: tuple[tuple[Message, Link, Link], ...]


def changelog_pages(corpus: Corpus, newest: Sequence[Trace], feed: Link | None) -> Iterator[Page]:
    """Plan the list of versions, newest first, and a page for each; `newest` are the traces whose day is recorded."""
    notes = _notes(corpus)
    versions = [_version(corpus, name, notes[name], [*traces]) for name, traces in groupby(newest, key=corpus.added_in)]
    whole = index_page(_("Changelog"), _("Which traces came into the corpus on which day, version by version."))
    view = {"introduction": _introduction(len(versions), len(corpus.traces) - len(newest)), "feed": feed}
    parts = split(CHANGELOG, versions, _VERSIONS_ON_A_PAGE)
    yield from part_pages(parts, "changelog.md.jinja", whole, lambda _part: view)
    for version in versions:
        yield from _version_pages(corpus, version)


def _introduction(versions: int, unrecorded: int) -> Message:
    if not versions:
        return _("No addition is recorded yet.")
    named = _("A version of the corpus is named after the day on which its traces were added.")
    rest = ngettext(
        "Of %(number)s further trace the day is not recorded.",
        "Of %(number)s further traces the day is not recorded.",
        unrecorded,
    )
    return joined(" ", [named, rest] if unrecorded else [named])


def _notes(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Return the notes of each version; several additions may be of one day."""
    by_version = groupby(corpus.additions, key=lambda addition: version_of(addition.date))
    return {version: tuple(one.note for one in additions if one.note) for version, additions in by_version}


def _version(corpus: Corpus, version: str, notes: tuple[str, ...], traces: Sequence[Trace]) -> VersionView:
    papers = len({corpus.paper_of[trace.id].slug for trace in traces})
    runs = Counter(profile_links(trace.planner, trace.model) for trace in traces)
    return VersionView(
        name=version,
        traces=traces,
        anchor=f"v{version.replace('.', '-')}",
        total=Link(
            _("%(traces)s of %(papers)s", traces=nouns.traces(len(traces)), papers=nouns.papers(papers)),
            version_path(version),
            "traces",
        ),
        notes=notes,
        runs=tuple((nouns.traces(number), planner, model) for (planner, model), number in runs.items()),
    )


def _version_pages(corpus: Corpus, version: VersionView) -> Iterator[Page]:
    added = _("%(traces)s added in version %(version)s of the corpus.", traces=version.total.text, version=version.name)
    title, description = _("Version %(version)s", version=version.name), joined(" ", [added, *version.notes])
    whole = index_page(title, description) | FrontMatter(above=step(CHANGELOG_LINK))

    def view(part: Part[Trace]) -> View:
        entries = [(trace_link(one, corpus.paper_of[one.id].title), one.model, one.task) for one in part.items]
        return {"version": version, "changelog": CHANGELOG_LINK, "entries": entries}

    yield from part_pages(split(version.total.path, version.traces), "version.md.jinja", whole, view)
