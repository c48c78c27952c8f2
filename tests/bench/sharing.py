"""A site built in shares, one after another, beside the same site built at once."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

from bench.building import prepare
from bench.contestants import COLD, Contestant
from bench.running import GENERATOR, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bench.contestants import Project


def sharing(project: Project, limit: float, total: int = 4) -> Mapping[str, float]:
    """Build at once, then in shares as machines of their own would: the ratio of the times, and the files that differ.

    Raises FailedError.
    """
    cold = Contestant(COLD, (*GENERATOR, "build"), project.folder, project.site, project.stale, project.fresh)
    prepare(cold)
    at_once = run(cold.command, cold.folder, limit).seconds
    whole = digests(project.site)
    cache, shared = project.folder / ".cache", project.folder.with_name("shared")
    seconds = 0.0
    for number in range(1, total + 1):
        prepare(cold)
        seconds += run((*cold.command, "--share", f"{number}/{total}"), cold.folder, limit).seconds
        shutil.copytree(cache, shared, dirs_exist_ok=True)
    prepare(cold)
    shared.rename(cache)
    seconds += run(cold.command, cold.folder, limit).seconds
    merged = digests(project.site)
    differing = sum(whole.get(path) != merged.get(path) for path in whole.keys() | merged.keys())
    return {"shares_time": seconds / at_once, "shares_differing": differing}


def digests(site: Path) -> dict[str, bytes]:
    """What every file of a site holds, by its path."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).digest() for path in files}
