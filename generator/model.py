"""The frozen values that flow through the generator.

Records (`Trace`, `Summary`, `Metadata`, `Addition`) say what one seed holds and know nothing of the others; `Paper`,
`Planner`, `LanguageModel` and `Corpus` are made by linking them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from generator.text.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from generator.problems import Location


def version_of(day: date) -> str:
    """The version of the corpus that a day's additions make, such as `2026.11.20`."""
    return day.isoformat().replace("-", ".")


class Action(StrEnum):
    """What a study does to the ablated part."""

    ADD = "ADD"
    REMOVE = "REMOVE"
    REPLACE = "REPLACE"


class Task(StrEnum):
    """What the planner was asked: ablations for a method section, or those missing from a finished paper."""

    AUTHOR = "author"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Study:
    """One proposed ablation, its fields verbatim; `line` is where it starts in the seed."""

    name: str
    ablated_part: str
    action: Action
    replacements: tuple[str, ...]
    metrics: tuple[str, ...]
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Trace:
    """One planner x model x paper run. `name` is the paper as the seed's heading spells it; `reasoning` is Markdown.

    `line` is where the seed says so; traces are alike wherever it stands.
    """

    seed: str
    planner: str
    model: str
    name: str
    task: Task
    reasoning: str
    studies: tuple[Study, ...]
    line: int = field(default=0, compare=False)

    @property
    def id(self) -> str:
        """`<planner>/<model>/<paper>` in slugs: permanent, made from the heading alone."""
        return f"{slugify(self.planner)}/{slugify(self.model)}/{slugify(self.name)}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one line, `is_list` false) or the items of a bullet list."""

    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a summary; `question` is the half of its heading after the dash, if it has one."""

    title: str
    question: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class RelatedPaper:
    """A similar paper named by a summary; `authors` as listed there, perhaps cut short with "et al."."""

    title: str
    authors: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A summary's "How to Cite" part as it stands there, one string per style, empty where it is missing."""

    bibtex: str = ""
    apa: str = ""
    mla: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A digest of one paper, section by section, in the source's order.

    `title`, `authors`, `year`, `arxiv` are what the summary itself claims: not the truth about the paper.
    `findings` are Methodology, Key Results, ... ; `others` are sections this project has no name for.
    """

    seed: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    arxiv: str = ""
    published: str = ""
    categories: tuple[str, ...] = ()
    source: str = ""
    overview: str = ""
    answers: tuple[Answer, ...] = ()
    abstract: tuple[str, ...] = ()
    generated: str = ""
    findings: tuple[Section, ...] = ()
    citation: Citation = Citation()
    related: tuple[RelatedPaper, ...] = ()
    others: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """Curated facts about one paper. `slug` overrides the address that the title would give.

    `places` are where the seed gives its names: the title, the aliases in their order, the slug if there is one.
    """

    seed: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    arxiv: str = ""
    doi: str = ""
    url: str = ""
    aliases: tuple[str, ...] = ()
    slug: str = ""
    places: tuple[Location, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Addition:
    """Traces recorded, by their ids, as added on one day; `places` are where the ids stand."""

    seed: str
    date: date
    note: str
    traces: tuple[str, ...]
    places: tuple[Location, ...]


Record = Trace | Summary | Metadata | Addition


class Source(StrEnum):
    """Where a fact about a paper comes from, the most trusted first."""

    CURATED = "curated"
    SUMMARY = "summary"
    QUOTED = "quoted"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Fact:
    """A bibliographic fact about a paper and who says so.

    `name` is one of `authors`, `year`, `venue`, `arxiv`, `doi`, `url`, `categories`, `published`, `source`.
    """

    name: str
    values: tuple[str, ...]
    source: Source


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
        """The study itself."""
        return self.trace.studies[self.number - 1]


@dataclass(frozen=True, slots=True)
class Group:
    """Two or more proposals to ablate the same part, each from another trace, in the order of their traces' ids."""

    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything the corpus holds about one paper; `traces` are sorted by task, planner and model.

    `groups` are the similar proposals among the traces of each task.
    """

    slug: str
    title: str
    title_source: Source
    facts: tuple[Fact, ...]
    aliases: tuple[str, ...]
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
        """All traces of the planner, model by model."""
        return tuple(trace for model in self.models for trace in model.traces)


@dataclass(frozen=True, slots=True)
class Site:
    """What the project says beside the corpus: the site's address, ending in `/`, and the home page's words.

    `repository` is the address of the one that holds the seeds, empty for a corpus that is kept elsewhere.
    """

    url: str
    home_text: str
    repository: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """All papers (by title) and planners (by name), linked.

    `paper_of` leads from a trace's id to its paper, `paper_named` from the slug of any title or alias, `added` from the
    id of a trace whose addition is recorded to the day of it, `digests` from a seed's path to its SHA-256 in
    hexadecimal digits. `additions` come newest first.
    """

    papers: tuple[Paper, ...]
    planners: tuple[Planner, ...]
    paper_of: Mapping[str, Paper]
    paper_named: Mapping[str, Paper]
    additions: tuple[Addition, ...]
    added: Mapping[str, date]
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def traces(self) -> tuple[Trace, ...]:
        """All traces, planner by planner and model by model."""
        return tuple(trace for planner in self.planners for trace in planner.traces)

    @property
    def version(self) -> str:
        """That of the newest addition, empty if none is recorded."""
        return version_of(self.additions[0].date) if self.additions else ""

    def added_in(self, trace: Trace) -> str:
        """The version that a trace came with, whatever came later; empty if its addition is not recorded."""
        return version_of(self.added[trace.id]) if trace.id in self.added else ""
