"""The frozen values that flow through the generator.

Records (`Trace`, `Summary`, `Metadata`, `Addition`, `Gold`, `Verdict`) say what one seed holds and know nothing of the
others; `Paper`, `Planner`, `LanguageModel` and `Corpus` are made by linking them.

What stands beside a record's fields is read by pydantic and by `fields`: `Field` says what the field means in data
files and their schemas, `Written` how a seed is to spell it. From these come the readers of YAML and JSON, the writer
of documents, the data files, their schemas and the data dictionary; which fields the data files hold is listed in
`dataset.records`.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, Strict, WithJsonSchema

from generator.diagnostics import Location
from generator.fields import Written, means, must
from generator.text.names import OTHERS, names_in, with_others
from generator.text.patterns import ADDRESS, LINE
from generator.text.slugs import slugify

# Text without blanks at its ends and characters that nobody sees. Only `_Text` may go on on a further line.
_HIDDEN = r"\x00-\x08\x0b\x0e-\x1f"
_NAME = rf"[^\s{_HIDDEN}](?:[^\n\r{_HIDDEN}]*[^\s{_HIDDEN}])?"
_TEXT = rf"[^\s{_HIDDEN}](?:[^\r{_HIDDEN}]*[^\s{_HIDDEN}])?"
_Name = Annotated[str, must(re.compile(_NAME).fullmatch)]
_Text = Annotated[str, must(re.compile(_TEXT).fullmatch)]
# Such a name or text, or nothing.
_NameIfAny = Annotated[str, must(re.compile(rf"(?:{_NAME})?").fullmatch)]
_TextIfAny = Annotated[str, must(re.compile(rf"(?:{_TEXT})?").fullmatch)]
_Line = Annotated[str, must(re.compile(LINE).fullmatch)]
# A part of a trace's heading: it holds a letter or a digit.
_Part = Annotated[str, must(re.compile(rf"[^/\n\r{_HIDDEN}]*").fullmatch), must(re.compile(r"\w").search)]
_LineIfAny = Annotated[str, must(re.compile(rf"(?:{LINE})?").fullmatch)]
_Lines = Annotated[tuple[_Line, ...], must(len)]

# https://info.arxiv.org/help/arxiv_identifier.html: YYMM.number since April 2007,
# archive/YYMMnumber before; without a version.
ARXIV_ID = (
    r"(?:[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})"
)
# https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html; four to nine digits is what is registered in practice.
_DOI = re.compile(r"10\.[0-9]{4,9}/[!-~]+")
_WHOLE_DOI = re.compile(rf"{_DOI.pattern}$")
_WRITE_DOI = "write the DOI alone, in ASCII and without blanks and https://doi.org/"
_ARXIV = re.compile(ARXIV_ID)
_URL = re.compile(ADDRESS)
_OPENREVIEW = re.compile(r"[\w-]+", re.ASCII)
_Address = Annotated[str, must(_URL.fullmatch), Written("an http(s) address", "write the whole address")]
_SLUG = re.compile(r"(?!index$)(?=.{1,200}$)[a-z0-9]+(?:-[a-z0-9]+)*")
YEARS = range(1900, 2101)
# More of anything is no count but a slip, and other programs could not hold it.
_MOST = 1_000_000_000_000
# Python takes 20261120 and 2026-W47-5 for ISO dates as well, which they are, but nobody expects them in a seed.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIGURE = re.compile(r"[0-9]*\.?[0-9]+(?:[eE]-[0-9]+)?")


def _as_written(value: object) -> object:
    """Return the text of a scalar of YAML that is none, such as a date."""
    return getattr(value, "text", value)


def version_of(day: dt.date) -> str:
    """Return the version of the corpus that a day's additions make, such as `2026.11.20`."""
    return day.isoformat().replace("-", ".")


def trace_id(planner: str, model: str, name: str, run: int | None) -> str:
    """Return `<planner>/<model>/<paper>` in slugs: permanent, made from the heading alone.

    Behind it stands the number of the run, but for the first.
    """
    again = f"-run-{run}" if run and run > 1 else ""
    return f"{slugify(planner)}/{slugify(model)}/{slugify(name)}{again}"


def run_name(model: str, run: int | None) -> str:
    """Return the model, and which run of it this is, but for the first."""
    return f"{model}, run {run}" if run and run > 1 else model


