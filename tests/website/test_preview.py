"""`mkdocs serve`: what a contributor writes is seen, and found."""

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from website.commands import environment
from website.conftest import copy_project
from website.kinds import TRACE
from website.parts import part
from website.searching import results

pytestmark = pytest.mark.browser

PATIENCE = 40  # seconds
LAST = "pages indexed for search"
SEED, BREWED = "traces/kettle-gpt-brew.md", TRACE.replace("teapot-7b", "gpt-brew")


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project to edit."""
    return copy_project(tmp_path_factory.mktemp("edited"))


@pytest.fixture(scope="module")
def log(edited: Path) -> Path:
    """What the preview says in its terminal."""
    return edited / "serve.log"


@pytest.fixture(scope="module")
def preview(edited: Path, log: Path) -> Iterator[str]:
    """The address of the running preview."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--dev-addr", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=edited, env=environment(), stdout=output, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}/"
            wait_for(lambda: "Ablation Atlas" in fetched(address), server, log)
            yield address
        finally:
            server.terminate()
            server.wait(PATIENCE)


def fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 -- our own server
            return str(answer.read().decode())
    except OSError:
        return ""


def without_script(page: str) -> str:
    """A page without the server's own script, which counts builds."""
    return re.sub(r"<script>(?:(?!</script>).)*livereload.*?</script>", "", page, flags=re.DOTALL)


def wait_for(seen: Callable[[], bool], server: subprocess.Popen[bytes] | None, log: Path) -> None:
    """Wait until it is seen; fail with the server's own words if that takes too long, or the server ends."""
    until = time.monotonic() + PATIENCE
    while not seen():
        assert server is None or server.poll() is None, log.read_text("utf-8")
        assert time.monotonic() < until, log.read_text("utf-8")
        time.sleep(0.1)


@contextmanager
def followed(log: Path) -> Iterator[None]:
    """Wait until the preview has done all that follows from what is saved within."""
    before = log.read_text("utf-8").count(LAST)
    yield
    wait_for(lambda: log.read_text("utf-8").count(LAST) > before, None, log)


def replace(seed: Path, old: str, new: str) -> None:
    text = seed.read_text("utf-8")
    assert old in text
    seed.write_text(text.replace(old, new), "utf-8")


def test_the_preview_can_be_searched(visit: Callable[..., Page], preview: str) -> None:
    page = visit(preview)
    results(page, "altitude-aware steam prior").first.get_by_role("link", name="steam prior").last.click()
    page.wait_for_url(f"{preview}{TRACE}#*")
    expect(page.locator(":target")).to_be_in_viewport()


def test_an_edited_seed_is_shown_and_found(visit: Callable[..., Page], preview: str, edited: Path, log: Path) -> None:
    page = visit(preview + BREWED)
    opened: list[str] = []
    page.on("load", lambda shown: opened.append(shown.url))
    with followed(log):
        replace(edited / "seeds" / SEED, "both are cheap", "both are cheap as quinces")
        # The preview reloads the page by itself.
        expect(part(page, "reasoning")).to_contain_text("cheap as quinces", timeout=PATIENCE * 1000)
    # A further time would be soon.
    page.wait_for_timeout(2000)
    assert set(opened) == {preview + BREWED}
    assert len(opened) <= 2, "the page is reloaded for the edit, and for what follows it"
    expect(results(page, "quinces").first).to_contain_text("quinces")


def test_an_open_search_is_renewed(visit: Callable[..., Page], preview: str, edited: Path, log: Path) -> None:
    page = visit(preview)
    results(page, "altitude-aware steam prior")
    with followed(log), page.expect_event("load", timeout=PATIENCE * 1000):
        replace(edited / "seeds" / "explorer" / "kiln-1.md", "### ", "### Medlars: ")
    # The page may be renewed once more, when search has followed: a page of its own is not in the way of that.
    page = visit(preview)
    expect(results(page, "medlars").first).to_contain_text("Medlars")


def test_a_mistake_is_told_and_changes_nothing_until_it_is_mended(
    visit: Callable[..., Page], preview: str, edited: Path, log: Path
) -> None:
    page = visit(preview + BREWED)
    seed = edited / "seeds" / SEED
    right, before = seed.read_bytes(), fetched(preview + BREWED)
    seed.write_bytes(right + b"\xff")
    wait_for(lambda: f"{SEED}:" in log.read_text("utf-8"), None, log)
    expect(page.get_by_text(f"{SEED}:").first).to_be_visible(timeout=PATIENCE * 1000)
    assert without_script(fetched(preview + BREWED)) == without_script(before)
    with followed(log):
        seed.write_bytes(right.replace(b"cheap", b"dear"))
    assert "dear" in fetched(preview + BREWED)
    expect(page.get_by_text(f"{SEED}:")).to_have_count(0)


def test_what_the_generator_writes_is_no_change(preview: str, edited: Path, log: Path) -> None:
    assert fetched(preview)
    with followed(log):
        replace(edited / "seeds" / SEED, "###", "### Once: ")
    said = log.read_text("utf-8")
    time.sleep(3)
    assert log.read_text("utf-8") == said


def test_a_new_theme_reaches_a_page_that_is_open(visit: Callable[..., Page], preview: str, edited: Path) -> None:
    page = visit(preview)
    replace(edited / "generator" / "theme" / "partials" / "copyright.html", ">About<", ">About us<")
    expect(page.locator("footer")).to_contain_text("About us", timeout=PATIENCE * 1000)
