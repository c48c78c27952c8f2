"""Which seeds a person names on the command line, and which problems are theirs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.loading.seed_files import is_seed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.diagnostics import Diagnostic, Location


@dataclass(frozen=True, slots=True)
class Choice:
    """Files and folders of seeds as problems name them; `refused` says of others that were named what they are."""

    paths: frozenset[Path]
    refused: tuple[str, ...]
    passed_over: tuple[str, ...]

    def concerns(self, diagnostic: Diagnostic) -> bool:
        """Tell whether the problem is one of the chosen files, or of another and them."""
        return self._holds(diagnostic.location) or (diagnostic.related is not None and self._holds(diagnostic.related))

    def _holds(self, location: Location) -> bool:
        path = Path(location.path)
        return not self.paths.isdisjoint((path, *path.parents))


def choose(named: Iterable[Path], folder: Path) -> Choice:
    """Find the named files and folders among the seeds under `folder`."""
    paths, refused, passed_over = [], [], []
    for path in named:
        within = _within(path, folder)
        if not path.exists():
            refused.append(f"{path}: no such file or folder")
        elif within is None:
            refused.append(f"{path}: not in the seeds' folder {folder}")
        elif is_seed(within.as_posix()):
            paths.append(folder / within)
        else:
            passed_over.append(f"{path}: not a seed, as hidden files and READMEs are not read")
    return Choice(frozenset(paths), tuple(refused), tuple(passed_over))


def _within(path: Path, folder: Path) -> Path | None:
    """The path relative to the folder; a seed that is a link counts where it stands, not where it leads."""
    whole = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
    return whole.relative_to(folder.resolve()) if whole.is_relative_to(folder.resolve()) else None
