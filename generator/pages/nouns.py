"""What there is in the corpus, counted and called by its name."""

from collections.abc import Callable, Mapping
from dataclasses import replace

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


def _counted(none: Message) -> Callable[[int], Message]:
    """Return what counts the things that a message says there are none of."""
    return lambda number: replace(none, number=number, values=(("number", number),))


traces = _counted(ngettext("%(number)s trace", "%(number)s traces", 0))
studies = _counted(ngettext("%(number)s study", "%(number)s studies", 0))
models = _counted(ngettext("%(number)s language model", "%(number)s language models", 0))
metrics = _counted(ngettext("%(number)s metric", "%(number)s metrics", 0))
kinds_of_parts = _counted(ngettext("%(number)s kind of parts", "%(number)s kinds of parts", 0))
papers = _counted(ngettext("%(number)s paper", "%(number)s papers", 0))
