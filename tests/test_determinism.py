"""No hash order, locale, time zone, folder or order of files reaches a page."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from examples import URL

from generator.pipeline import generate
from generator.publication import read_publication

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {"PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "SITE_URL": URL}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_another_environment_and_folder_give_the_same_bytes(
    corpus_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds, pages = tmp_path / "elsewhere" / "raw", tmp_path / "pages"
    files = sorted((path for path in corpus_folder.rglob("*") if path.is_file()), reverse=True)
    for path in files[len(files) // 2 :] + files[: len(files) // 2]:
        copy = seeds / path.relative_to(corpus_folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    command = [sys.executable, "-m", "generator", "pages", "--seeds", str(seeds), "--docs", str(pages)]
    subprocess.run(command, cwd=ROOT, env=os.environ | ENVIRONMENT, check=True, capture_output=True)
    monkeypatch.setenv("SITE_URL", URL)
    generate(corpus_folder, tmp_path / "docs", read_publication(ROOT / "mkdocs.yml", tmp_path / "docs"))
    assert contents(pages) == contents(tmp_path / "docs")
