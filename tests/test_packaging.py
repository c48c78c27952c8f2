"""An installed wheel gives the command, with all that it needs beside the checkout."""

import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a wheel in an environment of its own, which borrows the packages that the wheel asks for."""
    folder = tmp_path_factory.mktemp("installed")
    run(ROOT, [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)])
    (wheel,) = folder.glob("*.whl")
    # Without its own pip, which takes longest to make.
    venv.create(folder / "venv")
    python = folder / "venv" / "bin" / "python"
    install = ["--python", str(python), "install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    run(folder, [sys.executable, "-m", "pip", *install])
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "venv" / "lib" / version / "site-packages"
    # Packages are also data, such as Material's theme; the checkout is none of them.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return python.with_name("ablation-atlas")


def test_the_command_of_a_wheel_starts_a_project_and_builds_its_site(command: Path, tmp_path: Path) -> None:
    seeds = ROOT / "tests" / "website" / "seeds" / "explorer"
    run(tmp_path, [str(command), "init", "kilns", "--name", "Kiln Plans", "--runs", str(seeds)])
    kilns = tmp_path / "kilns"
    assert (kilns / "generator.txt").read_text("utf-8").startswith("ablation-atlas @ file://")
    for name in (".gitignore", ".github/workflows/deploy.yml", ".gitlab-ci.yml", "requirements.txt", "docs/_headers"):
        assert (kilns / name).is_file(), name
    assert "pages in" in run(kilns, [str(command), "build"])
    # Hand-written and shared pages, the theme's files, what templates and data files of the generator make, the search.
    for name in ("about", "agreement", "assets/atlas.css", "metrics", "pagefind/pagefind.js", "404.html"):
        assert (kilns / "site" / name).exists(), name
    assert "Kiln Plans" in (kilns / "site" / "index.html").read_text("utf-8")
    run(kilns, [str(command.with_name("python")), "-m", "mkdocs", "build", "--strict", "--site-dir", "again"])
    assert (kilns / "again" / "assets" / "atlas.css").is_file()


def test_the_command_of_a_wheel_knows_itself(command: Path, tmp_path: Path) -> None:
    python = str(command.with_name("python"))
    imported = run(tmp_path, [python, "-c", "import generator; print(generator.__file__)"])
    assert Path(imported.strip()).is_relative_to(command.parent.parent)
    assert "--seeds" in run(tmp_path, [python, "-m", "generator", "build", "--help"])


def run(folder: Path, arguments: Sequence[str]) -> str:
    """Run a command in a folder, and return what it printed."""
    done = subprocess.run(arguments, cwd=folder, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
