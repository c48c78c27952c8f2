"""Every link leads somewhere, and nothing is loaded from elsewhere."""

import re
from urllib.parse import unquote, urlsplit

from website.pages import Site, text_of

LOADING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "use": "href"}
# What a browser only reads, not loads.
NAMING = {"canonical", "alternate", "author", "license", "next", "prev"}


def test_internal_links_and_anchors_resolve(site: Site) -> None:
    broken = []
    for page in site.documents.values():
        for href in page.links():
            address, anchor = page.leads_to(href)
            if urlsplit(address).scheme:
                continue
            _, is_quoted, quoted = href.partition("#:~:text=")
            there = " ".join(text_of(site.documents[address].article).split()) if is_quoted else ""
            if not site.holds(address) or not (is_quoted or not anchor or anchor in site.documents[address].ids):
                broken.append((page.url, href))
            if not all(unquote(words) in there for words in quoted.split(",")):
                broken.append((page.url, href))
    assert broken == []


def test_nothing_is_loaded_from_another_host_and_all_of_it_is_there(site: Site) -> None:
    odd = []
    for page in site.documents.values():
        for element in page.all(*LOADING):
            target = element.get(LOADING[str(element.tag)])
            if target is None or set(element.get("rel", "").split()) & NAMING:
                continue
            address, _ = page.leads_to(target)
            if urlsplit(address).scheme or not site.holds(address):
                odd.append((page.url, target))
    assert odd == []


def test_styles_load_nothing_from_another_host(site: Site) -> None:
    styles = [path.read_text("utf-8") for path in sorted(site.folder.rglob("*.css"))]
    styles += [style.text or "" for page in site.documents.values() for style in page.all("style")]
    assert re.findall(r"(?:url\(|@import)\s*['\"]?\s*(?:https?:)?//[^)\s]+", "\n".join(styles)) == []


def test_links_to_other_hosts_are_web_addresses(site: Site) -> None:
    schemes = {urlsplit(page.leads_to(href)[0]).scheme for page in site.documents.values() for href in page.links()}
    assert schemes <= {"", "https", "http", "mailto"}
