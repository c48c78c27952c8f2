"""The project as a repository of its own, and commands that run in a checkout of it as on a bare machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import FIXTURES, ROOT

CODE = [".ci", ".gitattributes", ".gitignore", ".pre-commit-config.yaml", "Makefile", "docs", "generator", "hooks.py"]
CODE += [".github", "mkdocs.yml", "pyproject.toml", "requirements.txt"]
# What a machine would bring along: git's settings, and what the surrounding run exports.
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}


def run(folder: Path, command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does."""
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command]
    environment = ENVIRONMENT | {"HOME": str(folder.parent)} | variables
    return subprocess.run(shell, cwd=folder, env=environment, check=False, capture_output=True, text=True)


def git(folder: Path, command: str) -> str:
    done = run(folder, f"git {command}")
    assert done.returncode == 0, done.stderr
    return done.stdout


def equip(folder: Path) -> Path:
    """Give a checkout the environment that `make` would set up, so that nothing is downloaded."""
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    (folder / ".venv" / "ready").touch()
    return folder


def a_repository(folder: Path) -> Path:
    """Make a repository of the project with an invented corpus on its main branch."""
    folder.mkdir(parents=True)
    for name in CODE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, folder / name)
    shutil.copytree(FIXTURES / "corpus", folder / "seeds")
    git(folder, "init --quiet --initial-branch main")
    git(folder, "add --all && git commit --quiet --message 'The corpus'")
    return folder
