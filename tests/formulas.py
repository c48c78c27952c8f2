r"""What formulas show, as a line of text, to hold one rendering in MathML against another.

`python tests/formulas.py FOLDER` holds the formulas of `fixtures/formulas.tsv` against Temml, a port of KaTeX that
writes MathML, which `npm install --prefix FOLDER temml` brings, writes what Temml shows into the file, and prints how
many are shown alike, as their LaTeX, or otherwise.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from bs4 import BeautifulSoup

from generator.prose.maths import formula_at
from generator.prose.typesetting import mathml

FORMULAS = Path(__file__).parent / "fixtures/formulas.tsv"
_TEMML = """
const temml = require(process.argv[1] + "/node_modules/temml/dist/temml.cjs")
const render = ([latex, displayMode]) => temml.renderToString(latex, { displayMode, throwOnError: true, xml: true })
console.log(JSON.stringify(JSON.parse(require("fs").readFileSync(0, "utf8")).map(render)))
"""
# Characters that look alike, or that nobody sees.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2061\u2063\u200b\ufe00\ufe01\ufe0e", ""),
        **dict.fromkeys("\u00af\u02c9\u0332", "‾"),
        **dict.fromkeys("ˆ\u0302", "^"),
        **dict.fromkeys("˜\u0303∼", "~"),
        "∗": "*",
        "∥": "‖",
        "∣": "|",
        "…": "...",
        "·": "⋅",
        "\u20d7": "→",
        "\u00a0": " ",
        "⌀": "∅",
        "▴": "▲",
        "▵": "△",
        "▷": "▹",
        "′": "'",
        "″": "''",
        "‴": "'''",
    }
)
_ALPHABETS = {
    "b": "BOLD",
    "i": "ITALIC",
    "em": "ITALIC",
    "code": "MONOSPACE",
    "math-core-sans-serif-font": "SANS-SERIF",
}


def shown(source: str) -> str | None:
    """What the site shows of a formula with its delimiters; None where it shows the LaTeX."""
    formula = formula_at(source, 0)
    if formula is None or formula.end < len(source):
        return None
    span = mathml(formula.latex, is_display=formula.is_display)
    return None if span is None else reading(span[0])


def delimited(latex: str) -> str:
    """A formula of the file as it stands in Markdown."""
    if latex.startswith(r"\begin{") and latex.endswith("}"):
        return latex
    return f"$${latex}$$" if is_display(latex) else f"${latex}$"


def reading(formula: Element) -> str:
    r"""The characters of a formula with its scripts, fractions, roots and cells, letters in their alphabets.

    How wide spaces and how large brackets are is left out.
    """
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", _read(formula))).strip()


def _read(element: Element) -> str:  # noqa: C901, PLR0911 -- a case for each element
    tag = element.tag
    if tag in {"mspace", "mphantom", "annotation"}:
        return ""
    if tag in {"mi", "mn", "mo", "mtext"}:
        return _characters(element)
    inside = [_read(child) for child in element]
    match tag:
        case "msub" | "munder":
            return _scripts(inside[0], below=inside[1])
        case "msup" | "mover":
            return _scripts(inside[0], above=inside[1])
        case "msubsup" | "munderover":
            return _scripts(*inside)
        case "menclose" if element.get("notation") in {"top", "bottom"}:
            return _scripts("".join(inside), **{"above" if element.get("notation") == "top" else "below": "‾"})
        case "mfrac":
            return f"{{{inside[0]}}}{'¦' if element.get('linethickness', '')[:1] == '0' else '/'}{{{inside[1]}}}"
        case "mroot":
            return f"{{{inside[1]}}}√{{{inside[0]}}}"
        case "msqrt":
            return f"√{{{''.join(inside)}}}"
        case "mstyle" if "font-weight:bold" in element.get("style", ""):
            return _letters("".join(inside), "BOLD")
        case "mtable":
            return f"[{'; '.join(inside)}]"
        case "mtr":
            return " & ".join(inside).strip("& ")
    return "".join(inside)


def _scripts(base: str, below: str = "", above: str = "") -> str:
    if len(base) > 1 and any(len(one) == 1 and not one.isalnum() for one in (below, above)):
        base = f"{{{base}}}"
    return base + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")


def _characters(element: Element) -> str:
    text = "".join(element.itertext())
    if element.tag == "mi" and len(text) == 1 and element.get("mathvariant") != "normal":
        text = _letters(text, "ITALIC")
    if "font-weight:bold" in element.get("style", ""):
        text = _letters(text, "BOLD")
    for child in element:
        is_small = "small-caps" in child.get("data-style", "")
        text = _letters(text, "SMALL CAPITAL" if is_small else _ALPHABETS.get(child.get("class") or child.tag, ""))
    return (text if element.tag == "mtext" else text.strip()).translate(_ALIKE)


def _letters(text: str, alphabet: str) -> str:
    return "".join(_letter(one, alphabet) for one in text)


def _letter(letter: str, alphabet: str) -> str:
    name = unicodedata.name(letter, "").replace("LATIN ", "").replace("GREEK ", "").replace(" LETTER", "")
    wanted = f"LATIN LETTER SMALL {name.removeprefix('SMALL ')}" if alphabet == "SMALL CAPITAL" else ""
    try:
        return unicodedata.lookup(wanted.replace("SMALL ", "SMALL CAPITAL ") or f"MATHEMATICAL {alphabet} {name}")
    except KeyError:
        return "ℎ" if (letter, alphabet) == ("h", "ITALIC") else letter


def is_display(latex: str) -> bool:
    """Whether a formula of the file stands on lines of its own."""
    return latex.startswith(r"\begin") or r"\tag" in latex


def _reference(formulas: list[str], folder: str) -> list[str]:
    asked = json.dumps([[latex, is_display(latex)] for latex in formulas])
    answer = subprocess.run(
        ["node", "-e", _TEMML, str(Path(folder).resolve())],  # noqa: S607
        input=asked,
        capture_output=True,
        text=True,
        check=True,
    )
    return [reading(_tree(one)) for one in json.loads(answer.stdout)]


def _tree(markup: str) -> Element:
    # Not all that Temml writes is XML.
    formula = BeautifulSoup(markup, "html.parser").select_one("math")
    assert formula, markup
    del formula["xmlns"]
    return fromstring(str(formula))  # noqa: S314 -- of a tool that the developer chose


def main(folder: str) -> None:
    """Write what Temml shows of each formula beside it, and print where the site differs."""
    formulas = [line.split("\t")[0] for line in FORMULAS.read_text(encoding="utf-8").splitlines()]
    expected = _reference(formulas, folder)
    FORMULAS.write_text(
        "".join(f"{latex}\t{one}\n" for latex, one in zip(formulas, expected, strict=True)), encoding="utf-8"
    )
    found = [shown(delimited(latex)) for latex in formulas]
    for latex, ours, theirs in zip(formulas, found, expected, strict=True):
        if ours != theirs:
            sys.stdout.write(f"{latex} {'as LaTeX' if ours is None else f'{ours} instead of {theirs}'}\n")
    alike = sum(ours == theirs for ours, theirs in zip(found, expected, strict=True))
    as_latex = found.count(None)
    sys.stdout.write(f"{alike} typeset alike, {as_latex} as LaTeX, {len(formulas) - alike - as_latex} otherwise\n")


if __name__ == "__main__":
    main(sys.argv[1])
