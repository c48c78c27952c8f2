"""Feeds of new traces: Atom 1.0 (RFC 4287), one beside each page whose front matter names it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from generator.addresses import HOME, model_path, trace_path, url_of
from generator.citing import best_address
from generator.corpus.additions import newest_traces
from generator.files import RenderedFile
from generator.messages import Language, Message, _
from generator.model import Corpus, Trace
from generator.package_data import render_text
from generator.pages import nouns
from generator.pages.page import Page
from generator.pages.trace import trace_titles
from generator.publication import Publication

# A feed ends with the day of its fiftieth trace: whoever looks once a day misses none.
_ENTRIES = 50
# Where more came on one day, each model's have one entry that leads to all of them.
_MOST_OF_A_DAY = 1000
_LAST_SECOND = 24 * 60 * 60 - 1
# What XML 1.0 cannot hold, not even escaped (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feeds(corpus: Corpus, pages: Sequence[Page], site: Publication) -> Iterator[RenderedFile]:
    """Yield the newest traces of the corpus, of each planner and of each model, as the pages call them, by whole days.

    An entry's id is the absolute address of its trace. RFC 4287 (4.2.6) wants an id that is unique in the world and
    never changes: the address is made from the trace's heading alone and is promised to stay, and whoever publishes a
    corpus mints ids on a host of their own. A tag URI (RFC 4151) would survive a move to another host, but its
    authority must belong to whoever mints it, so it would have to be this host's name too, or claim someone else's.
    """
    say = Language(site.language).say
    newest, tools = newest_traces(corpus), {"xml": _xml, "attribute": quoteattr}
    listings = {page.path: page.front_matter for page in pages if page.path in newest}
    titles = {path: say(listing["title"]) for path, listing in listings.items()}
    for page, traces in newest.items():
        if path := listings[page].get("feed"):
            title = _("%(site)s: new traces by %(whom)s", site=titles[HOME], whom=titles[page])
            days = _days(traces, corpus.added)
            feed = {
                "language": site.language,
                "texts": site.texts_language,
                "own": site.url + path,
                "title": say(_("%(site)s: new traces", site=titles[HOME]) if page == HOME else title),
                "related": say(_("The paper")),
                "page": site.url + url_of(page),
                "updated": _updated(*days[0]),
                "entries": [entry for day, traces in days for entry in _entries(corpus, traces, titles, day, site)],
            }
            yield RenderedFile.from_text(path, render_text("feed.xml.jinja", **feed, **tools))


def _days(traces: Sequence[Trace], added: Mapping[str, date]) -> list[tuple[date, list[Trace]]]:
    """Return the newest traces, at least `_ENTRIES` if there are so many, by the days that they were added."""
    oldest = added[traces[:_ENTRIES][-1].id]
    newest = (trace for trace in traces if added[trace.id] >= oldest)
    return [(day, list(found)) for day, found in groupby(newest, key=lambda trace: added[trace.id])]


def _updated(day: date, traces: Sequence[Trace]) -> str:
    """Return the moment that a feed changed: further traces on its last day move it by a second each."""
    moment = datetime.combine(day, time()) + timedelta(seconds=min(len(traces), _LAST_SECOND))
    return f"{moment.isoformat()}Z"


def _entries(
    corpus: Corpus, traces: Sequence[Trace], titles: Mapping[str, str], day: date, site: Publication
) -> Iterator[dict[str, object]]:
    """Yield what the entries of a day say; `paper` is the paper's own address, empty if it is not known."""
    say = Language(site.language).say
    if len(traces) <= _MOST_OF_A_DAY:
        for trace in traces:
            paper = corpus.paper_of[trace.id]
            yield {
                "address": site.url + url_of(trace_path(trace.id)),
                "title": say(trace_titles(paper)(trace)),
                "day": day,
                "author": say(_author(trace)),
                "summary": "; ".join(study.ablated_part for study in trace.studies),
                "paper": best_address({fact.name: fact.values[0] for fact in paper.facts}),
            }
        return
    for run, found in groupby(traces, key=lambda trace: trace.id.rpartition("/")[0]):
        of_run, path = list(found), model_path(*run.split("/"))
        title = _("%(traces)s by %(whom)s", traces=nouns.traces(len(of_run)), whom=titles[path])
        yield {
            "address": f"{site.url}{url_of(path)}#{day}",
            "title": say(title),
            "day": day,
            "author": say(_author(of_run[0])),
            "summary": "; ".join(corpus.paper_of[trace.id].title for trace in of_run),
            "paper": "",
        }


def _author(trace: Trace) -> Message:
    return _("%(planner)s with %(model)s", planner=trace.planner, model=trace.model)


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
