"""The command `import` for bibliographies: what it brings in, and its report."""

import argparse
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.importing import write_seeds
from generator.importing.bibliographies import PaperImport, plan_papers
from generator.terminal import Bars, listed
from generator.text.wording import pluralize


def import_papers(tables: Sequence[Path], options: argparse.Namespace, shown: Bars) -> tuple[str, Sequence[Diagnostic]]:
    """Bring facts about papers in, unless it is a dry run; return the report, and what could not be read."""
    day = dt.datetime.now(dt.UTC).date().isoformat()
    planned = plan_papers(tables, options.seeds, day, shown.track, update=options.update)
    if not options.dry_run:
        write_seeds(planned.writes, options.seeds)
    report = _report(planned, options.seeds, dry=options.dry_run, update=options.update)
    return "\n".join(report), planned.diagnostics


def _report(planned: PaperImport, folder: Path, *, dry: bool, update: bool) -> Iterator[str]:
    """Yield the lines of a report; lists to work through are whole."""
    told = [(folder / one.metadata.seed, one) for one in planned.curations]
    added = [f"{path}: {', '.join(one.added)}" for path, one in told if one.added]
    changed = [f"{path}: {one.fact}: {one.held} -> {one.found}" for path, each in told for one in each.changed]
    kept = [f"{path}: {one.fact}: {one.held}, not {one.found}" for path, each in told for one in each.kept]
    doubts = [f"{one.where}: {one.title}: is it {' or '.join(one.candidates)}?" for one in planned.doubts]
    lost = [paper.title for paper in planned.unmatched if not paper.facts]
    if dry:
        yield "a dry run, nothing was written"
    yield from listed("new facts", added)
    yield from listed("changed and replaced" if update else "changed and kept, for want of --update", changed)
    yield from listed("curated by hand, and kept", kept)
    yield from listed("ambiguous, left alone", doubts, len(doubts))
    yield from listed("without a match, and nothing is known of them", lost, len(lost))
    yield (
        f"{len(told):,} matched, {len(added):,} with new facts, {len(changed):,} changed, {len(doubts):,} ambiguous, "
        f"{pluralize(planned.skipped, 'record')} skipped; {len(planned.unmatched):,} of the corpus without a match"
    )
