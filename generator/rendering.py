"""Planned page -> the text of its Markdown file.

Whatever a template prints is plain text and is escaped, unless it is `Markdown`: made here, or by `prose`.
"""

import re
from collections.abc import Callable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator import prose
from generator.addresses import AGREEMENT, from_page
from generator.files import RenderedFile, front_matter
from generator.messages import ENGLISH, Figure, Language, Message, _, ngettext
from generator.model import Task
from generator.pages import nouns
from generator.pages.page import Page, said_front_matter
from generator.pages.page_links import Link, feed_link
from generator.text.patterns import item_text
from generator.text.slugs import unique_slugs
from generator.text.wording import format_dollars, percent

_TASKS = {
    Task.AUTHOR: _("ablations planned from the paper's method section"),
    Task.REVIEWER: _("ablations that the model thinks are missing from the finished paper"),
}


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def render_page(page: Page, language: Language = ENGLISH) -> RenderedFile:
    """Render a page's Markdown in a language: front matter, then what its template makes of its view."""

    def href(link: Link) -> Markdown:
        is_here = link.anchor and link.path == page.path
        return Markdown(("" if is_here else from_page(page.path, link.path)) + link.place)

    def link(link: Link) -> Markdown:
        return Markdown(f"[{prose.render_plain(language.say(link.text))}]({href(link)})")

    planned = page.front_matter
    feed = feed_link(page.path) if "feed" in planned else None
    body = _environment(language).get_template(page.template).render(view=page.view, feed=feed, href=href, link=link)
    head = front_matter(said_front_matter(planned, language))
    return RenderedFile.from_text(page.path, f"{head}\n{_collapse_blank_lines(body)}")


def _collapse_blank_lines(body: str) -> str:
    # Templates leave empty lines in many places: a pattern for these takes three times as long.
    while "\n\n\n" in body:
        body = body.replace("\n\n\n", "\n\n")
    return body.strip() + "\n"


def _said(text: str, is_markdown: bool) -> Markdown:  # noqa: FBT001 -- templates pass it so
    """Write a text of a summary: Markdown, or a paragraph or an item a line."""
    if is_markdown:
        return Markdown(prose.normalize_markdown(text, has_headings=False))
    return Markdown("\n".join(map(_plain_line, text.split("\n"))).strip())


def _plain_line(text: str) -> str:
    item = item_text(text)
    return f"\n{prose.render_plain(text)}\n" if item is None else f"- {prose.render_plain(item)}"


def _address(url: str) -> Markdown:
    """Write an absolute address as the target of a Markdown link."""
    return Markdown("<" + re.sub(r"[<>\s\\]", lambda match: f"%{ord(match[0]):02X}", url) + ">")


def _code(text: str) -> Markdown:
    """Write a code block, between fences that nothing in the text can end."""
    fence = prose.code_fence(text, 3)
    return Markdown(f"{fence}\n{text}\n{fence}")


@cache
def _environment(language: Language) -> Environment:
    def escaped(value: object) -> Markdown:
        return value if isinstance(value, Markdown) else Markdown(prose.render_plain(language.say(value)))

    def said(message: Callable[..., Message]) -> Callable[..., Markdown]:
        """Have templates say messages, which are Markdown, with values that are escaped."""

        def say(*words: str | int, **values: object) -> Markdown:
            return Markdown(language.say(message(*words, **{name: escaped(value) for name, value in values.items()})))

        return say

    environment = Environment(
        loader=PackageLoader("generator"),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        finalize=escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        autoescape=False,  # noqa: S701 -- these are Markdown files; `finalize` escapes for Markdown
    )
    vars(environment)["newstyle_gettext"] = True
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals |= {
        "_": said(_),
        "gettext": said(_),
        "ngettext": said(ngettext),
        "markdown": Markdown,
        "address": _address,
        "code": _code,
        "tasks": _TASKS,
        "task_names": nouns.TASKS,
        "count": nouns,
        "facts": nouns.FACTS,
        "percent": percent,
        "agreement": Link("", AGREEMENT),
    }
    environment.globals["with_slugs"] = lambda parts: zip(parts, unique_slugs(one.title for one in parts), strict=True)
    environment.filters |= {"thousands": language.say, "said": _said, "dollars": format_dollars}
    environment.filters["decimal"] = lambda number: Figure(f"{number:.1f}")
    environment.filters["share"] = lambda share: "–" if share is None else Figure(f"{share:.2f}")
    environment.filters["join"] = lambda texts, between: between.join(map(language.say, texts))
    environment.filters["capitalize"] = lambda text: language.say(text)[:1].upper() + language.say(text)[1:]
    environment.filters["canonical"] = lambda reasoning: Markdown(prose.normalize_markdown(reasoning))
    return environment
