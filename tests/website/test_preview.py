"""`mkdocs serve`: what a contributor writes is seen, and found."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, Page, expect

from website.commands import environment
from website.conftest import copy_project
from website.kinds import TRACE
from website.searching import results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

PATIENCE = 120  # seconds


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project to edit."""
    return copy_project(tmp_path_factory.mktemp("edited"))


@pytest.fixture(scope="module")
def preview(edited: Path) -> Iterator[str]:
    """The address of the running preview."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = edited / "serve.log"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
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


def wait_for(seen: Callable[[], bool], server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until it is seen; fail with the server's own words if that takes too long, or the server ends."""
    until = time.monotonic() + PATIENCE
    while not seen():
        assert server.poll() is None, log.read_text("utf-8")
        assert time.monotonic() < until, log.read_text("utf-8")
        time.sleep(0.1)


def test_the_preview_can_be_searched(visit: Callable[..., Page], preview: str) -> None:
    page = visit(preview)
    results(page, "altitude-aware steam prior").first.get_by_role("link", name="steam prior").last.click()
    page.wait_for_url(f"{preview}{TRACE}#*")
    expect(page.locator(":target")).to_be_in_viewport()


def test_an_edited_seed_is_shown_and_found(visit: Callable[..., Page], preview: str, edited: Path) -> None:
    page = visit(preview + TRACE.replace("teapot-7b", "gpt-brew"))
    seed = edited / "seeds" / "traces" / "kettle-gpt-brew.md"
    seed.write_text(seed.read_text("utf-8").replace("both are cheap", "both are cheap as quinces"), "utf-8")
    # The preview reloads the page by itself.
    expect(page.locator("#reasoning")).to_contain_text("cheap as quinces", timeout=PATIENCE * 1000)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            expect(results(page, "quinces", patience=3).first).to_contain_text("quinces")
            break
        except (AssertionError, Error):
            # The Markdown that was written is a change too: MkDocs builds again, and reloads the page in mid-search.
            if time.monotonic() > until:
                raise
