r"""LaTeX maths in prose: where it stands, and how Markdown holds it.

Delimiters: `$…$` on one line, `$$…$$`, `\(…\)`, `\[…\]`. A dollar is also a currency, so what reads like prose
between two dollars is left alone. `<sub>` and `<sup>` in pairs with a plain text between are maths as well.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

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
