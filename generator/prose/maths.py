r"""LaTeX maths in prose: where it stands, how Markdown holds it, and its MathML.

Delimiters: `$…$` on one line, `$$…$$`, `\(…\)`, `\[…\]`. A dollar is also a currency, so what reads like prose
between two dollars is left alone. `<sub>` and `<sup>` in pairs with a plain text between are maths as well.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from math_core import LatexError, LatexToMathML

from generator.prose.dialect import render


def _body(ends: str = "") -> str:
    r"""Return the pattern of LaTeX without dollars, but for formulas within `\text{…}`; no character of `ends` in it.

    Some such texts are enough; with any number of them, reading would no longer take linear time.
    """
    command = r"\\(?:text[a-z]*|mbox)\{"
    plain = rf"(?:[^$\\`{ends}]|(?!{command}[^{{}}$`{ends}]*\$)\\[^`{ends}])*"
    text = rf"{command}(?:[^{{}}$\\`{ends}]|\\[^`{ends}]|\$[^$`{ends}]+\$)*\}}"
    return rf"{plain}(?:{text}{plain}){{0,8}}"


_BODY, _LINE = _body(), _body("\n")
_ENVIRONMENTS = (
    r"(?:equation|eqnarray|align(?:ed|at)?|flalign|gather(?:ed)?|multline|split|[dr]?cases|array"
    r"|[bBpvV]?(?:small)?matrix)\*?"
)
# The single dollars are Pandoc's rule (no space inside, no digit after), confined to a line. Each alternative stops at
# the next delimiter of its own kind, so reading a text takes linear time.
_FORMULA = re.compile(
    rf"""\$(?![\s$])(?P<dollar>{_LINE})(?<!\s)\$(?!\d)
    |\$\$(?!\$)(?P<display>{_BODY})\$\$
    |\\\((?P<paren>(?:[^\\`]|\\[^()`])+)\\\)
    |\\\[(?P<bracket>(?:[^\\`]|\\[^\[\]`])+)\\\]
    |(?P<environment>\\begin\{{(?P<name>{_ENVIRONMENTS})\}}
        (?:[^\\`]|\\(?!(?:begin|end)\{{(?P=name)\}})[^`])+\\end\{{(?P=name)\}})""",
    re.VERBOSE | re.DOTALL,
)
_TEXT_WITH_FORMULAS = re.compile(r"(\\(?:text[a-z]*|mbox))\{((?:[^{}$\\]|\\.|\$[^$]+\$)*)\}", re.DOTALL)
_IN_TEXT = re.compile(r"\$([^$]+)\$")
# A percent sign that begins no comment.
_PERCENT = re.compile(r"(?<!\\)%(?!\s*\w)")
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
# in its paper, so it gets none but that of a tag; a blank behind `\%` shows in a text, and does no harm elsewhere.
_REWRITTEN = (
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
    if kind != "environment" and _PROSE.search(_COMMAND.sub(r"\\", latex)):
        return None
    if kind == "bracket" and not _OPERATION.search(latex):
        return None
    return Formula(match.end(), _repaired(latex), kind in ("display", "bracket", "environment"))


def _pair_at(source: str, position: int) -> Formula | None:
    match = _PAIR.match(source, position)
    if match is None:
        return None
    tag, content = match.groups()
    latex = f"{_SIGNS[tag]}{{\\text{{{content}}}}}"
    is_read_back = formula_at(f"${latex}$", 0) and can_be_written(latex, is_display=False)
    return Formula(match.end(), latex, is_display=False) if is_read_back else None


def _repaired(latex: str) -> str:
    r"""Repair LaTeX that is meant otherwise than it stands.

    These are `\text` whose `\t` a JSON reader took for a TAB, `\lambda\_2` that was escaped for Markdown, `95%` that
    would begin a comment, and `\text{if $x>0$}`, whose dollars Markdown would take for its own.
    """
    latex = re.sub(r"\t(?=[a-z])", r"\\t", latex)
    latex = re.sub(r"(\\[A-Za-z]+|\})\\_", r"\1_", latex)
    latex = _PERCENT.sub(r"\\%", latex)
    return " ".join(_TEXT_WITH_FORMULAS.sub(_without_dollars, latex).split())


def _without_dollars(text: re.Match[str]) -> str:
    r"""Write a text with formulas as texts and formulas side by side: `{\text{if }x>0}`."""
    command, content = text.groups()
    if not _IN_TEXT.search(content):
        return text[0]
    written = _IN_TEXT.sub(rf"}}\1\{command}{{", content)
    return f"{{{command}{{{written}}}}}".replace(f"{command}{{}}", "")


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
