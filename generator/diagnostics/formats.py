"""Diagnostics as people and programs read them: text with the source line, GitHub's annotations, JSON."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len

from generator.addresses import PROBLEMS, url_of
from generator.diagnostics.diagnostic import errors, escape_unprintable
from generator.text.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from generator.diagnostics.codes import Code
    from generator.diagnostics.diagnostic import Diagnostic, Location

# The page that explains every code.
EXPLAINED = f"https://ablation-atlas.github.io/{url_of(PROBLEMS)}"
# So many characters of a source line are shown before and from the column.
_BEFORE, _AFTER = 60, 60


def format_text(problems: Iterable[Diagnostic], read_lines: Callable[[str], Sequence[str]]) -> str:
    """Format each diagnostic with its source line and a mark below the column, the first of a code with its example.

    `read_lines` returns the lines of a file, given its path; none where it cannot be read.
    """
    shown: list[str] = []
    told: set[Code] = set()
    for path, group in groupby(problems, key=lambda problem: problem.location.path):
        found = list(group)
        lines = read_lines(path) if any(problem.location.line for problem in found) else []
        for problem in found:
            example = [] if problem.code in told else _margin("e.g.", problem.code.example)
            told.add(problem.code)
            shown.append("\n".join([str(problem), *_excerpt(lines, problem.location), *example]))
    return "\n\n".join(shown)


def format_github(problems: Iterable[Diagnostic]) -> str:
    """Format each diagnostic as a workflow command, which becomes an annotation of the line.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands lists the commands, and
    github.com/actions/toolkit, packages/core/src/command.ts, shows how texts are escaped in them.
    """
    return "\n".join(map(_annotation, problems))


def format_json(problems: Iterable[Diagnostic]) -> str:
    """Format diagnostics as an array of objects, whose keys the page of problems describes."""
    return json.dumps([_record(problem) for problem in problems], indent=2)


def summary(problems: Sequence[Diagnostic]) -> str:
    """Say how many diagnostics of each level there are, in how many files, and where they are explained."""
    wrong = len(errors(problems))
    found = [count(wrong, "error"), count(len(problems) - wrong, "warning")]
    numbers = " and ".join(number for number in found if not number.startswith("0 "))
    files = count(len({problem.location.path for problem in problems}), "file")
    return f"{numbers} in {files}; each code is explained at {EXPLAINED}"


def _excerpt(lines: Sequence[str], location: Location) -> list[str]:
    if not 0 < location.line <= len(lines):
        return []
    line, column = lines[location.line - 1], max(location.column, 1)
    before, after = line[: column - 1], line[column - 1 :]
    before = escape_unprintable(before if len(before) <= _BEFORE else f"…{before[-_BEFORE:]}")
    after = escape_unprintable(after if len(after) <= _AFTER else f"{after[:_AFTER]}…")
    mark = _margin("", " " * cell_len(before) + "^") if location.column else []
    return [*_margin(str(location.line), before + after), *mark]


def _margin(label: str, text: str) -> list[str]:
    labels = [label] + [""] * text.count("\n")
    return [f"{label:>7} | {line}" for label, line in zip(labels, text.split("\n"), strict=True)]


def _annotation(problem: Diagnostic) -> str:
    properties = {
        "file": escape_unprintable(problem.location.path),
        "line": problem.location.line,
        "col": problem.location.column,
        "title": problem.code.meaning,
    }
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value)
    code = problem.code
    message = f"{problem.text} [{code}]\n\nFor example:\n{code.example}\n\n{_address(code)}"
    return f"::{problem.level} {given}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _record(problem: Diagnostic) -> dict[str, object]:
    return {
        "code": problem.code,
        "level": problem.level,
        **_place(problem.location),
        "message": problem.message,
        "remedy": problem.hint,
        "related": _place(problem.related) if problem.related else None,
        "example": problem.code.example,
        "help": _address(problem.code),
    }


def _place(location: Location) -> dict[str, object]:
    return {"path": location.path, "line": location.line or None, "column": location.column or None}


def _address(code: Code) -> str:
    return f"{EXPLAINED}#{code}"
