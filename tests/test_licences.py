"""What the site ships of others, and what it is built with, are listed whole."""

import json
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "licences.md").read_text("utf-8")


def test_what_ships_files_is_under_the_licence_that_the_page_says() -> None:
    found = distribution("pagefind")
    assert found.metadata["License-Expression"] == "MIT"
    assert "(pagefind) |" in PAGE
    licences = [file for file in found.files or () if file.name == "LICENSE" and "dist-info" in file.parts[0]]
    lines = [line for file in licences for line in file.read_text("utf-8").splitlines()]
    holders = [line.removeprefix("Copyright (c) ").partition(" <")[0] for line in lines if line.startswith("Copyright")]
    assert [holder for holder in holders if f"| {holder} |" not in PAGE] == []


@pytest.mark.slow
def test_the_list_of_packages_holds_every_locked_one(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", "requirements.txt"]
    listed = tmp_path / "sbom.json"
    options = ["--pyproject", "pyproject.toml", "--output-reproducible", "--output-file", str(listed)]
    subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True)
    components = json.loads(listed.read_text("utf-8"))["components"]
    locked = re.findall(r"^([\w.-]+)==([^ ;]+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert sorted((one["name"], one["version"]) for one in components) == sorted(locked)
