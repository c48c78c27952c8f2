"""The output folder of the benchmark's command `ablation-bench plan`; docs/runs.md shows its files, and an agent's.

It is one planner, one language model and one task; which ones stands nowhere in it. A study is such an object:

    {"name": "…", "ablated_part": "…", "action": "REPLACE", "replacement": ["…", 0.5, {"a": 1}], "metrics": ["…"]}

`replacement` may also be an object or missing, `metrics` a text with commas. Numbers, objects and the like become the
text that the benchmark's own page shows: Python's, such as {'lambda1': 0.1, 'lambda2': None}.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.diagnostics import Code, Diagnostic, Location, errors, truncated
from generator.importing.benchmark.answers import (
    LOG,
    PLAN,
    TRAJECTORY,
    PlannedPaper,
    RunAnswer,
    leads_out,
    object_of,
    read_answer,
    read_lines,
)
from generator.importing.benchmark.dataset_rows import study_values
from generator.importing.sources import Item, Read, told
from generator.importing.table_rows import text_of
from generator.loading.json_lines import read_object
from generator.loading.located_yaml import LocatedMapping
from generator.loading.trace_document import IN_JSON, trace_of
from generator.model import Task
from generator.text.wording import pluralize

_MOST_NAMED = 20
_INDEX = "plans.json"
# Those of agents come first, that of the benchmark's planner is the better one.
_INDEXES = ("all_preds.jsonl", "preds.json", _INDEX)
# What `ablation-bench eval` leaves in its own folder.
EVALUATIONS = "evaluations.json"
_KEYS = ("name", "ablated_part", "action", "replacement", "metrics")


@dataclass(frozen=True, slots=True)
class Run:
    """Facts that a run's folder does not say about itself; `titles` lead from the papers' ids to their titles.

    `judge` is who judged, where it is an evaluation of the run; `number` that of the run where there are several of one
    planner and model, else None.
    """

    planner: str
    model: str
    task: Task
    titles: Mapping[str, str]
    judge: str = ""
    number: int | None = None

    def paper(self, name: str) -> str:
        """Name a paper as the benchmark's page does: in reviewer runs by its title, else by its id."""
        title = self.titles.get(name, "")
        return re.sub(r"\W", "_", title) if title and self.task is Task.REVIEWER else name


def is_run(folder: Path) -> bool:
    """Tell whether the command left its output here."""
    signs = (*_INDEXES, f"*{LOG}", f"*{TRAJECTORY}", f"*/*{TRAJECTORY}")
    return folder.is_dir() and any(any(folder.glob(sign)) for sign in signs)


def runs_below(folder: Path) -> tuple[Path, ...]:
    """Return the output folders below a folder that is none itself."""
    if is_run(folder) or (folder / EVALUATIONS).is_file():
        return ()
    return tuple(sorted({path.parent for name in (_INDEX, EVALUATIONS) for path in folder.rglob(name)}))


def named_runs(runs: Sequence[Path]) -> str:
    """Say which output folders there are, for people to name one."""
    listed = ", ".join(map(str, runs[:_MOST_NAMED]))
    more = f" and {len(runs) - _MOST_NAMED} more" if len(runs) > _MOST_NAMED else ""
    return f"{pluralize(len(runs), 'run')}: {listed}{more}"


def open_run(folder: Path, run: Run) -> list[Item]:
    """Return what reads the trace of each id that plans.json lists or that a file is named after."""
    listed, problems = _listed(folder)
    items = list[Item]()
    for name in sorted({*listed, *_named(folder)}):
        if leads_out(name):
            found = f"the id {truncated(name)} leads out of the folder"
            hint = "name the paper by letters and digits, in its files as well"
            problems.append(Diagnostic(Code.LINK_OUTSIDE, Location(str(folder / _INDEX)), found, hint))
            continue
        entry = listed.get(name) or PlannedPaper(folder, name)
        problems += _unnamed(entry, listed, run)
        items.append(partial(_read, entry, run))
    return [*map(told, problems), *items]


def _unnamed(entry: PlannedPaper, listed: Mapping[str, PlannedPaper], run: Run) -> Iterator[Diagnostic]:
    """Report where the id ought to be and is not."""
    where, name = Location(str(entry.plan)), truncated(entry.name)
    if listed and entry.name not in listed:
        yield Diagnostic(Code.UNLISTED_PLAN, where, f"{name} is not listed in {_INDEX}")
    if run.titles and entry.name not in run.titles:
        yield Diagnostic(Code.UNTITLED_PAPER, where, f"no title for {name}, which names the paper now")


