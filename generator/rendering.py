"""Planned page -> the text of its Markdown file.

Whatever a template prints is plain text and is escaped, unless it is `Markdown`: made here, or by `prose`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator import prose
from generator.addresses import from_page
from generator.files import RenderedFile
from generator.model import Task
from generator.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.pages.page import Link, Page

# The first line inside a generated page's front matter, a comment in YAML. Files that lack it are never touched.
MARK = "# Written by the generator: edit the seed, not this page."
# How a generated XML file begins: nothing may stand before the declaration.
XML_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!-- Written by the generator: edit the seed, not this file. -->\n'
# The second line of a generated text file.
TEXT_MARK = "<!-- Written by the generator. -->"
# Characters that JSON takes as they are, but YAML refuses or reads as line breaks.
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_TASKS = {
    Task.AUTHOR: "ablations planned from the paper's method section",
    Task.REVIEWER: "ablations found missing in the finished paper",
}


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def render(page: Page) -> RenderedFile:
    """The page's Markdown: front matter, then what its template makes of its view."""

    def href(link: Link) -> Markdown:
        query = f"?{link.query}" if link.query else ""
        anchor = f"#{link.anchor}" if link.anchor else ""
        return Markdown(from_page(page.path, link.path) + query + anchor)

    def link(link: Link) -> Markdown:
        return Markdown(f"[{prose.text(link.text)}]({href(link)})")

    template = _environment().get_template(page.template)
    body = template.render(view=page.view, href=href, link=link)
    text = f"{front_matter(page.front_matter)}\n{_tidy(body)}"
    return RenderedFile.of(page.path, text)


def front_matter(values: Mapping[str, object]) -> str:
    """A YAML block; values are written as JSON, which YAML reads alike and no text can break out of."""
    lines = (f"{key}: {_yaml(value)}" for key, value in values.items())
    return "\n".join(("---", MARK, *lines, "---", ""))


def _yaml(value: object) -> str:
    return _NOT_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def _tidy(body: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n"


def _shown(value: object) -> str:
    return value if isinstance(value, Markdown) else prose.text(str(value))


def _html(value: object) -> Markdown:
    """Plain text inside an element or attribute that a template writes as HTML."""
    return Markdown(prose.in_html(str(value)))


def _address(url: str) -> Markdown:
    """An absolute address as the target of a Markdown link."""
    return Markdown("<" + re.sub(r"[<>\s\\]", lambda match: f"%{ord(match[0]):02X}", url) + ">")


def _code(text: str) -> Markdown:
    """A code block, indented, so that no fence in the text can end it; Python-Markdown sees tags even there."""
    if "<" in text:
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
    environment.filters |= {"thousands": lambda number: f"{number:,}", "html": _html}
    return environment


def _slug(prefix: str, title: str) -> Markdown:
    return Markdown(f"{prefix}-{slugify(title)}")
