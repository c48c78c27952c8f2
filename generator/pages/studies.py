"""The study explorer."""

from generator.addresses import STUDIES
from generator.messages import _
from generator.model import Corpus
from generator.pages import nouns
from generator.pages.page import Page, index_page


def studies_page(corpus: Corpus) -> Page:
    """Plan the study explorer: the page that its script fills, and the words around it."""
    total = _(
        "%(studies)s in %(traces)s of %(papers)s",
        studies=nouns.studies(sum(len(trace.studies) for trace in corpus.traces)),
        traces=nouns.traces(len(corpus.traces)),
        papers=nouns.papers(len(corpus.papers)),
    )
    description = _("%(total)s, to search and to filter by action, metric, model and paper.", total=total)
    front_matter = index_page(_("Studies"), description)
    # The filters take the room that the table of contents would need.
    front_matter["hide"] = ["toc"]
    return Page(STUDIES, "studies.md.jinja", front_matter, {"total": total})
