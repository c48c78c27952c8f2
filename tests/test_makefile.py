"""`make` on any machine: what it sets up is mended or made anew where it must be."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_a_set_up_that_was_not_finished_is_made_anew_and_so_is_that_of_another_python(tmp_path: Path) -> None:
    """As after an interrupt, or where `python3-venv` is missing. Nothing is required here, so nothing is loaded."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.txt").touch()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    make = ["make", "--silent", ".venv/ready"]
    subprocess.run(make, cwd=tmp_path, check=True)
    subprocess.run([tmp_path / ".venv/bin/python", "-m", "pip", "--version"], check=True)
    # Who names the same Python or none keeps it; another one, of which make asks but the version, gets its own.
    other = tmp_path / "python"
    other.write_text("#!/bin/sh\necho Python 3.99.0\n", "utf-8")
    other.chmod(0o755)
    for named, renewed in (([f"PYTHON={sys.executable}"], False), ([], False), ([f"PYTHON={other}"], True)):
        told = subprocess.run([*make, *named, "--dry-run"], cwd=tmp_path, check=True, capture_output=True, text=True)
        assert ("-m venv --clear .venv" in told.stdout) is renewed
