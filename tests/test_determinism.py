"""No hash order, locale, time zone, folder, order of files or number of cores reaches a page."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from examples import URL

ROOT = Path(__file__).parent.parent
ELSEWHERE = {"PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pages(seeds: Path, docs: Path, cores: int, **variables: str) -> dict[str, bytes]:
    """The pages of some seeds, made on so many cores, or on all where there are not so many."""
    on = set(sorted(os.sched_getaffinity(0))[:cores])
    subprocess.run(
        [sys.executable, "-m", "generator", "pages", "--seeds", str(seeds), "--docs", str(docs)],
        cwd=ROOT,
        env=os.environ | {"SITE_URL": URL} | variables,
        preexec_fn=lambda: os.sched_setaffinity(0, on),
        check=True,
        capture_output=True,
    )
    return contents(docs)


@pytest.mark.slow
def test_another_environment_folder_and_number_of_cores_give_the_same_bytes(
    corpus_folder: Path, tmp_path: Path
) -> None:
    seeds = tmp_path / "elsewhere" / "raw"
    files = sorted((path for path in corpus_folder.rglob("*") if path.is_file()), reverse=True)
    for path in files[len(files) // 2 :] + files[: len(files) // 2]:
        copy = seeds / path.relative_to(corpus_folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    assert pages(seeds, tmp_path / "pages", 1, **ELSEWHERE) == pages(corpus_folder, tmp_path / "docs", sys.maxsize)
