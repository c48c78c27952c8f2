"""Read a built site by means of its own: nothing here is the generator's."""

import gzip
import json
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree.ElementTree import Element

import html5lib

# All else sets its text apart from its neighbours.
INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup"})
_HERE = "https://here.invalid/"


def text_of(element: Element) -> str:
    """What an element shows, formulas and comments left out and blocks set apart."""
    if not isinstance(element.tag, str) or element.tag.endswith("}math") or element.tag in {"script", "style"}:
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [text_of(child), child.tail or ""]
    edge = "" if element.tag in INLINE else " "
    return edge + "".join(parts) + edge


class Document:
    """One HTML page; `url` is relative to the site's root. It is parsed, which takes long, when more is asked of it."""

    def __init__(self, url: str, source: str) -> None:
        self.url = url
        self.source = source

    @cached_property
    def _parsed(self) -> tuple[Element, list[str]]:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(self.source)
        return root, [f"{line}:{column} {code} {data}" for (line, column), code, data in parser.errors]

    @property
    def root(self) -> Element:
        """The element `<html>`."""
        return self._parsed[0]

    @property
    def errors(self) -> list[str]:
        """What is no valid HTML, each with its line and column."""
        return self._parsed[1]

    def all(self, *tags: str) -> list[Element]:
        """The elements with one of these tags, or all elements."""
        return [
            element
            for element in self.root.iter()
            if isinstance(element.tag, str) and (not tags or element.tag in tags)
        ]

    @cached_property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [element.attrib["id"] for element in self.all() if "id" in element.attrib]

    @cached_property
    def article(self) -> Element:
        """The page's own part; the rest is the theme's."""
        (article,) = self.all("article")
        return article

    @cached_property
    def title(self) -> str:
        """The text of `<title>`."""
        (title,) = self.all("title")
        return (title.text or "").strip()

    @cached_property
    def heading(self) -> str:
        """The text of the page's only `<h1>`, without the mark that links to it."""
        (heading,) = self.all("h1")
        marks = [mark for mark in heading if mark.get("class") == "headerlink"]
        return " ".join(text_of(heading).removesuffix(text_of(marks[0]) + " " if marks else "").split())

    def by_id(self, name: str) -> Element:
        """The element with this id."""
        (element,) = (element for element in self.all() if element.get("id") == name)
        return element

    def part(self, name: str) -> Element:
        """The section whose heading has this id."""
        (section,) = (element for element in self.all("section") if len(element) and element[0].get("id") == name)
        return section

    def meta(self, name: str) -> list[str]:
        """The content of every `<meta>` with this name or property."""
        return [
            meta.get("content", "") for meta in self.all("meta") if name in {meta.get("name"), meta.get("property")}
        ]

    @cached_property
    def canonical(self) -> list[str]:
        """The addresses that the page calls its own."""
        return [link.get("href", "") for link in self.all("link") if link.get("rel") == "canonical"]

    @cached_property
    def linked_data(self) -> list[dict[str, Any]]:
        """The nodes of JSON-LD that the page describes itself with, none where it does not."""
        scripts = [script for script in self.all("script") if script.get("type") == "application/ld+json"]
        return [node for script in scripts for node in json.loads(script.text or "")["@graph"]]

    def links(self, within: Element | None = None) -> list[str]:
        """The targets of the links in a part of the page, or in all of it."""
        part = self.root if within is None else within
        return [link.attrib["href"] for link in part.iter("a") if "href" in link.attrib]

    def resolved(self, href: str) -> str:
        """A target as an address relative to the site's root; addresses on other hosts stay as they are."""
        return urljoin(_HERE + self.url, href).removeprefix(_HERE)

    def leads_to(self, href: str) -> tuple[str, str]:
        """The page of a target, as an address relative to the site's root, and its anchor."""
        address, anchor = urldefrag(self.resolved(href))
        return unquote(address.partition("?")[0]), unquote(anchor)


class Site:
    """A built site and the folder of its seeds."""

    def __init__(self, folder: Path, seeds: Path) -> None:
        self.folder = folder
        self.seeds = seeds

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The pages by their addresses relative to the site's root."""
        found = {}
        for path in sorted(self.folder.rglob("*.html")):
            url = path.relative_to(self.folder).as_posix()
            url = url.removesuffix("index.html") if path.name == "index.html" else url
            found[url] = Document(url, path.read_text("utf-8"))
        return found

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """The objects of data/traces.jsonl."""
        lines = (self.folder / "data" / "traces.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]

    @cached_property
    def indexed(self) -> list[str]:
        """The addresses of the pages that the search index holds, relative to the site's root."""
        found = []
        for path in sorted((self.folder / "pagefind" / "fragment").iterdir()):
            data = gzip.decompress(path.read_bytes())
            # Pagefind's fragments are JSON behind a signature.
            found.append(json.loads(data[data.index(b"{") :])["url"].lstrip("/"))
        return found

    def holds(self, address: str) -> bool:
        """Whether an address relative to the site's root can be opened."""
        path = self.folder / address
        return (path / "index.html").is_file() if address.endswith("/") or not address else path.is_file()
