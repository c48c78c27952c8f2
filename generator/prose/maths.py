r"""LaTeX maths in prose: where it stands, and its MathML.

Delimiters: `$…$` on one line, `$$…$$`, `\(…\)`, `\[…\]`. A dollar is also a currency, so what reads like prose
between two dollars is left alone.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element

from generator.prose.characters import in_html, inert

# The single dollars are Pandoc's rule (no space inside, no digit after), confined to a line. Each alternative stops at
# the next delimiter of its own kind, so reading a text takes linear time.
_FORMULA = re.compile(
    r"""(?<![\\$])\$(?![\s$])(?P<dollar>(?:[^$\\\n`]|\\[^\n`])+)(?<!\s)\$(?!\d)
    |(?<![\\$])\$\$(?P<display>(?:[^$\\`]|\\[^`])+)\$\$
    |(?<!\\)\\\((?P<paren>(?:[^\\`]|\\[^()`])+)\\\)
    |(?<!\\)\\\[(?P<bracket>(?:[^\\`]|\\[^\[\]`])+)\\\]""",
    re.VERBOSE | re.DOTALL,
)
_COMMAND = re.compile(r"\\[A-Za-z]+\s*(?:\{[^{}]*\})?")
_PROSE = re.compile(
    r"""\A\s*[)\]},;:!?]                     # a bracket or a pause that closes what stood before: "($) and ($)"
    |[(\[{]\s*\Z
    |(?<![A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2}  # two plain words
    |\A[\d.,]+\w?\s.*[A-Za-z]{2}             # an amount: "100 (cheap) or 200"
    """,
    re.VERBOSE | re.DOTALL,
)
# `\[CLS\]` and `\[1\]` are escaped brackets far more often than displayed formulas.
_OPERATION = re.compile(r"[\\^_=+<>]")

ELEMENTS = frozenset(
    "math mrow mi mn mo ms mtext mspace msub msup msubsup munder mover munderover"  # noqa: SIM905 - reads best as words
    " mfrac msqrt mroot mstyle mpadded mphantom menclose mtable mtr mtd mmultiscripts mprescripts none".split()
)
_CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
ATTRIBUTES = frozenset(
    "accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form"  # noqa: SIM905
    " height largeop linebreak linethickness lspace mathsize mathvariant maxsize minsize movablelimits notation"
    " rowlines rowspacing rspace scriptlevel separator stretchy symmetric voffset width".split()
)


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula of a text: where its last delimiter ends, and its LaTeX without delimiters."""

    end: int
    latex: str
    is_display: bool


def formula_at(source: str, position: int) -> Formula | None:
    """The formula that starts at `position`, if one does."""
    match = _FORMULA.match(source, position)
    if match is None:
        return None
    kind = str(match.lastgroup)
    latex = match[kind]
    if _PROSE.search(_COMMAND.sub(r"\\", latex)) or (kind == "bracket" and not _OPERATION.search(latex)):
        return None
    return Formula(match.end(), _repaired(latex), kind in ("display", "bracket"))


def _repaired(latex: str) -> str:
    r"""LaTeX as it was meant: `\text` whose `\t` a JSON reader took for a TAB, `\lambda\_2` escaped for Markdown."""
    latex = re.sub(r"\t(?=[a-z])", r"\\t", latex)
    latex = re.sub(r"(\\[A-Za-z]+|\})\\_", r"\1_", latex)
    return " ".join(latex.split())


@lru_cache(maxsize=4096)
def mathml(latex: str, *, is_display: bool) -> str | None:
    """Inline HTML of a formula that neither Markdown nor HTML reads further; None where it cannot be converted.

    The LaTeX goes along hidden, so that it can be searched for and no word of the prose is lost.
    """
    root = _converted(latex, is_display=is_display)
    if root is None:
        return None
    root.set("alttext", latex)
    source = f'<span class="latex" hidden>{in_html(latex)}</span>'
    return f'<span class="math">{inert(tostring(root, encoding="unicode"))}{source}</span>'


def _converted(latex: str, *, is_display: bool) -> Element | None:
    try:
        root = convert_to_element(latex, display="block" if is_display else "inline")
        del root.attrib["xmlns"]  # HTML needs none
        for element in root.iter():
            # The library leaves its character references in the text, ready for a serialiser that does not escape.
            element.text = html.unescape(element.text or "")
    except Exception:  # noqa: BLE001 - whatever its walker stumbles over: any exception means "not convertible"
        return None
    return root if all(map(_is_understood, root.iter())) else None


def _is_understood(element: Element) -> bool:
    """Whether an element is known and complete, and no macro or alignment mark was carried over as text."""
    text = element.text or ""
    return (
        element.tag in ELEMENTS
        and ATTRIBUTES.issuperset(element.attrib)
        and len(element) == _CHILDREN.get(element.tag, len(element))
        and "\\" not in text
        and (text != "&" or element.tag == "mtext")
    )


def script(latex: str) -> tuple[str, str] | None:
    return None
