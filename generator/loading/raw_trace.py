"""Read a raw trace as the benchmark's project page publishes it.

    # <planner>/<model>/<paper>
    <div … class="trajectory-box"> <h2>Reasoning Trace</h2> Markdown </div>
    <div … class="trajectory-box"> <h2>Ablation Plan</h2>   studies  </div>

The boxes are known by their tags, which stand on lines of their own; what stands between them is sliced from the text,
because a reasoning holds `<CLS>`, `1{x<0}` and the like, which no HTML parser leaves alone.
"""

import re
from difflib import get_close_matches

from generator.diagnostics import Code, Diagnostic, Location, truncated
from generator.loading.raw_plan import parse_plan
from generator.model import Task, Trace

# The benchmark's page colours the plan's box by task.
_TASK_COLOURS = {"#9c27b0": Task.AUTHOR, "#4caf50": Task.REVIEWER}
_HEADING = re.compile(r"^#(?!#)(.*)$", re.MULTILINE)
_BOX = re.compile(r"^(<div\b[^<>]*>\s*)?<h2\b[^<>]*>([^<\n]*)</h2>[ \t]*$", re.MULTILINE)
_H2 = re.compile(r"<h2\b[^<>]*>(?:[^\w<\n]*)([^<\n]*)</h2>")
# What the benchmark's page brings along, and nobody reads.
_UNREAD = re.compile(r"<style\b.*?</style>|<!--.*?-->", re.DOTALL)
_LINE = re.compile(r"^[ \t]*(\S.*)$", re.MULTILINE)
# `planner/openai/gpt-4o/paper`: a name without digits, then a model's with a digit, and neither has blanks.
_PROVIDER = re.compile(r"[^/]+/\s*[A-Za-z][A-Za-z.-]*/(?=[^/]*\d)[A-Za-z][A-Za-z0-9.:-]*/[^/]*\w[^/]*")
_REASONING, _PLAN = "Reasoning Trace", "Ablation Plan"


def is_trace(text: str) -> bool:
    """Tell whether the text means to be a trace, well formed or not."""
    return 'class="trajectory-box"' in text or f"{_REASONING}</h2>" in text or f"{_PLAN}</h2>" in text


def parse_trace(seed: str, text: str) -> tuple[Trace | None, list[Diagnostic]]:
    """Return the trace that `text` holds, or None when an error among the problems stands in the way.

    `text` is decoded, repaired and has LF line ends; `seed` names it in problems and in the record.
    """
    boxes = [box for box in _BOX.finditer(text) if _REASONING in box[2] or _PLAN in box[2]]
    diagnostics: list[Diagnostic] = []
    reasoning_box = _only(boxes, _REASONING, seed, text, diagnostics)
    plan_box = _only(boxes, _PLAN, seed, text, diagnostics)
    first = boxes[0].start() if boxes else len(text)
    identity = _identity(seed, text[:first], diagnostics)
    if reasoning_box is None or plan_box is None:
        return None, diagnostics
    if plan_box.start() < reasoning_box.start():
        where = Location.at(seed, text, plan_box.start())
        found, related = "the plan stands before the reasoning", Location.at(seed, text, reasoning_box.start())
        diagnostics.append(Diagnostic(Code.PLAN_BEFORE_REASONING, where, found, related=related))
        return None, diagnostics
    diagnostics.extend(_unshown(seed, text[:first]))
    reasoning = _inside(text[reasoning_box.end() : plan_box.start()]).strip()
    if not reasoning:
        where = Location.at(seed, text, reasoning_box.start())
        diagnostics.append(Diagnostic(Code.EMPTY_REASONING, where, "the reasoning is empty"))
    task = _task(seed, text, plan_box, diagnostics)
    plan = _inside(text[plan_box.end() :])
    studies, problems_of_plan = parse_plan(Location.at(seed, text, plan_box.end()), plan)
    diagnostics.extend(problems_of_plan)
    if identity is None or task is None or not reasoning or not studies:
        return None, diagnostics
    (planner, model, name), line = identity
    return Trace(seed, planner, model, name, task, reasoning, studies, line), diagnostics


