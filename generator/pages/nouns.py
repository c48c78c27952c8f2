"""What there is in the corpus, counted and called by its name."""

from collections.abc import Mapping

from generator.messages import Message, Text, _, ngettext
from generator.model import Outcome, Task

TASKS = {Task.AUTHOR: _("author"), Task.REVIEWER: _("reviewer")}


# arXiv, DOI, OpenReview and PDF are called so in any language.
FACTS: Mapping[str, Text] = {
    "title": _("Title"),
    "authors": _("Authors"),
    "year": _("Year"),
    "venue": _("Venue"),
    "arxiv": "arXiv",
    "doi": "DOI",
    "openreview": "OpenReview",
    "url": _("Link"),
    "pdf": "PDF",
    "code": _("Code"),
    "categories": _("Categories"),
    "published": _("Published"),
    "source": _("Available at"),
}
OUTCOMES = {Outcome.MATCHED: _("matched"), Outcome.NOT_MATCHED: _("not matched"), None: _("not judged")}


def traces(number: int) -> Message:
    """Count traces."""
    return ngettext("%(number)s trace", "%(number)s traces", number)


def studies(number: int) -> Message:
    """Count studies."""
    return ngettext("%(number)s study", "%(number)s studies", number)


def models(number: int) -> Message:
    """Count language models."""
    return ngettext("%(number)s language model", "%(number)s language models", number)


def metrics(number: int) -> Message:
    """Count metrics."""
    return ngettext("%(number)s metric", "%(number)s metrics", number)


def kinds_of_parts(number: int) -> Message:
    """Count kinds of parts."""
    return ngettext("%(number)s kind of parts", "%(number)s kinds of parts", number)


def papers(number: int) -> Message:
    """Count papers."""
    return ngettext("%(number)s paper", "%(number)s papers", number)
