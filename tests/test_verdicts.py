"""What judges say: from seeds to pages, leaderboards, the explorer and data files, and what they count."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import FIXTURES, ROOT
from examples import SITE, a_study, a_trace, check, raw_trace, schema_validator
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from generator.corpus.linking import link
from generator.corpus.verdicts import bootstrap_interval
from generator.effects.diff_report import report
from generator.effects.diffing import State, diff_corpora
from generator.model import Corpus, Gold, GoldAblation, JudgedStudy, Outcome, Task, Verdict
from generator.pipeline import generate

VITKD = "vitkd-feature-based-knowledge-distillation-for-vision-transformers"
TIDES = "tideformer-forecasting-coastal-flooding-from-sparse-gauges"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own corpus and the invented one, each with a made evaluation: seeds and pages."""
    folder = tmp_path_factory.mktemp("judged")
    for name, traces in (("seeds", ROOT / "seeds"), ("corpus", FIXTURES / "corpus")):
        for source in (traces, FIXTURES / "verdicts" / name):
            shutil.copytree(source, folder / name, dirs_exist_ok=True)
        generate(folder / name, folder / f"{name}-docs", SITE)
    return folder


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        (
            f"seeds-docs/traces/lm-planner/gpt-4o/{VITKD}.md",
            [
                "- **Verdict**: matched: [Masking ratio](#gold-reviewer-1) *2 of 2 judges: gpt-4o, o3-mini*",
                "- **Verdict**: not matched *1 of 2 judges: gpt-4o*",
                "| gpt-4o | 0.50 | 0.33 | 0.40 | 0.47 |\n| o3-mini | 1.00 | 0.67 | 0.80 | – |",
                "### Masking ratio { #gold-reviewer-1 }\n\n- REPLACE share of tokens that are masked\n",
                "- **Found by**: [Ablation Study on Masked Ratio](#study-masked-ratio-",
                "3 ablations, 2 of them found by no study of this plan. Source: invented for the tests",
            ],
        ),
        (
            "seeds-docs/traces/lm-planner/gpt-4o/long-context-transfer-from-language-to-vision.md",
            ["- **Verdict**: matched\n", "- **Verdict**: not judged\n", "| gpt-4o | 1.00 | 0.50 | 0.67 | – |"],
        ),
        (f"corpus-docs/traces/lm-planner/claude-3-5-sonnet/{TIDES}.md", ["- **Verdict**: not judged\n"]),
        (
            f"corpus-docs/papers/{TIDES}.md",
            [
                "### No tidal encoding { #gold-author-1 }",
                "4 ablations, 1 of them found by no plan.",
                "### A second storm surge model { #gold-author-4 }\n\n- **Found by**: nobody\n",
                "3 ablations, not listed one by one.",
                " · matched",
                " · not matched",
            ],
        ),
        ("corpus-docs/planners/lm-planner/index.md", ["| 0.54 | 0.50–0.57 | 0.45 | 0.75 | – | 2 | gpt-4o |"]),
        (
            "corpus-docs/planners/lm-planner/gpt-4o.md",
            ["| **gpt-4o, lm-planner** | 0.40 | – | 0.50 |"],
        ),
        (
            "corpus-docs/data/index.md",
            [
                "### gold { #gold }",
                "`studies[].verdict`",
                "matched or not matched",
            ],
        ),
    ],
)
def test_a_page_says_what_judges_say(judged: Path, page: str, texts: list[str]) -> None:
    found = (judged / page).read_text("utf-8")
    assert [text for text in texts if text not in found] == []


def test_without_verdicts_there_is_no_word_of_them(docs: Path) -> None:
    pages = [path for path in docs.rglob("*") if path.suffix in {".md", ".json", ".txt"} and path.name != "problems.md"]
    assert [path for path in pages if re.search(r"\b(verdicts?|gold)\b", path.read_text("utf-8"))] == []
    assert not [*docs.rglob("verdicts.*"), *docs.rglob("gold.*")]


def test_the_explorer_counts_studies_by_verdict(judged: Path) -> None:
    facets = json.loads((judged / "corpus-docs/data/studies/facets.json").read_text("utf-8"))
    names, column = facets["values"]["verdict"], facets["columns"]["verdict"]
    counts = {name: column.count(at) for at, name in enumerate(names)}
    assert counts == {"not judged": 61, "not matched": 18, "matched": 14}


