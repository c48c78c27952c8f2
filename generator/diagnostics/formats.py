"""Diagnostics as people and programs read them: text with the source line, GitHub's annotations, JSON."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from rich.cells import cell_len

from generator.addresses import PROBLEMS, url_of
from generator.diagnostics import Code, Diagnostic, Level, Location, errors, escape_unprintable, sorted_unique
from generator.text.wording import pluralize

# So many characters of a source line are shown before and from the column.
_BEFORE, _AFTER = 60, 60
# So many places of equal problems are named.
_PLACES = 10
# So many annotations of a level GitHub shows.
_ANNOTATIONS = 10
# What is escaped in a workflow command's message, and what in its properties.
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def format_text(diagnostics: Iterable[Diagnostic], read_lines: Callable[[str], Sequence[str]]) -> str:
    """Format each diagnostic with its source line, a mark below the column, and its example if that was not shown yet.

    Those that say the same are one, with the places of all; of many the first ones, and how many more there are.
    `read_lines` returns the lines of a file, given its path; none where it cannot be read.
    """
    shown: list[str] = []
    told: set[tuple[Code, str]] = set()
    alike: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        alike.setdefault(f"{diagnostic.code} {diagnostic.text}", []).append(diagnostic)
    firsts = [same[0] for same in alike.values()]
    for path, group in groupby(firsts, key=lambda diagnostic: diagnostic.location.path):
        found = list(group)
        lines = read_lines(path) if any(diagnostic.location.line for diagnostic in found) else []
        for diagnostic in found:
            own = (diagnostic.code, diagnostic.example)
            example = [] if own in told else _margin("e.g.", diagnostic.example)
            told.add(own)
            also = _places(alike[f"{diagnostic.code} {diagnostic.text}"][1:])
            shown.append("\n".join([str(diagnostic), *_excerpt(lines, diagnostic.location), *also, *example]))
    return "\n\n".join(shown)


def format_github(diagnostics: Sequence[Diagnostic], site: str) -> str:
    """Format the diagnostics as workflow commands, which become annotations of the lines.

    `site` is the address of the site, empty if it has none: a page of it explains each code.
    GitHub shows ten of a level in a step. So these differ in their kind as far as can be; the rest is lines of the log.
    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands lists the commands, and
    github.com/actions/toolkit, packages/core/src/command.ts, shows how texts are escaped in them.
    """
    shown, rest = list[Diagnostic](), list[Diagnostic]()
    for level in Level:
        met = Counter[Code]()
        of_level = sorted((one for one in diagnostics if one.level is level), key=lambda one: _count(met, one.code))
        shown += of_level[:_ANNOTATIONS]
        rest += of_level[_ANNOTATIONS:]
    lines = [_annotation(diagnostic, site) for diagnostic in shown]
    if rest:
        more = f"{pluralize(len(rest), 'more problem')} in the log of this step"
        # Indented by a dash, no path of a seed is read as a command.
        lines += [f"::notice title={more}::{more}, as GitHub shows ten of a level", f"::group::{more}"]
        lines += [*(f"- {diagnostic}" for diagnostic in sorted_unique(rest)), "::endgroup::"]
    return "\n".join(lines)


def _count(met: Counter[Code], code: Code) -> int:
    met[code] += 1
    return met[code]


def format_json(diagnostics: Iterable[Diagnostic], site: str) -> str:
    """Format diagnostics as an array of objects, whose keys the page of problems of the `site` describes."""
    return json.dumps([_record(diagnostic, site) for diagnostic in diagnostics], indent=2)


def summary(diagnostics: Sequence[Diagnostic], site: str) -> str:
    """Say how many diagnostics of each level there are, in how many files, and where the `site` explains them."""
    wrong = len(errors(diagnostics))
    found = [pluralize(wrong, "error"), pluralize(len(diagnostics) - wrong, "warning")]
    numbers = " and ".join(number for number in found if not number.startswith("0 "))
    files = pluralize(len({diagnostic.location.path for diagnostic in diagnostics}), "file")
    return f"{numbers} in {files}" + (f"; each code is explained at {site}{url_of(PROBLEMS)}" if site else "")


def _excerpt(lines: Sequence[str], location: Location) -> list[str]:
    if not 0 < location.line <= len(lines):
        return []
    line, column = lines[location.line - 1], max(location.column, 1)
    before, after = line[: column - 1], line[column - 1 :]
    before = escape_unprintable(before if len(before) <= _BEFORE else f"…{before[-_BEFORE:]}")
    after = escape_unprintable(after if len(after) <= _AFTER else f"{after[:_AFTER]}…")
    mark = _margin("", " " * cell_len(before) + "^") if location.column else []
    return [*_margin(str(location.line), before + after), *mark]


def _places(diagnostics: Sequence[Diagnostic]) -> list[str]:
    places = [str(diagnostic.location) for diagnostic in diagnostics[:_PLACES]]
    if more := diagnostics[_PLACES:]:
        places.append(f"… and {len(more):,} more, which `check --format json` lists")
    return _margin("also", "\n".join(places)) if places else []


def _margin(label: str, text: str) -> list[str]:
    labels = [label] + [""] * text.count("\n")
    return [f"{label:>7} | {line}" for label, line in zip(labels, text.split("\n"), strict=True)]


def _annotation(diagnostic: Diagnostic, site: str) -> str:
    code, where = diagnostic.code, diagnostic.location
    path, title = escape_unprintable(where.path), code.explanation.meaning
    properties = {"file": path, "line": where.line, "col": where.column, "title": title}
    given = ",".join(f"{key}={str(value).translate(_PROPERTY)}" for key, value in properties.items() if value)
    parts = (f"{diagnostic.text} [{code}]", f"For example:\n{diagnostic.example}", _address(code, site))
    message = "\n\n".join(filter(None, parts))
    return f"::{diagnostic.level} {given}::{message.translate(_DATA)}"


def _record(diagnostic: Diagnostic, site: str) -> dict[str, object]:
    return {
        "code": diagnostic.code,
        "level": diagnostic.level,
        **_place(diagnostic.location),
        "message": diagnostic.message,
        "remedy": diagnostic.remedy,
        "related": _place(diagnostic.related) if diagnostic.related else None,
        "example": diagnostic.example,
        "help": _address(diagnostic.code, site) or None,
    }


def _place(location: Location) -> dict[str, object]:
    return {"path": location.path, "line": location.line or None, "column": location.column or None}


def _address(code: Code, site: str) -> str:
    return f"{site}{url_of(PROBLEMS)}#{code}" if site else ""
