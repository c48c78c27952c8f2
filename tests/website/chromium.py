"""The machine's own Chromium, driven by Playwright, which brings none of its own."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

MISSING = "no Chromium found: install it (Debian: apt-get install chromium-headless-shell) or set CHROMIUM to its path"
# First the one that never has a window: it takes half of the others' time.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """The path of a Chromium, named by the environment or found among the installed programs."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


def launch(playwright: Playwright, executable: str) -> Browser:
    """A headless one, which asks nothing of any other host."""
    return playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
