"""A paper's hub: who wrote it, what its summary says, and all plans for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from urllib.parse import quote

from generator.addresses import PAPER_ADDRESSES, SEARCHES, paper_path
from generator.corpus.similarity import Similar
from generator.messages import Message, Text, _, joined, ngettext
from generator.model import Action, Corpus, Paper, Source, Summary, Task
from generator.pages import nouns
from generator.pages.judged import judged_section
from generator.pages.matrix import matrix
from generator.pages.page import FrontMatter, Link, Page, View, paper_link, run_name
from generator.prose import plain_line
from generator.text.slugs import slugify

_SOURCES = {
    Source.CURATED: _("curated by hand"),
    Source.SUMMARY: _("from the AI summary"),
    Source.GIVEN: _("given with a run"),
    Source.QUOTED: _("as a model quoted it, unverified"),
    Source.INFERRED: _("inferred from a trace's heading"),
}
# Facts that front matter holds, for citations and for what the page tells programs.
_SINGLE = ("year", "venue", "arxiv", "doi", "openreview", "url", "pdf")
_ADDRESSES: Mapping[str, Callable[[str], str]] = {**PAPER_ADDRESSES, "code": str}


def paper_page(corpus: Corpus, paper: Paper, similar: Iterable[Similar]) -> Page:
    """Plan the hub of one paper; `similar` are the papers most like it."""
    view = partial(_view, corpus, paper, similar)
    return Page(paper_path(paper.slug), "paper.md.jinja", partial(_front_matter, paper), view)


def _front_matter(paper: Paper) -> FrontMatter:
    studies = sum(len(trace.studies) for trace in paper.traces)
    found = FrontMatter(
        title=paper.title,
        description=_description(paper, studies),
        template="paper.html",
        kind="paper",
        paper=paper.slug,
        title_source=paper.title_source.value,
        traces=len(paper.traces),
        studies=studies,
    )
    if seed := paper.metadata or paper.summary:
        found["seed"] = seed.seed
    known = {fact.name: fact.values for fact in paper.facts}
    found |= FrontMatter(
        authors=known.get("authors", ()),
        **{name: known[name][0] for name in _SINGLE if name in known},  # type: ignore[typeddict-item]
    )
    return found


def _view(corpus: Corpus, paper: Paper, similar: Iterable[Similar]) -> View:
    facts = [*_facts(paper)]
    title_source = (paper.metadata and paper.metadata.source_of("title")) or _SOURCES[paper.title_source]
    return {
        "paper": paper,
        "title_source": title_source,
        "is_shared": any(fact[-1] == title_source for fact in facts),
        "alias_source": _SOURCES[Source.CURATED],
        "quoted_source": _SOURCES[Source.QUOTED],
        "facts": facts,
        "searches": _searches(paper),
        "tasks": [_task(corpus, paper, task) for task in Task if any(trace.task is task for trace in paper.traces)],
        "summary": paper.summary,
        "related": _related(corpus, paper),
        "similar": [(paper_link(corpus.paper_named[one.slug]), ", ".join(one.words)) for one in similar],
    }


def _description(paper: Paper, studies: int) -> Message:
    told = _(
        "%(studies)s in %(traces)s for “%(paper)s”, side by side.",
        studies=ngettext("%(number)s ablation study", "%(number)s ablation studies", studies),
        traces=nouns.traces(len(paper.traces)),
        paper=paper.title,
    )
    return joined(" ", [told, _words(paper.summary)] if paper.summary else [told])


def _words(summary: Summary) -> str:
    return plain_line(summary.overview.partition("\n\n")[0]) if summary.is_markdown else summary.overview


def _facts(paper: Paper) -> Iterator[tuple[Text, str, str, Text]]:
    """Yield label, value, address and source of each fact, without a link that another of them is already."""
    addresses: set[str] = set()
    for fact in paper.facts:
        value = ", ".join(fact.values)
        address = _ADDRESSES[fact.name](value) if fact.name in _ADDRESSES else ""
        if address not in addresses:
            yield nouns.FACTS[fact.name], value, address, fact.origin or _SOURCES[fact.source]
        addresses |= {address} - {""}


def _searches(paper: Paper) -> list[tuple[str, str]]:
    """Return where to search for a paper's title, and the address of each search, if no link leads to the paper."""
    known = any(fact.name in PAPER_ADDRESSES for fact in paper.facts)
    title = quote(paper.title, safe="")
    return [] if known else [(name, address.format(title)) for name, address in SEARCHES.items()]


def _task(corpus: Corpus, paper: Paper, task: Task) -> View:
    """Put all plans of one task beside each other, and beside the gold ablations where these are known."""
    traces = [trace for trace in paper.traces if trace.task is task]
    return {
        "task": task,
        "matrix": matrix(corpus, paper, task),
        "actions": tuple(Action),
        "judged": judged_section(corpus, paper, traces, lambda trace, __: run_name(trace)),
    }


def _related(corpus: Corpus, paper: Paper) -> list[tuple[str, str, Link | None]]:
    """Return title, authors and, where the corpus holds it, the page of each similar paper that the summary names."""
    related = paper.summary.related if paper.summary else ()
    found = ((one, corpus.paper_named.get(slugify(one.title))) for one in related)
    return [(one.title, one.authors, paper_link(known) if known else None) for one, known in found]
