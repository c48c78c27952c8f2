"""No hash order, locale, time zone, folder or order of files reaches a page."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from examples import URL

ROOT = Path(__file__).parent.parent
ENVIRONMENTS = [
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"},
]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda environment: environment["LC_ALL"])
def test_another_environment_and_folder_give_the_same_bytes(
    environment: dict[str, str], corpus_folder: Path, docs: Path, tmp_path: Path
) -> None:
    seeds, pages = tmp_path / "elsewhere" / "raw", tmp_path / "pages"
    files = sorted((path for path in corpus_folder.rglob("*") if path.is_file()), reverse=True)
    for path in files[len(files) // 2 :] + files[: len(files) // 2]:
        copy = seeds / path.relative_to(corpus_folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    command = [sys.executable, "-m", "generator", "pages", "--seeds", str(seeds), "--docs", str(pages)]
    subprocess.run(command, cwd=ROOT, env=os.environ | environment | {"SITE_URL": URL}, check=True, capture_output=True)
    assert contents(pages) == contents(docs)
