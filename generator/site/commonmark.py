"""The site's Markdown: a Python-Markdown extension that reads CommonMark, and shapes what the theme styles.

Python-Markdown reads a dialect of its own, and slowly. Here pulldown-cmark reads the text, as GitHub and editors do:
CommonMark with tables, footnotes, alerts (`> [!NOTE]`), ids of headings (`## Title { #id }`) and formulas (`$…$`). Its
HTML becomes the tree on which Python-Markdown's other extensions, and the builder's own, work as they always do.
"""

import re
from collections.abc import Sequence
from html import escape
from xml.etree.ElementTree import Element, ElementTree, ParseError, SubElement, fromstring

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from generator.model import Action
from generator.prose.dialect import render
from generator.prose.maths import script
from generator.prose.typesetting import mathml
from generator.site.languages import Translator
from generator.text.wording import pluralize

# What XML has no way to hold; no browser shows it either.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEADING = re.compile("h[1-6]")
# Elements of HTML that are never closed; a hand-written page may hold any.
_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_LEVELS = {"h2": 2, "h3": 3}
# Elements whose text is none to HTML; only a hand-written page can hold one.
_RAW = {"script", "style"}
_ALERT = "markdown-alert-"
# GitHub's name of an alert -> Material's of an admonition, where they differ.
_ADMONITIONS = {"important": "info", "caution": "danger"}
_ACTION = re.compile(rf"({'|'.join(Action)})(?![\w-])")
_SHARE = re.compile(r"(\d+) %")
# Rows of tables with more columns are shown as lists on phones.
_COLUMNS_ON_PHONES = 2
# What an action of an agent gave is folded if it is longer.
_OUTPUT, _OUTPUT_LINES, _OUTPUT_CHARS = "language-output", 12, 1200
_LABELLED_ACTION = re.compile(rf": ({'|'.join(Action)})(?![\w-])")


