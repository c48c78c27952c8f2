"""The site of an invented corpus, built once by the real commands, served, and opened in a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Page, sync_playwright

from website import chromium
from website.commands import run
from website.pages import Site
from website.serving import serve
from website.watching import Tab

ROOT = Path(__file__).parents[2]


def copy_project(folder: Path) -> Path:
    """What a checkout holds of the site's making, with invented seeds in place of the published ones."""
    for name in ("generator", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("hooks.py", "mkdocs.yml"):
        shutil.copyfile(ROOT / name, folder / name)
    shutil.copytree(Path(__file__).parent / "seeds", folder / "seeds")
    corpus = ROOT / "tests" / "fixtures" / "corpus"
    if corpus.is_dir():
        shutil.copytree(corpus, folder / "seeds" / "corpus")
    return folder


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A project and its site, made once by `python -m generator build`; tests that change it change a copy."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "project"
    # The workers of a run share it.
    with FileLock(f"{folder}.lock"):
        if not (folder / "site").exists():
            done = run(copy_project(folder), "-m", "generator", "build")
            assert done.status == 0, done.output
    return folder


@pytest.fixture(scope="session")
def site(project: Path) -> Site:
    """The built site, read."""
    return Site(project / "site", project / "seeds")


@pytest.fixture(scope="session")
def at_root(site: Site) -> Iterator[str]:
    """The address of the site on a host of its own."""
    with serve(site.folder, "/") as address:
        yield address


@pytest.fixture(scope="session")
def address(site: Site) -> Iterator[str]:
    """The address of the site below a path, where more can go wrong; the rest of that host is not found."""
    with serve(site.folder, "/atlas/") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    executable = chromium.find()
    if executable is None:
        # Where every change is judged, a test that did not run must not look like one that passed.
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(chromium.MISSING)
    with sync_playwright() as playwright:
        launched = chromium.launch(playwright, executable)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def tabs() -> dict[str, Tab]:
    """The tabs that no test uses just now, by the options of their profiles."""
    return {}


@pytest.fixture
def visit(browser: Browser, tabs: dict[str, Tab]) -> Iterator[Callable[..., Page]]:
    """Open an address in a tab; keywords are those of Playwright's `new_context`.

    A tab is opened anew where a test needs a second one of the same options: to open one takes five times as long as
    all else that a page takes. The test fails if any page it opened reports an error, misses a file, or asks another
    host for anything.
    """
    used: list[tuple[str, Tab]] = []

    def open_page(address: str, **options: Any) -> Page:  # noqa: ANN401 -- whatever Playwright takes
        tab = tabs.pop(str(options), None) or Tab(browser, options)
        used.append((str(options), tab))
        tab.open(address)
        return tab.page

    yield open_page
    problems = [problem for _, tab in used for problem in tab.leave()]
    tabs.update(used)
    assert not problems
