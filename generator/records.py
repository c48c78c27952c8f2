"""The records of the data files: what each field is called, holds and means.

One source for the files, their JSON Schemas, the data dictionary, and what is read back as seeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict  # pydantic reads no other before Python 3.12

# Whoever filters training data by such strings finds every record; whoever searches a model's output for it learns
# whether the model saw them (the convention of BIG-bench, https://github.com/google/BIG-bench, "canary").
CANARY = "ablation-atlas canary 5d9c0e8a-7b1f-4c36-9f53-2e6f0b7a41d8"

Action = Literal["ADD", "REMOVE", "REPLACE"]
Task = Literal["author", "reviewer"]
Source = Literal["curated", "summary", "quoted", "inferred"]

TraceId = Annotated[str, Field(description="the trace: `<planner>/<model>/<paper>` in slugs, permanent")]
Seed = Annotated[str, Field(description="path of the raw file below the seeds' folder")]
Sha256 = Annotated[str, Field(description="SHA-256 of the raw file's bytes", pattern="^[0-9a-f]{64}$")]
Url = Annotated[str, Field(description="address of the page below the site's root")]
Canary = Annotated[str, Field(description="marks the record as benchmark data, not to be trained on")]
PlannerName = Annotated[str, Field(description="the planning method, as the trace's heading spells it")]
ModelName = Annotated[str, Field(description="the language model, as the trace's heading spells it")]
TaskName = Annotated[Task, Field(description="planned from the method section, or missing from the finished paper")]
PaperSlug = Annotated[str, Field(description="the paper's slug, permanent")]
Title = Annotated[str, Field(description="the paper's title as the site shows it")]
Anchor = Annotated[str, Field(description="the study's place on the trace's page")]
StudyName = Annotated[str, Field(description="what the planner called the study")]
AblatedPart = Annotated[str, Field(description="the part of the method that is ablated")]
ActionName = Annotated[Action, Field(description="what is done to the part")]
Replacements = Annotated[list[str], Field(description="what takes its place or is added, verbatim")]
Metrics = Annotated[list[str], Field(description="what is to be measured, verbatim")]
Authors = Annotated[list[str], Field(description="authors, given name first; `et al.` stands for those left unnamed")]
Year = Annotated[int | None, Field(description="year of publication")]
Day = Annotated[str, Field(description="a day as YYYY-MM-DD", pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class StudyRecord(TypedDict):
    """One proposed ablation, as a part of its trace."""

    name: StudyName
    ablated_part: AblatedPart
    action: ActionName
    replacements: Replacements
    metrics: Metrics
    anchor: Anchor


class TraceRecord(TypedDict):
    """One planner × model × paper run: the reasoning and the plan."""

    id: TraceId
    seed: Seed
    url: Url
    planner: PlannerName
    model: ModelName
    task: TaskName
    paper: PaperSlug
    title: Title
    reasoning: Annotated[str, Field(description="the planner's reasoning, Markdown as it was written")]
    studies: Annotated[list[StudyRecord], Field(description="the plan, in its order")]
    name: Annotated[str, Field(description="the paper, as the trace's heading spells it")]
    added: Annotated[Day | None, Field(description="the day on which the trace was recorded as added")]
    sha256: Sha256
    canary: Canary


class StudyRow(TypedDict):
    """One proposed ablation with what is known of its trace: a row of a table."""

    id: Annotated[str, Field(description="the study: the trace's id, `#`, and the anchor")]
    trace: TraceId
    number: Annotated[int, Field(description="the study's place in the plan, from 1")]
    url: Annotated[str, Field(description="address of the study below the site's root")]
    planner: PlannerName
    model: ModelName
    task: TaskName
    paper: PaperSlug
    title: Title
    name: StudyName
    ablated_part: AblatedPart
    action: ActionName
    replacements: Replacements
    metrics: Metrics
    metric_families: Annotated[list[str], Field(description="the families that the metrics belong to")]
    added: Annotated[Day | None, Field(description="the day on which the trace was recorded as added")]
    seed: Seed
    sha256: Sha256
    canary: Canary


class SeedRecord(TypedDict):
    """A raw file."""

    seed: Seed
    sha256: Sha256


class CuratedRecord(TypedDict):
    """What a curated file says of a paper; empty where it says nothing."""

    title: Annotated[str, Field(description="the paper's title")]
    authors: Annotated[list[str], Field(description="authors in the paper's order")]
    year: Year
    venue: Annotated[str, Field(description="where it appeared")]
    arxiv: Annotated[str, Field(description="arXiv id")]
    doi: Annotated[str, Field(description="DOI")]
    url: Annotated[str, Field(description="an address of the paper")]
    aliases: Annotated[list[str], Field(description="other names of the paper")]
    slug: Annotated[str, Field(description="the paper's slug where its title would give another")]


class PaperRecord(TypedDict):
    """One paper: who says what about it, and the traces that plan its ablations."""

    paper: PaperSlug
    url: Url
    title: Title
    title_source: Annotated[Source, Field(description="who says so: the most trusted source that names a title")]
    authors: Authors
    year: Year
    venue: Annotated[str, Field(description="where it appeared, empty if not known")]
    arxiv: Annotated[str, Field(description="arXiv id, empty if not known")]
    doi: Annotated[str, Field(description="DOI, empty if not known")]
    aliases: Annotated[list[str], Field(description="other names of the paper")]
    traces: Annotated[list[str], Field(description="ids of the traces, by task, planner and model")]
    studies: Annotated[int, Field(description="how many studies they propose")]
    has_summary: Annotated[bool, Field(description="whether there is an AI-written summary of it")]
    curated: Annotated[CuratedRecord | None, Field(description="what the curated file says")]
    seeds: Annotated[list[SeedRecord], Field(description="the raw files that the paper is made of")]
    canary: Canary


class ModelRecord(TypedDict):
    """A language model as one planner used it."""

    model: Annotated[str, Field(description="the model's slug")]
    name: ModelName
    url: Url
    traces: Annotated[int, Field(description="how many traces")]
    papers: Annotated[int, Field(description="of how many papers")]
    studies: Annotated[int, Field(description="with how many studies")]
    add: Annotated[int, Field(description="how many of them ADD a part")]
    remove: Annotated[int, Field(description="how many REMOVE it")]
    replace: Annotated[int, Field(description="how many REPLACE it")]


class PlannerRecord(TypedDict):
    """A planning method and the models it ran with."""

    planner: Annotated[str, Field(description="the planner's slug")]
    name: PlannerName
    url: Url
    traces: Annotated[int, Field(description="how many traces")]
    models: Annotated[list[ModelRecord], Field(description="its models by slug")]
    canary: Canary


class AnswerRecord(TypedDict):
    """A question and its answer."""

    question: Annotated[str, Field(description="the question")]
    answer: Annotated[str, Field(description="the answer")]


class BlockRecord(TypedDict):
    """A paragraph or a list."""

    lines: Annotated[list[str], Field(description="the paragraph, or the items")]
    is_list: Annotated[bool, Field(description="whether the lines are items of a list")]


class SectionRecord(TypedDict):
    """A titled part of a summary."""

    title: Annotated[str, Field(description="the section's title")]
    question: Annotated[str, Field(description="the question after the title, if any")]
    blocks: Annotated[list[BlockRecord], Field(description="paragraphs and lists")]


class CitationRecord(TypedDict):
    """A citation as the summary gives it: not checked."""

    bibtex: Annotated[str, Field(description="BibTeX")]
    apa: Annotated[str, Field(description="APA")]
    mla: Annotated[str, Field(description="MLA")]


class RelatedRecord(TypedDict):
    """A similar paper that the summary names."""

    title: Annotated[str, Field(description="its title")]
    authors: Annotated[str, Field(description="its authors, perhaps cut short")]


class SummaryRecord(TypedDict):
    """An AI-written digest of one paper; its claims about the paper are not checked."""

    paper: PaperSlug
    url: Url
    title: Annotated[str, Field(description="the title that the summary claims")]
    authors: Annotated[list[str], Field(description="the authors that it claims; `others` are left unnamed")]
    year: Year
    arxiv: Annotated[str, Field(description="the arXiv id that it claims")]
    published: Annotated[str, Field(description="the date that it claims, as written")]
    categories: Annotated[list[str], Field(description="arXiv categories")]
    source: Annotated[str, Field(description="where the summary says the paper is from")]
    overview: Annotated[str, Field(description="the quick summary")]
    answers: Annotated[list[AnswerRecord], Field(description="quick answers")]
    abstract: Annotated[list[str], Field(description="the paper's abstract, by paragraph")]
    generated: Annotated[str, Field(description="when the findings were generated, as written")]
    findings: Annotated[list[SectionRecord], Field(description="methodology, key results, limitations and so on")]
    citation: Annotated[CitationRecord, Field(description="how the summary cites the paper")]
    related: Annotated[list[RelatedRecord], Field(description="similar papers that it names")]
    others: Annotated[list[SectionRecord], Field(description="sections without a place above")]
    seed: Seed
    sha256: Sha256
    canary: Canary


class MemberRecord(TypedDict):
    """A study as a member of a group."""

    trace: TraceId
    study: Annotated[int, Field(description="the study's place in the plan, from 1")]
    anchor: Anchor


class GroupRecord(TypedDict):
    """Studies of several traces that ablate the same part of a paper."""

    paper: PaperSlug
    task: TaskName
    studies: Annotated[list[MemberRecord], Field(description="two or more, each of another trace")]
    canary: Canary


class AdditionRecord(TypedDict):
    """Traces recorded as added on one day."""

    added: Day
    note: Annotated[str, Field(description="a remark, empty if there is none")]
    traces: Annotated[list[str], Field(description="the ids of the traces")]
    seed: Seed
    sha256: Sha256
    canary: Canary


@dataclass(frozen=True, slots=True)
class Table:
    """One data file: `record` is the type of its lines."""

    name: str
    record: type
    holds: str


TABLES = (
    Table("traces", TraceRecord, "every trace, its studies inside"),
    Table("studies", StudyRow, "every study, with its planner, model, paper and metrics"),
    Table("papers", PaperRecord, "every paper, with what is known about it and who says so"),
    Table("planners", PlannerRecord, "every planner with its models and their figures"),
    Table("summaries", SummaryRecord, "every AI-written summary, section by section"),
    Table("agreement", GroupRecord, "groups of studies that ablate the same part"),
    Table("additions", AdditionRecord, "which traces were added when"),
)
