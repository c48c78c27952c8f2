"""Write new seeds, all of them or none: the only writer among the seeds."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from generator.diagnostics import Code, Diagnostic, GeneratorError, Location
from generator.docs_folder import staged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.files import RenderedFile


def write_seeds(files: Iterable[RenderedFile], folder: Path) -> None:
    """Write the files below `folder`, over those that are there. Raises GeneratorError if one cannot be written."""
    with staged(folder) as staging:
        names = []
        for file in files:
            # Its folder is made now: a file in the place of one is found before anything is replaced.
            for path in (folder / file.path, staging / file.path):
                path.parent.mkdir(parents=True, exist_ok=True)
            (staging / file.path).write_bytes(file.data)
            names.append(file.path)
        for name in names:
            (staging / name).replace(folder / name)


def create_seed(file: RenderedFile, folder: Path) -> None:
    """Write a file that is not there yet below `folder`. Raises GeneratorError if it is, or cannot be written."""
    path = folder / file.path
    if os.path.lexists(path):
        diagnostic = Diagnostic(Code.FILE_EXISTS, Location(str(path)), "a file that is there already", "edit that file")
        raise GeneratorError([diagnostic])
    write_seeds([file], folder)
