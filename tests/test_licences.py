"""What the site ships of others, and what it is built with, are listed whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "licences.md").read_text("utf-8")
MATERIAL = Path(str(distribution("mkdocs-material").locate_file("material/templates/assets")))
BUNDLED = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/")


def listed(name: str) -> bool:
    return f"| [{name}](" in PAGE or f"({name}) |" in PAGE


def test_every_library_in_materials_bundles_is_listed() -> None:
    bundled: set[str] = set()
    for path in MATERIAL.rglob("*.map"):
        sources = json.loads(path.read_text("utf-8"))["sources"]
        bundled |= {found[1] for source in sources if (found := BUNDLED.search(source))}
    assert bundled >= {"rxjs", "clipboard"}
    assert [name for name in sorted(bundled) if not listed(name)] == []


def test_every_script_that_material_ships_unbundled_is_listed() -> None:
    """The stemmers are lunr's languages; two word breakers are known by their names."""
    scripts = {path.stem for path in (MATERIAL / "javascripts" / "lunr").glob("*.js")}
    assert scripts == {"tinyseg", "wordcut"}
    assert all(map(listed, [*scripts, "lunr-languages"]))


@pytest.mark.parametrize("package", ["mkdocs-material", "pagefind"])
def test_what_ships_files_is_under_the_licence_that_the_page_says(package: str) -> None:
    found = distribution(package)
    assert found.metadata["License-Expression"] == "MIT"
    assert listed(package)
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
