"""Start a new seed: a well-formed file, with examples where there is something left to write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import yaml

from generator.diagnostics import Diagnostic, GeneratorError, Location, errors
from generator.fields import keys
from generator.files import RenderedFile
from generator.loading.curated import parse_metadata
from generator.loading.summary import parse_summary
from generator.loading.trace_document import document_path, parse_document, serialize_trace
from generator.model import Action, Metadata, Study, Summary, Task, Trace
from generator.package_data import render_text
from generator.text.slugs import slugify

# What is known of the new file: a text or, where there may be several, a list of them.
Answers = Mapping[str, str | list[str]]
Parse = Callable[[str, str], tuple[Trace | Metadata | Summary | None, list[Diagnostic]]]

_REASONING = "What the planner thought, in Markdown."
_STUDY = Study(
    name="Ablation of the memory gate",
    ablated_part="the gate of the memory module",
    action=Action.REPLACE,
    replacements=("a fixed average", "no gate"),
    metrics=("top-1 accuracy", "FLOPs"),
)
_REMARKS = (
    "The study and the reasoning are examples: put what the planner wrote in their place.",
    "An action is ADD, REMOVE or REPLACE; REPLACE needs replacements, REMOVE has none.",
    "Text with ': ' or ' #' inside, or with a symbol or bracket at its start, must stand in quotes.",
)


@dataclass(frozen=True, slots=True)
class Question:
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
    questions: tuple[Question, ...]
    render: Callable[[Answers], RenderedFile]


def _trace(answers: Answers) -> RenderedFile:
    planner, model, name = (str(answers[key]) for key in ("planner", "model", "paper"))
    trace = Trace("", planner, model, name, Task(str(answers["task"])), _REASONING, (_STUDY,))
    return _checked("trace", document_path(trace.id), serialize_trace(trace, _REMARKS), parse_document)


def _paper(answers: Answers) -> RenderedFile:
    year = str(answers.get("year", ""))
    known = {**answers, "year": int(year)} if year.isdecimal() else answers
    text = yaml.safe_dump(dict(known), allow_unicode=True, sort_keys=False, width=2**31 - 1)
    slug = answers.get("slug") or slugify(str(answers["title"]))
    return _checked("paper", f"papers/{slug}.yml", text, parse_metadata)


def _summary(answers: Answers) -> RenderedFile:
    title = " ".join(str(answers["title"]).split())
    text = render_text("new_summary.txt.jinja", title=title)
    return _checked("summary", f"summaries/{slugify(title)}.txt", text, parse_summary)


def _checked(kind: str, path: str, text: str, parse: Parse) -> RenderedFile:
    """Return the file, which can be read as it is. Raises GeneratorError where an answer stands in the way of that."""
    _, diagnostics = parse(path, text)
    if errors(diagnostics):
        # There is no such file yet, so none of its lines could be looked up.
        raise GeneratorError(replace(diagnostic, location=Location(f"new {kind}")) for diagnostic in diagnostics)
    return RenderedFile.from_text(path, text)


def _questions(record: type) -> tuple[Question, ...]:
    """Return a question for each key of a record's seed that is no list of records."""
    return tuple(
        Question(key, field.expected, field.needed, field.many, field.choices)
        for key, field in keys(record).items()
        if not field.fields
    )


FORMS = (
    # What a run knows of itself comes with `import`.
    Form("trace", tuple(question for question in _questions(Trace) if question.needed), _trace),
    Form("paper", _questions(Metadata), _paper),
    Form("summary", (Question("title", "the paper's title on one line", needed=True),), _summary),
)