def _read_day(value: object) -> object:
    """Return the date that a text stands for, or a scalar of YAML that is none; anything else stays as it is."""
    text = _as_written(value)
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return value
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return value


def _read_figure(value: object) -> object:
    """Return the number that a scalar of YAML stands for; anything else stays as it is."""
    text = _as_written(value)
    if type(value) is int or (isinstance(text, str) and _FIGURE.fullmatch(text)):
        return float(text)  # type: ignore[arg-type] # a number or its digits
    return value


def _read_names(value: object) -> object:
    """Return the names in a text or a list, what stands for the rest as `OTHERS`; anything else stays as it is."""
    if isinstance(value, str):
        value = list(names_in(value))
    if not isinstance(value, list | tuple):
        return value
    names = [name for one in value for name in (with_others(one) if isinstance(one, str) else (one,))]
    return [OTHERS if name == "others" else name for name in names]


def _is_day(text: str) -> bool:
    return isinstance(_read_day(text), dt.date)


class Action(StrEnum):
    """A study's treatment of the ablated part."""

    ADD = "ADD"
    REMOVE = "REMOVE"
    REPLACE = "REPLACE"


class Task(StrEnum):
    """The planner's task: ablations for a method section, or those missing from a finished paper."""

    AUTHOR = "author"
    REVIEWER = "reviewer"


class Outcome(StrEnum):
    """What a judge says of a study; matched means that the paper or its reviews hold the same ablation."""

    MATCHED = "matched"
    NOT_MATCHED = "not matched"


# Fields that stand in more than one record.
PlannerName = Annotated[
    _Part,
    means("the planning method, as the trace's heading spells it"),
    Written("the planner's name, without a slash", "write a name such as lm-planner"),
]
ModelName = Annotated[
    _Part,
    means("the language model, as the trace's heading spells it"),
    Written("the language model's name, without a slash", "write a name such as gpt-4o", part=re.compile(r"[^/]+\Z")),
]
TaskName = Annotated[
    Task,
    WithJsonSchema({"title": "Task", "type": "string", "enum": [*Task]}),
    means("planned from the method section, or missing from the finished paper"),
    Written("author or reviewer", "write author or reviewer"),
]
PaperName = Annotated[
    _Name,
    means("the paper, as the trace's heading spells it"),
    Written("the paper's name or title on one line"),
]
Reasoning = Annotated[str, means("the planner's reasoning, Markdown as it was written")]
StudyName = Annotated[
    _Name,
    means("what the planner called the study"),
    Written("what the planner called the study, on one line"),
]
AblatedPart = Annotated[
    _Text,
    means("the part of the method that is ablated"),
    Written("the part that is ablated", "write text without blanks at its ends"),
]
ActionName = Annotated[
    Action,
    WithJsonSchema({"title": "Action", "type": "string", "enum": [*Action]}),
    means("what is done to the part"),
    Written("ADD, REMOVE or REPLACE", "write ADD, REMOVE or REPLACE"),
]
Replacements = Annotated[
    tuple[_Text, ...],
    means("what takes its place or is added, verbatim", default=()),
    Written("a list of texts", item="text"),
]
Metrics = Annotated[
    tuple[_Text, ...],
    must(len),
    means("what is to be measured, verbatim"),
    Written("a list of metrics", item="metric"),
]
# What a run knows of itself, all of it optional.
GivenTitle = Annotated[
    _LineIfAny,
    means("the paper's title, as the run gives it; empty if it does not"),
    Written("the paper's title on one line"),
]
RunNumber = Annotated[
    int | None,
    Strict(),
    must(lambda number: number is None or 0 < number <= _MOST),
    means("which run of this planner and model on this paper it is, where there are several"),
    Written("the number of the run, from 1", "write digits without quotes"),
]
RunId = Annotated[
    _LineIfAny,
    means("what the run is called where it was made"),
    Written("the run's id on one line"),
]
ModelVersion = Annotated[
    _LineIfAny,
    means("the exact version of the language model"),
    Written("the model's exact version, such as gpt-4o-2024-08-06"),
]
RunDate = Annotated[
    str,
    BeforeValidator(_as_written),
    must(lambda text: not text or _is_day(text)),
    means("the day of the run as YYYY-MM-DD"),
    Written("a day of the calendar as YYYY-MM-DD", "write year, month and day, such as 2026-11-20"),
]
_Count = Annotated[int | None, Strict(), must(lambda number: number is None or 0 <= number <= _MOST)]
InputTokens = Annotated[
    _Count, means("how many tokens the model read"), Written("a number of tokens", "write digits alone")
]
OutputTokens = Annotated[
    _Count, means("how many tokens the model wrote"), Written("a number of tokens", "write digits alone")
]
Cost = Annotated[
    float | None,
    BeforeValidator(_as_written),
    must(lambda amount: amount is None or 0 <= amount <= _MOST),
    means("what the run cost, in US dollars"),
    Written("an amount in US dollars", "write digits alone, such as 0.066"),
]
Anchor = Annotated[str, means("the study's place on the trace's page")]
Year = Annotated[
    int | None,
    Strict(),
    must(lambda year: year is None or year in YEARS),
    means("year of publication"),
    Written("a year from 1900 to 2100", "write four digits without quotes"),
]


