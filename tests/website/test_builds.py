"""The site is the same whoever asks for it, and building it leaves the rest alone."""

import gzip
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from harsh import be_harsh_but_for_memory
from playwright.sync_api import Page

from website.commands import Run, run
from website.conftest import copy_project
from website.pages import Site
from website.searching import results
from website.serving import serve


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path, but for what is kept for the next run."""
    paths = (path for path in folder.rglob("*") if path.is_file() and not {"__pycache__", ".cache"} & set(path.parts))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths at which two folders differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def fragments(folder: Path) -> list[bytes]:
    """What the search shows of each page."""
    return sorted(gzip.decompress(path.read_bytes()) for path in (folder / "pagefind" / "fragment").iterdir())


ALONE = """
from pathlib import Path

from generator.publication import read_publication
from generator.site.pages import page_context


def on_env(env, config, files):
    env.trim_blocks = env.lstrip_blocks = True


def on_page_context(context, page, config, nav):
    publication = read_publication(Path(config.config_file_path), Path(config.docs_dir))
    context.update(page_context(page, publication))
"""


@pytest.fixture(scope="module")
def with_mkdocs(site: Site, project: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    """The run of MkDocs' own command on a harsh machine on the other side of the world, and the site that it made."""
    assert site.documents
    out = tmp_path_factory.mktemp("with-mkdocs")
    elsewhere = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"}
    command = ("-m", "mkdocs", "build", "--strict", "--site-dir", str(out))
    return run(project, *command, harshness=be_harsh_but_for_memory, **elsewhere), out


def test_mkdocs_builds_without_a_warning(with_mkdocs: tuple[Run, Path]) -> None:
    done, _ = with_mkdocs
    assert done.status == 0, done.output
    assert [line for line in done.output.split("\n") if line.startswith(("WARNING", "ERROR"))] == []


def test_mkdocs_builds_the_same_bytes(with_mkdocs: tuple[Run, Path], site: Site) -> None:
    """But for the search, whose files Pagefind writes as it comes to them; they say the same of each page."""
    _, out = with_mkdocs
    other = [path for path in differing(files(site.folder), files(out)) if not path.startswith("pagefind/")]
    assert other == []
    assert fragments(site.folder) == fragments(out)


def test_a_twin_is_the_file_that_its_page_is_made_of(with_mkdocs: tuple[Run, Path], site: Site, project: Path) -> None:
    """The run of MkDocs left the pages that it built in the project's `docs/`."""
    assert with_mkdocs[0].status == 0
    twins = list(site.folder.rglob("*.md"))
    assert len(twins) > 100
    for twin in twins:
        assert twin.read_bytes() == (project / "docs" / twin.relative_to(site.folder)).read_bytes()


def test_pages_made_on_all_cores_are_what_mkdocs_alone_makes_of_them(site: Site, project: Path, tmp_path: Path) -> None:
    """One page after the other, by a hook that only adds what templates are given."""
    top = str(project)
    folder = shutil.copytree(project, tmp_path / "copy", ignore=lambda at, _: ["site"] if at == top else [])
    # MkDocs takes the text fragment of a link to a sentence, `#:~:text=…`, for an anchor that is missing.
    anchors = "validation: {links: {anchors: info}}"
    (folder / "alone.yml").write_text(f"INHERIT: mkdocs.yml\nhooks: [alone.py]\n{anchors}\n", "utf-8")
    (folder / "alone.py").write_text(ALONE, "utf-8")
    done = run(folder, "-m", "mkdocs", "build", "--strict", "-f", "alone.yml")
    assert done.status == 0, done.output
    made, expected = files(site.folder), files(folder / "site")
    pages = [path for path in expected if path.endswith(".html")]
    assert len(pages) == len(site.documents)
    assert [path for path in pages if expected[path] != made[path]] == []


def test_what_is_wrong_with_a_page_outside_the_navigation_stops_a_strict_build(tmp_path: Path) -> None:
    copy = copy_project(tmp_path / "copy")
    for name in ("corpus", "traces"):
        shutil.rmtree(copy / "seeds" / name)
    (copy / "docs" / "stray.md").write_text("[one](missing.md) [two](about.md#nowhere)\n", "utf-8")
    done = run(copy, "-m", "generator", "build", "--out", "built")
    assert done.status == 1
    assert "contains a link 'missing.md', but the target" in done.output
    assert "does not contain an anchor '#nowhere'" in done.output
    assert "error: Aborted with 2 warnings in strict mode!; see the messages above [failed-build]" in done.output


def test_no_clock_reaches_the_site(site: Site) -> None:
    """A later build has the same bytes: what a site would take from the clock, it takes from nowhere."""
    today = datetime.now(tz=UTC).date().isoformat().encode()
    assert [path for path, data in files(site.folder).items() if today in data] == []
    # Bytes 4 to 7 of a gzip file are the time at which its content was last changed.
    assert (site.folder / "sitemap.xml.gz").read_bytes()[4:8] == bytes(4)


@pytest.fixture(scope="module")
def abroad(site: Site, project: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, list[str]]:
    """The site of a corpus outside the project, made for an address below a path, and what changed in the project."""
    folder = tmp_path_factory.mktemp("abroad")
    shutil.copytree(site.seeds / "traces", folder / "runs")
    before = files(project)
    arguments = ["build", "--seeds", str(folder / "runs"), "--out", str(folder / "site")]
    done = run(project, "-m", "generator", *arguments, SITE_URL="https://example.org/atlas/")
    assert done.status == 0, done.output
    return Site(folder / "site", folder / "runs"), differing(before, files(project))


def test_a_foreign_corpus_is_published_and_leaves_the_project_as_it_is(abroad: tuple[Site, list[str]]) -> None:
    foreign, changed = abroad
    assert changed == []
    assert sorted(record["seed"] for record in foreign.records) == sorted(path.name for path in foreign.seeds.iterdir())


def test_no_page_offers_to_edit_a_foreign_seed(abroad: tuple[Site, list[str]]) -> None:
    """No repository is known to hold it."""
    foreign, _ = abroad
    pages = [foreign.documents[record["url"]] for record in foreign.records]
    assert [href for page in pages for href in page.links() if "/edit/" in href] == []


def test_addresses_follow_the_site_url(abroad: tuple[Site, list[str]]) -> None:
    foreign, _ = abroad
    for url, page in foreign.documents.items():
        canonical = [link.get("href") for link in page.all("link") if link.get("rel") == "canonical"]
        assert canonical == ([] if url == "404.html" else [f"https://example.org/atlas/{url}"])
    # Shown at any address, it cannot link relative to its own.
    missing = foreign.documents["404.html"]
    targets = [href for href in missing.links() if not href.startswith(("https:", "#"))]
    assert [href for href in targets if not href.startswith("/atlas/")] == []
    assert len(targets) > 2


@pytest.mark.browser
@pytest.mark.parametrize("place", ["", "no/such/page/", "no/such"])
def test_the_search_works_below_a_path_also_where_no_page_is(
    abroad: tuple[Site, list[str]], visit: Callable[..., Page], place: str
) -> None:
    foreign, _ = abroad
    with serve(foreign.folder, "/atlas/") as address:
        page = visit(address + place)
        results(page, "steam prior").first.get_by_role("link").first.click()
        page.wait_for_url(f"{address}traces/**")
