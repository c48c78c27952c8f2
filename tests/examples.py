"""Records to start a test from, and the raw text of a trace as the benchmark's page writes it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import yaml

from generator.corpus import load_corpus
from generator.corpus.part_types import part_types
from generator.corpus.similarity import similar_papers
from generator.dataset import dataset
from generator.dataset.records import JUDGED_TABLES, TABLES
from generator.diagnostics import Diagnostic, Location
from generator.loading.validation import adapter
from generator.model import Action, Addition, Corpus, Study, Task, Trace
from generator.pages import plan_pages
from generator.pages.families import indexes_of
from generator.pages.page import Page
from generator.publication import Publication

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

_CASES = Path(__file__).parent / "cases"
# Where the invented site is published.
URL = "https://atlas.example/"
SITE = Publication(
    URL,
    name="Ablation Atlas",
    canary="atlas canary 0",
    rights="The texts belong to their publishers.",
    terms="Please do not train on it.",
    citation_key="atlas",
    citation_title="Ablation Atlas: What language-model planners would ablate, paper by paper",
)

_COLOURS = {Task.AUTHOR: "#9c27b0", Task.REVIEWER: "#4caf50"}
_HEAD = """\
<style>
.trajectory-box strong {
  color: #1a1a1a !important;
}
</style>

"""


def cases(name: str, table: str) -> Any:  # noqa: ANN401 -- whatever the table holds
    """A table of a file of `tests/cases/`: rows that are each the arguments of one test, or texts by their names."""
    return yaml.safe_load((_CASES / f"{name}.yml").read_text("utf-8"))[table]


def a_study(**changes: Any) -> Study:  # noqa: ANN401 -- any field of a study
    """A study that removes a tension controller, but for the changes."""
    study = Study(
        name="Yarn tension",
        ablated_part="Tension controller",
        action=Action.REMOVE,
        replacements=(),
        metrics=("Dropped stitches", "Evenness (mean, variance)"),
        anchor="study-tension-controller-abcdef",
        line=20,
    )
    return replace(study, **changes)


def a_trace(**changes: Any) -> Trace:  # noqa: ANN401 -- any field of a trace
    """A trace about knitting robots, but for the changes."""
    trace = Trace(
        seed="knitting.md",
        planner="lm-planner",
        model="gpt-4o",
        name="Knitting_with_Robots",
        task=Task.REVIEWER,
        reasoning="The tension of the yarn is never varied.",
        studies=(a_study(),),
    )
    return replace(trace, **changes)


def planned(corpus: Corpus, site: Publication) -> tuple[tuple[Page, ...], list[Diagnostic]]:
    """The pages of a corpus whose dataset has no files."""
    indexes = indexes_of(corpus, part_types(corpus).families)
    return plan_pages(corpus, site, similar_papers(corpus), indexes, ())


def data_files(corpus: Corpus, site: Publication) -> dict[str, bytes]:
    """What every file of the dataset holds, by its name below data/."""
    with TemporaryFile() as spool:
        return {one.name: b"".join(one.file.chunks()) for one in dataset(corpus, site, spool)}


def told(diagnostic: Diagnostic) -> str:
    """What a problem says and in which line; columns and codes are for the golden files to hold."""
    return f"{Location(diagnostic.location.path, diagnostic.location.line)}: {diagnostic.text}"


def an_addition(day: str, *traces: Trace, note: str = "") -> Addition:
    """A record that these traces were added on a day, YYYY-MM-DD."""
    seed = f"{day} {note}.yml"
    places = tuple(Location(seed, 4 + index) for index in range(len(traces)))
    return Addition(seed, date.fromisoformat(day), note, tuple(trace.id for trace in traces), places)


def as_line(table: str, record: object) -> bytes:
    """Write a record as the line of a table in JSON Lines."""
    (kind,) = (one.record for one in (*TABLES, *JUDGED_TABLES) if one.name == table)
    return adapter(kind).dump_json(record) + b"\n"


def check(folder: Path) -> tuple[Corpus, tuple[Diagnostic, ...]]:
    """Load the corpus of a folder; it and the warnings."""
    found = load_corpus(folder)
    return found.corpus, found.warnings


def raw_trace(trace: Trace) -> str:
    """The trace in the raw format."""
    return (
        f"{_HEAD}# {trace.planner}/{trace.model}/{trace.name}\n\n"
        f"{_box('#2196f3', '🧠 Reasoning Trace')}{trace.reasoning}\n</div>\n\n"
        f"{_box(_COLOURS[trace.task], '📋 Ablation Plan')}{raw_plan(trace.studies)}</div>"
    )


def raw_plan(studies: tuple[Study, ...]) -> str:
    """The studies as a plan's box holds them."""
    return "".join(map(_raw_study, studies))


def _box(colour: str, title: str) -> str:
    style = f"border-left: 5px solid {colour}; padding: 20px;"
    return f'<div style="{style}" class="trajectory-box">\n<h2 style="margin-top: 0;">{title}</h2>\n\n'


def _raw_study(study: Study) -> str:
    lines = [f"### {study.name}", f"- **Ablated Part**: {study.ablated_part}", f"- **Action**: {study.action}"]
    if study.replacements:
        lines += ["- **Replacement**: ", *(f"  - {item}" for item in study.replacements)]
    lines += [f"- **Metrics**: {', '.join(study.metrics)}", "", ""]
    return "\n".join(lines)


def schema_validator(schema: dict[str, Any]) -> "Validator":
    """What holds records against a JSON schema, which is valid itself."""
    # It takes a second to load, which every process that runs some of the tests would wait for.
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)
