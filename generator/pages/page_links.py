"""Links to the corpus' own pages, and what studies and runs are called there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from generator.addresses import (
    CHANGELOG,
    STUDIES,
    feed_path,
    model_path,
    paper_path,
    planner_path,
    trace_path,
    url_of,
)
from generator.corpus.verdicts import Standing
from generator.messages import Figure, Text, _, joined
from generator.model import LanguageModel, Paper, Planner, Study, Trace
from generator.text.slugs import slugify


@dataclass(frozen=True, slots=True)
class Link:
    """Plain text that leads to the page at `path`, or to a place on it; `query` says what a page's script shows."""

    text: Text
    path: str
    anchor: str = ""
    query: str = ""

    @property
    def place(self) -> str:
        """What stands behind the page's address."""
        return (f"?{self.query}" if self.query else "") + (f"#{self.anchor}" if self.anchor else "")

    @property
    def address(self) -> str:
        """Where it leads, relative to the site's root."""
        return url_of(self.path) + self.place


CHANGELOG_LINK = Link(_("Changelog"), CHANGELOG)


def step(link: Link) -> tuple[Text, str]:
    """Return a link as front matter holds it: its text and its path."""
    return link.text, link.path


def studies_link(text: Text, **facets: str) -> Link:
    """Link to the study explorer with these facets chosen, by its own names of them (`metric`, `action`, `model` …)."""
    return Link(text, STUDIES, query=urlencode(facets, quote_via=quote))


def number_link(number: int, **facets: str) -> Link:
    """Link a number of studies to just these in the explorer."""
    return studies_link(Figure(f"{number:,}"), **facets)


def shared_part(studies: Iterable[Study]) -> str:
    """Return what similar proposals are called together: the tersest of what they say they ablate."""
    return min((study.ablated_part for study in studies), key=len)


def paper_link(paper: Paper) -> Link:
    """Link to a paper's hub, by its title."""
    return Link(paper.title, paper_path(paper.slug))


def planner_link(planner: Planner) -> Link:
    """Link to a planner's profile."""
    return Link(planner.name, planner_path(planner.slug))


def model_link(planner: Planner, model: LanguageModel) -> Link:
    """Link to a model's profile."""
    return Link(model.name, model_path(planner.slug, model.slug))


def profile_links(planner: str, model: str) -> tuple[Link, Link]:
    """Link to the profiles of a planner and of a model that it ran with, by their names."""
    slugs = slugify(planner), slugify(model)
    return Link(planner, planner_path(slugs[0])), Link(model, model_path(*slugs))


def feed_link(path: str) -> Link:
    """Link to the feed of the page at `path`."""
    return Link(_("Feed of new traces"), feed_path(path))


def trace_link(trace: Trace, text: Text) -> Link:
    """Link to a trace's page."""
    return Link(text, trace_path(trace.id))


def study_link(trace: Trace, study: Study, text: Text) -> Link:
    """Link to a study on its trace's page."""
    return Link(text, trace_path(trace.id), study.anchor)


def run_name(trace: Trace) -> Text:
    """Name the model of a trace, and which run of it this is, but for the first."""
    if not trace.run or trace.run == 1:
        return trace.model
    return _("%(model)s, run %(number)s", model=trace.model, number=str(trace.run))


def run_names(ones: Sequence[Trace | Standing]) -> list[Text]:
    """Name the model of each and, where they are of several planners, the planner."""
    several = len({one.planner for one in ones}) > 1
    names = (run_name(one) if isinstance(one, Trace) else one.model for one in ones)
    return [joined(", ", [name, one.planner]) if several else name for name, one in zip(names, ones, strict=True)]