def _only(
    boxes: list[re.Match[str]], title: str, seed: str, text: str, diagnostics: list[Diagnostic]
) -> re.Match[str] | None:
    named = [box for box in boxes if title in box[2]]
    if not named:
        diagnostics.append(_missing(title, seed, text))
    for extra in named[1:]:
        where, first = (Location.at(seed, text, box.start()) for box in (extra, named[0]))
        diagnostics.append(Diagnostic(Code.DOUBLED_BOX, where, f"a second '{title}' box", related=first))
    return named[0] if len(named) == 1 else None


def _missing(title: str, seed: str, text: str) -> Diagnostic:
    """Report a box that is not there, best at the heading that was meant for it."""
    found = f"no '{title}' box found"
    headings = {match[1].strip("?:# \t"): match.start(1) for match in reversed([*_H2.finditer(text)])}
    close = get_close_matches(title, headings, n=1)
    if close:
        where = Location.at(seed, text, headings[close[0]])
        hint = f"write <h2>{title}</h2> on a line of its own"
        return Diagnostic(Code.MISSING_BOX, where, f"{found}, but {truncated(close[0])}", hint)
    hint = f'add the box <div class="trajectory-box"> that opens with <h2>{title}</h2>'
    return Diagnostic(Code.MISSING_BOX, Location(seed, 1), found, hint)


def _identity(seed: str, head: str, diagnostics: list[Diagnostic]) -> tuple[list[str], int] | None:
    """Return the three names of the heading, and its line."""
    headings = [(match[1].strip(), Location.at(seed, head, match.start())) for match in _HEADING.finditer(head)]
    if not headings:
        found = "no heading found, expected '# planner/model/paper'"
        diagnostics.append(Diagnostic(Code.MISSING_HEADING, Location(seed, 1), found))
        return None
    heading, place = headings[0]
    for extra, where in headings[1:]:
        found = f"a second heading {truncated(extra)}, expected one"
        diagnostics.append(Diagnostic(Code.TWO_HEADINGS, where, found, related=place))
    names = [name.strip() for name in heading.split("/", 2)]
    if _PROVIDER.fullmatch(heading):
        found = f"a model's name with a slash in {truncated(heading)}, expected '# planner/model/paper'"
        diagnostics.append(Diagnostic(Code.MALFORMED_HEADING, place, found, f"write '# {names[0]}/{names[2]}'"))
        return None
    if len(names) != 3 or not all(re.search(r"\w", name) for name in names):
        found = f"malformed heading {truncated(heading)}, expected '# planner/model/paper'"
        diagnostics.append(Diagnostic(Code.MALFORMED_HEADING, place, found))
        return None
    return names, place.line


def _unshown(seed: str, head: str) -> list[Diagnostic]:
    """Report text above the boxes beside the heading."""
    blank = _UNREAD.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), head)
    for found in _LINE.finditer(blank):
        if not _HEADING.match(found[0]):
            where = Location.at(seed, head, found.start(1))
            message = f"text above the boxes, which no page shows: {truncated(found[1].rstrip())}"
            return [Diagnostic(Code.TEXT_ABOVE_BOXES, where, message)]
    return []


def _inside(box: str) -> str:
    return box.rstrip().removesuffix("</div>")


def _task(seed: str, text: str, box: re.Match[str], diagnostics: list[Diagnostic]) -> Task | None:
    for colour, task in _TASK_COLOURS.items():
        if colour in (box[1] or "").casefold():
            return task
    wanted = " or ".join(f"{colour} ({task})" for colour, task in _TASK_COLOURS.items())
    message = f"the plan's box tells no task, expected its border colour to be {wanted}"
    diagnostics.append(Diagnostic(Code.UNKNOWN_TASK, Location.at(seed, text, box.start()), message))
    return None
