"""The report of an import, in words: the numbers, then which traces they count, at most twenty of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import escape_unprintable
from generator.loading.trace_document import document_path
from generator.text.wording import pluralize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from generator.importing import Import

_SHOWN = 20


def format_report(planned: Import, folder: Path, *, dry: bool, update: bool) -> str:
    """The report of an import into `folder`; why traces were refused is told with the other problems."""
    return "\n".join(_lines(planned, folder, dry=dry, update=update))


def _lines(planned: Import, folder: Path, *, dry: bool, update: bool) -> Iterator[str]:
    added = [f"{folder / document_path(trace.id)}" for trace in planned.added]
    changed = [f"{folder / change.held.seed}: {', '.join(change.differs)}" for change in planned.changed]
    if dry:
        yield "a dry run, nothing was written"
    yield from _listed("added", added)
    yield from _listed("changed and replaced" if update else "changed and kept, for want of --update", changed)
    if planned.passed_over:
        yield f"{pluralize(planned.passed_over, 'file')} without traces passed over"
    numbers = {"added": added, "unchanged": planned.unchanged, "changed": changed, "refused": planned.refused}
    yield ", ".join(f"{len(those):,} {name}" for name, those in numbers.items())


def _listed(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {escape_unprintable(line)}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"  … and {len(lines) - _SHOWN:,} more"
