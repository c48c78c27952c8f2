"""Gold ablations and verdicts found in a source against those that the seeds hold: what is new, alike, changed."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.corpus.verdicts import with_verdicts
from generator.diagnostics import Code, Diagnostic, Location, errors
from generator.model import Corpus, Gold, Record, Verdict
from generator.text.slugs import slugify

Judgement = Gold | Verdict


@dataclass(frozen=True, slots=True)
class Judgements:
    """Records by the paths below the seeds' folder where they would be stored; `changed` are held there otherwise.

    `skipped` counts those that no trace of the corpus is for.
    """

    added: Mapping[str, Judgement]
    changed: Mapping[str, Judgement]
    unchanged: int
    refused: tuple[tuple[Diagnostic, ...], ...]
    skipped: int


NO_JUDGEMENTS = Judgements({}, {}, 0, (), 0)


def compare_judgements(found: Sequence[Judgement], folder: Path, held: Sequence[Record], corpus: Corpus) -> Judgements:
    """Compare records with those that the seeds under `folder` hold; `corpus` are these, linked."""
    by_path: defaultdict[str, list[Judgement]] = defaultdict(list)
    for record in found:
        by_path[_path(record, corpus)].append(record)
    skipped = len(by_path.pop("", ()))
    placed = {path: replace(records[0], seed=path) for path, records in by_path.items()}
    golds = [one for one in held if isinstance(one, Gold) and _path(one, corpus) not in placed]
    linked, problems = with_verdicts(corpus, [*golds, *placed.values()])
    now, before, files = _by_path(linked), _by_path(corpus), Counter(record.seed for record in held)
    added, changed, refused = dict[str, Judgement](), dict[str, Judgement](), list[tuple[Diagnostic, ...]]()
    for path, record in placed.items():
        seed = before[path].seed if path in before else path
        reasons = [problem for problem in errors(problems) if problem.location.path == path]
        reasons += _obstacles(folder, by_path[path], seed, files[seed], is_new=path not in before)
        if path in before and _content(now[path]) == _content(before[path]):
            continue
        if reasons:
            where = Location(by_path[path][0].seed)
            refused.append(tuple(replace(reason, location=where) for reason in reasons))
        else:
            (changed if path in before else added)[seed] = record
    unchanged = len(placed) - len(added) - len(changed) - len(refused)
    return Judgements(added, changed, unchanged, tuple(refused), skipped)


def _path(record: Judgement, corpus: Corpus) -> str:
    """Return where a record belongs below the seeds' folder, empty if the corpus has no trace for it."""
    if isinstance(record, Verdict):
        return f"verdicts/{slugify(record.judge)}/{record.trace}.yml" if record.trace in corpus.paper_of else ""
    paper = corpus.paper_named.get(slugify(record.paper))
    return f"gold/{record.task}/{paper.slug}.yml" if paper and paper.traces else ""


def _by_path(corpus: Corpus) -> dict[str, Judgement]:
    records: list[Judgement] = [*corpus.gold.values(), *(one for judges in corpus.verdicts.values() for one in judges)]
    return {_path(record, corpus): record for record in records}


def _content(record: Judgement) -> Judgement:
    """Return a record without where it is from and how it spells its paper."""
    return replace(record, seed="", paper="") if isinstance(record, Gold) else replace(record, seed="")


def _obstacles(
    folder: Path, records: Sequence[Judgement], seed: str, number: int, *, is_new: bool
) -> Iterable[Diagnostic]:
    """Report what keeps a record from being stored: another of the same, or what is in its place."""
    where = Location(records[0].seed)
    if any(_content(other) != _content(records[0]) for other in records[1:]):
        yield Diagnostic(Code.JUDGED_TWICE, where, f"found twice with different content, for {seed}")
    if is_new and os.path.lexists(folder / seed):
        found, hint = f"the file {seed} is there already and holds something else", "rename that file"
        yield Diagnostic(Code.FILE_EXISTS, where, found, hint)
    if not is_new and number > 1:
        found = f"held in {seed} with other records"
        yield Diagnostic(Code.SHARED_FILE, where, found)