@dataclass(frozen=True, slots=True)
class Study:
    """One proposed ablation, as a part of its trace."""

    name: StudyName
    ablated_part: AblatedPart
    action: ActionName
    replacements: Replacements
    metrics: Metrics
    anchor: Anchor = ""
    # Where it starts in the seed.
    line: Annotated[int, Field(exclude=True)] = 0


Studies = Annotated[
    tuple[Study, ...],
    must(len),
    means("the plan, in its order"),
    Written(
        "a list of studies, each with name, ablated_part, action and metrics",
        "write `studies:` and below it one study per `- name: …`",
    ),
]


@dataclass(frozen=True, slots=True)
class Trace:
    """One planner x model x paper run. `name` is the paper as the seed's heading spells it; `reasoning` is Markdown.

    `line` is where the seed says so; traces are alike wherever it stands.
    """

    seed: str
    planner: PlannerName
    model: ModelName
    name: Annotated[PaperName, Field(alias="paper")]
    task: TaskName
    given_title: Annotated[GivenTitle, Field(alias="title")] = field(default="", kw_only=True)
    run: RunNumber = field(default=None, kw_only=True)
    run_id: RunId = field(default="", kw_only=True)
    model_version: ModelVersion = field(default="", kw_only=True)
    date: RunDate = field(default="", kw_only=True)
    input_tokens: InputTokens = field(default=None, kw_only=True)
    output_tokens: OutputTokens = field(default=None, kw_only=True)
    cost: Cost = field(default=None, kw_only=True)
    reasoning: Reasoning
    studies: Studies
    line: int = field(default=0, compare=False)

    @property
    def id(self) -> str:
        """Return its permanent name, as `trace_id` makes it."""
        return trace_id(self.planner, self.model, self.name, self.run)


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and its answer."""

    question: Annotated[_Name, means("the question")]
    answer: Annotated[_Text, means("the answer")]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a summary."""

    title: Annotated[_Name, means("the section's title")]
    question: Annotated[_NameIfAny, means("the question after the title, if any")]
    text: Annotated[_TextIfAny, means("what it says: Markdown, or a paragraph or item a line")]


