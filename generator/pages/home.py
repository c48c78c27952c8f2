"""The home page: hand-written words, what the words mean, and what is in the corpus."""

from collections.abc import Iterable, Sequence

from generator import prose
from generator.addresses import HOME, PAPERS, PLANNERS, STUDIES
from generator.dataset.records import tables_of
from generator.messages import Message, Text, _, joined, ngettext
from generator.metrics import Family
from generator.model import Corpus, Trace
from generator.pages import nouns
from generator.pages.featured import comparison_view, example_view, most_agreeing
from generator.pages.page import CHANGELOG_LINK, FrontMatter, Link, Page, run_name, trace_link
from generator.pages.part_map import part_map
from generator.pages.planners import planners_overview
from generator.publication import Publication

_DESCRIPTION = _("What language-model planners would ablate, paper by paper: plans to read, compare and cite.")
_NEWEST = 5


def home_page(corpus: Corpus, site: Publication, newest: Sequence[Trace], part_types: Iterable[Family]) -> Page:
    """Plan the site's front page: the Markdown of docs/home.md, and figures of the corpus.

    `newest` are the traces added last, `part_types` what several papers' studies ablate.
    """
    plans = most_agreeing(corpus)
    studies = sum(len(trace.studies) for trace in corpus.traces)
    view = {
        "text": site.home_text or f"# {prose.render_plain(site.name)}",
        "numbers": _numbers(corpus, studies),
        "example": example_view(corpus, plans),
        "map": part_map(part_types),
        "featured": comparison_view(plans) if plans else None,
        "planners": planners_overview(corpus),
        "newest": [_new_trace(corpus, trace) for trace in newest[:_NEWEST]],
        "changelog": CHANGELOG_LINK,
    }
    front_matter = FrontMatter(
        title=site.name,
        description=_DESCRIPTION,
        template="home.html",
        kind="home",
        traces=len(corpus.traces),
        studies=studies,
        tables=[table.name for table in tables_of(corpus)],
    )
    if corpus.additions:
        days = [addition.date.isoformat() for addition in corpus.additions]
        front_matter |= FrontMatter(version=corpus.version, published=days[-1], modified=days[0])
    return Page(HOME, "home.md.jinja", front_matter, view)


def _numbers(corpus: Corpus, studies: int) -> list[tuple[int, Link]]:
    """Return what there is in the corpus, each number with the way to the page that says it again."""
    models = len({trace.model for trace in corpus.traces})
    summaries = sum(paper.summary is not None for paper in corpus.papers)
    found: list[tuple[int, Message, str]] = [
        (len(corpus.papers), ngettext("paper", "papers", len(corpus.papers)), PAPERS),
        (len(corpus.traces), ngettext("trace", "traces", len(corpus.traces)), PLANNERS),
        (studies, ngettext("study", "studies", studies), STUDIES),
        (models, ngettext("language model", "language models", models), PLANNERS),
        (summaries, ngettext("summary", "summaries", summaries), PAPERS),
    ]
    return [(number, Link(noun, path)) for number, noun, path in found if number]


def _new_trace(corpus: Corpus, trace: Trace) -> tuple[Link, Text]:
    day = corpus.added[trace.id].isoformat()
    run = joined(" · ", [run_name(trace), nouns.TASKS[trace.task], day])
    return trace_link(trace, corpus.paper_of[trace.id].title), run
