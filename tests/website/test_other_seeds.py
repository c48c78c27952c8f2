"""MkDocs builds the seeds that SEEDS names, and leaves the project's own pages alone."""

from pathlib import Path

import pytest

from website.commands import Run, run
from website.conftest import ROOT, copy_project
from website.pages import Site
from website.test_linked_data import HOME, SCHEMA, expanded, used

SEEDS = ROOT / "tests" / "website" / "seeds" / "explorer"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run, dict[str, bytes]]:
    """A project without an address of its site, its build of other seeds, and its `docs/` as they were before."""
    project = copy_project(tmp_path_factory.mktemp("other"))
    config = project / "mkdocs.yml"
    named = f'!ENV [SITE_URL, "{HOME}"]'
    assert named in config.read_text("utf-8")
    config.write_text(config.read_text("utf-8").replace(named, '""'), "utf-8")
    before = files(project / "docs")
    return project, run(project, "-m", "mkdocs", "build", "--strict", SEEDS=str(SEEDS)), before


def test_seeds_that_the_environment_names_are_built_and_docs_stays_as_it_is(
    built: tuple[Path, Run, dict[str, bytes]],
) -> None:
    project, done, before = built
    assert done.status == 0, done.output
    assert files(project / "docs") == before
    (page,) = (project / "site" / "traces").rglob("teapot-7b/kiln-firing-dawn/index.html")
    # Pages of other seeds lead to no file of this repository.
    assert "/seeds/" not in page.read_text("utf-8")


def test_without_the_sites_address_there_are_no_addresses_of_its_own(
    built: tuple[Path, Run, dict[str, bytes]],
) -> None:
    for page in Site(built[0] / "site", SEEDS).documents.values():
        for one in expanded(page):
            assert not {f"{SCHEMA}{name}" for name in ("item", "contentUrl")} & used(one), page.url
            assert HOME not in str(one)
            assert "@id" not in str(page.linked_data)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
