"""The pull-request workflow's own commands, on a checkout such as GitHub's: a shallow clone of the merge commit."""

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from checkouts import a_repository, equip, git, run
from conftest import ROOT

pytestmark = pytest.mark.slow
WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows/pull-request.yml").read_text("utf-8"))
JOBS: dict[str, dict[str, Any]] = WORKFLOW["jobs"]
TIDE = "seeds/lm-planner/gpt-4o/TideFormer__Forecasting_Coastal_Flooding_from_Sparse_Gauges.md"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of the project in which a branch for a contribution is checked out."""
    folder = a_repository(tmp_path / "origin")
    git(folder, "switch --quiet --create contribution")
    return folder


@pytest.fixture
def checkout(repository: Path, tmp_path: Path) -> Callable[[], Path]:
    """Commits what was changed, merges it as GitHub does, and checks the merge out as the runner does."""

    def merged() -> Path:
        git(repository, "add --all && git commit --quiet --message 'A contribution'")
        git(repository, "switch --quiet main && git merge --quiet --no-ff --message Merge contribution")
        depth = JOBS["seeds"]["steps"][0]["with"]["fetch-depth"]
        git(tmp_path, f"clone --quiet --depth {depth} 'file://{repository}' checkout")
        return equip(tmp_path / "checkout")

    return merged


def steps(job: str) -> list[str]:
    return [step["run"] for step in JOBS[job]["steps"] if "run" in step]


def contribute(repository: Path) -> None:
    """A contribution that adds a trace, corrects another and removes a third."""
    tide = repository / TIDE
    tide.write_text(tide.read_text("utf-8").replace("- learned position", "- random position"), "utf-8")
    solar = (repository / "seeds/lm-planner/o3-mini/solar.md").read_text("utf-8")
    (repository / "seeds/new.md").write_text(solar.replace("lm-planner/o3-mini/", "lm-planner/kettle-9b/"), "utf-8")
    (repository / "seeds/lm-planner/o3-mini/hexchess.md").unlink()


def headings(report: str) -> list[str]:
    return re.findall("^## (?:Trace|Paper|Summary) .*$", report, re.MULTILINE)


EFFECT = [
    "## Trace removed: `lm-planner/o3-mini/hexchess`",
    "## Trace changed: `lm-planner/gpt-4o/tideformer-forecasting-coastal-flooding-from-sparse-gauges`",
    "## Trace added: `lm-planner/kettle-9b/pricing-rooftop-solar-with-counterfactual-auctions`",
    "## Paper removed: `hexchess`",
]


def test_a_contribution_is_checked_and_its_effect_summarised(
    repository: Path, checkout: Callable[[], Path], tmp_path: Path
) -> None:
    contribute(repository)
    folder, summary = checkout(), tmp_path / "summary.md"
    for command in steps("seeds"):
        done = run(folder, command, GITHUB_STEP_SUMMARY=str(summary))
        assert done.returncode == 0, done.stdout + done.stderr
    report = summary.read_text("utf-8")
    assert report.startswith("# What readers will see\n")
    assert headings(report) == EFFECT
    assert "- `papers/hexchess/`" in report
    assert git(folder, "status --short") == ""


def test_the_same_report_is_had_at_home_before_anything_is_committed(repository: Path) -> None:
    contribute(equip(repository))
    # Main goes on meanwhile: what others did there is no effect of the contribution.
    git(repository, "stash --quiet --include-untracked && git switch --quiet main")
    (repository / "seeds/lm-planner/o3-mini/sorbet.md").unlink()
    git(repository, "commit --quiet --all --message 'Another contribution'")
    git(repository, "switch --quiet contribution && git stash pop --quiet")
    done = run(repository, "make effect BASE=main")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# What readers will see\n")
    assert headings(done.stdout) == EFFECT


def test_a_broken_seed_is_annotated_where_it_is_broken(repository: Path, checkout: Callable[[], Path]) -> None:
    tide = repository / TIDE
    text = tide.read_text("utf-8").replace("**Action**: REMOVE", "**Action**: SWAP")
    tide.write_text(text, "utf-8")
    line = text.split("\n").index("- **Action**: SWAP") + 1
    done = run(checkout(), steps("seeds")[0])
    assert done.returncode != 0
    assert re.search(rf"^::error .*file={re.escape(TIDE)},line={line}\b.*::.*SWAP", done.stdout, re.MULTILINE)


def test_the_whole_site_is_built_where_it_is_taken_from() -> None:
    (command,) = steps("site")
    (built,) = re.findall(r'-m generator build .*--out "(.*)"$', run(ROOT, f"{command} --dry-run").stdout, re.MULTILINE)
    (upload,) = (step["with"]["path"] for step in JOBS["site"]["steps"] if "upload-artifact" in step.get("uses", ""))
    assert upload == built


def test_what_an_effect_lacks_is_said_with_its_remedy(repository: Path, tmp_path: Path) -> None:
    assert "'git fetch'" in refused(repository, "nowhere")
    run(tmp_path, f"git clone --quiet --depth 1 --branch main file://{repository} shallow")
    git(repository, "switch --quiet main && git commit --quiet --allow-empty --message 'Main goes on'")
    git(tmp_path / "shallow", "commit --quiet --allow-empty --message Mine && git fetch --quiet --depth 1 origin main")
    assert "'git fetch --unshallow'" in refused(tmp_path / "shallow", "FETCH_HEAD")
    shutil.rmtree(repository / ".git")
    assert "no commit main is known here" in refused(repository, "main")


def refused(folder: Path, base: str) -> str:
    done = run(folder if (folder / ".venv").exists() else equip(folder), f"make --silent effect BASE={base}")
    assert (done.returncode != 0, done.stdout) == (True, "")
    return done.stderr


def test_each_test_runs_in_one_job() -> None:
    assert steps("test") == ["make ${{ matrix.part }}"]
    parts = [part for part in JOBS["test"]["strategy"]["matrix"]["part"] if part.startswith("test")]
    # What `make` would run, were the environments there.
    found = [re.findall(r"-m pytest (.*)$", run(ROOT, f"make --dry-run {part}").stdout, re.MULTILINE) for part in parts]
    (everything_else,), (of_builders,) = found
    assert everything_else.endswith(' -m "not builders"')
    assert of_builders == "-m builders tests/website"
    marked = [path for path in (ROOT / "tests").rglob("test_*.py") if "mark.builders" in path.read_text("utf-8")]
    assert {path.parent.name for path in marked if path != Path(__file__)} == {"website"}


def test_a_pull_request_gets_no_secret_and_may_write_nothing() -> None:
    # YAML reads the key `on` as true.
    assert WORKFLOW[True] == "pull_request"
    assert WORKFLOW["permissions"] == {}
    assert [job["permissions"] for job in JOBS.values()] == [{"contents": "read"}] * len(JOBS)
    expressions = re.findall(r"\${{(.*?)}}", (ROOT / ".github/workflows/pull-request.yml").read_text("utf-8"))
    assert {expression.strip() for expression in expressions} == {"github.ref", "matrix.part"}


def test_only_staged_seeds_are_checked_before_a_commit(repository: Path, tmp_path: Path) -> None:
    equip(repository)
    git(repository, "add --all")
    contribute(repository)
    (repository / "seeds/new.md").unlink()
    hook = f"{sys.executable} -m pre_commit run check"
    variables = {"PRE_COMMIT_HOME": str(tmp_path / "cache")}
    done = run(repository, hook, **variables)
    assert (done.returncode, "Skipped" in done.stdout) == (0, True), done.stdout + done.stderr
    tide = repository / TIDE
    tide.write_text(tide.read_text("utf-8").replace("**Action**: REMOVE", "**Action**: SWAP"), "utf-8")
    git(repository, "add --all")
    done = run(repository, hook, **variables)
    assert done.returncode == 1
    assert re.search(rf"{re.escape(TIDE)}:\d+:.*SWAP", done.stdout)
