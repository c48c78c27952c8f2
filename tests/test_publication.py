"""What a site says of its publisher is what mkdocs.yml answers, and nothing else."""

import re
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
    assert [data.view[key] for key in ("rights", "terms", "canary")] == ["", "", ""]  # type: ignore[index]
    for name in ("README.md", "croissant.json"):
        text = files[name].decode().replace("schema.org/license", "")
        assert not re.search(r'licen[cs]e"?:|## Licence|UseCases":|come from', text), name
    assert b'"canary":""' in files["traces.jsonl"]
    assert "training" not in llms_file(corpus, Publication(URL)).data.decode()
    assert cite_corpus(Edition(Publication(name="Loom Plans"), URL)).apa.startswith("Loom Plans. (n.d.). Loom Plans [")


def test_the_generator_names_no_corpus() -> None:
    files = [path for path in (ROOT / "generator").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    named = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8", "ignore").splitlines(), 1)
        # The command that the benchmark calls `ablation-bench` writes what is imported.
        if INSTANCE.search(line)
    }
    assert named == set()
