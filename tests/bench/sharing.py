"""A site built in shares beside the same site built at once: in one checkout, and as machines of their own would."""

from __future__ import annotations

import hashlib
import shutil
import statistics
from typing import TYPE_CHECKING

from bench.building import prepare
from bench.contestants import COLD, Contestant
from bench.running import GENERATOR, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bench.contestants import Project


def sharing(project: Project, runs: int, limit: float, total: int = 4) -> Mapping[str, float]:
    """Build at once and in shares, by turns, then once in shares apart: the ratios of the times, and files that differ.

    Raises FailedError.
    """
    cold = Contestant(COLD, (*GENERATOR, "build"), project.folder, project.site, project.stale, project.fresh)
    seconds = []
    differing = 0
    for _ in range(runs):
        prepare(cold)
        at_once = run(cold.command, cold.folder, limit).seconds
        whole = digests(project.site)
        prepare(cold)
        in_turn = sum(_share(cold, number, total, limit) for number in range(1, total + 1))
        seconds.append((at_once, in_turn + run(cold.command, cold.folder, limit).seconds))
        differing += _differing(whole, digests(project.site))
    apart = _apart(cold, project.folder / ".cache", total, limit)
    differing += _differing(whole, digests(project.site))
    at_once, in_turn = map(statistics.median, zip(*seconds, strict=True))
    return {"shares_time": in_turn / at_once, "shares_apart": apart / at_once, "shares_differing": differing}


def digests(site: Path) -> dict[str, bytes]:
    """What every file of a site holds, by its path."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).digest() for path in files}


def _apart(cold: Contestant, cache: Path, total: int, limit: float) -> float:
    """Seconds of all machines together: each share finds nothing, and the last machine what the others made."""
    seconds, shared = 0.0, cold.folder.with_name("shared")
    for number in range(1, total + 1):
        prepare(cold)
        seconds += _share(cold, number, total, limit)
        shutil.copytree(cache, shared, dirs_exist_ok=True)
    prepare(cold)
    shared.rename(cache)
    return seconds + run(cold.command, cold.folder, limit).seconds


def _share(cold: Contestant, number: int, total: int, limit: float) -> float:
    return run((*cold.command, "--share", f"{number}/{total}"), cold.folder, limit).seconds


def _differing(whole: Mapping[str, bytes], merged: Mapping[str, bytes]) -> int:
    return sum(whole.get(path) != merged.get(path) for path in whole.keys() | merged.keys())