@pytest.mark.parametrize("name", ["gold", "verdicts"])
def test_data_files_hold_what_their_schema_says_and_are_seeds_again(judged: Path, tmp_path: Path, name: str) -> None:
    data = judged / "corpus-docs" / "data"
    lines = [json.loads(line) for line in (data / f"{name}.jsonl").read_text("utf-8").splitlines()]
    schema = schema_validator(json.loads((data / "schemas" / f"{name}.json").read_text("utf-8")))
    assert lines
    assert [error.message for line in lines for error in schema.iter_errors(line)] == []
    assert parquet.read_table(data / f"{name}.parquet").to_pylist() == lines
    for table in ("traces", "papers", "gold", "verdicts"):
        shutil.copy(data / f"{table}.jsonl", tmp_path)
    again, before = check(tmp_path)[0], check(judged / "corpus")[0]
    found, expected = (
        (
            {key: [replace(one, seed="") for one in judges] for key, judges in corpus.verdicts.items()},
            {key: (one.ablations, one.total, one.source) for key, one in corpus.gold.items()},
        )
        for corpus in (again, before)
    )
    assert found == expected


def test_a_verdict_may_be_json_on_one_line_or_many(tmp_path: Path) -> None:
    trace, text = a_trace(), {"trace": a_trace().id, "judge": "gpt-4o", "studies": [], "f1": 0.5}
    for at, indent in enumerate((None, 2)):
        (tmp_path / "trace.md").write_text(raw_trace(trace), "utf-8")
        (tmp_path / f"{at}.json").write_text(json.dumps(text | {"judge": f"judge {at}"}, indent=indent), "utf-8")
    assert [one.f1 for one in check(tmp_path)[0].verdicts[trace.id]] == [0.5, 0.5]


def figures(outcomes: list[tuple[bool, list[str]]], gold: Gold | None) -> tuple[float | None, ...]:
    """Precision, recall and F1 that a verdict without figures gets."""
    studies = tuple(a_study(name=f"Study {at}", anchor=f"study-{at}") for at in range(len(outcomes)))
    said = tuple(
        JudgedStudy(f"study {at}", Outcome.MATCHED if matched else Outcome.NOT_MATCHED, tuple(names))
        for at, (matched, names) in enumerate(outcomes)
    )
    trace = a_trace(studies=studies)
    verdict = Verdict("v.yml", trace.id, "gpt-4o", said)
    corpus, diagnostics = link([trace, verdict, *([gold] if gold else [])])
    assert diagnostics == []
    (one,) = corpus.verdicts[trace.id]
    return one.precision, one.recall, one.f1


LISTED = Gold("g.yml", "Knitting with Robots", Task.REVIEWER, tuple(map(GoldAblation, ("Yarn", "Needle", "Tempo"))))
COUNTED = Gold("g.yml", "Knitting with Robots", Task.REVIEWER, total=2)


@pytest.mark.parametrize(
    ("outcomes", "gold", "expected"),
    [
        ([(True, ["Yarn"]), (False, [])], LISTED, (1 / 2, 1 / 3, 2 / 5)),
        ([(True, ["yarn", "NEEDLE"]), (False, [])], LISTED, (2 / 3, 2 / 3, 2 / 3)),
        ([(True, ["Yarn"]), (True, ["Yarn"])], LISTED, (1, 1 / 3, 1 / 2)),
        ([(False, [])], LISTED, (0, 0, 0)),
        ([(True, []), (True, []), (True, []), (False, [])], COUNTED, (2 / 3, 1, 4 / 5)),
        ([(True, []), (False, [])], None, (1 / 2, None, None)),
        ([], LISTED, (None, None, None)),
    ],
)
def test_figures_are_counted_as_the_benchmark_does(
    outcomes: list[tuple[bool, list[str]]], gold: Gold | None, expected: tuple[float | None, ...]
) -> None:
    assert figures(outcomes, gold) == pytest.approx(expected, abs=1e-4)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=12))
def test_an_interval_lies_among_the_values_and_is_the_same_each_time(values: list[float]) -> None:
    low, high = bootstrap_interval(values) or (0, 0)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert bootstrap_interval(values) == (low, high)


def test_a_reviewer_of_a_change_sees_what_judges_say_otherwise(judged: Path, corpus: Corpus) -> None:
    diff = diff_corpora(corpus, check(judged / "corpus")[0])
    assert [(one.state, [change.field for change in one.changes]) for one in diff.papers] == [
        (State.CHANGED, ["gold ablations, author task"]),
        (State.CHANGED, ["gold ablations, author task", "gold ablations, reviewer task"]),
    ]
    assert len(diff.traces) == 9
    assert {change.field for one in diff.traces for change in one.changes} == {"verdicts"}
    assert "+ gpt-4o: study-tidal-encoding-3f158e matched, No tidal encoding" in report(diff)
