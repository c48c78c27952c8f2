"""Run the project's commands as a person would."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harsh import harsh_environment


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended, and all it printed."""

    status: int
    output: str


def environment() -> dict[str, str]:
    """This process' environment without what would change the site."""
    changing = {"SITE_URL", "SOURCE_DATE_EPOCH"}
    return {name: value for name, value in os.environ.items() if name not in changing}


def run(
    folder: Path,
    *arguments: str,
    python: str = sys.executable,
    harshness: Callable[[], None] | None = None,
    **variables: str,
) -> Run:
    """Run Python with these arguments in a folder, and with these variables in its environment.

    With a `harshness` the environment is harsh, and so is what it makes of the process to be.
    """
    done = subprocess.run(
        [python, *arguments],
        cwd=folder,
        env=(harsh_environment() if harshness else environment()) | variables,
        preexec_fn=harshness,
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    return Run(done.returncode, done.stdout + done.stderr)
