"""Every page in plain Markdown and every record as JSON, beside the page and found through its head."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from markdown_it import MarkdownIt

from website.pages import Document, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from website.pages import Site

LOOKS = re.compile(r"^</?(?:section|div|nav|header|aside|details)\b|markdown=\"1\"|(?<!\\)\{: ", re.MULTILINE)
WORD = re.compile(r"[^\W_]+")
CLASSES_WITHOUT_A_TWIN = {"headerlink", "page-tools", "bars"}


def alternates(document: Document, media_type: str) -> list[str]:
    links = [link for link in document.all("link") if (link.get("rel"), link.get("type")) == ("alternate", media_type)]
    return [document.resolved(link.attrib["href"]) for link in links]


def front_matter_and_body(text: str) -> tuple[str, str]:
    _, head, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "", text)
    return head, body


def html(markdown: str) -> Document:
    body = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    return Document("", f"<!doctype html><title>t</title><article>{body}</article>")


def words(element: Element) -> Counter[str]:
    return Counter(WORD.findall(text_of(element)))


def without_chrome(article: Element) -> Element:
    for parent in list(article.iter()):
        for child in list(parent):
            if set(child.get("class", "").split()) & CLASSES_WITHOUT_A_TWIN:
                parent.remove(child)
    return article


def test_every_page_names_its_twin_and_the_twin_is_there(site: Site) -> None:
    for url, document in site.documents.items():
        if url != "404.html":
            (twin,) = alternates(document, "text/markdown")
            assert twin in {f"{url.removesuffix('/')}.md", f"{url}index.md"}
            assert (site.folder / twin).is_file(), twin


def test_a_twin_says_all_that_its_page_says_and_nothing_of_its_looks(site: Site) -> None:
    compared = 0
    for url, document in site.documents.items():
        if url == "404.html" or url.startswith("traces/"):
            continue
        (twin,) = alternates(document, "text/markdown")
        _, body = front_matter_and_body((site.folder / twin).read_text("utf-8"))
        page = Document(url, document.source)
        assert words(html(body).article) == words(without_chrome(page.article)), twin
        assert not re.search(
            r"^</?(?:section|div|nav|header|aside|details)\b|markdown=\"1\"|(?<!\\)\{: ", body, re.MULTILINE
        )
        compared += 1
    assert compared > 20


def test_links_between_twins_lead_to_twins(site: Site) -> None:
    broken = []
    for path in site.folder.rglob("*.md"):
        name = path.relative_to(site.folder).as_posix()
        for href in html(front_matter_and_body(path.read_text("utf-8"))[1]).links():
            if not urlsplit(href).scheme:
                target = unquote(urldefrag(urljoin(f"https://here.invalid/{name}", href))[0].partition("?")[0])
                if not (site.folder / target.removeprefix("https://here.invalid/")).is_file():
                    broken.append((name, href))
    assert broken == []


def test_papers_planners_and_traces_are_json_beside_their_pages(site: Site) -> None:
    for table in ("papers", "planners", "traces"):
        lines = (site.folder / "data" / f"{table}.jsonl").read_text("utf-8").splitlines()
        for line in lines:
            url = json.loads(line)["url"]
            assert (site.folder / url / "index.json").read_text("utf-8") == f"{line}\n"
            assert alternates(site.documents[url], "application/json") == [f"{url}index.json"]
        assert lines
    named = [url for url, document in site.documents.items() if alternates(document, "application/json")]
    assert len(named) == len(list(site.folder.rglob("index.json")))


def test_llms_txt_leads_to_text_that_is_there(site: Site) -> None:
    text = (site.folder / "llms.txt").read_text("utf-8")
    assert text.startswith("# Ablation Atlas\n")
    (home,) = [document.resolved(link.attrib["href"]) for document in [site.documents[""]]
               for link in document.all("link") if link.get("rel") == "canonical"]  # fmt: skip
    links = re.findall(r"\]\(([^)]*)\)", text)
    assert len(links) > 8
    for link in links:
        assert link.startswith(home)
        assert (site.folder / link.removeprefix(home)).is_file(), link
