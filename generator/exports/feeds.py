"""Feeds of new traces: Atom 1.0 (RFC 4287), one beside each page whose front matter names it."""

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from generator.addresses import HOME, trace_path, url_of
from generator.citing import best_address
from generator.corpus.additions import newest_traces
from generator.files import RenderedFile
from generator.model import Corpus, Site, Trace
from generator.package_data import render_text
from generator.pages.page import Page

_ENTRIES = 50
# What XML 1.0 cannot hold, not even escaped (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feeds(corpus: Corpus, pages: Sequence[Page], site: Site) -> Iterator[RenderedFile]:
    """Yield the newest 50 traces of the corpus, of each planner and of each model, as the pages call them.

    An entry's id is the absolute address of its trace. RFC 4287 (4.2.6) wants an id that is unique in the world and
    never changes: the address is made from the trace's heading alone and is promised to stay, and whoever publishes a
    corpus mints ids on a host of their own. A tag URI (RFC 4151) would survive a move to another host, but its
    authority must belong to whoever mints it, so it would have to be this host's name too, or claim someone else's.
    """
    titles = {page.path: page.front_matter["title"] for page in pages}
    newest, tools = newest_traces(corpus), {"xml": _xml, "attribute": quoteattr, "added": corpus.added}
    for page in pages:
        if path := page.front_matter.get("feed"):
            by = f" by {titles[page.path]}" if page.path != HOME else ""
            traces = newest[page.path][:_ENTRIES]
            entries = [(trace, *_addresses(corpus, trace, site), titles[trace_path(trace.id)]) for trace in traces]
            feed = {
                "own": site.url + path,
                "title": f"{titles[HOME]}: new traces{by}",
                "page": site.url + url_of(page.path),
                "entries": entries,
            }
            yield RenderedFile.from_text(path, render_text("feed.xml.jinja", **feed, **tools))


def _addresses(corpus: Corpus, trace: Trace, site: Site) -> tuple[str, str]:
    """Return where a trace's page is, and where its paper, empty if that is not known."""
    facts = {fact.name: fact.values[0] for fact in corpus.paper_of[trace.id].facts}
    return site.url + url_of(trace_path(trace.id)), best_address(facts)


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
