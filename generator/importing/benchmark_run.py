"""The output folder of the benchmark's command `ablation-bench plan`.

    plans.json       {"<id>": {"predictions": "<the studies, one JSON object a line>", "cost": 0.01}, …}
    <id>.jsonl       the studies, one JSON object a line
    <id>.json.log    the chat completion, whose message holds <discussion>…</discussion> and
                     <predictions>…</predictions>, which are the studies again

It is one planner, one language model and one task; which ones stands nowhere in it. A study is such an object:

    {"name": "…", "ablated_part": "…", "action": "REPLACE", "replacement": ["…", 0.5, {"a": 1}], "metrics": ["…"]}

`replacement` may also be an object or missing, `metrics` a text with commas. Numbers, objects and the like become the
text that the benchmark's own page shows: Python's, such as {'lambda1': 0.1, 'lambda2': None}.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator import environment
from generator.diagnostics import Code, Diagnostic, Location, errors, truncated
from generator.importing.sources import Read, TraceSource
from generator.importing.values import study_values
from generator.loading.json_lines import read_object
from generator.loading.located_yaml import LocatedMapping
from generator.loading.seed_files import read_text
from generator.loading.seeds import with_prefix
from generator.loading.trace_document import trace_of
from generator.model import Task
from generator.text.wording import pluralize

_MOST_NAMED = 20
_INDEX, _PLAN, _LOG = "plans.json", ".jsonl", ".json.log"
# What `ablation-bench eval` leaves in its own folder.
EVALUATIONS = "evaluations.json"
# An answer that was cut off has no closing tag.
_DISCUSSION = re.compile(r"<discussion>(.*?)(?:</discussion>|(?=<predictions>)|\Z)", re.DOTALL)
_PREDICTIONS = re.compile(r"<predictions>(.*?)(?:</predictions>|\Z)", re.DOTALL)
_KEYS = ("name", "ablated_part", "action", "replacement", "metrics")


@dataclass(frozen=True, slots=True)
class Run:
    """Facts that a run's folder does not say about itself; `titles` lead from the papers' ids to their titles.

    `judge` is who judged, where it is an evaluation of the run.
    """

    planner: str
    model: str
    task: Task
    titles: Mapping[str, str]
    judge: str = ""

    def paper(self, name: str) -> str:
        """Name a paper as the benchmark's page does: in reviewer runs by its title, else by its id."""
        title = self.titles.get(name, "")
        return re.sub(r"\W", "_", title) if title and self.task is Task.REVIEWER else name


@dataclass(frozen=True, slots=True)
class _PlannedPaper:
    """The files of one paper in the run's folder, and what plans.json says of it."""

    folder: Path
    name: str
    predictions: str

    @property
    def plan(self) -> Path:
        return self.folder / f"{self.name}{_PLAN}"

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}{_LOG}"


def is_run(folder: Path) -> bool:
    """Tell whether the command left its output here."""
    return folder.is_dir() and ((folder / _INDEX).is_file() or any(folder.glob(f"*{_LOG}")))


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


def open_run(folder: Path, run: Run) -> TraceSource:
    """Open a trace for each id that plans.json lists or that a file is named after."""
    listed, diagnostic = _listed(folder)
    diagnostics = [diagnostic] if diagnostic else []
    items: list[Callable[[], Read]] = []
    for name in sorted({*listed, *_named(folder)}):
        if ".." in name.split("/") or Path(name).is_absolute():
            found = f"the id {truncated(name)} leads out of the folder"
            hint = "name the paper by letters and digits, in its files as well"
            diagnostics.append(Diagnostic(Code.LINK_OUTSIDE, Location(str(folder / _INDEX)), found, hint))
            continue
        entry = _PlannedPaper(folder, name, listed.get(name, ""))
        diagnostics += _unnamed(entry, listed, run)
        items.append(partial(_read, entry, run, run.paper(name)))
    return TraceSource(tuple(items), tuple(diagnostics))


def _unnamed(entry: _PlannedPaper, listed: Mapping[str, str], run: Run) -> Iterator[Diagnostic]:
    """Report where the id ought to be and is not."""
    where, name = Location(str(entry.plan)), truncated(entry.name)
    if listed and entry.name not in listed:
        yield Diagnostic(Code.UNLISTED_PLAN, where, f"{name} is not listed in {_INDEX}")
    if run.titles and run.task is Task.REVIEWER and entry.name not in run.titles:
        yield Diagnostic(Code.UNTITLED_PAPER, where, f"no title for {name}, which names the paper now")


def _listed(folder: Path) -> tuple[dict[str, str], Diagnostic | None]:
    """Return the predictions that plans.json gives for each id."""
    text = _text(folder, folder / _INDEX)
    if isinstance(text, Diagnostic):
        return {}, text
    values, diagnostic = read_object(Location(str(folder / _INDEX), 1), text)
    return {name: _predictions(entry) for name, entry in values.items()}, diagnostic


