"""How long after an edit the preview serves it."""

from __future__ import annotations

import json
import socket
import statistics
import sys
import time
import urllib.request
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from playwright.sync_api import Error

from bench.processes import wait_until_idle
from bench.reading import opened
from bench.running import FailedError, started
from generator.addresses import TRACES_DATA
from generator.finishing.searching import ENTRY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from playwright.sync_api import Page

    from bench.contestants import Project

_AGAIN = 0.05  # seconds between two looks
_END = "\n</div>"  # of a raw trace's reasoning
_WORD = "zuzugrobrestoliv"  # is in no corpus; a letter is added for each edit
_FOUND = """async ([address, word]) => {
  const pagefind = await import(`${address}pagefind/pagefind.js?${Math.random()}`);
  const { results } = await pagefind.search(word);
  return results.length > 0 && (await results[0].data()).content.includes(word);
}"""


def previewing(project: Project, cold: float, limit: float, edits: int = 5) -> Mapping[str, float]:
    """Edit so many seeds under `mkdocs serve`, one after another, where a cold build takes `cold` seconds.

    The median times from saving a seed to its page, and to all that is made of it, search and data files included; both
    in percent of a cold build. Raises FailedError.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    command = (sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}")
    with opened() as browser, TemporaryFile() as log, started(command, project.folder, log) as server:
        _wait_for(limit, lambda: bool(_fetched(address)))
        preview = _Preview(address, browser.new_page())
        # This one isn't reloaded when another changes.
        preview.page.goto(f"{address}llms.txt")
        measured = []
        for number, (seed, url) in enumerate(_raw_traces(project, edits)):
            wait_until_idle(server.pid)
            word = f"{_WORD}{chr(ord('a') + number)}"
            seed.write_text(seed.read_text("utf-8").replace(_END, f"\n\nSee {word}.{_END}", 1), "utf-8")
            index, start = _fetched(address + ENTRY), time.perf_counter()
            for shows in (preview.page_shows, partial(preview.all_shows, index)):
                _wait_for(limit, partial(shows, url, word))
                measured.append(time.perf_counter() - start)
    return {
        "preview_page": 100 * statistics.median(measured[::2]) / cold,
        "preview_everything": 100 * statistics.median(measured[1::2]) / cold,
    }


def _raw_traces(project: Project, number: int) -> list[tuple[Path, str]]:
    """So many traces: their seeds, and the paths of their pages."""
    records = map(json.loads, (project.folder / "docs" / TRACES_DATA).read_bytes().splitlines())
    seeds = [(project.folder / "seeds" / record["seed"], record["url"]) for record in records]
    raw = [(seed, url) for seed, url in seeds if _END in seed.read_text("utf-8")][:number]
    if not raw:
        raise FailedError("the preview: no seed is a raw trace that could be edited")
    return raw


@dataclass(frozen=True, slots=True)
class _Preview:
    """A running preview, and a page of it to search from."""

    address: str
    page: Page

    def page_shows(self, url: str, word: str) -> bool:
        """Whether the word stands on the page."""
        return word in _fetched(self.address + url)

    def all_shows(self, index: str, url: str, word: str) -> bool:
        """Whether it stands in all that is made of the page's trace, and is found, with another index than this.

        A browser that searched all the time would take half of the processor from whoever makes that index.
        """
        if _fetched(self.address + ENTRY) == index:
            return False
        files = (f"{url}index.json", f"{url.removesuffix('/')}.md", TRACES_DATA)
        return all(word in _fetched(self.address + path) for path in files) and self._finds(word)

    def _finds(self, word: str) -> bool:
        try:
            return bool(self.page.evaluate(_FOUND, [self.address, word]))
        except Error:  # a file of an index that was just replaced
            return False


def _fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 -- our own server
            return str(answer.read().decode())
    except OSError:
        return ""


def _wait_for(limit: float, seen: Callable[[], bool]) -> None:
    until = time.monotonic() + limit
    while not seen():
        if time.monotonic() > until:
            raise FailedError(f"the preview: nothing new after {limit:,.0f} s")
        time.sleep(_AGAIN)
