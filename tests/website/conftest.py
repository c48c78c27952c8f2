"""The site of an invented corpus, built once by the real commands, served, and opened in a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from website import chromium
from website.commands import Run, run
from website.pages import Site
from website.serving import serve
from website.watching import watched

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
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of its own: nothing the tests do touches the checkout."""
    return copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def built(project: Path) -> Run:
    """The run of `python -m generator build` that made the site."""
    return run(project, "-m", "generator", "build")


@pytest.fixture(scope="session")
def site(project: Path, built: Run) -> Site:
    """The built site, read."""
    assert built.status == 0, built.output
    return Site(project / "site", project / "seeds")


@pytest.fixture(scope="session")
def at_root(site: Site) -> Iterator[str]:
    """The address of the site on a host of its own."""
    with serve(site.folder, "/") as address:
        yield address


@pytest.fixture(scope="session")
def at_subpath(site: Site) -> Iterator[str]:
    """The address of the site below a path; the rest of that host is not found."""
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


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address in a fresh profile; keywords are those of Playwright's `new_context`.

    The test fails if any page it opened reports an error, misses a file, or asks another host for anything.
    """
    diagnostics: list[str] = []
    with ExitStack() as profiles:

        def opened(address: str, **options: Any) -> Page:  # noqa: ANN401 -- whatever Playwright takes
            context = browser.new_context(**options)
            profiles.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(15_000)
            watched(page, address, diagnostics)
            page.goto(address)
            return page

        yield opened
    assert not diagnostics
