"""Evaluations, datasets and documents bring verdicts and gold ablations in, beside the invented corpus."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import FIXTURES
from examples import check
from pyarrow import Table, parquet

from generator.__main__ import main
from generator.diagnostics import Code
from generator.loading.trace_document import serialize_trace

CASES = sorted((FIXTURES / "evaluations").iterdir())
BESIDE = FIXTURES / "evaluations" / "author-by-a-model" / "source"


@pytest.fixture(autouse=True)
def here(corpus_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(corpus_folder, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bring(source: Path | str, *options: str) -> int:
    return main(["import", str(source), "--seeds", "seeds", *options])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_source_says_of_traces_becomes_seeds(
    case: Path, here: Path, golden: Callable[[Path, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(case / "source", "source")
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    options = (case / "options").read_text("utf-8").split()
    assert bring("source", *options) == 0
    output = capsys.readouterr()
    added = sorted(path for path in here.rglob("*") if path.is_file() and before.get(path) != path.read_bytes())
    stored = [f"=== {path.relative_to(here)}\n{path.read_text('utf-8')}" for path in added]
    golden(case / "expected.txt", f"{output.err}\n{output.out}\n{''.join(stored)}")
    assert bring("source", *options) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"0 added, {len(added)} unchanged, 0 changed, 0 refused"
    corpus, _ = check(here / "seeds")
    assert corpus.verdicts or corpus.gold


@pytest.mark.parametrize("code", [Code.SWAPPED_SIDES, Code.DROPPED_CLAIM, Code.UNMATCHED_VERDICT])
def test_what_is_odd_about_an_evaluation_is_told(code: Code) -> None:
    assert any(f"[{code}]" in (case / "expected.txt").read_text("utf-8") for case in CASES)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("", "does not say whose; add --planner, --model"),
        ("--planner lm-planner", "does not say whose; add --model"),
        ("--planner lm-planner --model openai/gpt-4o", "--model openai/gpt-4o: a name has no slash, write gpt-4o"),
    ],
)
def test_an_evaluation_asks_for_what_it_does_not_say(
    options: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        bring(BESIDE, *options.split())
    assert said in capsys.readouterr().err


def test_a_vote_of_several_judges_asks_for_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bring(FIXTURES / "evaluations/majority-vote/source", "--planner", "lm-planner", "--model", "o3-mini")
    assert "add --judge" in capsys.readouterr().err


def test_a_dataset_may_be_parquet(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (FIXTURES / "evaluations/dataset/source/author/test.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    listed = [{"id": row["id"], "ablations_in_paper": json.loads(row["ablations_in_paper"])} for row in rows[2:]]
    parquet.write_table(Table.from_pylist(rows), "text.parquet")
    parquet.write_table(Table.from_pylist([{**listed[0], "id": "sorbet"}]), "lists.parquet")
    assert bring("text.parquet") == 0
    assert bring("lists.parquet") == 0
    assert (here / "seeds/gold/author/sorbet.yml").read_text("utf-8").endswith("ablations:\n- name: x\n")
    assert capsys.readouterr().out.count("1 added") == 2


def test_the_data_files_of_a_site_bring_verdicts_with_them(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(FIXTURES / "verdicts" / "corpus") == 0
    added = len([*here.rglob("gold/*/*.yml"), *here.rglob("verdicts/*/*/*/*.yml")])
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"{added} added, 0 unchanged")
    assert added == 18


def test_another_verdict_of_a_judge_needs_an_update(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--planner", "lm-planner", "--model", "o3-mini")
    shutil.copytree(BESIDE, "source")
    bring("source", *options)
    seed = here / "seeds/verdicts/gpt-4o-2024-08-06/lm-planner/o3-mini/sorbet.yml"
    before = seed.read_text("utf-8")
    Path("source/sorbet.jsonl").write_text('{"name_in_paper": "Seeds", "name_in_plan": "Seeds"}', "utf-8")
    assert bring("source", *options) == 0
    assert capsys.readouterr().out.endswith("0 added, 1 unchanged, 1 changed, 0 refused\n")
    assert seed.read_text("utf-8") == before
    assert bring("source", *options, "--update") == 0
    assert seed.read_text("utf-8") != before


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"precision": 50}, "'precision' is the number 50, expected a number from 0 to 1"),
        ({"f1_score": 1.5}, "'f1' is the number 1.5, expected a number from 0 to 1"),
        ({"recall": "half"}, "'recall' is the text 'half', expected a number from 0 to 1"),
    ],
)
def test_a_verdict_that_no_seed_may_hold_is_refused(
    figures: dict[str, object], said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(BESIDE, "source")
    list_of_papers = Path("source/evaluations.json")
    papers = json.loads(list_of_papers.read_text("utf-8"))
    list_of_papers.write_text(json.dumps([paper | figures for paper in papers]), "utf-8")
    before = {path for path in here.rglob("seeds/**/*") if path.is_file()}
    assert bring("source", "--planner", "lm-planner", "--model", "o3-mini") == 1
    output = capsys.readouterr()
    assert f"source/evaluations.json (paper 1): error: {said}" in output.err
    assert "precision: 0.25" in output.err.partition("e.g.")[2]
    assert output.out.splitlines()[-1] == "0 added, 0 unchanged, 0 changed, 2 refused"
    assert {path for path in here.rglob("seeds/**/*") if path.is_file()} == before


def test_a_figure_may_be_a_text(here: Path) -> None:
    shutil.copytree(BESIDE, "source")
    Path("source/evaluations.json").write_text('[{"id": "sorbet", "recall": "0.5"}]', "utf-8")
    assert bring("source", "--planner", "lm-planner", "--model", "o3-mini") == 0
    (verdict,) = here.rglob("seeds/verdicts/**/o3-mini/sorbet.yml")
    assert "recall: 0.5\n" in verdict.read_text("utf-8")


def test_what_a_judge_says_is_true_or_false(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(FIXTURES / "evaluations" / "reviewer" / "source", "source")
    file = next(Path("source").glob("*.jsonl"))
    file.write_text('{"name_in_plan": "x", "appears_in_review": "false"}\n', "utf-8")
    options = (FIXTURES / "evaluations" / "reviewer" / "options").read_text("utf-8").split()
    assert bring("source", *options) == 1
    said = capsys.readouterr().err
    assert f"{file}:1: error: 'appears_in_review' is '\"false\"', expected true or false" in said


def test_an_evaluation_without_its_list_is_none_of_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(BESIDE, "source")
    Path("source/evaluations.json").unlink()
    assert bring("source", "--planner", "lm-planner", "--model", "o3-mini") == 1
    assert "source/evaluations.json: error: cannot be read (No such file" in capsys.readouterr().err


def test_broken_json_of_an_evaluation_is_told_at_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(BESIDE, "source")
    Path("source/evaluations.json").write_text('[{"id": "sorbet",}]', "utf-8")
    assert bring("source", "--planner", "lm-planner", "--model", "o3-mini") == 1
    assert "source/evaluations.json:1:18: error: broken JSON" in capsys.readouterr().err


def test_of_several_runs_that_one_is_judged_which_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (trace,) = (one for one in check(here / "seeds")[0].traces if one.id == "lm-planner/o3-mini/sorbet")
    (here / "seeds" / "again.md").write_text(serialize_trace(replace(trace, run=2)), "utf-8")
    options = ("--planner", "lm-planner", "--model", "o3-mini")
    bring(BESIDE, *options)
    assert "2 traces of lm-planner, o3-mini, 'sorbet'" in capsys.readouterr().err
    bring(BESIDE, *options, "--run", "2")
    assert "verdicts/gpt-4o-2024-08-06/lm-planner/o3-mini/sorbet-run-2.yml\n" in capsys.readouterr().out
