"""A machine that gives a run as little as it may find, all at once; who gets on there gets on where one is missing."""

import os
import resource
from pathlib import Path

_BACKWARDS = Path(__file__).parent / "fixtures" / "backwards"
_MISSING = {"HOME", "TMPDIR", "TMP", "TEMP", "LANG", "LANGUAGE", "TERM", "SITE_URL", "SOURCE_DATE_EPOCH"}
_MEMORY = 512 * 2**20
_FILES = 64


def harsh_environment() -> dict[str, str]:
    """No home, no folder for temporary files, no language, and a clock that goes backwards."""
    kept = {name: value for name, value in os.environ.items() if name not in _MISSING and not name.startswith("LC_")}
    return kept | {"LC_ALL": "C", "PYTHONPATH": str(_BACKWARDS)}


def be_harsh() -> None:
    """In the process to be: 512 MB of memory, 64 open files, no standard input, files that nobody else may read."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    be_harsh_but_for_memory()


def be_harsh_but_for_memory() -> None:
    """In the process to be: 64 open files, no standard input, files that nobody else may read.

    What the system limits is addresses, and of these Pagefind's threads take 2 MB each. There is one for each page that
    waits to be read, so of hundreds of pages nobody knows how much it takes.
    """
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, _FILES))
    os.umask(0o077)
    os.close(0)