def _predictions(entry: object) -> str:
    match entry:
        case {"predictions": str(text)}:
            return text
    return ""


def _named(folder: Path) -> Iterator[str]:
    for suffix in (_PLAN, _LOG):
        for path in folder.rglob(f"*{suffix}"):
            yield path.relative_to(folder).as_posix().removesuffix(suffix)


def _read(entry: _PlannedPaper, run: Run, paper: str) -> Read:
    answer, diagnostic = _answer(entry)
    if diagnostic:
        return None, [diagnostic]
    reasoning, diagnostics = _reasoning(entry.log, answer)
    lines = _studies(entry, answer, diagnostics)
    plan, found = read_plan(*lines)
    diagnostics += found
    if errors(diagnostics):
        return None, diagnostics
    who = {"planner": run.planner, "model": run.model, "paper": paper, "task": run.task.value}
    trace, found = trace_of(lines[0].path, LocatedMapping({**who, **plan.values}, plan.places), reasoning)
    return trace, diagnostics + found


def _answer(entry: _PlannedPaper) -> tuple[str, Diagnostic | None]:
    """Read what the language model wrote."""
    where = Location(str(entry.log), 1)
    if not os.path.lexists(entry.log):
        has_plan = bool(entry.predictions.strip()) or (entry.plan.is_file() and entry.plan.stat().st_size > 0)
        found = (
            "no log beside the plan, so the reasoning is not known"
            if has_plan
            else "no answer of the model: the call failed"
        )
        hint = "look for the log where the run was made" if has_plan else ""
        return "", Diagnostic(Code.FAILED_CALL, replace(where, line=0), found, hint)
    text = _text(entry.folder, entry.log)
    if isinstance(text, Diagnostic):
        return "", text
    completion, diagnostic = read_object(where, text)
    match completion:
        case {"choices": [{"message": {"content": str(answer)}}, *_]}:
            return re.sub(r"\r\n?", "\n", answer), None
    found, hint = "a chat completion without a message", "look up there what went wrong, and plan this paper anew"
    return "", diagnostic or Diagnostic(Code.EMPTY_REASONING, where, found, hint)


def _reasoning(log: Path, answer: str) -> tuple[str, list[Diagnostic]]:
    """Return the discussion; where the answer holds none, all that stands beside the predictions."""
    discussion = _DISCUSSION.search(answer)
    if discussion and discussion[1].strip():
        return discussion[1].strip(), []
    where, rest = Location(str(log)), _PREDICTIONS.sub("", _DISCUSSION.sub("", answer)).strip()
    if rest:
        found = "no <discussion>, so all beside the <predictions> is the reasoning"
        return rest, [Diagnostic(Code.MISSING_DISCUSSION, where, found)]
    found, hint = "no <discussion>, nor anything else beside the <predictions>", "plan this paper anew"
    return "", [Diagnostic(Code.EMPTY_REASONING, where, found, hint)]


def _studies(entry: _PlannedPaper, answer: str, diagnostics: list[Diagnostic]) -> tuple[Location, str]:
    """Return the lines that hold the studies, and where: in the plan's own file, or else in one that repeats it."""
    own = Location(str(entry.plan), 1)
    text = _text(entry.folder, entry.plan) if os.path.lexists(entry.plan) else ""
    if isinstance(text, Diagnostic):
        diagnostics.append(text)
        return own, ""
    if text.strip():
        return own, text
    predictions = _PREDICTIONS.search(answer)
    copies = {entry.folder / _INDEX: entry.predictions, entry.log: predictions[1] if predictions else ""}
    for path, copy in copies.items():
        if copy.strip():
            found = f"no studies here, so those in {path.name} were taken"
            diagnostics.append(Diagnostic(Code.BORROWED_PLAN, Location(str(entry.plan)), found))
            return Location(str(path)), copy
    return own, ""


def _text(folder: Path, path: Path) -> str | Diagnostic:
    text = read_text(folder, path.relative_to(folder).as_posix(), environment.limits().seeds)
    return with_prefix(folder, text) if isinstance(text, Diagnostic) else text


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
        diagnostics += [diagnostic] if diagnostic else _unused(where, raw)
        places["studies", len(studies)] = where
        studies.append(study_values(raw))
    if not studies:
        hint = "look up in the log what went wrong, and plan this paper anew"
        diagnostics.append(Diagnostic(Code.EMPTY_PLAN, start, "no studies, expected one JSON object a line", hint))
    return LocatedMapping({"studies": studies}, places), diagnostics


def _unused(where: Location, raw: Mapping[str, object]) -> list[Diagnostic]:
    extra = ", ".join(key for key in raw if key not in _KEYS)
    found = f"keys that studies do not have were left out: {truncated(extra)}"
    return [Diagnostic(Code.UNUSED_KEY, where, found)] if extra else []
