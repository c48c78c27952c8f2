"""The records of the data files: what each field is called, holds and means.

What seeds say has its names and meanings from `generator.model`, what is added to it has them here.
"""

from dataclasses import dataclass
from typing import Annotated

from pydantic import WithJsonSchema
from typing_extensions import TypedDict  # pydantic reads no other before Python 3.12

from generator import model
from generator.addresses import DATA
from generator.fields import hints, means
from generator.files import SpooledFile
from generator.messages import Message, _

TraceId = Annotated[str, means("the trace: `<planner>/<model>/<paper>` in slugs, permanent")]
Seed = Annotated[str, means("path of the raw file below the seeds' folder")]
Sha256 = Annotated[str, means("SHA-256 of the raw file's bytes", pattern="^[0-9a-f]{64}$")]
Url = Annotated[str, means("address of the page below the site's root")]
# Whoever filters training data by such strings finds every record; whoever searches a model's output for it learns
# whether the model saw them (the convention of BIG-bench, https://github.com/google/BIG-bench, "canary"). A corpus that
# has none leaves it empty.
Canary = Annotated[str, means("marks the record as benchmark data, not to be trained on")]
PaperSlug = Annotated[str, means("the paper's slug, permanent")]
Title = Annotated[str, means("the paper's title as the site shows it")]
Authors = Annotated[tuple[str, ...], means("authors, given name first; `et al.` stands for those left unnamed")]
Day = Annotated[str, means("a day as YYYY-MM-DD", pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Added = Annotated[Day | None, means("the day on which the trace was recorded as added")]


class TraceRecord(TypedDict):
    """One planner × model × paper run: the reasoning and the plan."""

    id: TraceId
    seed: Seed
    url: Url
    planner: model.PlannerName
    model: model.ModelName
    task: model.TaskName
    paper: PaperSlug
    title: Title
    reasoning: model.Reasoning
    studies: model.Studies
    name: model.PaperName
    given_title: model.GivenTitle
    run: model.RunNumber
    run_id: model.RunId
    model_version: model.ModelVersion
    date: model.RunDate
    input_tokens: model.InputTokens
    output_tokens: model.OutputTokens
    cost: model.Cost
    added: Added
    sha256: Sha256
    canary: Canary


class StudyRow(TypedDict):
    """One proposed ablation with what is known of its trace: a row of a table."""

    id: Annotated[str, means("the study: the trace's id, `#`, and the anchor")]
    trace: TraceId
    number: Annotated[int, means("the study's place in the plan, from 1")]
    url: Annotated[str, means("address of the study below the site's root")]
    planner: model.PlannerName
    model: model.ModelName
    task: model.TaskName
    paper: PaperSlug
    title: Title
    name: model.StudyName
    ablated_part: model.AblatedPart
    action: model.ActionName
    replacements: model.Replacements
    metrics: model.Metrics
    metric_families: Annotated[tuple[str, ...], means("the families that the metrics belong to")]
    added: Added
    seed: Seed
    sha256: Sha256
    canary: Canary


class SeedRecord(TypedDict):
    """A raw file."""

    seed: Seed
    sha256: Sha256


class PaperRecord(TypedDict):
    """One paper: who says what about it, and the traces that plan its ablations."""

    paper: PaperSlug
    url: Url
    title: Title
    title_source: Annotated[
        model.Source,
        WithJsonSchema({"title": "Title Source", "type": "string", "enum": [*model.Source]}),
        means("who says so: the most trusted source that names a title"),
    ]
    authors: Authors
    year: model.Year
    venue: Annotated[str, means("where it appeared, empty if not known")]
    arxiv: Annotated[str, means("arXiv id, empty if not known")]
    doi: Annotated[str, means("DOI, empty if not known")]
    aliases: Annotated[tuple[str, ...], means("other names of the paper")]
    traces: Annotated[tuple[str, ...], means("ids of the traces, by task, planner and model")]
    studies: Annotated[int, means("how many studies they propose")]
    has_summary: Annotated[bool, means("whether there is an AI-written summary of it")]
    curated: Annotated[model.Metadata | None, means("what the curated file says")]
    seeds: Annotated[tuple[SeedRecord, ...], means("the raw files that the paper is made of")]
    canary: Canary


class ModelRecord(TypedDict):
    """A language model as one planner used it."""

    model: Annotated[str, means("the model's slug")]
    name: model.ModelName
    url: Url
    traces: Annotated[int, means("how many traces")]
    papers: Annotated[int, means("of how many papers")]
    studies: Annotated[int, means("with how many studies")]
    add: Annotated[int, means("how many of them ADD a part")]
    remove: Annotated[int, means("how many REMOVE it")]
    replace: Annotated[int, means("how many REPLACE it")]


class PlannerRecord(TypedDict):
    """A planning method and the models it ran with."""

    planner: Annotated[str, means("the planner's slug")]
    name: model.PlannerName
    url: Url
    traces: Annotated[int, means("how many traces")]
    models: Annotated[tuple[ModelRecord, ...], means("its models by slug")]
    canary: Canary


class MemberRecord(TypedDict):
    """A study as a member of a group."""

    trace: TraceId
    study: Annotated[int, means("the study's place in the plan, from 1")]
    anchor: model.Anchor


class GroupRecord(TypedDict):
    """Studies of several traces that ablate the same part of a paper."""

    paper: PaperSlug
    task: model.TaskName
    studies: Annotated[tuple[MemberRecord, ...], means("two or more, each of another trace")]
    canary: Canary


class AdditionRecord(TypedDict):
    """Traces recorded as added on one day."""

    added: Day
    note: Annotated[str, means("a remark, empty if there is none")]
    traces: Annotated[tuple[str, ...], means("the ids of the traces")]
    seed: Seed
    sha256: Sha256
    canary: Canary


# Whatever a summary says, between the paper it is about and the seed it is from.
SummaryRecord = TypedDict(
    "SummaryRecord",
    {
        "paper": PaperSlug,
        "url": Url,
        **hints(model.Summary),  # type: ignore[misc] # known at run time only
        "seed": Seed,
        "sha256": Sha256,
        "canary": Canary,
    },
)
SummaryRecord.__doc__ = "An AI-written digest of one paper; its claims about the paper are not checked."


# Whatever the lists and the judges say, with the addresses of what they are about.
GoldRecord = TypedDict(
    "GoldRecord",
    {**hints(model.Gold), "url": Url, "seed": Seed, "sha256": Sha256, "canary": Canary},  # type: ignore[misc] # as above
)
GoldRecord.__doc__ = "The ablations that one paper's plans of one task are judged by."
VerdictRecord = TypedDict(
    "VerdictRecord",
    {**hints(model.Verdict), "paper": PaperSlug, "url": Url, "seed": Seed, "sha256": Sha256, "canary": Canary},  # type: ignore[misc] # as above
)
VerdictRecord.__doc__ = "What one judge says of one trace."


@dataclass(frozen=True, slots=True)
class Table:
    """One data file: `record` is the type of its lines."""

    name: str
    record: type
    holds: Message


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the dataset and what it holds; `records` is None where none can be counted."""

    file: SpooledFile
    holds: Message
    records: int | None = None

    @property
    def name(self) -> str:
        """Its path below data/."""
        return self.file.path.removeprefix(DATA)


TABLES = (
    Table("traces", TraceRecord, _("every trace, its studies inside")),
    Table("studies", StudyRow, _("every study, with its planner, model, paper and metrics")),
    Table("papers", PaperRecord, _("every paper, with what is known about it and who says so")),
    Table("planners", PlannerRecord, _("every planner with its models and their figures")),
    Table("summaries", SummaryRecord, _("every AI-written summary, section by section")),
    Table("agreement", GroupRecord, _("groups of studies that ablate the same part")),
    Table("additions", AdditionRecord, _("which traces were added when")),
)
# Only where there is something in them.
JUDGED_TABLES = (
    Table("gold", GoldRecord, _("the ablations that papers report or that reviews ask for")),
    Table("verdicts", VerdictRecord, _("what judges say of the traces, study by study")),
)


def tables_of(corpus: model.Corpus) -> tuple[Table, ...]:
    """Return the tables of a corpus."""
    return (*TABLES, *JUDGED_TABLES) if corpus.gold or corpus.verdicts else TABLES
