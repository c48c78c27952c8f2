"""Feeds of new traces: Atom 1.0 (RFC 4287), one beside each page whose front matter names it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree import ElementTree as ET

from generator.addresses import HOME, trace_path, url_of
from generator.citing import best_address
from generator.corpus.additions import newest_traces
from generator.files import RenderedFile
from generator.model import Corpus, Site, Trace
from generator.pages.page import Page

_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 50
_XML_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
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
    newest = newest_traces(corpus)
    for page in pages:
        if path := page.front_matter.get("feed"):
            by = f" by {titles[page.path]}" if page.path != HOME else ""
            feed = _feed(site.url + path, f"{titles[HOME]}: new traces{by}", site.url + url_of(page.path))
            traces = newest[page.path][:_ENTRIES]
            _add(feed, "updated", _moment(corpus.added[traces[0].id]))
            for trace in traces:
                facts = {fact.name: fact.values[0] for fact in corpus.paper_of[trace.id].facts}
                title, paper = titles[trace_path(trace.id)], best_address(facts)
                feed.append(_entry(trace, title, paper, corpus.added[trace.id], site))
            ET.indent(feed)
            yield RenderedFile.from_text(path, f"{_XML_HEAD}{ET.tostring(feed, encoding='unicode')}\n")


def _feed(own: str, title: str, page: str) -> ET.Element:
    feed = ET.Element("feed", {"xmlns": _ATOM})
    _add(feed, "id", own)
    _add(feed, "title", title)
    _add(feed, "link", rel="self", type="application/atom+xml", href=own)
    _add(feed, "link", rel="alternate", type="text/html", href=page)
    return feed


def _entry(trace: Trace, title: str, paper: str, added: date, site: Site) -> ET.Element:
    address = site.url + url_of(trace_path(trace.id))
    entry = ET.Element("entry")
    _add(entry, "id", address)
    _add(entry, "title", title)
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    if paper:
        _add(entry, "link", rel="related", title="The paper", href=paper)
    _add(entry, "published", _moment(added))
    _add(entry, "updated", _moment(added))
    _add(_add(entry, "author"), "name", f"{trace.planner} with {trace.model}")
    _add(entry, "summary", "; ".join(study.ablated_part for study in trace.studies))
    return entry


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = _NOT_XML.sub("\ufffd", text) or None
    return element


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
