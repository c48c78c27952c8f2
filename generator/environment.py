"""What a run finds: variables that say how large seeds may be or that builders want to be set, memory, home folders."""

import argparse
import gc
import mmap
import os
import re
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Code, Diagnostic, GeneratorError, Location

_TIME = "SOURCE_DATE_EPOCH"
_DEFAULTS = {
    # The date that MkDocs puts into what it writes: no clock reaches the site.
    _TIME: "0",
    # Material's notice about MkDocs 2 is of no use to whoever builds the site.
    "NO_MKDOCS_2_WARNING": "1",
    # Each thread of a library that computes with matrices, which nobody does here, would take room of its own.
    "OPENBLAS_NUM_THREADS": "1",
}
# Bytes that the libraries of a build take before any seed is read.
_NEEDED = 256 * 2**20
NO_MEMORY = Diagnostic(
    Code.REFUSED_BY_SYSTEM,
    Location("memory"),
    "there is not enough memory",
    "close other programs, or split the corpus as docs/scaling.md tells",
)
# The folder of the seeds for `mkdocs serve` and `mkdocs build`, which take no option of ours.
SEEDS = "SEEDS"
SEED_LIMIT = "ATLAS_SEED_MB"
SEEDS_LIMIT = "ATLAS_SEEDS_MB"
# New objects between two looks; Python's own is 700.
_OBJECTS = 50_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes one seed and all seeds together may hold."""

    seed: int
    seeds: int


def refuse_little_memory() -> None:
    """Raise GeneratorError where libraries would break off for want of memory, without a word of what is wrong."""
    try:
        mmap.mmap(-1, _NEEDED).close()
    except OSError:
        raise GeneratorError([NO_MEMORY]) from None


def settle() -> None:
    """Set the defaults; a value that is there already stays. Raises GeneratorError for a time that is none.

    Cycles of objects are looked for less often than Python does, whose way took a tenth of a build: most objects here
    live long, and hardly any are in cycles.
    """
    refuse_little_memory()
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    gc.set_threshold(_OBJECTS, 20, 50)
    time = os.environ[_TIME]
    if not re.fullmatch("[0-9]{1,11}", time, re.ASCII):
        found = f"{time!r} is no time in seconds since 1970"
        hint = "leave it unset, or set it to what `git log -1 --format=%ct` says"
        raise GeneratorError([Diagnostic(Code.NOT_A_TIME, Location(_TIME), found, hint)])


def path_argument(text: str) -> Path:
    """Return a path that somebody names; some shells hand on the `~` for the home folder as it is."""
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise argparse.ArgumentTypeError(f"{text}: {error}") from None


def limits() -> Limits:
    """Return the limits as the variables set them, else 10 MB for a seed and 1,000 MB for all.

    The largest of a thousand real traces has 6 kB. Raises GeneratorError for a value that is no number.
    """
    return Limits(_bytes(SEED_LIMIT, 10), _bytes(SEEDS_LIMIT, 1_000))


def _bytes(variable: str, default: int) -> int:
    value = os.environ.get(variable) or str(default)
    if not re.fullmatch("[0-9]+", value):
        found = f"{value!r} is no whole number of megabytes"
        raise GeneratorError([Diagnostic(Code.NOT_A_LIMIT, Location(variable), found, f"set it to {default}, say")])
    return int(value) * 1_000_000


def seeds_in(project: Path, seeds: Path) -> str:
    """Return the path of the seeds within the project, where pages link to them; empty if they are kept elsewhere."""
    whole, outer = seeds.resolve(), project.resolve()
    return whole.relative_to(outer).as_posix() if whole.is_relative_to(outer) else ""


def seeds_folder(project: Path, named: str) -> Path:
    """Return the folder of the seeds that the environment names, else the one that the project names."""
    own = os.environ.get(SEEDS, "")
    return Path(own).expanduser() if own else project / named
