"""Links to the corpus' own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from generator.addresses import CHANGELOG, STUDIES, feed_path, model_path, paper_path, planner_path, trace_path
from generator.pages.page import Link

if TYPE_CHECKING:
    from collections.abc import Collection

    from generator.model import LanguageModel, Paper, Planner, Study, Trace


def studies_link(text: str, **facets: str) -> Link:
    """To the study explorer with these facets chosen, by its own names of them (`metric`, `action`, `model` …)."""
    return Link(text, STUDIES, query=urlencode(facets, quote_via=quote))


def paper_link(paper: Paper) -> Link:
    """To a paper's hub, by its title."""
    return Link(paper.title, paper_path(paper.slug))


def planner_link(planner: Planner) -> Link:
    """To a planner's profile."""
    return Link(planner.name, planner_path(planner.slug))


def model_link(planner: Planner, model: LanguageModel) -> Link:
    """To a model's profile."""
    return Link(model.name, model_path(planner.slug, model.slug))


def trace_links(trace: Trace) -> tuple[Link, Link]:
    """To the planner and the model of a trace."""
    planner, model, _ = trace.id.split("/")
    return Link(trace.planner, planner_path(planner)), Link(trace.model, model_path(planner, model))


def feed_link(path: str, feeds: Collection[str]) -> Link | None:
    """To the feed of the page at `path`, if it is among the pages that have one."""
    return Link("Feed of new traces", feed_path(path)) if path in feeds else None


def changelog_link() -> Link:
    """To what came into the corpus, version by version."""
    return Link("Changelog", CHANGELOG)


def trace_link(trace: Trace, text: str) -> Link:
    """To a trace's page."""
    return Link(text, trace_path(trace.id))


def study_link(trace: Trace, study: Study, text: str) -> Link:
    """To a study on its trace's page."""
    return Link(text, trace_path(trace.id), study.anchor)
