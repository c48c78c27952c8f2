"""A page in the language of its site: what its Markdown keeps in English, and which texts are in another language.

The Markdown of a trace can be read back as a seed, whatever the site's language, so its labels are those of seeds.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from generator.messages import Language, _, ngettext

_LABELS = {
    "Name": _("Name"),
    "Ablated Part": _("Ablated part"),
    "Action": _("Action"),
    "Replacement": _("Replacement"),
    "Metrics": _("Metrics"),
    "Similar": _("Similar"),
    "Verdict": _("Verdict"),
    "Note": _("Note"),
    "To do": _("To do"),
    "Done": _("Done"),
}
# The plans for a paper, in a list or a table: what leads each study or row is the corpus'.
_PLANS = "plans"
# Sections, by the first word of their headings' ids, whose paragraphs are the corpus' own: with the heading, or not.
_WITH_HEADING = {"study", "gold", "finding", "part"}
_OWN = _WITH_HEADING | {"reasoning", "abstract", "quick"}
# In these, what is set off in lists and tables is the site's.
_LISTS = {"study", "gold", _PLANS}
# Pages with these are of a paper or a trace, and have its title.
_OF_A_PAPER = {"reasoning", _PLANS}


class Translator(Treeprocessor):  # type: ignore[misc] # Python-Markdown has no types
    """Says a page's labels in `language`, and marks what is in that of the corpus' `texts`, where it is known."""

    def __init__(self, md: Markdown, language: str, texts: str) -> None:
        super().__init__(md)
        self._language, self._texts = language, texts

    def run(self, root: Element) -> None:
        """Translate and mark the tree of a page in place."""
        if self._language != "en":
            _translate(root, Language(self._language))
            for problem in root.iterfind("section[@class='level2 codes']/section"):
                problem.set("lang", "en")
        # Pages that are written by hand have other ids.
        if self._texts not in ("", self._language) and root.find("h1[@id='title']") is not None:
            for element in _own(root):
                element.set("lang", self._texts)
            for element in _set_off(root):
                element.set("lang", self._language)


def _translate(root: Element, language: Language) -> None:
    studies = (section for section in root.iter("section") if _word(section) == "study")
    labels = (label for study in studies for label in study.iterfind(".//li/strong"))
    for label in (*labels, *root.iterfind(".//p[@class='admonition-title']")):
        label.text = language.say(_LABELS.get(label.text or "", label.text or ""))
    for box in root.iterfind(".//input[@aria-label]"):
        box.set("aria-label", language.say(_LABELS.get(box.get("aria-label", ""), "")))
    for summary in root.iterfind(".//details[@class='output']/summary"):
        lines = int("".join(re.findall(r"\d", summary.text or "")))
        said = ngettext("Output, %(number)s line", "Output, %(number)s lines", lines)
        summary.text = language.say(said)


def _own(root: Element) -> Iterator[Element]:
    """Yield the elements that hold nothing but texts of the corpus, but for what is set off in lists and tables."""
    sections = [(section, _word(section)) for section in root.iter("section")]
    if any(word in _OF_A_PAPER for _section, word in sections):
        yield from root.iterfind("h1")
    for section, word in sections:
        if word in _OWN:
            others = ("section",) if word in _WITH_HEADING else ("section", "h2", "h3")
            yield from (one for one in section if one.tag not in others)
        elif word == _PLANS:
            yield from section.iterfind(".//th[@scope='row']")
            studies = (one.find("a") for one in (*section.iter("details"), *section.iter("li")))
            yield from (link for link in studies if link is not None)
        else:
            # Titles and names lead the lines of lists.
            yield from (item[0] for item in section.iter("li") if len(item) and item[0].tag == "a" and not item.text)


def _set_off(root: Element) -> Iterator[Element]:
    """Yield what the site says among the corpus' texts, in lists and before the rows of tables."""
    for section in root.iter("section"):
        if _word(section) in _LISTS:
            parents = (*section.iter("li"), *section.iter("th"))
            yield from (mark for parent in parents for mark in parent if mark.tag in ("strong", "em"))


def _word(section: Element) -> str:
    return section.get("class", "").partition(" ")[2]
