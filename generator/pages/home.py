"""The home page: hand-written words, and the corpus in numbers."""

from collections.abc import Sequence

from generator import prose
from generator.addresses import HOME
from generator.dataset.records import tables_of
from generator.model import Corpus, Source, Trace
from generator.pages.page import CHANGELOG_LINK, FrontMatter, Link, Page, trace_link
from generator.pages.papers import entry
from generator.pages.planners import figures, planner_row
from generator.publication import Publication
from generator.text.wording import noun, pluralize

_DESCRIPTION = "What language-model planners would ablate, paper by paper: plans to read, compare and cite."
_SHOWN = 8
_NEWEST = 5


def home_page(corpus: Corpus, site: Publication, newest: Sequence[Trace]) -> Page:
    """Plan the site's front page: the Markdown of docs/home.md and figures; `newest` are the traces added last."""
    ranked = sorted(
        corpus.papers, key=lambda paper: (-len(paper.traces), not paper.summary, paper.title_source is Source.INFERRED)
    )
    totals = figures(corpus, corpus.traces)
    numbers = (
        (len(corpus.papers), "paper"),
        (totals.traces, "trace"),
        (totals.studies, "study", "studies"),
        (sum(paper.summary is not None for paper in corpus.papers), "summary", "summaries"),
    )
    view = {
        "text": site.home_text or f"# {prose.render_plain(site.name)}",
        "numbers": [(f"{number:,}", noun(number, *words)) for number, *words in numbers if number],
        "papers": pluralize(len(corpus.papers), "paper"),
        "planners": [planner_row(corpus, planner) for planner in corpus.planners],
        "most_planned": [entry(paper) for paper in ranked[:_SHOWN]],
        "newest": [_new_trace(corpus, trace) for trace in newest[:_NEWEST]],
        "changelog": CHANGELOG_LINK,
    }
    front_matter = FrontMatter(
        title=site.name,
        description=_DESCRIPTION,
        template="home.html",
        kind="home",
        traces=totals.traces,
        studies=totals.studies,
        tables=[table.name for table in tables_of(corpus)],
    )
    if corpus.additions:
        days = [addition.date.isoformat() for addition in corpus.additions]
        front_matter |= FrontMatter(version=corpus.version, published=days[-1], modified=days[0])
    return Page(HOME, "home.md.jinja", front_matter, view)


def _new_trace(corpus: Corpus, trace: Trace) -> tuple[Link, str]:
    run = f"{trace.run_name} · {trace.task} · {corpus.added[trace.id].isoformat()}"
    return trace_link(trace, corpus.paper_of[trace.id].title), run
