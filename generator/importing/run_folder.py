"""The output folder of the benchmark's command `ablation-bench plan`.

    plans.json       {"<id>": {"predictions": "<the studies, one JSON object a line>", "cost": 0.01}, …}
    <id>.jsonl       the studies, one JSON object a line
    <id>.json.log    the chat completion, whose message holds <discussion>…</discussion> and
                     <predictions>…</predictions>, which are the studies again

It is one planner, one language model and one task; which ones stands nowhere in it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator import environment
from generator.catalogue import Code
from generator.importing.run_studies import read_plan
from generator.importing.source import Source
from generator.loading.json_lines import read_object
from generator.loading.seed_files import read_text
from generator.loading.trace_document import trace_of
from generator.model import Task
from generator.problems import Location, Problem, errors, quoted
from generator.surveying import under

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.importing.source import Read

_INDEX, _PLAN, _LOG = "plans.json", ".jsonl", ".json.log"
# An answer that was cut off has no closing tag.
_DISCUSSION = re.compile(r"<discussion>(.*?)(?:</discussion>|(?=<predictions>)|\Z)", re.DOTALL)
_PREDICTIONS = re.compile(r"<predictions>(.*?)(?:</predictions>|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """What a run's folder does not say about itself; `titles` lead from the papers' ids to their titles."""

    planner: str
    model: str
    task: Task
    titles: Mapping[str, str]

    def paper(self, name: str) -> str:
        """What the benchmark's page calls the paper with this id: in reviewer runs its title, else the id itself."""
        title = self.titles.get(name, "")
        return re.sub(r"\W", "_", title) if title and self.task is Task.REVIEWER else name


@dataclass(frozen=True, slots=True)
class _Entry:
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
    """Whether the command left its output here."""
    return folder.is_dir() and ((folder / _INDEX).is_file() or any(folder.glob(f"*{_LOG}")))


def open_run(folder: Path, run: Run) -> Source:
    """A trace for each id that plans.json lists or that a file is named after."""
    listed, problem = _listed(folder)
    problems = [problem] if problem else []
    items: list[Callable[[], Read]] = []
    for name in sorted({*listed, *_named(folder)}):
        if ".." in name.split("/") or Path(name).is_absolute():
            found = f"the id {quoted(name)} leads out of the folder"
            remedy = "name the paper by letters and digits, in its files as well"
            problems.append(Problem(Code.LINK_OUTSIDE, Location(str(folder / _INDEX)), found, remedy))
            continue
        entry = _Entry(folder, name, listed.get(name, ""))
        problems += _unnamed(entry, listed, run)
        items.append(partial(_read, entry, run, run.paper(name)))
    return Source(tuple(items), tuple(problems))


def _unnamed(entry: _Entry, listed: Mapping[str, str], run: Run) -> Iterator[Problem]:
    """Where the id ought to be and is not."""
    where, name = Location(str(entry.plan)), quoted(entry.name)
    if listed and entry.name not in listed:
        found, remedy = f"{name} is not listed in {_INDEX}", "check that the run came to its end"
        yield Problem(Code.UNLISTED_PLAN, where, found, remedy)
    if run.titles and run.task is Task.REVIEWER and entry.name not in run.titles:
        found, remedy = f"no title for {name}, which names the paper now", "add it to the table of titles"
        yield Problem(Code.UNTITLED_PAPER, where, found, remedy)


def _listed(folder: Path) -> tuple[dict[str, str], Problem | None]:
    """The predictions that plans.json gives for each id."""
    text = _text(folder, folder / _INDEX)
    if isinstance(text, Problem):
        return {}, text
    values, problem = read_object(Location(str(folder / _INDEX), 1), text)
    return {name: _predictions(entry) for name, entry in values.items()}, problem


def _predictions(entry: object) -> str:
    match entry:
        case {"predictions": str(text)}:
            return text
    return ""


def _named(folder: Path) -> Iterator[str]:
    for suffix in (_PLAN, _LOG):
        for path in folder.rglob(f"*{suffix}"):
            yield path.relative_to(folder).as_posix().removesuffix(suffix)


def _read(entry: _Entry, run: Run, paper: str) -> Read:
    answer, problem = _answer(entry)
    if problem:
        return None, [problem]
    reasoning, problems = _reasoning(entry.log, answer)
    lines = _studies(entry, answer, problems)
    plan, found = read_plan(*lines)
    problems += found
    if errors(problems):
        return None, problems
    who = {"planner": run.planner, "model": run.model, "paper": paper, "task": run.task.value}
    trace, found = trace_of(lines[0].path, plan.of(who), reasoning)
    return trace, problems + found


def _answer(entry: _Entry) -> tuple[str, Problem | None]:
    """What the language model wrote."""
    where, text = Location(str(entry.log), 1), _text(entry.folder, entry.log)
    if isinstance(text, Problem):
        return "", text
    completion, problem = read_object(where, text)
    match completion:
        case {"choices": [{"message": {"content": str(answer)}}, *_]}:
            return re.sub(r"\r\n?", "\n", answer), None
    found, remedy = "a chat completion without a message", "look up there what went wrong, and plan this paper anew"
    return "", problem or Problem(Code.EMPTY_REASONING, where, found, remedy)


def _reasoning(log: Path, answer: str) -> tuple[str, list[Problem]]:
    """The discussion; where the answer holds none, all that stands beside the predictions."""
    discussion = _DISCUSSION.search(answer)
    if discussion and discussion[1].strip():
        return discussion[1].strip(), []
    where, rest = Location(str(log)), _PREDICTIONS.sub("", _DISCUSSION.sub("", answer)).strip()
    if rest:
        found, remedy = "no <discussion>, so all beside the <predictions> is the reasoning", "see whether it is one"
        return rest, [Problem(Code.MISSING_DISCUSSION, where, found, remedy)]
    found, remedy = "no <discussion>, nor anything else beside the <predictions>", "plan this paper anew"
    return "", [Problem(Code.EMPTY_REASONING, where, found, remedy)]


def _studies(entry: _Entry, answer: str, problems: list[Problem]) -> tuple[Location, str]:
    """The lines that hold the studies, and where: in the plan's own file, or else in one that repeats it."""
    own = Location(str(entry.plan), 1)
    text = _text(entry.folder, entry.plan) if os.path.lexists(entry.plan) else ""
    if isinstance(text, Problem):
        problems.append(text)
        return own, ""
    if text.strip():
        return own, text
    predictions = _PREDICTIONS.search(answer)
    copies = {entry.folder / _INDEX: entry.predictions, entry.log: predictions[1] if predictions else ""}
    for path, copy in copies.items():
        if copy.strip():
            found, remedy = f"no studies here, so those in {path.name} were taken", "see whether they are all"
            problems.append(Problem(Code.BORROWED_PLAN, Location(str(entry.plan)), found, remedy))
            return Location(str(path)), copy
    return own, ""


def _text(folder: Path, path: Path) -> str | Problem:
    text = read_text(folder, path.relative_to(folder).as_posix(), environment.limits().seeds)
    return under(folder, text) if isinstance(text, Problem) else text
