"""What the model answered for one paper of a run: the reasoning, its own copy of the plan, and what it tells of itself.

The benchmark's planner leaves a chat completion, whose message holds <discussion> and <predictions>; its agent planner
leaves what SWE-agent does, a trajectory.
"""

import datetime as dt
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from generator.diagnostics import Code, Diagnostic, Location
from generator.importing.table_rows import text_of
from generator.importing.transcript import steps_of_trajectory, write_reasoning
from generator.loading.json_lines import decode_object, read_object

Decoded = tuple[dict[str, object], Diagnostic | None]

PLAN, LOG, TRAJECTORY = ".jsonl", ".json.log", ".traj"
# An answer that was cut off has no closing tag.
_DISCUSSION = re.compile(r"<discussion>(.*?)(?:</discussion>|(?=<predictions>)|\Z)", re.DOTALL)
_PREDICTIONS = re.compile(r"<predictions>(.*?)(?:</predictions>|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PlannedPaper:
    """The files of one paper in a run's folder, and the studies and facts of the run that the run's `index` gives.

    `by_agent` tells whether it is an agent's list that names the paper.
    """

    folder: Path
    name: str
    index: Path = Path()
    predictions: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    by_agent: bool = False

    def with_entry(self, index: Path, entry: object) -> Self:
        """Return what is known with what another index says."""
        by_agent = self.by_agent
        match entry:
            case {"predictions": str(predictions), **rest}:
                facts = {**self.facts, **_amounts(cost=rest.get("cost"))}
            case {"model_patch": str(predictions), **rest}:
                name = rest.get("model_name_or_path")
                by_agent = True
                # SWE-agent joins the settings of a run to such a name with two underscores.
                facts = {"model_version": name} if isinstance(name, str) and name and "__" not in name else {}
            case _:
                return self if self.predictions else replace(self, index=index)
        return replace(self, index=index, predictions=predictions, facts=facts, by_agent=by_agent)

    @property
    def plan(self) -> Path:
        """The studies, one JSON object a line."""
        return self.folder / f"{self.name}{PLAN}"

    @property
    def log(self) -> Path:
        """The chat completion."""
        return self.folder / f"{self.name}{LOG}"

    @property
    def trajectories(self) -> tuple[Path, Path]:
        """The steps of an agent, in a folder of their own or not."""
        last = self.name.rpartition("/")[2]
        return self.folder / self.name / f"{last}{TRAJECTORY}", self.folder / f"{self.name}{TRAJECTORY}"


@dataclass(frozen=True, slots=True)
class RunAnswer:
    """What a model or an agent answered, in the file at `path`; `ended` says how an agent's work ended.

    `facts` are those that a trace has of its run, by their keys in a seed.
    """

    path: Path
    reasoning: str
    predictions: str
    facts: Mapping[str, object]
    ended: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


def read_answer(paper: PlannedPaper) -> RunAnswer | Diagnostic:
    """Read the answer for one paper, or return why there is none."""
    for path in paper.trajectories:
        if path.is_file():
            return _of_trajectory(paper, path)
    if os.path.lexists(paper.log):
        return _of_completion(paper)
    has_plan = bool(paper.predictions.strip()) or (paper.plan.is_file() and paper.plan.stat().st_size > 0)
    found, hint = "no answer of the model: the call failed", ""
    if has_plan:
        called = "trajectory" if paper.by_agent else "log"
        found, hint = f"no {called} for the plan, so the reasoning is not known", "look for it where the run was made"
    path, sample = (paper.trajectories[0], f"{paper.name}{TRAJECTORY}") if paper.by_agent else (paper.log, "")
    return Diagnostic(Code.FAILED_CALL, Location(str(path)), found, hint, sample=sample)


def leads_out(name: str) -> bool:
    """Tell whether a paper's id, which names its files, leads out of the run's folder."""
    return ".." in name.split("/") or Path(name).is_absolute()


def object_of(folder: Path, path: Path, read: Callable[[Location, str], Decoded] = read_object) -> Decoded:
    """Return the JSON object in a run's file; an empty one, and why, if there is none."""
    text = text_of(folder, path)
    return ({}, text) if isinstance(text, Diagnostic) else read(Location(str(path), 1), text)


def read_lines(folder: Path, path: Path) -> tuple[list[tuple[Location, dict[str, object]]], list[Diagnostic]]:
    """Return the JSON objects in a run's file, one a line, with their places, and what is wrong with other lines."""
    text = text_of(folder, path)
    if isinstance(text, Diagnostic):
        return [], [text]
    places = ((Location(str(path), at), line) for at, line in enumerate(text.split("\n"), 1) if line.strip())
    read = [(where, *read_object(where, line)) for where, line in places]
    return [(where, values) for where, values, broken in read if not broken], [broken for *_, broken in read if broken]


def _of_trajectory(paper: PlannedPaper, path: Path) -> RunAnswer | Diagnostic:
    # What a command printed may hold any character; those that no seed may hold are taken out with the steps.
    values, diagnostic = object_of(paper.folder, path, decode_object)
    if diagnostic:
        return diagnostic
    reasoning = write_reasoning(steps_of_trajectory(values.get("trajectory")))
    if not reasoning:
        return Diagnostic(Code.EMPTY_REASONING, Location(str(path)), "an agent's run without a step", "run it anew")
    info = _mapping(values.get("info"))
    stats = _mapping(info.get("model_stats"))
    counted = {"input_tokens": "tokens_sent", "output_tokens": "tokens_received", "cost": "instance_cost"}
    facts = _amounts(**{key: stats.get(name) for key, name in counted.items()})
    submission, ended = info.get("submission"), info.get("exit_status")
    return RunAnswer(path, reasoning, str(submission or ""), {**paper.facts, **facts}, str(ended or ""))


def _of_completion(paper: PlannedPaper) -> RunAnswer | Diagnostic:
    completion, diagnostic = object_of(paper.folder, paper.log)
    if diagnostic:
        return diagnostic
    match completion:
        case {"choices": [{"message": {"content": str(content)}}, *_]}:
            answer = re.sub(r"\r\n?", "\n", content)
        case _:
            hint = "look up there what went wrong, and plan this paper anew"
            found = "a chat completion without a message"
            return Diagnostic(Code.EMPTY_REASONING, Location(str(paper.log), 1), found, hint)
    reasoning, diagnostic = _discussion(paper.log, answer)
    if not reasoning and diagnostic:
        return diagnostic
    predictions = _PREDICTIONS.search(answer)
    facts = {**paper.facts, **_of_call(completion)}
    told = (diagnostic,) if diagnostic else ()
    return RunAnswer(paper.log, reasoning, predictions[1] if predictions else "", facts, diagnostics=told)


def _discussion(log: Path, answer: str) -> tuple[str, Diagnostic | None]:
    """Return the discussion; where the answer holds none, all that stands beside the predictions."""
    discussion = _DISCUSSION.search(answer)
    if discussion and discussion[1].strip():
        return discussion[1].strip(), None
    where, rest = Location(str(log)), _PREDICTIONS.sub("", _DISCUSSION.sub("", answer)).strip()
    if rest:
        found, hint = "no <discussion>, so all beside the <predictions> is the reasoning", "see whether it is one"
        return rest, Diagnostic(Code.MISSING_DISCUSSION, where, found, hint)
    found, hint = "no <discussion>, nor anything else beside the <predictions>", "plan this paper anew"
    return "", Diagnostic(Code.EMPTY_REASONING, where, found, hint)


def _of_call(completion: Mapping[str, object]) -> dict[str, object]:
    """Return what a chat completion tells of its call."""
    counted, created = _mapping(completion.get("usage")), completion.get("created")
    facts = _amounts(input_tokens=counted.get("prompt_tokens"), output_tokens=counted.get("completion_tokens"))
    names = {"model_version": completion.get("model"), "run_id": completion.get("id")}
    facts |= {key: value.strip() for key, value in names.items() if isinstance(value, str) and value.strip()}
    if isinstance(created, int | float) and 0 < created < _NEVER:
        facts["date"] = dt.datetime.fromtimestamp(created, dt.UTC).date().isoformat()
    return facts


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _amounts(**amounts: object) -> dict[str, object]:
    """Return the numbers among these; none is what was not counted."""
    return {key: amount for key, amount in amounts.items() if isinstance(amount, int | float) and 0 < amount < _NEVER}


# Seconds since 1970, tokens and dollars alike stay below it.
_NEVER = 2**33
