"""What the texts of seeds may bring into a page's article: elements, classes, ids, attributes and addresses, by place.

The article is read by the grammar that the builders write: names in lower case, values in double quotes, every element
closed. A `<` that starts nothing of the kind is a violation too, so that browsers see no tag which is not seen here.
"""

import html
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from generator.prose.typesetting import ATTRIBUTES, ELEMENTS, TEXT_ELEMENTS

# Words of a place: an element with all its classes, or an id; `*` stands for anything within one class or id.
_INLINE = "a a.headerlink br code code.latex del em strong sub sup span.math span.latex math"
_PROSE = f"{_INLINE} input p ul ol li blockquote pre code.language-* hr h2 h3 h4 h5 h6"
_TABLE = "table thead tbody tr th td"
_NOTE = "div.admonition.note p.admonition-title"
_CHIPS = "span.action.action-add span.action.action-remove span.action.action-replace"
_LINKED_CHIPS = "a.action.action-add a.action.action-remove a.action.action-replace"
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
    f"{_TRACE} section.level3.study": f"{_PROSE} {_CHIPS} #study-*",
    f"{_TRACE} section.level2.verdict": f"{_PROSE} {_TABLE} {_CHIPS} section.level3.gold #verdict #gold-*",
    f"{_TRACE} section.level2.context": f"{_PROSE} section.level3.context #context #context-*",
    f"{_TRACE} section.level2.further": f"h2 ul li {_INLINE} #further",
    _PAPER: f"h1 p ul li {_INLINE} #title section.level2.compared section.level2.plans section.level2.similar"
    " section.level2.gold section.level2.summary",
    f"{_PAPER} section.level2.compared": f"h2 p {_INLINE} {_TABLE} {_LINKED_CHIPS} #compared-*",
    f"{_PAPER} section.level2.plans": "h2 p a.headerlink section.level3.plan #plans-*",
    f"{_PAPER} section.level3.plan": f"{_PROSE} {_CHIPS} #plan-*",
    f"{_PAPER} section.level2.similar": f"{_PROSE} {_CHIPS} section.level3.similar #similar-*",
    f"{_PAPER} section.level2.gold": f"{_PROSE} {_TABLE} {_CHIPS} section.level3.gold #gold-*",
    f"{_PAPER} section.level2.summary": f"{_PROSE} {_NOTE} section.level3.abstract section.level3.quick"
    " section.level3.finding section.level3.part section.level3.summary"
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
    "div": {"data-pagefind-body": "", "data-seed": _TEXT, "data-tabs": r"\d+:\d+"},
    "img": {"src": _ON_THIS_SITE, "alt": _TEXT},
    "input": {
        "type": "radio|checkbox",
        "name": "__tabbed_.*",
        "checked": "(?:checked)?",
        "disabled": "",
        "aria-label": "To do|Done",
    },
    "label": {"for": "__tabbed_.*"},
    "ol": {"start": r"\d+"},
    "rect": {"width": r"\d+", "height": "1"},
    "span": {"hidden": "", "data-style": ATTRIBUTES["data-style"]},
    "svg": {"viewBox": "0 0 100 1", "preserveAspectRatio": "none", "aria-hidden": "true"},
    "td": {"data-label": _TEXT, "data-align": "left|center|right"},
    "th": {"data-align": "left|center|right"},
    **dict.fromkeys(ELEMENTS, ATTRIBUTES),
    "math": {"display": ATTRIBUTES["display"], "alttext": _TEXT},
}

_ATTRIBUTE = re.compile(r'\s+([A-Za-z-]+)(?:="([^"]*)")?')
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[ \n]+[A-Za-z-]+(?:="[^"]*")?)*)[ \n]*(/?)>|<')
# However they are written; without `attributes` where that is not as builders write them.
_LEADING = re.compile(
    r'<(?:(?P<name>(?-i:meta|link))(?P<attributes>(?:\s+[A-Za-z-]+(?:="[^"]*")?)+)\s*/?>|(?:meta|link|base)(?=[\s/>]))',
    re.IGNORECASE,
)
_POLICY = "content-security-policy"
_VOID = {"br", "hr", "img", "input"}
_CLOSED_AT_ONCE = _VOID | ELEMENTS
_EXCERPT = re.compile(r"[^\n>]{0,80}>?")


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
    return _led_away(page) or _foreign(page)


def _led_away(page: str) -> Violation | None:
    """The first tag, head included, that sends readers or requests elsewhere, which no policy in a page can stop."""
    for tag in _LEADING.finditer(page):
        # Of two values browsers take the first.
        pairs = reversed(_ATTRIBUTE.findall(tag["attributes"] or ""))
        values = {key.lower(): html.unescape(value) for key, value in pairs}
        goal = values.get("href", "")
        is_own = re.fullmatch(_ON_THIS_SITE, goal) or values.get("rel") == "canonical"
        is_known = goal.startswith("https://") and "/".join(goal.split("/")[:3]) in _policy(page)
        is_fine = is_own or is_known if tag["name"] == "link" else values.get("http-equiv", _POLICY).lower() == _POLICY
        if tag["attributes"] and is_fine:
            continue
        return _at(page, tag.start(), "page")
    return None


def _policy(page: str) -> list[str]:
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    return found[1].replace(";", " ").split() if found else []


def _foreign(page: str) -> Violation | None:
    start, end = page.find('<div class="page '), page.rfind("</article>")
    if not 0 <= start < end:
        return Violation(0, "no article", "page")
    # The one page, then what the theme writes below it.
    opened = [("article", "page")]
    for tag in _TAG.finditer(page, start, end):
        is_end, name, attributes, is_closed = tag.groups()
        around, place = opened[-1]
        if is_end and name == around and len(opened) > 1 and not attributes:
            opened.pop()
            opened[0] = ("article", "article")
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
    allowed = _OF_ELEMENT.get(name, {})
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
