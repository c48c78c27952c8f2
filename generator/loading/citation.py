"""The "How to Cite This Paper" part of a summary: its BibTeX entry, its APA and MLA lines, and what they claim.

The entries stand one after the other without labels; lines inside them are broken where the paper's title was.
"""

import re
from collections.abc import Sequence
from typing import Any

from generator.loading.summary_lines import Line
from generator.model import ARXIV_ID, YEARS, Citation

_LABELS = {"bibtex", "apa", "mla"}
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
# The lookbehind lets the search start at whole words only, which keeps it linear.
_FIELD = re.compile(r"(?<!\w)(\w+)\s*=\s*")
_BARE_VALUE = re.compile(r"[^,}\s]*")
_ENTRY_END = re.compile(r"https?://|arxiv\.org/", re.IGNORECASE)
_APA_YEAR = re.compile(r"\(([12][0-9]{3})[a-z]?\)\.\s")
_APA_TITLE_END = re.compile(r"[.?!] (?:arXiv\b|https?://)")
_YEAR = re.compile(r"[12][0-9]{3}")
_ARXIV = re.compile(rf"(?i:arxiv(?:\.org/(?:abs|pdf)/|:))({ARXIV_ID})")
_AND = re.compile(r"\sand\s", re.IGNORECASE)
# `$…$` comes first so that what stands inside maths is left alone; only the last, unclosed `$` can be scanned twice.
_MATHS_OR_ESCAPE = re.compile(r"(\$(?:[^$\\]|\\.)*\$)|\\([%&_$#])")
_MATHS_OR_BRACE = re.compile(r"(\$(?:[^$\\]|\\.)*\$|\\.)|[{}]")


def read_citation(lines: Sequence[Line]) -> tuple[Citation, tuple[Line, ...]]:
    """Return the citation, and the lines that belong to none of its three styles."""
    wanted = [line for line in lines if line.text.casefold() not in _LABELS]
    start = next((index for index, line in enumerate(wanted) if line.text.startswith("@")), len(wanted))
    end = start + _bibtex_length([line.text for line in wanted[start:]])
    styles = {"bibtex": wanted[start:end], "apa": list[Line](), "mla": list[Line]()}
    rest: list[Line] = []
    for entry in [*_entries(wanted[:start]), *_entries(wanted[end:])]:
        style = _style(" ".join(line.text for line in entry))
        if style and not styles[style]:
            styles[style] = entry
        else:
            rest += entry
    return Citation(**{style: "\n".join(line.text for line in found) for style, found in styles.items()}), tuple(rest)


def claims(citation: Citation) -> dict[str, Any]:
    """Read the facts that a citation gives, by a summary's fields: BibTeX first, then APA, then MLA."""
    fields = bibtex_fields(citation.bibtex)
    eprint = fields.get("eprint", "")
    linked = _ARXIV.search(f"{citation.bibtex}\n{citation.apa}\n{citation.mla}")
    dated = _YEAR.fullmatch(fields.get("year", "")) or _APA_YEAR.search(citation.apa)
    year = int(dated[dated.re.groups]) if dated else 0
    return {
        "title": fields.get("title", "") or _apa_title(citation.apa) or _mla_title(citation.mla),
        "authors": tuple(filter(None, map(_name, _AND.split(fields.get("author", ""))))),
        "year": year if year in YEARS else None,
        "arxiv": eprint if re.fullmatch(ARXIV_ID, eprint) else linked[1] if linked else "",
        "categories": tuple(filter(None, [fields.get("primaryclass")])),
    }


def bibtex_fields(entry: str) -> dict[str, str]:
    """Return the fields of one BibTeX entry by lower-case name, values on one line without braces and LaTeX escapes.

    Stops at a value that is never closed.
    """
    fields: dict[str, str] = {}
    found = _FIELD.search(entry)
    while found:
        value, end = _value(entry, found.end())
        if value is None:
            break
        fields.setdefault(found[1].casefold(), unescape(unprotected(" ".join(value.split()))).strip())
        found = _FIELD.search(entry, end)
    return fields


def _value(entry: str, start: int) -> tuple[str | None, int]:
    opening = entry[start : start + 1]
    if opening not in ("{", '"'):
        bare = _BARE_VALUE.match(entry, start)
        return (bare[0], bare.end()) if bare else (None, start)
    if opening == '"':
        end = entry.find('"', start + 1)
        return (entry[start + 1 : end], end + 1) if end > 0 else (None, start)
    depth = 0
    for brace in _BRACE.finditer(entry, start):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            return entry[start + 1 : brace.start()], brace.end()
    return None, start


def _bibtex_length(lines: Sequence[str]) -> int:
    """Return how many lines the entry takes: to its closing brace, else to a line that is but a brace, else all."""
    depth = 0
    for count, line in enumerate(lines, start=1):
        depth += sum({"{": 1, "}": -1}.get(brace[0], 0) for brace in _BRACE.finditer(line))
        if depth <= 0:
            return count
    return lines.index("}") + 1 if "}" in lines else len(lines)


def _entries(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines grouped into entries, each of which ends with the paper's address."""
    entries: list[list[Line]] = [[]]
    for line in lines:
        entries[-1].append(line)
        if _ENTRY_END.search(line.text):
            entries.append([])
    return [entry for entry in entries if entry]


def _style(entry: str) -> str:
    if _APA_YEAR.search(entry):
        return "apa"
    return "mla" if _mla_title(entry) else ""


def _apa_title(entry: str) -> str:
    text = " ".join(entry.split())
    year = _APA_YEAR.search(text)
    end = _APA_TITLE_END.search(text, year.end()) if year else None
    return text[year.end() : end.start() + 1].rstrip(".").strip() if year and end else ""


def _mla_title(entry: str) -> str:
    text = " ".join(entry.split()).replace("“", '"').replace("”", '"')
    return text[text.find('"') + 1 : max(text.rfind('"'), 0)].rstrip(".").strip()


def _name(author: str) -> str:
    """`Family, Given` or `Family, Jr, Given` as `Given Family Jr`."""
    *family, given = (piece.strip() for piece in author.split(","))
    return " ".join(piece for piece in (given, *family) if piece)


def unescape(text: str) -> str:
    r"""Text with `\%`, `\&`, `\_`, `\$`, `\#` read as the characters they stand for, maths between `$` untouched."""
    return _MATHS_OR_ESCAPE.sub(lambda found: found[1] or found[2], text)


def unprotected(text: str) -> str:
    """Return text without the braces that protect BibTeX's capitals, maths between `$` untouched."""
    return _MATHS_OR_BRACE.sub(lambda found: found[1] or "", text)
