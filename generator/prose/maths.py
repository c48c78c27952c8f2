r"""LaTeX maths in prose: where it stands, how Markdown holds it, and its MathML.

Delimiters: `$…$` on one line, `$$…$$`, `\(…\)`, `\[…\]`. A dollar is also a currency, so what reads like prose
between two dollars is left alone. `<sub>` and `<sup>` in pairs with a plain text between are maths as well.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from latex2mathml.converter import convert_to_element

from generator.prose.dialect import render

# The single dollars are Pandoc's rule (no space inside, no digit after), confined to a line. Each alternative stops at
# the next delimiter of its own kind, so reading a text takes linear time.
_FORMULA = re.compile(
    r"""\$(?![\s$])(?P<dollar>(?:[^$\\\n`]|\\[^\n`])+)(?<!\s)\$(?!\d)
    |\$\$(?P<display>(?:[^$\\`]|\\[^`])+)\$\$
    |\\\((?P<paren>(?:[^\\`]|\\[^()`])+)\\\)
    |\\\[(?P<bracket>(?:[^\\`]|\\[^\[\]`])+)\\\]""",
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
# What means the same in LaTeX, in Markdown, in HTML and as it stands. An asterisk alone does as well.
_LETTER = r"[^\s*\[\]\\{}$_^&\#%~<>|`]"
_PLAIN = rf"{_LETTER}(?:[ ]*{_LETTER})*|\*"
_PAIR = re.compile(rf"<(su[bp])>({_PLAIN})</\1>")
_SCRIPT = re.compile(rf"([_^])\{{\\text\{{({_PLAIN})\}}\}}")
_SIGNS = {"sub": "_", "sup": "^"}
_TAGS = {sign: tag for tag, sign in _SIGNS.items()}

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
    """Find the formula, or the pair of tags, that starts at `position`, if one does.

    Whether a backslash before it takes its meaning away is for the caller to know.
    """
    if source[position] == "<":
        return _pair_at(source, position)
    match = _FORMULA.match(source, position)
    if match is None:
        return None
    kind = str(match.lastgroup)
    latex = match[kind]
    if _PROSE.search(_COMMAND.sub(r"\\", latex)) or (kind == "bracket" and not _OPERATION.search(latex)):
        return None
    return Formula(match.end(), _repaired(latex), kind in ("display", "bracket"))


def _pair_at(source: str, position: int) -> Formula | None:
    match = _PAIR.match(source, position)
    if match is None:
        return None
    tag, content = match.groups()
    latex = f"{_SIGNS[tag]}{{\\text{{{content}}}}}"
    is_read_back = formula_at(f"${latex}$", 0) and can_be_written(latex, is_display=False)
    return Formula(match.end(), latex, is_display=False) if is_read_back else None


def _repaired(latex: str) -> str:
    r"""Repair LaTeX: `\text` whose `\t` a JSON reader took for a TAB, `\lambda\_2` that was escaped for Markdown."""
    latex = re.sub(r"\t(?=[a-z])", r"\\t", latex)
    latex = re.sub(r"(\\[A-Za-z]+|\})\\_", r"\1_", latex)
    return " ".join(latex.split())


@lru_cache(maxsize=4096)
def can_be_written(latex: str, *, is_display: bool) -> bool:
    """Tell whether pulldown-cmark sees just this formula in dollars, and CommonMark no code span that starts in it."""
    if "`" in latex or "\n" in latex:
        return False
    kind = "display" if is_display else "inline"
    seen = render(f"x {in_dollars(latex, is_display=is_display)} x")
    start, end = f'<p>x <span class="math math-{kind}">', "</span> x</p>\n"
    return seen.startswith(start) and html.unescape(seen[len(start) : -len(end)]) == latex and seen.endswith(end)


def in_dollars(latex: str, *, is_display: bool) -> str:
    """Write a formula with its delimiters."""
    return f"$${latex}$$" if is_display else f"${latex}$"


def script(latex: str) -> tuple[str, str] | None:
    r"""Read a formula that only lowers or raises a plain text, such as `_{\text{2}}`, which stands for `<sub>2</sub>`.

    The result is the name of HTML's element ("sub" or "sup") and the text; None for any other formula.
    """
    match = _SCRIPT.fullmatch(latex)
    return (_TAGS[match[1]], match[2]) if match else None


def mathml(latex: str, *, is_display: bool) -> Element | None:
    """Convert a formula to `<span class="math">` with its MathML; None where it cannot be converted.

    The LaTeX goes along hidden, so that it can be searched for and no word of the prose is lost.
    """
    converted = _serialized(latex, is_display=is_display)
    if converted is None:
        return None
    span = Element("span", {"class": "math"})
    span.append(fromstring(converted))  # noqa: S314 -- serialized by `_serialized`
    SubElement(span, "span", {"class": "latex", "hidden": ""}).text = latex
    return span


@lru_cache(maxsize=4096)
def _serialized(latex: str, *, is_display: bool) -> str | None:
    """Return the formula's MathML; as a text, since an element of a page's tree can't be shared."""
    try:
        root = convert_to_element(latex, display="block" if is_display else "inline")
        del root.attrib["xmlns"]  # HTML needs none
        for element in root.iter():
            # The library leaves its character references in the text, ready for a serialiser that does not escape.
            element.text = html.unescape(element.text or "")
        root.set("alttext", latex)
        serialized = tostring(root, encoding="unicode")
        fromstring(serialized)  # noqa: S314 -- whether XML can hold its characters
    except Exception:  # noqa: BLE001 - whatever its walker stumbles over: any exception means "not convertible"
        return None
    return serialized if all(map(_is_understood, root.iter())) else None


def _is_understood(element: Element) -> bool:
    """Tell whether an element is known and complete, and no macro or alignment mark was carried over as text."""
    text = element.text or ""
    return (
        element.tag in ELEMENTS
        and ATTRIBUTES.issuperset(element.attrib.keys() - {"alttext"})
        and len(element) == _CHILDREN.get(element.tag, len(element))
        and "\\" not in text
        and (text != "&" or element.tag == "mtext")
    )
