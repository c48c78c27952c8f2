"""What the texts of seeds may bring into a page's article: elements, classes, ids, attributes and addresses, by place.

The article is read by the grammar that the builders write: names in lower case, values in double quotes, every element
closed. A `<` that starts nothing of the kind is a violation too, so that browsers see no tag which is not seen here.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias

from generator.prose.typesetting import ATTRIBUTES, ELEMENTS, TEXT_ELEMENTS

# Words of a place: an element with all its classes, or an id; `*` stands for anything within one class or id.
_INLINE = "a a.headerlink br code code.latex del em strong sub sup span.math span.latex math"
_PROSE = f"{_INLINE} input p ul ol li blockquote pre code.language-* hr h2 h3 h4 h5 h6"
_TABLE = "table thead tbody tr th td"
_NOTE = "div.admonition.note p.admonition-title"
_CHIPS = "span.action.action-add span.action.action-remove span.action.action-replace"
_FOLDED_CHIPS = _CHIPS.replace("span", "summary")
_SITES_OWN = f"{_PROSE} {_TABLE} {_NOTE} {_CHIPS} h1 section.level2 section.level2.* section.level3 section.level3.*"
_CITATION = (
    "p a pre code h2 summary input label"
    " div.tabbed-set.tabbed-alternate div.tabbed-labels div.tabbed-content div.tabbed-block #__tabbed_*"
)

_TRACE, _PAPER = "div.page.page--trace", "div.page.page--paper"

# Place -> its words. An element that is a key here, by itself or within its page, makes a place; any other leaves its
# children where it is. So chips and notes stand nowhere but where the site puts them: none in a reasoning.
_PLACES = {
    "page": "div.page.page--*",
    "article": "section.cite details.cite p.page-tools a #cite-*",
    "section.cite": f"{_CITATION} #cite #cite-*",
    "details.cite": _CITATION,
    **dict.fromkeys(
        (f"div.page.page--{kind}" for kind in ("home", "index", "planner", "model")),
        f"{_SITES_OWN} svg.share rect #[a-z0-9-]*",
    ),
    "div.page.page--text": f"{_SITES_OWN} div.admonition.* img #[a-z0-9-]*",
    _TRACE: f"h1 p {_INLINE} #title section.level2.reasoning section.level2.plan section.level2.context"
    " section.level2.verdict section.level2.further",
    f"{_TRACE} section.level2.reasoning": f"{_PROSE} {_TABLE} section.level3.reasoning details.output summary"
    " #reasoning #reasoning-*",
    f"{_TRACE} section.level2.plan": "h2 a.headerlink section.level3.study #plan",
    f"{_TRACE} section.level3.study": f"{_PROSE} {_CHIPS} li.name #study-*",
    f"{_TRACE} section.level2.verdict": f"{_PROSE} {_TABLE} {_CHIPS} section.level3.gold #verdict #gold-*",
    f"{_TRACE} section.level2.context": f"{_PROSE} {_TABLE} section.level3.context #context #context-*",
    f"{_TRACE} section.level2.further": f"h2 ul li {_INLINE} #further",
    _PAPER: f"h1 p ul li {_INLINE} #title section.level2.plans section.level2.similar section.level2.gold"
    " section.level2.summary",
    f"{_PAPER} section.level2.plans": f"h2 p ol li {_INLINE} {_TABLE} {_CHIPS} details {_FOLDED_CHIPS}"
    " #plans-* #similar-*",
    f"{_PAPER} section.level2.similar": f"h2 p ul li {_INLINE} #similar-papers",
    f"{_PAPER} section.level2.gold": f"{_PROSE} {_TABLE} {_CHIPS} section.level3.gold #gold-*",
    f"{_PAPER} section.level2.summary": f"{_PROSE} {_TABLE} {_NOTE} details.answer summary section.level3.abstract"
    " section.level3.quick section.level3.finding section.level3.part section.level3.summary"
    " #summary #summary-* #abstract #quick-answers #finding-* #part-*",
    "math": " ".join({*ELEMENTS, *TEXT_ELEMENTS, "span.math-core-*"} - {"math"}),
    # Zensical colours code with elements of short class names.
    "div.highlight": "pre code span span.*",
}
_TEXT = r"[\s\S]*"
# Without a colon in its first segment an address has no scheme, without two slashes before it no host.
_ON_THIS_SITE = r"(?!//)[^\x00-\x20:/?#\\]*(?:[/?#][^\x00-\x20\\]*)?"
_ADDRESS = rf"(?:https?://|mailto:)[^\x00-\x20]+|{_ON_THIS_SITE}"
_OF_ELEMENT = {
    "a": {"href": _ADDRESS, "title": _TEXT},
    "details": {"name": "study"},
    "div": {"data-pagefind-body": "", "data-seed": _TEXT, "data-tabs": r"\d+:\d+"},
    "img": {"src": _ON_THIS_SITE, "alt": _TEXT},
    "input": {
        "type": "radio|checkbox",
        "name": "__tabbed_.*",
        "checked": "(?:checked)?",
        "disabled": "",
        "aria-label": _TEXT,
    },
    "label": {"for": "__tabbed_.*"},
    "ol": {"start": r"\d+"},
    "rect": {"width": r"\d+", "height": "1"},
    "span": {"hidden": "", "data-style": ATTRIBUTES["data-style"]},
    "svg": {"viewBox": "0 0 100 1", "preserveAspectRatio": "none", "aria-hidden": "true"},
    "td": {"data-label": _TEXT, "data-align": "left|center|right"},
    "th": {
        "data-align": "left|center|right",
        "data-label": _TEXT,
        "scope": "row|col|colgroup",
        "colspan": r"\d+",
    },
    **dict.fromkeys(ELEMENTS, ATTRIBUTES),
    "math": {"display": ATTRIBUTES["display"], "alttext": _TEXT},
}

# What browsers take for markup: a tag, of which some lead elsewhere; a document type, a comment, or an element of mere
# text with what it holds; a `<` that starts nothing of the kind, or not as builders write it.
_LEADING = "(?i:base|link|meta)"
_MERE_TEXT = "(?i:script|style|title|textarea)"
_ATTRIBUTES = """[^<>"']*(?:"[^"]*"[^<>"']*)*"""
_MARKUP = re.compile(
    rf"""<(?:(?P<end>/?)(?P<name>(?!(?:{_LEADING}|{_MERE_TEXT})[\s/>])[A-Za-z][^\s"'<>/=]*)(?P<attributes>{_ATTRIBUTES})>"""
    rf"|(?P<leading>{_LEADING}{_ATTRIBUTES})>"
    rf"|!(?i:doctype) html>|!--(?!-?>)(?:(?!--!?>).)*-->|(?P<text>{_MERE_TEXT})\b{_ATTRIBUTES}>.*?</(?P=text)>|)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'[ \n]+([A-Za-z-]+)(?:="([^"]*)")?')
_WRITTEN = re.compile(rf"(?:{_ATTRIBUTE.pattern})*[ \n]*/?")
_POLICY = "content-security-policy"
_VOID = {"br", "hr", "img", "input"}
_CLOSED_AT_ONCE = _VOID | ELEMENTS
_EXCERPT = re.compile(r"[^\n>]{0,80}>?")
_Tag: TypeAlias = re.Match[str]


@dataclass(frozen=True, slots=True)
class Violation:
    """A tag at an offset of a page, in characters, and the place that it stands in."""

    offset: int
    text: str
    place: str


def violation(page: str) -> Violation | None:
    """The first thing in a page that may not be there; None if there is none.

    What follows it is not judged: nothing says where an element ends that was never to begin.
    """
    tags = list(_MARKUP.finditer(page))
    return _led_away(tags) or _foreign(tags)


def seed_of(page: str) -> str:
    """The seed that a page says it was made of; nothing where it names none."""
    return next(
        (_values(tag["attributes"]).get("data-seed", "") for tag in _MARKUP.finditer(page) if _is_page(tag)), ""
    )


def _led_away(tags: Sequence[_Tag]) -> Violation | None:
    """The first tag, head included, that sends readers or requests elsewhere, which no policy in a page can stop."""
    hosts: list[str] = []
    for tag in tags:
        # Most by far are others.
        if tag.lastgroup == "attributes":
            continue
        name = tag[0][1:5].lower()
        if tag[0] == "<" or name == "base" or (tag["leading"] and not _WRITTEN.fullmatch(tag["leading"], 4)):
            return _at(tag, "page")
        values = _values(tag["leading"]) if tag["leading"] else {}
        if values.get("http-equiv", _POLICY).lower() != _POLICY or (name == "link" and _is_elsewhere(values, hosts)):
            return _at(tag, "page")
        if "http-equiv" in values:
            hosts = hosts or values.get("content", "").replace(";", " ").split()
    return None


def _is_elsewhere(link: Mapping[str, str], hosts: Sequence[str]) -> bool:
    goal = link.get("href", "")
    is_known = goal.startswith("https://") and "/".join(goal.split("/")[:3]) in hosts
    return not (is_known or link.get("rel") == "canonical" or re.fullmatch(_ON_THIS_SITE, goal))


def _foreign(tags: Sequence[_Tag]) -> Violation | None:
    start = next((at for at, tag in enumerate(tags) if _is_page(tag)), len(tags))
    end = next((at for at in reversed(range(start, len(tags))) if tags[at][0] == "</article>"), None)
    if end is None:
        return Violation(0, "no article", "page")
    # The one page, then what the theme writes below it.
    opened = [("article", "page")]
    for tag in tags[start:end]:
        is_end, name, attributes = tag.group("end", "name", "attributes")
        around, place = opened[-1]
        if is_end and name == around and len(opened) > 1 and not attributes:
            opened.pop()
            opened[0] = ("article", "article")
            continue
        inside = None if is_end or not name else _place(place, name, attributes.removesuffix("/"))
        is_closed = name in _VOID or (inside and attributes.endswith("/"))
        if inside is None or (is_closed and name not in _CLOSED_AT_ONCE):
            return _at(tag, place)
        if not is_closed:
            opened.append((name, inside))
    return _at(tags[end], opened[-1][1]) if len(opened) > 1 else None


def _is_page(tag: _Tag) -> bool:
    """Whether a tag starts what the theme puts round a page's own content."""
    return tag["name"] == "div" and not tag["end"] and _values(tag["attributes"]).get("class", "").startswith("page ")


def _values(attributes: str) -> dict[str, str]:
    """The attributes of a start tag; of two of one name browsers take the first."""
    return {name.lower(): html.unescape(value) for name, value in reversed(_ATTRIBUTE.findall(attributes))}


def _at(tag: _Tag, place: str) -> Violation:
    excerpt = _EXCERPT.match(tag.string, tag.start())
    return Violation(tag.start(), excerpt[0] if excerpt else "", place)


@lru_cache(maxsize=8192)  # most tags are like others; addresses of a large corpus are not
def _place(place: str, name: str, attributes: str) -> str | None:
    """The place that a start tag's children are in; None if the tag may not stand in `place`."""
    pairs = _ATTRIBUTE.findall(attributes)
    values = {key: html.unescape(value) for key, value in pairs}
    if len(values) < len(pairs) or not _WRITTEN.fullmatch(attributes):
        return None
    classes = values.pop("class", "").replace(".", "-").split()
    word = ".".join((name, *classes))
    words = [word, f"#{values.pop('id')}"] if "id" in values else [word]
    allowed = {"lang": "[A-Za-z0-9-]+", **_OF_ELEMENT.get(name, {})}
    if not all(map(_words(place).fullmatch, words)):
        return None
    if not all(key in allowed and re.fullmatch(allowed[key], value) for key, value in values.items()):
        return None
    page = place.partition(" ")[0]
    return next((key for key in (f"{page} {word}", word) if key in _PLACES), place)


@cache
def _words(place: str) -> re.Pattern[str]:
    words = "|".join(_PLACES[place].split())
    return re.compile(words.replace(".", r"\.").replace("*", r"[^.\s]*"))
