"""Write many files as one: all of them wait, hidden, until the last is written."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from generator.catalogue import Code
from generator.problems import GeneratorError, Location, Problem
from generator.writing.locking import alone

if TYPE_CHECKING:
    from collections.abc import Iterator

# No builder publishes what is hidden, no run reads it, and a killed one may leave it.
UNFINISHED = ".unfinished"


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A place in `folder` for files that wait: empty at first, gone at the end. No other run writes there meanwhile.

    Raises GeneratorError with what the system refuses to do.
    """
    with _refusals_reported(folder), alone(folder), _staging(folder) as staging:
        yield staging


@contextmanager
def spooled(folder: Path) -> Iterator[Path]:
    """A temporary file for what is too large for the memory until it is written into `folder`; errors as above."""
    with _refusals_reported(folder), TemporaryDirectory(prefix="atlas-spool-", ignore_cleanup_errors=True) as spool:
        yield Path(spool, "spool")


@contextmanager
def _refusals_reported(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # A failed write names no file, and one in a folder that is being cleared is named without it.
        named = error.filename2 or error.filename
        found = f"cannot be written ({error.strerror}{f': {named}' if named else ''})"
        remedy = "see to the folder's permissions and the space on its disk, then run again"
        raise GeneratorError([Problem(Code.CANNOT_BE_WRITTEN, Location(str(folder)), found, remedy)]) from None


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    staging = folder / UNFINISHED
    if staging.exists():
        shutil.rmtree(staging)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
