"""Where corpora and sites lie while they are measured, and how large they are."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder with an unguessable name is made there
# What all contestants leave at a time for each trace; naive MkDocs' site grows with the square of the pages.
_BYTES_A_TRACE, _BYTES_A_PAIR = 400_000, 1_000


@dataclass(frozen=True, slots=True)
class Size:
    """Of a site, or of the Markdown for one: its pages, all its files, and their MB."""

    pages: int
    files: int
    megabytes: float


def temporary(traces: int, *, with_naive: bool) -> tempfile.TemporaryDirectory[str]:
    """A folder in memory if that leaves half of it, or else where the system keeps temporary files."""
    needed = _BYTES_A_TRACE * traces + (_BYTES_A_PAIR * traces**2 if with_naive else 0)
    in_memory = _IN_MEMORY if _IN_MEMORY.is_dir() and _free_memory() > 2 * needed else None
    return tempfile.TemporaryDirectory(prefix="atlas-bench-", dir=in_memory)


def copy_code(folder: Path) -> None:
    """What a checkout holds of the site's making, without seeds and pages."""
    shutil.copytree(ROOT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("hooks.py", "mkdocs.yml"):
        shutil.copyfile(ROOT / name, folder / name)


def clear(*paths: Path) -> None:
    """Delete folders that may be there."""
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)


def size(folder: Path) -> Size:
    """How large it is; beside pages in HTML, those in Markdown don't count."""
    sizes = {path: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    kinds = Counter(path.suffix for path in sizes)
    return Size(kinds[".html"] or kinds[".md"], len(sizes), sum(sizes.values()) / 1e6)


def _free_memory() -> int:
    """Bytes: what lies in memory takes of both the machine's and the folder's."""
    available = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min(available, shutil.disk_usage(_IN_MEMORY).free)
