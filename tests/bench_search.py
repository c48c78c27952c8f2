"""How long a reader waits for the first search result, in a fresh browser profile each time.

    python tests/bench_search.py [--seeds DIR] [--runs 7] [--query WORDS]

Builds the site of DIR (the invented corpus by default), serves it from this machine and prints, over all runs, the
median, least and greatest time in milliseconds from opening the search with Ctrl-K right after the page has loaded to
the first result on the screen, with what was transferred for it. Figures, not a test.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Response, sync_playwright
from website import chromium
from website.serving import serve

ROOT = Path(__file__).parent.parent


def first_result(browser: Browser, address: str, query: str) -> tuple[float, int]:
    """Milliseconds to the first result, and the bytes that were transferred between."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="load")
    page.wait_for_function("!!customElements.get('pagefind-modal')")
    responses: list[Response] = []

    def keep(response: Response) -> None:
        responses.append(response)

    page.on("response", keep)
    start = time.perf_counter()
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("searchbox").fill(query)
    page.get_by_role("list", name="Search results").get_by_role("link").first.wait_for()
    waited = 1000 * (time.perf_counter() - start)
    size = sum(len(response.body()) for response in responses)
    context.close()
    return waited, size


def main() -> int:
    """Build, serve, measure, print."""
    parser = argparse.ArgumentParser(description="Time from opening the search to its first result.")
    parser.add_argument("--seeds", type=Path, default=ROOT / "tests/fixtures/corpus")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--query", default="ablation study")
    options = parser.parse_args()
    executable = chromium.find() or sys.exit(chromium.MISSING)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        command = [sys.executable, "-m", "generator", "build", "--seeds", str(options.seeds), "--out", str(site)]
        subprocess.run(command, cwd=ROOT, check=True)
        with serve(site, "/") as address, sync_playwright() as playwright:
            browser = chromium.launch(playwright, executable)
            runs = [first_result(browser, address, options.query) for _ in range(options.runs)]
            browser.close()
    times = sorted(waited for waited, _ in runs)
    print(f"first result for '{options.query}': median {statistics.median(times):.0f} ms", end=", ")  # noqa: T201
    print(f"{times[0]:.0f} to {times[-1]:.0f} ms over {len(times)} runs, {runs[0][1] / 1000:.0f} KB")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
