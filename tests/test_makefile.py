"""`make` on any machine: what it sets up is mended or made anew where it must be."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def version(folder: Path) -> str:
    return subprocess.run([folder / ".venv/bin/python", "-V"], capture_output=True, check=True, text=True).stdout


@pytest.mark.slow
def test_a_set_up_that_was_not_finished_is_made_anew_and_so_is_that_of_another_python(tmp_path: Path) -> None:
    """As after an interrupt, or where `python3-venv` is missing. Nothing is required here, so nothing is loaded."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.txt").touch()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    make = ["make", "--silent", ".venv/ready"]
    subprocess.run(make, cwd=tmp_path, check=True)
    subprocess.run([tmp_path / ".venv/bin/python", "-m", "pip", "--version"], check=True)
    here = version(tmp_path)
    # An environment of another Python, of which make asks but the version.
    other = tmp_path / ".venv/bin/python"
    other.unlink()
    other.write_text("#!/bin/sh\necho Python 3.10.0\n", "utf-8")
    other.chmod(0o755)
    subprocess.run([*make, f"PYTHON={sys.executable}"], cwd=tmp_path, check=True)
    assert version(tmp_path) == here
    # Who names the same or none keeps it.
    (tmp_path / ".venv/kept").touch()
    for named in ([f"PYTHON={sys.executable}"], []):
        subprocess.run([*make, *named], cwd=tmp_path, check=True)
    assert (tmp_path / ".venv/kept").exists()
