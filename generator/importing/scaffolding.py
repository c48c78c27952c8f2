"""Start a new seed: a well-formed file, with examples where there is something left to write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_origin

import yaml

from generator.documents import document_path, trace_document
from generator.files import RenderedFile
from generator.loading.curated import MetadataFile, parse_metadata
from generator.loading.summary import parse_summary
from generator.loading.trace_document import TraceFile, parse_document
from generator.model import Action, Study, Task, Trace
from generator.problems import GeneratorError, Location, errors
from generator.text.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel

    from generator.model import Metadata, Summary
    from generator.problems import Problem

    # What is known of the new file: a text or, where there may be several, a list of them.
    Answers = Mapping[str, str | list[str]]
    Parse = Callable[[str, str], tuple[Trace | Metadata | Summary | None, list[Problem]]]

_REASONING = "What the planner thought, in Markdown."
_STUDY = Study(
    name="Ablation of the memory gate",
    ablated_part="the gate of the memory module",
    action=Action.REPLACE,
    replacements=("a fixed average", "no gate"),
    metrics=("top-1 accuracy", "FLOPs"),
    anchor="",
    line=0,
)
_REMARKS = (
    "The study and the reasoning are examples: put what the planner wrote in their place.",
    "An action is ADD, REMOVE or REPLACE; REPLACE needs replacements, REMOVE has none.",
    "Text with ': ' or ' #' inside, or with a symbol or bracket at its start, must stand in quotes.",
)
_SUMMARY = """\
{title}
AI Quick Summary
What the paper is about, in a sentence or two.
Quick Answers
What is "{title}" about?
The answer.
Abstract
The abstract.
AI Key Findings
Methodology — How was it studied?
The methodology.
Key Results — What was found?
- A result
- Another result
"""


@dataclass(frozen=True, slots=True)
class Field:
    """Something to know of a new file; `is_list` if there may be several of it."""

    name: str
    meaning: str
    needed: bool
    is_list: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file to start: what to know of it, and what makes the file of that."""

    kind: str
    fields: tuple[Field, ...]
    fill: Callable[[Answers], RenderedFile]


def _trace(answers: Answers) -> RenderedFile:
    planner, model, name = (str(answers[key]) for key in ("planner", "model", "paper"))
    trace = Trace("", planner, model, name, Task(str(answers["task"])), _REASONING, (_STUDY,))
    return _checked("trace", document_path(trace.id), trace_document(trace, _REMARKS), parse_document)


def _paper(answers: Answers) -> RenderedFile:
    year = str(answers.get("year", ""))
    known = {**answers, "year": int(year)} if year.isdecimal() else answers
    text = yaml.safe_dump(dict(known), allow_unicode=True, sort_keys=False, width=2**31 - 1)
    slug = answers.get("slug") or slugify(str(answers["title"]))
    return _checked("paper", f"papers/{slug}.yml", text, parse_metadata)


def _summary(answers: Answers) -> RenderedFile:
    title = " ".join(str(answers["title"]).split())
    return _checked("summary", f"summaries/{slugify(title)}.txt", _SUMMARY.format(title=title), parse_summary)


def _checked(kind: str, path: str, text: str, parse: Parse) -> RenderedFile:
    """The file, which can be read as it is. Raises GeneratorError where an answer stands in the way of that."""
    _, problems = parse(path, text)
    if errors(problems):
        # There is no such file yet, so none of its lines could be looked up.
        raise GeneratorError(replace(problem, location=Location(f"new {kind}")) for problem in problems)
    return RenderedFile.from_text(path, text)


def _fields(model: type[BaseModel]) -> tuple[Field, ...]:
    return tuple(
        Field(
            name,
            field.description or "",
            needed=field.is_required(),
            is_list=get_origin(field.annotation) is tuple,
            choices=tuple(Task) if field.annotation is Task else (),
        )
        for name, field in model.model_fields.items()
    )


FORMS = (
    Form("trace", tuple(field for field in _fields(TraceFile) if field.name != "studies"), _trace),
    Form("paper", _fields(MetadataFile), _paper),
    Form("summary", (Field("title", "the paper's title on one line", needed=True),), _summary),
)