@dataclass(frozen=True, slots=True)
class RelatedPaper:
    """A similar paper that the summary names."""

    title: Annotated[_Name, means("its title")]
    authors: Annotated[_NameIfAny, means("its authors, perhaps cut short")]


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as the summary gives it: not checked."""

    bibtex: Annotated[_TextIfAny, means("BibTeX")] = ""
    apa: Annotated[_TextIfAny, means("APA")] = ""
    mla: Annotated[_TextIfAny, means("MLA")] = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """An AI-written digest of one paper, section by section, in the source's order.

    What it claims is not the truth about the paper.
    """

    seed: str
    title: Annotated[
        _Name,
        means("the title that the summary claims"),
        Written("the paper's title on one line"),
    ]
    authors: Annotated[
        tuple[_Name, ...],
        means("the authors that it claims; `others` are left unnamed"),
        Written("a list of names in the paper's order", item="name"),
    ] = ()
    year: Year = None
    arxiv: Annotated[
        str,
        must(re.compile(rf"(?:{ARXIV_ID})?").fullmatch),
        means("the arXiv id that it claims"),
        Written("an arXiv id such as 2502.02257", "write the id alone, without version or address", part=_ARXIV),
    ] = ""
    published: Annotated[
        _NameIfAny, means("the date that it claims, as written"), Written("the day of publication")
    ] = ""
    categories: Annotated[
        tuple[_Name, ...],
        means("arXiv categories"),
        Written("a list of categories", item="category"),
    ] = ()
    source: Annotated[
        _NameIfAny, means("where the summary says the paper is from"), Written("where the paper is from")
    ] = ""
    generator: Annotated[
        _NameIfAny, means("the model or site that wrote it"), Written("the model or site that wrote it")
    ] = ""
    overview: Annotated[_TextIfAny, means("the quick summary")] = ""
    answers: Annotated[tuple[Answer, ...], means("quick answers")] = ()
    abstract: Annotated[tuple[_Text, ...], means("the paper's abstract, by paragraph")] = ()
    generated: Annotated[_NameIfAny, means("when it was written, as it says"), Written("when it was written")] = ""
    findings: Annotated[tuple[Section, ...], means("methodology, key results, limitations and so on")] = ()
    citation: Annotated[Citation, means("how the summary cites the paper")] = Citation()
    related: Annotated[tuple[RelatedPaper, ...], means("similar papers that it names")] = ()
    key_terms: Annotated[tuple[_Name, ...], means("key terms"), Written("a list of terms", item="term")] = ()
    references: Annotated[_Count, means("how many papers the paper cites"), Written("a number", "write digits")] = None
    is_markdown: Annotated[bool, Strict(), means("whether its texts are Markdown, not plain")] = False
    others: Annotated[tuple[Section, ...], means("sections without a place above")] = ()


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where facts of a curated file were imported from; what no source lists was written by hand."""

    name: Annotated[_Line, means("the site or file that said so"), Written("a site or file on one line")]
    imported: Annotated[
        str,
        BeforeValidator(_as_written),
        must(_is_day),
        means("the day of the import as YYYY-MM-DD"),
        Written("a day of the calendar as YYYY-MM-DD", "write year, month and day, such as 2026-11-20"),
    ]
    facts: Annotated[_Lines, means("the facts, by their names here"), Written("a list of this file's keys", item="key")]

    def __str__(self) -> str:
        """The source as readers see it."""
        return f"{self.name}, imported {self.imported}"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a curated file says of a paper; empty where it says nothing."""

    seed: Annotated[str, Field(exclude=True)]
    title: Annotated[_Line, means("the paper's title"), Written("the paper's title on one line")]
    authors: Annotated[
        _Lines,
        BeforeValidator(_read_names),
        means("authors in the paper's order"),
        Written("the names in the paper's order", item="name"),
    ] = ()
    year: Year = None
    venue: Annotated[
        _Line,
        means("where it appeared"),
        Written("a venue on one line, such as ICLR 2025"),
    ] = ""
    arxiv: Annotated[
        str,
        must(_ARXIV.fullmatch),
        means("arXiv id"),
        Written(
            "an arXiv id such as 2502.02257 or cs/0112017",
            "write the id alone, without version or address",
            part=_ARXIV,
        ),
    ] = ""
    doi: Annotated[
        str,
        must(_DOI.fullmatch),
        means("DOI"),
        Written("a DOI such as 10.1109/5.771073", _WRITE_DOI, part=_WHOLE_DOI),
    ] = ""
    url: Annotated[_Address, means("an address of the paper")] = ""
    openreview: Annotated[
        str,
        must(_OPENREVIEW.fullmatch),
        means("id of its forum at OpenReview"),
        Written(
            "the id of a forum at OpenReview, such as kDeM3LQ1nO",
            "write what stands behind `forum?id=`",
            part=re.compile(rf"(?<=[?&]id=){_OPENREVIEW.pattern}", re.ASCII),
        ),
    ] = ""
    pdf: Annotated[_Address, means("address of its PDF")] = ""
    code: Annotated[_Address, means("address of its code")] = ""
    aliases: Annotated[
        _Lines,
        means("other names of the paper"),
        Written("a list of other names of the paper", item="name"),
    ] = ()
    slug: Annotated[
        str,
        must(_SLUG.fullmatch),
        means("the paper's slug where its title would give another"),
        Written(
            "at most 200 lower-case letters, digits and hyphens, and not `index`",
            "write lower-case words joined by single hyphens, such as title-of-the-paper",
        ),
    ] = ""
    sources: Annotated[
        tuple[FactSource, ...],
        means("where facts were imported from"),
        Written("a list of sources, each with name, imported and facts"),
    ] = ()
    # Where the seed gives the paper's names: the title, the aliases in their order, the slug if there is one.
    places: Annotated[tuple[Location, ...], Field(exclude=True)] = field(default=(), compare=False)

    def source_of(self, name: str) -> str:
        """Return where a fact was imported from, empty if it was written by hand."""
        return next((str(source) for source in self.sources if name in source.facts), "")


@dataclass(frozen=True, slots=True)
class Addition:
    """Traces recorded, by their ids, as added on one day; `places` are where the ids stand."""

    seed: str
    date: Annotated[
        dt.date,
        Strict(),
        BeforeValidator(_read_day),
        Field(alias="added"),
        Written("a day of the calendar as YYYY-MM-DD", "write year, month and day, such as 2026-11-20"),
    ]
    note: Annotated[
        _Line,
        means("a remark, empty if there is none", default=""),
        Written("a remark on one line"),
    ]
    traces: Annotated[
        _Lines,
        means("the ids of the traces"),
        Written("a list of traces' ids", item="planner/model/paper"),
    ]
    places: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class GoldAblation:
    """An ablation that the paper itself reports, or that its reviews ask for."""

    name: Annotated[
        _Name,
        means("what the list calls the ablation"),
        Written("what the list calls the ablation, on one line"),
    ]
    ablated_part: AblatedPart = ""
    action: Annotated[
        Action | None,
        WithJsonSchema({"title": "Action", "anyOf": [{"type": "string", "enum": [*Action]}, {"type": "null"}]}),
        means("what is done to the part"),
        Written("ADD, REMOVE or REPLACE", "write ADD, REMOVE or REPLACE"),
    ] = None
    replacements: Replacements = ()
    metrics: Annotated[
        tuple[_Text, ...],
        means("what is measured, verbatim"),
        Written("a list of metrics", item="metric"),
    ] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """The ablations that one paper's plans of one task are judged by; `places` is where the paper's name stands."""

    seed: Annotated[str, Field(exclude=True)]
    paper: Annotated[
        _Name,
        means("the paper, by its title, an alias or the name in a trace's heading"),
        Written("the paper's title, an alias, or the name in a trace's heading"),
    ]
    task: TaskName
    ablations: Annotated[
        tuple[GoldAblation, ...],
        means("the ablations one by one"),
        Written("a list of ablations, each with a name", "write `ablations:` and below it one per `- name: …`"),
    ] = ()
    total: Annotated[
        int | None,
        Strict(),
        must(range(1, 1001).__contains__),
        means("how many they are, where they are not listed"),
        Written("a whole number from 1 to 1000", "write digits without quotes"),
    ] = None
    source: Annotated[_Line, means("where the list is from"), Written("a remark on one line")] = ""
    places: Annotated[tuple[Location, ...], Field(exclude=True)] = field(default=(), compare=False)

    @property
    def size(self) -> int:
        """Return how many ablations there are, listed or not; 0 if that is not known."""
        return len(self.ablations) or self.total or 0


@dataclass(frozen=True, slots=True)
class JudgedStudy:
    """What a judge says of one study."""

    study: Annotated[
        _Name,
        means("the study's place on the trace's page; a seed may give its name instead"),
        Written("the study's name in the plan, or its anchor"),
    ]
    verdict: Annotated[
        Outcome,
        WithJsonSchema({"title": "Verdict", "type": "string", "enum": [*Outcome]}),
        means("whether the paper or its reviews hold the same ablation"),
        Written("matched or not matched", "write matched or not matched"),
    ]
    gold: Annotated[
        tuple[_Name, ...],
        means("the gold ablations that it matches, by their names"),
        Written("a list of names of gold ablations", item="name"),
    ] = ()


_Figure = Annotated[
    float | None,
    Strict(),
    BeforeValidator(_read_figure),
    must(lambda figure: 0 <= figure <= 1),
    Written("a number from 0 to 1", "write a number such as 0.25"),
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one judge says of one trace; `places` is where the trace's id and each of the studies stand.

    Figures are None where they are not known.
    """

    seed: Annotated[str, Field(exclude=True)]
    trace: Annotated[
        _Line,
        means("the trace: `<planner>/<model>/<paper>` in slugs"),
        Written("a trace's id", "write planner/model/paper as in the address of the trace's page"),
    ]
    judge: Annotated[_Line, means("who judged"), Written("the judge's name, such as gpt-4o")]
    studies: Annotated[
        tuple[JudgedStudy, ...],
        means("the studies that were judged"),
        Written("a list of studies, each with study and verdict", "write `studies:` and below it one per `- study: …`"),
    ] = ()
    precision: Annotated[_Figure, means("share of the proposals that match gold ablations")] = None
    recall: Annotated[_Figure, means("share of the gold ablations that are found")] = None
    f1: Annotated[_Figure, means("harmonic mean of precision and recall")] = None
    ndcg: Annotated[_Figure, means("normalised discounted cumulative gain")] = None
    places: Annotated[tuple[Location, ...], Field(exclude=True)] = field(default=(), compare=False)


