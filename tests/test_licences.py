"""What the site ships of others, and what it is built with, are listed whole."""

import json
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

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


def test_the_list_of_packages_holds_every_locked_one_and_is_the_same_each_time(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", "requirements.txt"]
    options = ["--pyproject", "pyproject.toml", "--output-reproducible", "--output-file"]
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for file in files:
        subprocess.run([*command, *options, str(file)], cwd=ROOT, check=True, capture_output=True)
    assert files[0].read_bytes() == files[1].read_bytes()
    components = json.loads(files[0].read_text("utf-8"))["components"]
    locked = re.findall(r"^([\w.-]+)==([^ ;]+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert sorted((one["name"], one["version"]) for one in components) == sorted(locked)
