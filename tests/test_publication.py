"""What a site says of its publisher is what mkdocs.yml answers, and nothing else."""

import re
import subprocess
from pathlib import Path

import pytest
from examples import URL, cases, data_files, planned

from generator.citing import Edition, cite_corpus
from generator.exports import llms_file
from generator.model import Corpus
from generator.publication import Held, Origin, Publication, look_up, read_publication

ROOT = Path(__file__).parent.parent
# What stands nowhere but in the answers of this project.
INSTANCE = re.compile("ablation.?atlas|ablationbench|arxivlens|5d9c0e8a", re.IGNORECASE)
# The only files that name this project, and why; those of a fork name the fork, or stay as they are.
NAMING = {
    "mkdocs.yml": "the answers",
    "docs/home.md": "an answer: the words of the home page",
    "docs/about.md": "an answer: what this corpus is, and where it is from",
    "seeds/README.md": "an answer: where these seeds are from",
    ".github/CODEOWNERS": "GitHub knows owners by name alone",
    "README.md": "presents this project",
    "CHANGELOG.md": "tells what changed in this project",
    "CITATION.cff": "cites this project's code",
    "LICENSE": "the code's authors license it",
    "pyproject.toml": "the name of the generator's package, and where it is from",
    "docs/publish-your-own.md": "where the generator is from, for those who start a project of their own",
}


def configured(folder: Path, text: str) -> Path:
    path = folder / "mkdocs.yml"
    path.write_text(text, "utf-8")
    return path


def test_a_configuration_answers_who_publishes_what(tmp_path: Path) -> None:
    (tmp_path / "home.md").write_text("# Our looms\n", "utf-8")
    found = read_publication(configured(tmp_path, cases("publication", "whole")), tmp_path)
    assert found == Publication(
        url="https://looms.example/plans/",
        home_text="# Our looms\n",
        name="Loom Plans",
        author="Ada Weaver",
        language="de",
        short_name="looms",
        publisher="Loom Lab",
        sources=(Origin("Loom Lab", "https://lab.example"), Origin("Digests", holds=Held.SUMMARIES)),
        licence="CC BY 4.0",
    )


@pytest.mark.parametrize(("text", "told"), cases("publication", "told"))
def test_what_is_wrong_with_an_answer_or_missing_is_told(
    text: str, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = sorted(map(str, look_up(configured(tmp_path, text), tmp_path).diagnostics))
    assert [line[: len(start)] for line, start in zip(found, sorted(told), strict=True)] == sorted(told)


def test_this_project_has_answered_everything() -> None:
    assert look_up(ROOT / "mkdocs.yml", ROOT / "docs").diagnostics == []


def test_without_answers_nothing_is_claimed(corpus: Corpus) -> None:
    files = data_files(corpus, Publication(URL, name="Loom Plans"))
    assert "loom-plans.zip" in files
    (data,) = (page for page in planned(corpus, Publication(URL))[0] if page.path == "data/index.md")
    assert [data.view[key] for key in ("rights", "terms", "canary")] == ["", "", ""]
    for name in ("README.md", "croissant.json"):
        text = files[name].decode().replace("schema.org/license", "")
        assert not re.search(r'licen[cs]e"?:|## Licence|UseCases":|come from', text), name
    assert b'"canary":""' in files["traces.jsonl"]
    assert "training" not in llms_file(corpus, Publication(URL)).data.decode()
    assert cite_corpus(Edition(Publication(name="Loom Plans"), URL))["APA"].startswith(
        "Loom Plans. (n.d.). Loom Plans ["
    )


def test_whose_project_this_is_stands_where_it_is_answered_and_nowhere_else() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S607
    files = [path for path in listed.stdout.splitlines() if not path.startswith("tests/") and (ROOT / path).is_file()]
    assert len(files) > 200
    assert {path for path in files if INSTANCE.search((ROOT / path).read_text("utf-8", "ignore"))} <= NAMING.keys()
    # The wheel's own name, and where it is from, are what `init` pins.
    (source,) = re.findall(r'^Source = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert f"git clone {source}\n" in (ROOT / "docs/publish-your-own.md").read_text("utf-8")
