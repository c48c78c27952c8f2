"""MkDocs builds the seeds that SEEDS names, and leaves the project's own pages alone."""

from pathlib import Path

from website.commands import run
from website.conftest import ROOT, copy_project


def test_seeds_that_the_environment_names_are_built_and_docs_stays_as_it_is(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    before = files(project / "docs")
    seeds = ROOT / "tests" / "website" / "seeds" / "explorer"
    done = run(project, "-m", "mkdocs", "build", "--strict", SEEDS=str(seeds))
    assert done.status == 0, done.output
    assert files(project / "docs") == before
    (page,) = (project / "site" / "traces").rglob("teapot-7b/kiln-firing-dawn/index.html")
    # Pages of other seeds lead to no file of this repository.
    assert "/seeds/" not in page.read_text("utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