Record = Trace | Summary | Metadata | Addition | Gold | Verdict


class Source(StrEnum):
    """Where a fact about a paper comes from, the most trusted first."""

    CURATED = "curated"
    SUMMARY = "summary"
    GIVEN = "given"
    QUOTED = "quoted"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Fact:
    """A bibliographic fact about a paper and who says so; `origin` is from where it was imported, if it was.

    `name` is one of `authors`, `year`, `venue`, `arxiv`, `doi`, `openreview`, `url`, `pdf`, `code`, `categories`,
    `published`, `source`.
    """

    name: str
    values: tuple[str, ...]
    source: Source
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A fact on which a summary and the curated metadata differ; the curated value is the one shown."""

    fact: str
    curated: str
    summary: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A study and the trace that proposes it; `number` counts from 1, its place in the trace's plan."""

    trace: Trace
    number: int

    @property
    def study(self) -> Study:
        """Return the study itself."""
        return self.trace.studies[self.number - 1]


@dataclass(frozen=True, slots=True)
class Group:
    """Two or more proposals to ablate the same part, each from another trace, in the order of their traces' ids."""

    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything the corpus holds about one paper; `traces` are sorted by task, planner and model.

    `quoted` are titles that traces quote for it beside the one that is shown.
    `groups` are the similar proposals among the traces of each task.
    """

    slug: str
    title: str
    title_source: Source
    facts: tuple[Fact, ...]
    aliases: tuple[str, ...]
    quoted: tuple[str, ...]
    metadata: Metadata | None
    summary: Summary | None
    traces: tuple[Trace, ...]
    discrepancies: tuple[Discrepancy, ...]
    groups: Mapping[Task, tuple[Group, ...]]


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A language model as one planner used it, and the traces that came of it, sorted by id."""

    name: str
    slug: str
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Planner:
    """A planning method and the language models it ran with."""

    name: str
    slug: str
    models: tuple[LanguageModel, ...]

    @property
    def traces(self) -> tuple[Trace, ...]:
        """Return all traces of the planner, model by model."""
        return tuple(trace for model in self.models for trace in model.traces)


