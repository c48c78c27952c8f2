"""Read a trace's document: who proposed what as YAML between two lines `---`, below it the reasoning in Markdown.

`generator.documents` shows the format and writes it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from generator.catalogue import Code
from generator.model import Action, Study, Task, Trace
from generator.parsing.studies import anchored, check_replacements
from generator.parsing.yaml_checks import Schema, checked
from generator.parsing.yaml_lines import read_mapping
from generator.problems import Location, Problem, errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.parsing.yaml_lines import Path, Place, PlacedMapping

# Neither blanks at the ends nor characters that nobody sees; only `_Text` may go on on a further line. Rust's syntax.
_HIDDEN = r"\x00-\x08\x0b\x0e-\x1f"
Name = Annotated[str, Field(pattern=rf"^[^\s{_HIDDEN}](?:[^\n\r{_HIDDEN}]*[^\s{_HIDDEN}])?$")]
_Text = Annotated[str, Field(pattern=rf"^[^\s{_HIDDEN}](?:[^\r{_HIDDEN}]*[^\s{_HIDDEN}])?$")]
Part = Annotated[str, Field(pattern=rf"^[^/\n\r{_HIDDEN}]*[\p{{L}}\p{{N}}_][^/\n\r{_HIDDEN}]*$")]
_Texts = Annotated[tuple[_Text, ...], Field(strict=False)]


class StudyFile(BaseModel):
    """The keys of a study; each description completes "expected …"."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: Name = Field(description="what the planner called the study, on one line")
    ablated_part: _Text = Field(description="the part that is ablated")
    action: Annotated[Action, Field(strict=False)] = Field(description="ADD, REMOVE or REPLACE")
    replacements: _Texts = Field((), description="a list of texts, one `- text` per line")
    metrics: _Texts = Field(min_length=1, description="a list of metrics, one `- metric` per line")


class TraceFile(BaseModel):
    """The keys of the front matter; each description completes "expected …"."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    planner: Part = Field(description="the planner's name, without a slash")
    model: Part = Field(description="the language model's name, without a slash")
    paper: Name = Field(description="the paper's name or title on one line")
    task: Annotated[Task, Field(strict=False)] = Field(description="author or reviewer")
    studies: Annotated[tuple[StudyFile, ...], Field(strict=False)] = Field(
        min_length=1, description="a list of studies, each with name, ablated_part, action and metrics"
    )


TRACE = Schema(
    TraceFile,
    {
        "planner": "write a name such as lm-planner",
        "model": "write a name such as gpt-4o",
        "paper": "write it on one line, without blanks at its ends",
        "task": "write author or reviewer",
        "studies": "write `studies:` and below it one study per `- name: …`",
        "name": "write it on one line, without blanks at its ends",
        "ablated_part": "write text without blanks at its ends",
        "action": "write ADD, REMOVE or REPLACE",
        "replacements": "write `replacements:` and below it one `- text` per line",
        "metrics": "write `metrics:` and below it one `- metric` per line",
    },
    choices={"action": tuple(Action), "task": tuple(Task)},
)
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"^(?:planner|studies)[ \t]*:", re.MULTILINE)


def is_document(text: str) -> bool:
    """Whether a text means to be a trace's document, well formed or not."""
    return text.startswith("---") and bool(_KEY.search(front_matter(text)[0]))


def parse_document(seed: str, text: str) -> tuple[Trace | None, list[Problem]]:
    """The trace that `text`, decoded and with LF line ends, holds; None when an error stands in the way."""
    head, body = front_matter(text)
    if body is None:
        found, remedy = "front matter without an end", "write a line `---` between the studies and the reasoning"
        return None, [Problem(Code.BROKEN_YAML, Location(seed, 1, 1), found, remedy)]
    mapping, problems = read_mapping(seed, head)
    if mapping is None:
        return None, problems
    reasoning = body.strip()
    if not reasoning:
        where = Location(seed, head.count("\n") + 1)
        remedy = "write the planner's reasoning below the second line `---`"
        problems.append(Problem(Code.EMPTY_REASONING, where, "the reasoning is empty", remedy))
    trace, found_too = trace_of(seed, mapping, reasoning)
    problems += found_too
    return (None if errors(problems) else trace), problems


def trace_of(seed: str, mapping: PlacedMapping, reasoning: str) -> tuple[Trace | None, list[Problem]]:
    """The trace whose identity and plan the mapping holds."""
    file, problems = checked(TRACE, mapping)
    if file is None:
        return None, problems
    values = file.values
    studies, found = studies_of(values.studies, file.places, "`- …` lines under `replacements:`")
    problems += found
    trace = Trace(seed, values.planner, values.model, values.paper, values.task, reasoning, studies)
    return trace, problems


def studies_of(
    files: Sequence[StudyFile], places: Mapping[Path, Place], writing: str
) -> tuple[tuple[Study, ...], list[Problem]]:
    """The studies that stand under the key `studies`; `writing` says how replacements are written there."""
    studies, problems = list[Study](), list[Problem]()
    for index, one in enumerate(files):
        own = ("studies", index)
        where = places[*own, "replacements"].key if one.replacements else places[*own, "action"].value
        problems += check_replacements(one.action, one.replacements, where, writing)
        line = places[own].value.line
        studies.append(Study(one.name, one.ablated_part, one.action, one.replacements, one.metrics, "", line))
    return anchored(studies), problems


def front_matter(text: str) -> tuple[str, str | None]:
    """The YAML between two lines `---`, counted as in the file, and what stands below; None where it does not end."""
    fences = [match.span() for _, match in zip(range(2), _FENCE.finditer(text), strict=False)]
    if len(fences) < 2:
        return text.removeprefix("---"), None
    (_, start), (end, below) = fences
    return text[start:end], text[below:]
