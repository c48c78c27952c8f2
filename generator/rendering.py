"""Planned page -> the text of its Markdown file.

Whatever a template prints is plain text and is escaped, unless it is `Markdown`: made here, or by `prose`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator import prose
from generator.addresses import from_page
from generator.files import RenderedFile, front_matter
from generator.model import Task
from generator.pages.linked_data import as_json
from generator.pages.page import substance
from generator.text.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.pages.linked_data import Node
    from generator.pages.page import Link, Page

# How a generated XML file begins: nothing may stand before the declaration.
XML_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!-- Written by the generator: edit the seed, not this file. -->\n'
# The second line of a generated text file.
TEXT_MARK = "<!-- Written by the generator. -->"
_TASKS = {
    Task.AUTHOR: "ablations planned from the paper's method section",
    Task.REVIEWER: "ablations found missing in the finished paper",
}


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def load_templates() -> None:
    """Load every template that is new or has changed; nobody looks at them again until this is called again.

    Processes that are forked afterwards have them all, and need not compile them one by one.
    """
    environment = _environment()
    environment.auto_reload = True
    for name in environment.list_templates():
        environment.get_template(name)
    environment.auto_reload = False


def render(page: Page) -> RenderedFile:
    """The page's Markdown: front matter, then what its template makes of its view."""

    def href(link: Link) -> Markdown:
        query = f"?{link.query}" if link.query else ""
        anchor = f"#{link.anchor}" if link.anchor else ""
        return Markdown(from_page(page.path, link.path) + query + anchor)

    def link(link: Link) -> Markdown:
        return Markdown(f"[{prose.render_plain(link.text)}]({href(link)})")

    made_of = substance(page)
    body = _environment().get_template(made_of.template).render(view=made_of.view, href=href, link=link)
    text = f"{front_matter(made_of.front_matter | _for_the_head(made_of.nodes))}\n{_tidy(body)}"
    return RenderedFile.of(page.path, text)


def _for_the_head(nodes: Sequence[Node]) -> dict[str, object]:
    """What the page tells programs, each node as a text of JSON, which builders read in no time."""
    return {"linked_data": [as_json(node) for node in nodes]} if nodes else {}


def _tidy(body: str) -> str:
    # Templates leave empty lines in many places: a pattern for these takes three times as long.
    while "\n\n\n" in body:
        body = body.replace("\n\n\n", "\n\n")
    return body.strip() + "\n"


def _shown(value: object) -> str:
    return value if isinstance(value, Markdown) else prose.render_plain(str(value))


def _html(value: object) -> Markdown:
    """Plain text inside an element or attribute that a template writes as HTML."""
    return Markdown(prose.in_html(str(value)))


def _canonical(reasoning: str) -> Markdown:
    return Markdown(prose.normalize_markdown(reasoning))


def _address(url: str) -> Markdown:
    """An absolute address as the target of a Markdown link."""
    return Markdown("<" + re.sub(r"[<>\s\\]", lambda match: f"%{ord(match[0]):02X}", url) + ">")


def _code(text: str) -> Markdown:
    """A code block, indented, so that no fence in the text can end it. Some readers see tags there, or lists."""
    if "<" in text or "{: " in text:
        return Markdown(f"<pre><code>{prose.in_html(text)}</code></pre>")
    return Markdown("\n".join(f"    {line}" for line in text.split("\n")))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("generator"),
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 -- these are Markdown files; `finalize` escapes for Markdown
    )
    environment.globals |= {"markdown": Markdown, "address": _address, "code": _code, "slug": _slug, "tasks": _TASKS}
    environment.filters |= {"thousands": lambda number: f"{number:,}", "html": _html, "canonical": _canonical}
    return environment


def _slug(prefix: str, title: str) -> Markdown:
    return Markdown(f"{prefix}-{slugify(title)}")