@dataclass(frozen=True, slots=True)
class Corpus:
    """All papers (by title) and planners (by name), linked.

    `paper_of` leads from a trace's id to its paper, `paper_named` from the slug of any title or alias, `added` from the
    id of a trace whose addition is recorded to the day of it, `digests` from a seed's path to its SHA-256 in
    hexadecimal digits. `additions` come newest first. `gold` leads from a paper's slug and a task to the ablations that
    its plans are judged by, `verdicts` from a trace's id to what judges say of it, in the order of their names: there
    studies go by their anchors, and figures that can be counted are filled in. `judged` are papers' slugs and tasks of
    which either is known. `metrics` leads from a metric as a study spells it to the name of its family.
    """

    papers: tuple[Paper, ...]
    planners: tuple[Planner, ...]
    paper_of: Mapping[str, Paper]
    paper_named: Mapping[str, Paper]
    additions: tuple[Addition, ...]
    added: Mapping[str, dt.date]
    digests: Mapping[str, str] = field(default_factory=dict)
    gold: Mapping[tuple[str, Task], Gold] = field(default_factory=dict)
    verdicts: Mapping[str, tuple[Verdict, ...]] = field(default_factory=dict)
    judged: frozenset[tuple[str, Task]] = frozenset()
    metrics: Mapping[str, str] = field(default_factory=dict)

    @property
    def traces(self) -> tuple[Trace, ...]:
        """Return all traces, planner by planner and model by model."""
        return tuple(trace for planner in self.planners for trace in planner.traces)

    @property
    def version(self) -> str:
        """Return the version of the newest addition, empty if none is recorded."""
        return version_of(self.additions[0].date) if self.additions else ""

    def added_in(self, trace: Trace) -> str:
        """Return the version that a trace came with, whatever came later; empty if its addition is not recorded."""
        return version_of(self.added[trace.id]) if trace.id in self.added else ""
