"""A corpus too large for one machine: its parts are sites of their own, which a portal searches and adds up."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest
from playwright.sync_api import Page, expect

from website.commands import run
from website.conftest import ROOT
from website.serving import serve

PARTS = ("1", "2")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented corpus, built whole, split in two, each part built, and joined: as the workflow does it."""
    folder = tmp_path_factory.mktemp("parts")
    seeds = folder / "seeds"
    shutil.copytree(ROOT / "tests" / "fixtures" / "corpus", seeds)
    succeed(folder, "-m", "generator", "pages", "--seeds", "seeds", "--docs", "docs")
    succeed(folder, str(ROOT / "tools" / "split.py"), "seeds", "docs/data/papers.parquet", str(len(PARTS)))
    for part in PARTS:
        succeed(folder, "-m", "generator", "build", "--seeds", f"seeds/{part}", "--out", f"site/{part}")
    succeed(folder, str(ROOT / "tools" / "portal.py"), "site")
    return folder


@pytest.fixture(scope="module", params=["/", "/atlas/"])
def address(folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the portal is published: on a host of its own, or below a path."""
    with serve(folder / "site", request.param) as address:
        yield address


def test_a_paper_is_in_one_part_and_none_is_lost(folder: Path) -> None:
    whole = column(folder, "docs/data/papers.parquet")
    parts = [column(folder, f"site/{part}/data/papers.parquet") for part in PARTS]
    assert all(parts)
    assert sorted(parts[0] + parts[1]) == sorted(whole)


@pytest.mark.parametrize("table", ["traces", "studies", "papers"])
def test_the_joined_tables_hold_what_one_site_would(folder: Path, table: str) -> None:
    key = "paper" if table == "papers" else "id"
    joined = column(folder, f"site/data/{table}.parquet", key)
    assert sorted(joined) == sorted(column(folder, f"docs/data/{table}.parquet", key))
    for url in column(folder, f"site/data/{table}.parquet", "url"):
        page = folder / "site" / url.partition("#")[0] / "index.html"
        assert page.is_file(), url


@pytest.mark.browser
def test_the_portal_finds_studies_of_both_parts(address: str, visit: Callable[..., Page], folder: Path) -> None:
    for part in PARTS:
        title = column(folder, f"site/{part}/data/traces.parquet", "title")[0]
        page = visit(address)
        page.locator("#search input").fill(title)
        link = page.locator(f'#search pagefind-results a[href*="/{part}/"]').first
        expect(link).to_be_visible()
        link.click()
        page.wait_for_url(f"**/{part}/**")
        assert urlsplit(page.url).path.startswith(f"{urlsplit(address).path}{part}/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.browser
def test_the_portal_adds_up_the_parts(address: str, visit: Callable[..., Page], folder: Path) -> None:
    page = visit(address)
    traces = len(column(folder, "docs/data/traces.parquet", "id"))
    expect(page.locator("main > p").first).to_contain_text(f"{traces} traces")
    rows = page.get_by_role("table").first.get_by_role("row")
    assert sum(int(row.get_by_role("cell").nth(2).inner_text()) for row in rows.all()[1:]) == traces


def succeed(folder: Path, *arguments: str) -> None:
    done = run(folder, *arguments, PYTHONPATH=str(ROOT), SITE_URL="https://atlas.example/")
    assert done.status == 0, done.output


def column(folder: Path, table: str, name: str = "paper") -> list[str]:
    rows = duckdb.execute(f"SELECT {name} FROM '{folder / table}'").fetchall()  # noqa: S608 -- our own names
    return [value for (value,) in rows]
