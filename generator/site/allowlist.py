"""What may stand in a page's article, whatever a text brought in: elements, classes, ids, attributes and addresses.

The article is read by the grammar that the builders write: names in lower case, values in double quotes, every element
closed. A `<` that starts nothing of the kind is a violation too, so that browsers see no tag which is not seen here.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from generator.prose.maths import ATTRIBUTES, ELEMENTS

# Words of a place: an element with all its classes, or an id; `*` and `[…]` as in a shell, within one class or id.
_PROSE = (
    "p br hr bdi h2 h3 h4 h5 h6 ul ol li blockquote pre code code.language-* div.highlight a a.headerlink em strong sub"
    " sup span.math span.latex code.latex math"
)
_LISTS = f"{_PROSE} h1 div.entries em.source p.byline p.note p.more nav.pager table thead tbody tr th td div.figures"
_BADGES = "strong.action.action-add strong.action.action-remove strong.action.action-replace"
_FIGURES = f"{_LISTS} p.kicker div.figures.profile figure.bars #title #author #reviewer"

# Place -> its words. An element that is a key here makes a place; any other leaves its children where it is. So the
# site's own badges and notes stand nowhere but where a template puts them: none in a reasoning.
_PLACES = {
    "article": "div.page.page--* p.page-tools a",
    "div.page.page--text": f"{_LISTS} img #[a-z]*",
    "div.page.page--home": f"{_LISTS} a.search-entry div.numbers #[a-z]*",
    "div.page.page--index": f"{_LISTS} p.kicker nav.alphabet details summary div div.dictionary section.cite #[a-z]*",
    "div.page.page--planner": _FIGURES,
    "div.page.page--model": f"{_FIGURES} section #author-* #reviewer-*",
    "div.page.page--trace": "header div.trace section.reasoning section.plan aside.context section.cite nav.neighbours"
    " #reasoning #plan #context #cite",
    "div.page.page--paper": f"{_PROSE} h1 p.kicker p.byline p.title-source.* section.facts nav.contents div.groups"
    " section.group div.plans section.plan-card section.summary section.cite section.similar"
    " #title #about #similar-* #plans-* #summary #cite",
    "header": f"{_PROSE} h1 p.kicker p.byline #title",
    "section": f"{_LISTS} #traces",
    "section.reasoning": f"{_PROSE} #reasoning-*",
    "section.plan": "h2 a.headerlink section.study #plan-title #study-*",
    "section.study": f"{_PROSE} {_BADGES} p.fix details.cite #study-*",
    "section.facts": f"{_PROSE} em.source",
    "section.group": f"{_PROSE} {_BADGES} p.byline #similar-*",
    "section.plan-card": f"{_PROSE} {_BADGES} em.part em.alone a.shared p.byline #plan-*",
    "section.summary": f"{_PROSE} em.source p.byline p.note div.note"
    " #summary-* #abstract #quick-answers #finding-* #part-*",
    "section.similar": f"{_LISTS} #similar-papers",
    "section.cite": f"{_PROSE} p.style #cite-title",
    "aside.context": f"{_PROSE} p.byline details #context-limitations",
    "details": f"{_PROSE} summary",
    "details.cite": f"{_PROSE} summary p.style",
    "nav.contents": _PROSE,
    "nav.pager": "p a strong bdi",
    "nav.alphabet": "p a bdi",
    "nav.neighbours": f"{_PROSE} p.byline",
    "figure.bars": "figcaption div.bar span svg",
    "svg": "rect.bar-*",
    "math": " ".join(ELEMENTS - {"math"}),
    # Zensical colours code with elements of short class names.
    "div.highlight": "pre code span span.*",
}
_TEXT = r"[\s\S]*"
# Without a colon in its first segment an address has no scheme, without two slashes before it no host.
_ON_THIS_SITE = r"(?!//)[^\x00-\x20:/?#\\]*(?:[/?#][^\x00-\x20\\]*)?"
_ADDRESS = rf"(?:https?://|mailto:)[^\x00-\x20]+|{_ON_THIS_SITE}"
_NUMBER = r"\d+(?:\.\d+)?"
_ANYWHERE = {"data-pagefind-ignore": "all"}
_OF_ELEMENT = {
    "a": {"href": _ADDRESS, "title": _TEXT, "rel": "prev|next", "tabindex": "-1"},
    "aside": {"aria-label": _TEXT},
    "div": {"data-pagefind-body": "", "data-seed": _TEXT},
    "img": {"src": _ON_THIS_SITE, "alt": _TEXT},
    "nav": {"aria-label": _TEXT},
    "ol": {"start": r"\d+"},
    "rect": {"x": _NUMBER, "width": _NUMBER, "height": _NUMBER},
    "section": {"aria-labelledby": "cite-title"},
    "span": {"hidden": ""},
    "svg": {"viewBox": _TEXT, "preserveAspectRatio": "none", "role": "img", "aria-label": _TEXT},
    **dict.fromkeys(ELEMENTS, dict.fromkeys(ATTRIBUTES, _TEXT)),
    "math": {"display": "inline|block", "alttext": _TEXT},
}

_ATTRIBUTE = re.compile(r'[ \n]+([A-Za-z-]+)(?:="([^"<>]*)")?')
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[ \n]+[A-Za-z-]+(?:="[^"<>]*")?)*)[ \n]*(/?)>|<')
_VOID = {"br", "hr", "img"}
_CLOSED_AT_ONCE = _VOID | ELEMENTS | {"rect"}
_EXCERPT = re.compile(r"[^\n>]{0,80}>?")


@dataclass(frozen=True, slots=True)
class Violation:
    """A tag at an offset of a page, in characters, and the place that it stands in."""

    offset: int
    text: str
    place: str


def violation(page: str) -> Violation | None:
    """The first thing in a page's article that may not be there; None if there is none.

    What follows it is not judged: nothing says where an element ends that was never to begin.
    """
    start, end = page.find("<article"), page.rfind("</article>")
    if not 0 <= start < end:
        return Violation(0, "no article", "page")
    opened = [("article", "article")]
    for tag in _TAG.finditer(page, page.index(">", start), end):
        is_end, name, attributes, is_closed = tag.groups()
        around, place = opened[-1]
        if is_end and name == around and len(opened) > 1 and not attributes:
            opened.pop()
            continue
        inside = None if is_end or not name else _place(place, name, attributes)
        if inside is None or (is_closed and name not in _CLOSED_AT_ONCE):
            return _at(page, tag.start(), place)
        if not is_closed and name not in _VOID:
            opened.append((name, inside))
    return _at(page, end, opened[-1][1]) if len(opened) > 1 else None


def _at(page: str, position: int, place: str) -> Violation:
    excerpt = _EXCERPT.match(page, position)
    return Violation(position, excerpt[0] if excerpt else "", place)


@lru_cache(maxsize=8192)  # most tags are like others; addresses of a large corpus are not
def _place(place: str, name: str, attributes: str) -> str | None:
    """The place that a start tag's children are in; None if the tag may not stand in `place`."""
    pairs = _ATTRIBUTE.findall(attributes)
    values = {key: html.unescape(value) for key, value in pairs}
    if len(values) < len(pairs):
        return None
    classes = values.pop("class", "").replace(".", "-").split()
    word = ".".join((name, *classes))
    words = [word, f"#{values.pop('id')}"] if "id" in values else [word]
    allowed = _ANYWHERE | _OF_ELEMENT.get(name, {})
    if not all(map(_words(place).fullmatch, words)):
        return None
    if not all(key in allowed and re.fullmatch(allowed[key], value) for key, value in values.items()):
        return None
    return word if word in _PLACES else place


@cache
def _words(place: str) -> re.Pattern[str]:
    return re.compile("|".join(word.replace(".", r"\.").replace("*", r"[^.\s]*") for word in _PLACES[place].split()))
