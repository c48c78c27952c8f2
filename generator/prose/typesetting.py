"""LaTeX -> MathML as browsers draw it, or nothing where that would not show what LaTeX shows.

The converter is strict and small; around it stand bounds, and what it is known to read otherwise than LaTeX does.
"""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from math_core import LatexError, LatexToMathML

# What LaTeX has and the converter lacks.
_MACROS = {
    **dict.fromkeys(("dotsc", "dotso"), r"\ldots"),
    **dict.fromkeys(("dotsb", "dotsm", "dotsi"), r"\cdots"),
    **dict.fromkeys(("mathds", "mathbbm", "bbm"), r"\mathbb{#1}"),
    **dict.fromkeys(("mbox", "hbox"), r"\text{#1}"),
    "pmb": r"\boldsymbol{#1}",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "textsuperscript": r"{}^{\text{#1}}",
}
_CONVERTER = LatexToMathML(macros=_MACROS, fancy_error=False, allow_unreliable_rendering=True)
# A formula defines no commands, so it comes out no longer than some ten times its length. Commands and braces nest at
# most as deep as there are of them; at several times this number the converter's stack would end.
_MOST_CHARACTERS = 4_000
_MOST_MARKS = 400
_MARK = re.compile(r"\\[A-Za-z]+|\{")
_GREEK = (
    r"(?:var)?(?i:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi"
    r"|chi|psi|omega)|nabla|partial"
)
# What the converter takes and LaTeX would show otherwise: definitions, comments, references to other formulas, blanks
# behind braces in texts, what gets bold but for letters, and lines that end where there are none.
_MISREAD = re.compile(
    rf"""\\(?:(?:re|provide)?newcommand|[eg]?def|let|global|eqref|ref|newline)(?![A-Za-z])
    |\\(?:text[a-z]*|mbox)\{{[^{{}}]*\\[{{}}]\s
    |\\(?:boldsymbol|bm|pmb)(?![A-Za-z])
        (?!\s*(?:[A-Za-z]|\\(?:{_GREEK})|\{{(?:[A-Za-z\s_^{{}}]|\\(?:hat|tilde|bar|vec|{_GREEK})(?![A-Za-z]))+\}}))
    |(?<!\\)(?:\\\\)*%
    """,
    re.VERBOSE,
)
_LINES = re.compile(r"\\begin\{.*\\end\{|\\substack\{[^{}]*\}", re.DOTALL)
# What the converter reads as LaTeX would only if it is written otherwise. No page knows the number that an equation has
# in its paper, so it gets none but that of a tag; a blank behind `\%` shows in a text, and does no harm elsewhere. Rows
# get no room of their own, and blocks stand at the middle of their line.
_REWRITTEN = (
    (re.compile(r"(?<!\\)((?:\\\\)+)(?:\*|\[\s*-?[\d.]+\s*[a-z]{2}\s*\])+"), r"\1 "),
    (re.compile(r"(\\begin\{[a-z]+\*?\})\s*\[[tcb]\]"), r"\1"),
    (re.compile(r"\\label\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])"), ""),
    (re.compile(r"\\(begin|end)\{(equation|align|gather|multline|flalign)\}"), r"\\\1{\2*}"),
    (re.compile(r"\\(begin|end)\{split\}"), r"\\\1{aligned}"),
    (re.compile(r"(\\[#$%&_])\s"), r"\1{} "),
    (re.compile(r"\\(?:boldsymbol|bm|pmb)\s*(?:\{(\d+)\}|(\d))"), r"\\mathbf{\1\2}"),
)

ELEMENTS = frozenset(
    "math mrow mi mn mo mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot mpadded"  # noqa: SIM905
    " mphantom menclose mtable mtr mtd".split()
)
# What stands in `<mtext>`, for letters of a kind.
TEXT_ELEMENTS = frozenset({"b", "i", "em", "u", "code", "span"})
_LENGTH = r"-?\d?(?:\.\d+)?(?:r?em)?"
_BOOLEAN = "true|false"
# Each attribute and its values. Styles are stated as data, for the policy of pages allows none; the theme knows each.
ATTRIBUTES = {
    **dict.fromkeys(("lspace", "rspace", "width", "height", "voffset", "minsize", "maxsize", "linethickness"), _LENGTH),
    **dict.fromkeys(("accent", "accentunder", "displaystyle", "movablelimits", "stretchy", "symmetric"), _BOOLEAN),
    "class": "math-core-(?:sans-)?serif-font",
    "data-style": r"(?:text-align: (?:left|right)|justify-items: (?:start|end)|width: ?(?:7\.5|50|100)%"
    rf"|padding-(?:left|right|top|bottom): ?{_LENGTH}|margin-left:-0\.[12]\d*em"
    rf"|border-(?:top|right|bottom|left): 0\.05em solid currentcolor|font-variant-caps: small-caps|width:{_LENGTH}|;)+",
    "display": "inline|block",
    "form": "infix|prefix|postfix",
    "mathvariant": "normal",
    "notation": "box",
    "scriptlevel": "[012]",
}


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


def characters(latex: str) -> str:
    r"""Return a formula in nothing but characters, such as "α" for `\alpha`; "" where it can't be converted."""
    converted = _serialized(latex, is_display=False)
    return " ".join("".join(fromstring(converted).itertext()).split()) if converted else ""  # noqa: S314 -- as above


@lru_cache(maxsize=4096)
def _serialized(latex: str, *, is_display: bool) -> str | None:
    """Return the formula's MathML; as a text, since an element of a page's tree can't be shared."""
    if len(latex) > _MOST_CHARACTERS or len(_MARK.findall(latex)) > _MOST_MARKS:
        return None
    written = _rewritten(latex)
    if _MISREAD.search(written) or r"\\" in _LINES.sub("", written):
        return None
    try:
        root = fromstring(_CONVERTER.convert_with_local_state(written, displaystyle=is_display))  # noqa: S314
    except (LatexError, ParseError):
        return None
    for element in root.iter():
        if style := element.attrib.pop("style", ""):
            element.set("data-style", style)
        if element.text and len(element.text) > 1:
            # In the name of an operator a hyphen is one.
            element.text = element.text.replace("\N{MINUS SIGN}", "-")
    if not all(map(_is_understood, root.iter())) or not "".join(root.itertext()).strip():
        return None
    root.set("display", "block" if is_display else "inline")
    root.set("alttext", latex)
    return tostring(root, encoding="unicode")


def _rewritten(latex: str) -> str:
    for pattern, replacement in _REWRITTEN:
        latex = pattern.sub(replacement, latex)
    return rf"\begin{{equation*}}{latex}\end{{equation*}}" if r"\tag" in latex and r"\begin{" not in latex else latex


def _is_understood(element: Element) -> bool:
    is_known = element.tag in ELEMENTS or element.tag in TEXT_ELEMENTS
    return is_known and all(re.fullmatch(ATTRIBUTES.get(key, "(?!)"), value) for key, value in element.items())
