"""Start a new seed: a file with what is known of it already, and empty places for what is left to write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import yaml

from generator.diagnostics import Code, Diagnostic, GeneratorError, Location
from generator.fields import RecordField, keys
from generator.files import RenderedFile
from generator.loading.located_yaml import read_mapping
from generator.loading.trace_document import document_path
from generator.loading.validation import validate
from generator.model import Metadata, Summary, Task, Trace
from generator.package_data import render_text
from generator.text.names import names_in
from generator.text.slugs import slugify

# What is known of the new file: a text or, where there may be several, a list of them.
Answer = str | list[str]
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file to start: its record, what to know of it, and what makes the path and the text of that."""

    kind: str
    record: type
    questions: tuple[RecordField, ...]
    render: Callable[[Answers], tuple[str, str]]


def start(form: Form, answers: Answers) -> RenderedFile:
    """Return the file. Raises GeneratorError with every problem of an answer."""
    if problems := problems_of(form, answers):
        raise GeneratorError(problems)
    return RenderedFile.from_text(*form.render(answers))


def problems_of(form: Form, answers: Answers) -> list[Diagnostic]:
    """Return what is wrong with these answers; others may still be missing."""
    mapping, problems = read_mapping("", _yaml(form.record, answers))
    if mapping:
        # What records hold beside the keys of their seeds is none of the answers.
        problems += validate(form.record, mapping, seed="", reasoning="", is_markdown=False)[1]
    # There is no such file yet, so none of its lines could be looked up.
    where = Location(f"new {form.kind}")
    return [replace(problem, location=where) for problem in problems if problem.code is not Code.MISSING_KEY]


def _yaml(record: type, answers: Answers) -> str:
    values = {name: _value(keys(record)[name], answer) for name, answer in answers.items()}
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=2**31 - 1)


def _value(field: RecordField, answer: Answer) -> object:
    if isinstance(answer, list):
        return list(names_in("\n".join(answer))) if field.name == "authors" else answer
    return int(answer) if field.kind is int and answer.isdecimal() else answer


def _trace(answers: Answers) -> tuple[str, str]:
    planner, model, name = (str(answers[key]) for key in ("planner", "model", "paper"))
    trace = Trace("", planner, model, name, Task(str(answers["task"])), "", ())
    return document_path(trace.id), render_text("new_trace.md.jinja", head=_yaml(Trace, answers))


def _paper(answers: Answers) -> tuple[str, str]:
    slug = answers.get("slug") or slugify(str(answers["title"]))
    return f"papers/{slug}.yml", _yaml(Metadata, answers)


def _summary(answers: Answers) -> tuple[str, str]:
    title = str(answers["title"])
    return f"summaries/{slugify(title)}.txt", render_text("new_summary.txt.jinja", title=title)


def _fields(record: type) -> tuple[RecordField, ...]:
    """Return what a record's seed holds that is no list of records."""
    return tuple(field for field in keys(record).values() if not field.fields)


FORMS = (
    # What a run knows of itself comes with `import`.
    Form("trace", Trace, tuple(field for field in _fields(Trace) if field.needed), _trace),
    Form("paper", Metadata, _fields(Metadata), _paper),
    Form("summary", Summary, (keys(Summary)["title"],), _summary),
)
