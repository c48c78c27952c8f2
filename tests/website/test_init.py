"""Anyone's corpus: a project of its own, whose site names whoever publishes it and nobody else."""

import gzip
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from examples import a_study, a_trace, raw_trace
from test_publication import INSTANCE

from generator.__main__ import main
from generator.publication import Held, Origin, read_publication
from website.commands import Run, run
from website.test_fixing import REPOSITORY, form

ROOT = Path(__file__).parents[2]
ANSWERS = {
    "name": "Ivy & Loom <Plans>",
    "url": "https://looms.example/plans/",
    "repository": "https://github.com/looms/plans",
    "publisher": "Loom Lab",
    "runner": "Weavers",
    "runner-url": "https://weavers.example",
    "texts-language": "en",
    "licence": "CC BY 4.0",
    "licence-url": "https://creativecommons.org/licenses/by/4.0/",
    "canary": "new",
}
# In these a project differs from this one, but for its answers and the pages in its navigation.
OWN = {"site_name", "site_description", "site_url", "repo_url", "copyright", "watch", "nav"}
# Where pages are edited differs from host to host; projects begin with GitHub's.
OWN |= set() if "github.com/" in REPOSITORY else {"edit_uri"}


def init(folder: Path, *arguments: str) -> Run:
    return run(folder, "-m", "generator", "init", *arguments, PYTHONPATH=str(ROOT))


@pytest.fixture(scope="module")
def looms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the runs of three planners and four models, and its site."""
    folder = tmp_path_factory.mktemp("init")
    runs = folder / "runs"
    runs.mkdir()
    for number in range(12):
        study = a_study(ablated_part=f"heddle {number % 3}", anchor="")
        names = {"planner": f"loom-{number % 3}", "model": f"shuttle-{number // 3}", "name": f"Weaving_{number % 2}"}
        (runs / f"{number}.md").write_text(raw_trace(a_trace(**names, studies=(study,))), "utf-8")
    options = [text for name, answer in ANSWERS.items() for text in (f"--{name}", answer)]
    done = init(folder, "looms", "--runs", "runs", *options)
    assert done.status == 0, done.output
    assert "12 added" in done.output
    done = run(folder / "looms", "-m", "generator", "build", PYTHONPATH=str(ROOT))
    assert done.status == 0, done.output
    return folder / "looms"


def test_no_published_byte_names_another_corpus(looms: Path) -> None:
    published = [path for path in (looms / "site").rglob("*") if path.is_file()]
    assert len(published) > 100
    for path in published:
        data = path.read_bytes()
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8", "ignore")
        assert not INSTANCE.search(text), path
        assert not INSTANCE.search(path.name)


def test_a_new_project_answers_what_it_was_told_and_nothing_is_wrong_with_it(looms: Path) -> None:
    done = run(looms, "-m", "generator", "check", PYTHONPATH=str(ROOT))
    assert done.output == "12 traces with 12 studies of 2 papers: no errors\n"
    found = read_publication(looms / "mkdocs.yml", looms / "docs")
    assert (found.name, found.url, found.publisher) == (
        "Ivy & Loom <Plans>",
        "https://looms.example/plans/",
        "Loom Lab",
    )
    assert found.sources == (Origin("Weavers", "https://weavers.example", Held.TRACES),)
    assert re.fullmatch("ivy-loom-plans canary [0-9a-f-]{36}", found.canary)
    home = (looms / "site" / "index.html").read_text("utf-8")
    assert "<h1" in home
    assert "Ivy &amp; Loom &lt;Plans&gt;" in home


def test_a_new_project_is_set_up_as_this_one_is(looms: Path) -> None:
    ours, theirs = (configuration(folder) for folder in (ROOT, looms))
    for one in (ours, theirs):
        one["theme"].pop("custom_dir", None)
        one["extra"].pop("corpus")
    assert {key: value for key, value in theirs.items() if key not in OWN} == {
        key: value for key, value in ours.items() if key not in OWN
    }
    place = ".github/ISSUE_TEMPLATE/fix.yml"
    assert form(looms / place).keys() | {"licence"} == form(ROOT / place).keys()
    actions = [
        set(re.findall(r"uses: (\S+)", (folder / ".github" / "workflows" / name).read_text("utf-8")))
        for folder, name in ((looms, "check.yml"), (ROOT, "pull-request.yml"))
    ]
    assert actions[0] <= actions[1]
    assert re.fullmatch(
        r"ablation-atlas @ git\+https://\S+@[0-9a-f]{40}\n", (looms / "generator.txt").read_text("utf-8")
    )
    # Nothing that a run writes is ever committed.
    subprocess.run(["git", "init", "--quiet"], cwd=looms, check=True)  # noqa: S607
    assert run(looms, "-m", "generator", "pages", PYTHONPATH=str(ROOT)).status == 0
    command = ["git", "ls-files", "--others", "--exclude-standard", "docs"]
    shown = subprocess.run(command, cwd=looms, check=True, capture_output=True, text=True).stdout.split()
    assert shown == ["docs/_headers", "docs/about.md", "docs/home.md"]


def configuration(folder: Path) -> dict[str, Any]:
    text = (folder / "mkdocs.yml").read_text("utf-8")
    return yaml.safe_load(re.sub(r"!ENV \[.*\]", '""', text))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["full", "--name", "Looms"], "full: error: there is something already"),
        (["new"], "add --name, or answer at a terminal"),
        (["new", "--name", "Looms", "--url", "looms.example"], "--url looms.example: expected an http(s) address"),
        (["new", "--name", "Looms\nb", "--language", "English"], "--language English: expected the code of a language"),
        (
            ["new", "--name", "Looms", "--language", "qq"],
            "--language qq: expected the code of a language that Material",
        ),
        (["new", "--name", "Looms", "--runs", "nowhere"], "nowhere: error: no such file or folder"),
        (["new", "--name", "Looms", "--runs", "full"], "full: error: nothing to import"),
    ],
)
def test_what_cannot_be_made_leaves_nothing(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note.txt").write_text("Mine.", "utf-8")
    monkeypatch.chdir(tmp_path)
    try:
        status: object = main(["init", *arguments])
    except SystemExit as end:
        status = end.code
    assert status in {1, 2}
    assert told in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["full", "note.txt"]


def test_without_runs_there_is_an_example_and_what_is_open_is_told(tmp_path: Path) -> None:
    assert init(tmp_path, "new", "--name", "Looms").status == 0
    done = run(tmp_path / "new", "-m", "generator", "check", PYTHONPATH=str(ROOT))
    assert done.status == 0
    assert done.output.count("[unanswered-question]") == 5
    assert "1 trace with 1 study of 1 paper: no errors" in done.output


@pytest.mark.parametrize(("language", "home"), [("de", "Was würde ein Sprachmodell"), ("fr", "What would a language")])
def test_a_project_begins_in_the_language_of_its_site_or_in_english(language: str, home: str, tmp_path: Path) -> None:
    assert init(tmp_path, "new", "--name", "Looms", "--language", language).status == 0
    texts = {path.name: path.read_text("utf-8") for path in (tmp_path / "new" / "docs").glob("*.md")}
    assert texts.keys() == {"about.md", "home.md"}
    assert texts["home.md"].startswith(f"# Looms\n\n{home}")
    assert read_publication(tmp_path / "new" / "mkdocs.yml", tmp_path / "new" / "docs").language == language