class CommonMarkExtension(Extension):  # type: ignore[misc] # Python-Markdown has no types
    """Has Python-Markdown read CommonMark."""

    def __init__(self, **options: object) -> None:
        self.config = {
            "language": ["en", "the language of the site"],
            "texts": ["", "the language of the corpus' texts, where it is known"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Join in; the other extensions, also those that a builder brings unasked, have their turn before `reset`."""
        self._markdown = md
        self._text = _Text(md)
        md.registerExtension(self)
        md.preprocessors.register(self._text, "atlas_text", 1000)
        # Before the table of contents is made, so that it sees headings as they are.
        md.treeprocessors.register(_Shaper(md), "atlas_shape", 20)
        md.treeprocessors.register(Translator(md, **self.getConfigs()), "atlas_language", 19)

    def reset(self) -> None:
        """Put pulldown-cmark in the place of Python-Markdown's own steps.

        Python-Markdown sets its way to write a tree last; it takes `&lt;` in a text for a reference.
        """
        for name in ("inline", "prettify"):
            self._markdown.treeprocessors.deregister(name, strict=False)
        self._markdown.parser.parseDocument = self._parse
        self._markdown.serializer = _serialize

    def _parse(self, _: Sequence[str]) -> ElementTree:
        return ElementTree(_tree(render(self._text.text)))


def makeExtension(**options: object) -> CommonMarkExtension:  # noqa: N802 -- Python-Markdown's name
    """Make the extension."""
    return CommonMarkExtension(**options)


class _Text(Preprocessor):  # type: ignore[misc] # as above
    """Takes the text away from the other preprocessors: MkDocs and Zensical bring some that read no CommonMark."""

    def run(self, lines: list[str]) -> list[str]:
        """Keep the lines of a text, and leave none."""
        self.text = "\n".join(lines)
        return []


def _tree(markup: str) -> Element:
    """Read HTML as a tree; raw HTML of a hand-written page may be written as browsers allow."""
    markup = _NOT_XML.sub("\ufffd", markup)
    try:
        return fromstring(f"<div>{markup}</div>")  # noqa: S314 -- no entities are declared in it
    except ParseError:
        return _element(BeautifulSoup(markup, "html.parser", multi_valued_attributes=None), "div")


def _element(tag: Tag, name: str) -> Element:
    """Make an element of what is in a tag, but for comments and the like."""
    element = Element(name, {key: str(value) for key, value in tag.attrs.items()})
    for child in tag.children:
        if isinstance(child, Tag):
            element.append(_element(child, child.name))
        elif isinstance(child, PreformattedString):
            continue
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + str(child)
        else:
            element.text = (element.text or "") + str(child)
    return element


def _serialize(root: Element) -> str:
    """Write a tree as HTML, however deep it is: the standard library's own way ends at a thousand levels."""
    written: list[str] = []
    pending: list[Element | str] = [root]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            written.append(item)
            continue
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in item.items())
        text = item.text or ""
        written.append(f"<{item.tag}{attributes}>{text if item.tag in _RAW else escape(text, quote=False)}")
        end = "" if item.tag in _VOID else f"</{item.tag}>"
        pending.append(f"{end}{escape(item.tail or '', quote=False)}")
        pending.extend(reversed(item))
    return "".join(written)


class _Shaper(Treeprocessor):  # type: ignore[misc] # as above
    """Turns what CommonMark has no element for into what the theme styles."""

    def run(self, root: Element) -> None:
        """Shape the tree of a page in place."""
        for quote in root.iter("blockquote"):
            if quote.get("class", "").startswith(_ALERT):
                _admonish(quote)
        _align(root)
        for box in root.iter("input"):
            box.set("aria-label", "Done" if "checked" in box.attrib else "To do")
        for table in root.iter("table"):
            _name_cells(table)
        _typeset(root)
        _gather_sections(root)
        for section in root:
            _, _, word = section.get("class", "").partition(" ")
            if word in _MARKERS:
                _MARKERS[word](section)


def _admonish(quote: Element) -> None:
    """Turn an alert into an admonition of Material's."""
    kind = quote.get("class", "").removeprefix(_ALERT)
    quote.tag = "div"
    quote.set("class", f"admonition {_ADMONITIONS.get(kind, kind)}")
    title = Element("p", {"class": "admonition-title"})
    title.text = kind.capitalize()
    quote.insert(0, title)


def _align(root: Element) -> None:
    """Say how cells are aligned without a style, for the policy allows no inline one."""
    for cell in (*root.iter("th"), *root.iter("td")):
        if style := cell.attrib.pop("style", ""):
            cell.set("data-align", style.removeprefix("text-align: "))


def _typeset(root: Element) -> None:
    """Typeset the formulas; the table of contents shows their LaTeX."""
    for parent in list(root.iter()):
        for at, child in enumerate(parent):
            if child.tag == "span" and child.get("class", "").startswith("math "):
                parent[at] = _formula(child)
    for heading in root.iter():
        if _HEADING.fullmatch(heading.tag) and heading.find(".//math") is not None:
            heading.set("data-toc-label", _text(heading).strip())


def _text(element: Element) -> str:
    """Return an element's text and what follows it, of a formula its LaTeX alone."""
    inside = "" if element.tag == "math" else (element.text or "") + "".join(map(_text, element))
    return inside + (element.tail or "")


def _formula(span: Element) -> Element:
    """Typeset a formula: a text that is only lowered or raised as that, what can't be typeset as code."""
    latex, is_display = span.text or "", span.get("class") == "math math-display"
    tag, text = script(latex) or ("code", latex)
    shown = mathml(latex, is_display=is_display) if tag == "code" else None
    if shown is None:
        shown = Element(tag, {"class": "latex"} if tag == "code" else {})
        shown.text = text
    shown.tail = span.tail
    return shown


def _gather_sections(root: Element) -> None:
    """Put a section round what stands under each heading of the second and third level.

    Its classes are the level, and the heading's id up to the first hyphen.
    """
    children = list(root)
    root[:] = []
    opened = [(1, root)]
    for child in children:
        level = _LEVELS.get(child.tag)
        if level:
            while opened[-1][0] >= level:
                opened.pop()
            word = child.get("id", "").partition("-")[0]
            opened.append((level, SubElement(opened[-1][1], "section", {"class": f"level{level} {word}".rstrip()})))
        opened[-1][1].append(child)


def _mark_labelled(plan: Element) -> None:
    """Mark what an item of a study gives as its `Action`, and the item of a name that its heading does without."""
    for item in plan.iter("li"):
        if len(item) and item[0].text == "Name":
            item.set("class", "name")
        if len(item) and item[0].text == "Action" and (found := _LABELLED_ACTION.match(item[0].tail or "")):
            item.insert(1, _chip(found[1], (item[0].tail or "")[found.end() :]))
            item[0].tail = ": "


def _mark_leading(plans: Element) -> None:
    """Mark the action with which an item begins."""
    for item in plans.iter("li"):
        if found := _ACTION.match(item.text or ""):
            item.insert(0, _chip(found[1], (item.text or "")[found.end() :]))
            item.text = ""


def _name_cells(table: Element) -> None:
    """Name each cell by its column where a phone has no room for columns, so that a row can be read as a list."""
    labels = [_text(cell).strip() for cell in table.iter("th")]
    if len(labels) > _COLUMNS_ON_PHONES:
        for row in table.iter("tr"):
            for label, cell in zip(labels, row.findall("td"), strict=False):
                cell.set("data-label", label)


def _shape_plans(plans: Element) -> None:
    """Mark the actions in a list of studies, or shape the matrix of several plans."""
    _mark_leading(plans)
    task = plans[0].get("id", "").partition("-")[2]
    for head, body in plans.iterfind("table"):
        if not _text(head[0][0]).strip():
            _group_columns(head, body)
        for number, row in enumerate(body, 1):
            row[0].tag = "th"
            row[0].set("scope", "row")
            if row[0].find("em") is not None:
                row.set("id", f"similar-{task}-{number}")
            for cell in row[1:]:
                _fold_study(cell)


def _group_columns(head: Element, body: Element) -> None:
    """Make the first row below the head a part of it: the columns that it names belong to what the head names."""
    groups, columns = head[0], body[0]
    body.remove(columns)
    head.append(columns)
    groups[0].tag = "td"
    names, group = [""], groups[1]
    for cell in list(groups)[1:]:
        if _text(cell).strip():
            group = cell
            cell.set("scope", "colgroup")
        else:
            groups.remove(cell)
        group.set("colspan", str(int(group.get("colspan", "0")) + 1))
        names.append(_text(group).strip())
    for cell in columns:
        cell.tag = "th"
        cell.set("scope", "col")
        cell.attrib.pop("data-label", "")
    labels = [_text(cell).strip() for cell in columns]
    several = len(groups) > 2
    for row in body:
        for cell, label, name in zip(row, labels, names, strict=True):
            cell.attrib.pop("data-label", "")
            if name and _text(cell).strip():
                cell.set("data-label", f"{label}, {name}" if several else label)


def _fold_study(cell: Element) -> None:
    """Fold what a cell tells of a study beyond its action; of several only one is open at a time."""
    if found := _ACTION.match(cell.text or ""):
        folded = Element("details", {"name": "study"})
        summary = SubElement(folded, "summary", {"class": _action_class(found[1])})
        summary.text, summary.tail, cell.text = found[1], (cell.text or "")[found.end() :], ""
        folded.extend(cell)
        cell[:] = [folded]


def _chip(action: str, tail: str) -> Element:
    chip = Element("span", {"class": _action_class(action)})
    chip.text, chip.tail = action, tail
    return chip


def _action_class(action: str) -> str:
    return f"action action-{action.lower()}"


def _fold_output(reasoning: Element) -> None:
    """Fold what the actions of an agent gave where it is long: readers open what they want to see."""
    for parent in [*reasoning.iter()]:
        for at, child in enumerate(parent):
            code = child.find("code") if child.tag == "pre" else None
            text = "" if code is None or code.get("class") != _OUTPUT else (code.text or "").rstrip("\n")
            lines = text.count("\n") + 1
            if lines > _OUTPUT_LINES or len(text) > _OUTPUT_CHARS:
                folded = Element("details", {"class": "output"})
                SubElement(folded, "summary").text = f"Output, {pluralize(lines, 'line')}"
                folded.append(child)
                folded.tail, child.tail = child.tail, None
                parent[at] = folded


def _fold_answers(summary: Element) -> None:
    """Fold answers under their questions: the sections below say the same."""
    for section in summary.iterfind("section[@class='level3 quick']"):
        folded = section
        for part in [*section][1:]:
            section.remove(part)
            # A question stands alone in its paragraph.
            if part.tag == "p" and [one.tag for one in part] == ["strong"] and not (part.text or part[0].tail):
                folded = SubElement(section, "details", {"class": "answer"})
                question = SubElement(folded, "summary")
                question.text, question[:] = part[0].text, part[0]
            else:
                folded.append(part)


def _draw_shares(profile: Element) -> None:
    """Draw a bar below each share of a table, as long as the share is large."""
    for cell in profile.iter("td"):
        if not len(cell) and (found := _SHARE.fullmatch(cell.text or "")):
            view = {"class": "share", "viewBox": "0 0 100 1", "preserveAspectRatio": "none", "aria-hidden": "true"}
            SubElement(SubElement(cell, "svg", view), "rect", {"width": found[1], "height": "1"})


# What is marked in the sections whose headings' ids begin with these words.
_MARKERS = {
    "reasoning": _fold_output,
    "plan": _mark_labelled,
    "plans": _shape_plans,
    "verdict": _mark_leading,
    "gold": _mark_leading,
    "summary": _fold_answers,
    "author": _draw_shares,
    "reviewer": _draw_shares,
}
