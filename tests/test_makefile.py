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
    here, others = version(tmp_path), [f"python3.{minor}" for minor in (14, 13, 12, 11)]
    named = [name for name in others if works(name) and works(name) != here]
    if not named:
        pytest.skip("there is one Python alone")
    subprocess.run([*make, f"PYTHON={named[0]}"], cwd=tmp_path, check=True)
    assert version(tmp_path) == works(named[0])
    # Who names none keeps it.
    subprocess.run(make, cwd=tmp_path, check=True)
    assert version(tmp_path) == works(named[0])


def works(python: str) -> str:
    """The version of an interpreter, nothing where there is none."""
    if not shutil.which(python):
        return ""
    return subprocess.run([python, "-V"], capture_output=True, check=False, text=True).stdout