def _listed(folder: Path) -> tuple[dict[str, PlannedPaper], list[Diagnostic]]:
    """Return what the lists of the run say of each id, and what is wrong with them."""
    listed: dict[str, PlannedPaper] = {}
    paths = [path for name in _INDEXES if os.path.lexists(path := folder / name)]
    if not paths:
        found = f"no {_INDEX}, which lists the plans"
        return {}, [Diagnostic(Code.UNLISTED_PLAN, Location(str(folder / _INDEX)), found)]
    for path in paths:
        values, diagnostics = _entries(folder, path)
        if diagnostics:
            return {}, diagnostics
        for name, entry in values.items():
            listed[name] = listed.get(name, PlannedPaper(folder, name)).with_entry(path, entry)
    return listed, []


def _entries(folder: Path, path: Path) -> tuple[Mapping[str, object], list[Diagnostic]]:
    """Return what one list says of each id; in JSON Lines each entry says its own."""
    if path.suffix != PLAN:
        values, diagnostic = object_of(folder, path)
        return values, [diagnostic] if diagnostic else []
    rows, diagnostics = read_lines(folder, path)
    return {str(row.get("instance_id", "")): row for _, row in rows}, diagnostics


def _named(folder: Path) -> Iterator[str]:
    for suffix in (PLAN, LOG, TRAJECTORY):
        for path in {*folder.rglob(f"*{suffix}")} - {folder / name for name in _INDEXES}:
            name = path.relative_to(folder).as_posix().removesuffix(suffix)
            # An agent's trajectory lies in a folder of its own, which has its name.
            parent, _, last = name.rpartition("/")
            yield parent if suffix == TRAJECTORY and parent.rpartition("/")[2] == last else name


def _read(entry: PlannedPaper, run: Run) -> Read:
    answer = read_answer(entry)
    if isinstance(answer, Diagnostic):
        return (), [answer]
    diagnostics = [*answer.diagnostics]
    lines = _studies(entry, answer, diagnostics)
    if errors(diagnostics):
        return (), diagnostics
    plan, found = read_plan(*lines)
    diagnostics += found
    if errors(diagnostics):
        return (), diagnostics
    values = {
        "planner": run.planner,
        "model": run.model,
        "paper": run.paper(entry.name),
        "task": run.task.value,
        "title": run.titles.get(entry.name, ""),
        "run": run.number,
        **{key: value for key, value in answer.facts.items() if value != run.model},
        **plan.values,
    }
    trace, found = trace_of(lines[0].path, LocatedMapping(values, plan.places), answer.reasoning, IN_JSON)
    sample = Code.UNUSED_KEY.explanation.example
    return ([trace] if trace else ()), [*diagnostics, *(replace(one, sample=sample) for one in found)]


def _studies(entry: PlannedPaper, answer: RunAnswer, diagnostics: list[Diagnostic]) -> tuple[Location, str]:
    """Return the lines that hold the studies, and where: in the plan's own file, or else in one that repeats it."""
    own = Location(str(entry.plan), 1)
    text = text_of(entry.folder, entry.plan) if os.path.lexists(entry.plan) else ""
    if isinstance(text, Diagnostic):
        diagnostics.append(text)
        return own, ""
    if text.strip():
        return own, text
    for path, copy in {entry.index: entry.predictions, answer.path: answer.predictions}.items():
        if copy.strip():
            found = f"no studies here, so those in {path.name} were taken"
            diagnostics.append(Diagnostic(Code.BORROWED_PLAN, Location(str(entry.plan)), found))
            return Location(str(path)), copy
    if answer.ended:
        found = f"the agent ended with {truncated(answer.ended)} and left no plan"
        diagnostics.append(Diagnostic(Code.FAILED_CALL, Location(str(answer.path)), found))
    return own, ""


def read_plan(start: Location, text: str) -> tuple[LocatedMapping, list[Diagnostic]]:
    """Return the studies of a text that begins at `start`; a start without a line stands for each of them."""
    studies, diagnostics = list[dict[str, object]](), list[Diagnostic]()
    places: dict[tuple[str | int, ...], Location] = {(): start}
    for number, line in enumerate(text.split("\n"), start.line):
        # Language models like to fence the predictions in.
        if not line.strip() or line.startswith("```"):
            continue
        where = Location(start.path, number if start.line else 0)
        raw, diagnostic = read_object(where, line)
        if diagnostic:
            diagnostics.append(diagnostic)
        elif extra := [key for key in raw if key not in _KEYS]:
            found = f"keys that studies do not have were left out: {truncated(', '.join(extra))}"
            diagnostics.append(Diagnostic(Code.UNUSED_KEY, where, found))
        places["studies", len(studies)] = where
        studies.append(study_values(raw))
    if not studies:
        hint = "look up in the log what went wrong, and plan this paper anew"
        diagnostics.append(Diagnostic(Code.EMPTY_PLAN, start, "no studies, expected one JSON object a line", hint))
    return LocatedMapping({"studies": studies}, places), diagnostics
