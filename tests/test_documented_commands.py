"""Commands in the pages that newcomers read are run as they stand there, on a bare machine with a checkout."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from checkouts import a_repository, equip, git, run
from conftest import FIXTURES, ROOT
from examples import a_trace, raw_trace

from generator.docs_folder import generated_files

pytestmark = pytest.mark.slow
PAGES = ("README.md", "CONTRIBUTING.md", "docs/contributing.md", "docs/runs.md", "docs/publish-your-own.md")
_PROGRAM = r"make|git|cd|npm|pip|pre-commit|\.ci/run|(?:\.venv/bin/)?(?:mkdocs|python3?)"
_COMMAND = re.compile(rf"(?:\w+=\S+ )?(?:{_PROGRAM})(?: |$)")
_BLOCK = re.compile(r"^(?: {4,})(\S.*?(?:\\\n.*?)*)$", re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
# What is too long to run here, asks a person, or needs what no test machine has; and what runs the same.
ELSEWHERE = {
    "make serve": "tests/website/test_preview.py",
    "make serve SEEDS=~/runs": "tests/website/test_preview.py",
    "make site": "tests/website/conftest.py",
    "make test": ".ci/run",
    "make test-quick": "Makefile",
    "make test-builders": ".ci/run",
    "make lint": ".ci/run",
    "make format": "Makefile",
    "make lock": "Makefile",
    "make bench": "tests/test_bench.py",
    "make bench BENCH_SEEDS=~/runs": "tests/test_bench.py",
    "make fuzz": "tests/test_fuzz.py",
    "make portal": "tests/website/test_parts.py",
    "make audit": ".github/workflows/audit.yml",
    "make sbom": "tests/test_licences.py",
    ".ci/run": ".github/workflows/test.yml",
    "pip install .": "tests/test_packaging.py",
    "pre-commit install": "tests/test_pull_request.py",
    ".venv/bin/mkdocs build": "tests/website/test_builds.py",
    ".venv/bin/python -m generator pages && zensical build && .venv/bin/python -m generator finish site": (
        "tests/website/test_builders.py"
    ),
    ".venv/bin/python -m generator new trace": "tests/importing/test_scaffolding.py",
    ".venv/bin/python -m generator import": "tests/importing/test_import.py",
    ".venv/bin/python -m generator import eval/20250212 --planner lm-planner --model gpt-4o": (
        "tests/importing/test_judgements.py"
    ),
    "make messages": "Makefile",
    "npm install --prefix /tmp/temml temml": "tests/formulas.py",
    "PYTHONPATH=. .venv/bin/python tests/formulas.py /tmp/temml": "tests/formulas.py",
    "python3 -m http.server": "tests/website/serving.py",
    "python3 -m http.server --directory public": "tests/website/serving.py",
    ".venv/bin/python -m generator import ~/more": "tests/importing/test_import.py",
    "git lfs pull": "tests/importing/test_import.py",
}


def commands(page: str) -> list[str]:
    """The commands of a page, in their order: lines of its blocks, and those in its sentences."""
    text = re.sub(r"\n+", "\n", (ROOT / page).read_text("utf-8"))
    found = {block.start(1): block[1] for block in _BLOCK.finditer(text)}
    found |= {span.start(1): span[1] for span in _SPAN.finditer(text)}
    lines = [re.sub(r"\s*\\\n\s*", " ", found[at]).partition("   #")[0].strip() for at in sorted(found)]
    return list(dict.fromkeys(line for line in lines if _COMMAND.match(line)))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clone of the project with an environment, and what the commands speak of beside it, in the home folder.

    Whatever is cloned from GitHub comes from here, with the environment that `make` would set up.
    """
    a_repository(tmp_path / "ablation-atlas/ablation-atlas")
    page = shutil.copytree(FIXTURES / "corpus", tmp_path / "ablation-bench/ablation-bench.github.io")
    git(page, "init --quiet && git add --all && git commit --quiet --message 'The page'")
    equipped = equip(tmp_path / "equipped")
    hook = tmp_path / "templates/hooks/post-checkout"
    github = f'[url "{tmp_path}/"]\n  insteadOf = https://github.com/\n[init]\n  templateDir = {tmp_path}/templates\n'
    trace = raw_trace(a_trace())
    study = {"name": "Gate", "ablated_part": "the gate", "action": "REMOVE", "metrics": ["F1"]}
    made = {
        tmp_path / "gitconfig": github,
        hook: f"#!/bin/sh\n[ ! -f Makefile ] || cp -r {equipped}/. .\n",
        tmp_path / "inbox/issue-12.md": trace,
        equipped / "SOURCE": trace,
        equipped / "seeds/traces/new.md": trace.replace("gpt-4o", "kettle-9b"),
        equipped / "titles.csv": "id,title\nmoss,Moss: A Survey\n",
        equipped / "runs/20250211/plans.json": "{}",
        equipped / "runs/20250211/moss.jsonl": json.dumps(study),
        equipped / "runs/20250211/moss.json.log": '{"choices": [{"message": {"content": "<discussion>Why."}}]}',
    }
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    hook.chmod(0o755)
    shutil.copytree(ROOT / "tests/website/seeds/explorer", tmp_path / "runs")
    # Set up for good, for the project of one's own too, which would download what it needs.
    os.utime(equipped / ".venv/ready", (2**31, 2**31))
    (tmp_path / "you/my-corpus").mkdir(parents=True)
    git(tmp_path / "you/my-corpus", "init --quiet --bare")
    run(tmp_path, "git clone https://github.com/ablation-atlas/ablation-atlas checkout", **settings(tmp_path))
    return tmp_path / "checkout"


def settings(folder: Path) -> dict[str, str]:
    own = {"VENV": str(folder / "equipped" / ".venv"), "PYTHONPATH": str(folder / "checkout")}
    return own | {"GIT_CONFIG_GLOBAL": str(folder / "gitconfig")}


@pytest.mark.parametrize("page", PAGES)
def test_each_command_is_run_as_it_stands_on_the_page(page: str, checkout: Path, tmp_path: Path) -> None:
    script = "\n".join(command for command in commands(page) if command not in ELSEWHERE)
    assert script
    done = run(checkout, script.replace("/tmp/", f"{tmp_path}/"), **settings(tmp_path))  # noqa: S108 -- as it stands there
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_run_elsewhere_is_on_a_page_and_there() -> None:
    assert ELSEWHERE.keys() - {command for page in PAGES for command in commands(page)} == set()
    assert [place for place in ELSEWHERE.values() if not (ROOT / place).is_file()] == []
    targets = {command.split()[1] for command in ELSEWHERE if command.startswith("make ")}
    assert targets - set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)) == set()


def test_links_of_written_pages_lead_to_written_pages() -> None:
    """GitHub shows these pages too, and there are no others there but its own, above the repository."""
    made = {(ROOT / "docs" / name).resolve() for name in generated_files(ROOT / "docs")}
    pages = {path.resolve() for folder in (ROOT, ROOT / "docs") for path in folder.glob("*.md")} - made
    links = re.compile(r"\]\((?!https?:|#|mailto:|\.\./\.\./)([^)#\s]+)")
    leads = {page: [page.parent / link for link in links.findall(page.read_text("utf-8"))] for page in pages}
    dead = {page: [to for to in found if to.resolve() in made or not to.exists()] for page, found in leads.items()}
    assert {page: found for page, found in dead.items() if found} == {}
