"""Every page in plain Markdown and every record as JSON, beside the page and found through its head."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from statistics import median
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

from markdown_it import MarkdownIt

from website.kinds import NAME
from website.pages import Document, Site, text_of

WORD = re.compile(r"[^\W_]+")
# What CommonMark does not have: ids of headings, boxes of tasks, and a text that is lowered or raised. A note's mark
# becomes its title.
SIGNS = {r" \{ #[a-z0-9-]+ \}$": "", r"^( *- )\[[ x]\] ": r"\1", r"\$[_^]\{\\text\{([^$]+)\}\}\$": r"\1"}
NOTE = re.compile(r"^> \[!(\w+)\]$", re.MULTILINE)


def alternates(document: Document, media_type: str) -> list[str]:
    links = [link for link in document.all("link") if link.get("rel", "").split() == ["alternate"]]
    return [document.resolved(link.attrib["href"]) for link in links if link.get("type") == media_type]


def front_matter_and_body(text: str) -> tuple[str, str]:
    _, head, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "", text)
    return head, body


def html(markdown: str) -> Document:
    for sign, meant in SIGNS.items():
        markdown = re.sub(sign, meant, markdown, flags=re.MULTILINE)
    markdown = NOTE.sub(lambda found: f"> {found[1].capitalize()}\n>", markdown)
    body = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    return Document("", f"<!doctype html><title>t</title><article>{body}</article>")


def kinds(markdown: str) -> Iterator[str]:
    """The kinds of things in a text, as CommonMark names them."""
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown):
        yield token.type
        yield from (child.type for child in token.children or ())


def words(element: Element) -> Counter[str]:
    return Counter(WORD.findall(text_of(element)))


def test_every_page_names_its_twin_and_the_twin_is_there(site: Site) -> None:
    for url, document in site.documents.items():
        if url != "404.html":
            (twin,) = alternates(document, "text/markdown")
            assert twin in {f"{url.removesuffix('/')}.md", f"{url}index.md"}
            assert (site.folder / twin).is_file(), twin


def test_a_twin_says_all_that_its_page_says_and_nothing_of_its_looks(site: Site) -> None:
    compared = 0
    for url, document in site.documents.items():
        if url == "404.html":
            continue
        (twin,) = alternates(document, "text/markdown")
        head, body = front_matter_and_body((site.folder / twin).read_text("utf-8"))
        (page,) = (part for part in document.article if part.get("class", "").startswith("page "))
        assert words(html(body).article) == words(page), twin
        if "\nkind: " in head:
            assert not {"html_block", "html_inline"} & set(kinds(body)), twin
        # What looks like an attribute list is text, and shown.
        assert body.count("{: ") == text_of(page).count("{: "), twin
        compared += 1
    assert compared > 100


def test_what_a_generated_twin_says_of_itself_is_plain(site: Site) -> None:
    """Strings, numbers and lists of strings, as JSON writes them; no markup and no data beside."""
    for record in site.records:
        for url in (record["url"], f"papers/{record['paper']}/"):
            head, _ = front_matter_and_body((site.folder / f"{url.removesuffix('/')}.md").read_text("utf-8"))
            for line in head.splitlines():
                key, _, value = line.partition(": ")
                found = json.loads(value)
                assert key.isidentifier()
                assert isinstance(found, str | int) or all(isinstance(one, str) for one in found)


def test_a_trace_as_markdown_is_hardly_more_than_its_text(site: Site) -> None:
    bodies = [
        front_matter_and_body((site.folder / f"{one['url'][:-1]}.md").read_text("utf-8"))[1] for one in site.records
    ]
    assert median(len(body.encode()) / len(text_of(html(body).article).encode()) for body in bodies) <= 1.6


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
    assert text.startswith(f"# {NAME}\n")
    (home,) = [document.resolved(link.attrib["href"]) for document in [site.documents[""]]
               for link in document.all("link") if link.get("rel") == "canonical"]  # fmt: skip
    links = re.findall(r"\]\(([^)]*)\)", text)
    assert len(links) > 8
    for link in links:
        assert link.startswith(home)
        assert (site.folder / link.removeprefix(home)).is_file(), link
