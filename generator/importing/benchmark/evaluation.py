"""The output folder of the benchmark's command `ablation-bench eval`; docs/runs.md shows its files.

A judge leaves a chat completion, which names its model, an agent its trajectory, a majority vote neither. Of several
studies that match, `name_in_plan` may be a list, of none null. Whose plans they are stands nowhere in it.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.corpus.verdicts import find_studies, with_figures
from generator.diagnostics import Code, Diagnostic, Location, truncated
from generator.importing.benchmark.answers import LOG, PLAN, TRAJECTORY, leads_out, object_of
from generator.importing.benchmark.planner_run import EVALUATIONS, Run
from generator.importing.table_rows import text_of
from generator.loading.json_lines import read_object
from generator.model import Corpus, JudgedStudy, Outcome, Task, Trace, Verdict
from generator.text.slugs import slugify

_PAPER, _PLAN, _REVIEW = "name_in_paper", "name_in_plan", "appears_in_review"
_FIGURES = {"precision": "precision", "recall": "recall", "f1": "f1_score", "ndcg": "ndcg_score"}
# As many digits as figures that are counted have.
_DIGITS = 4

_Lines = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a judge says of a study: the gold ablation that it matches, if that is named."""

    study: str
    gold: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Judged:
    """What an evaluation's folder says of one paper; `total` is the number of its gold ablations.

    `lines` are what the judge says, None where no file holds it.
    """

    place: Location
    name: str
    figures: Mapping[str, Any]
    total: int
    lines: _Lines | None


def is_evaluation(folder: Path) -> bool:
    """Tell whether the command left its output here."""
    return (folder / EVALUATIONS).is_file()


def judge_of(folder: Path) -> str:
    """Return the model that most of the judge's logs name, empty if none does."""
    logs = (*sorted(folder.glob(f"*{LOG}")), *sorted(folder.glob(f"*/*{TRAJECTORY}")))
    names = Counter(name for log in logs if (name := _model(object_of(folder, log)[0])))
    return names.most_common(1)[0][0] if names else ""


def _model(log: Mapping[str, object]) -> str:
    match log:
        case {"model": str(name)}:
            return name
        case {"replay_config": str(text)}:
            match read_object(Location(""), text)[0]:
                case {"agent": {"model": {"name": str(name)}}}:
                    return name
    return ""


def task_of(folder: Path) -> Task | None:
    """Return the task that was judged, as the keys of what the judge says tell."""
    for path in sorted(folder.glob(f"*{PLAN}")):
        for line in _read_lines(folder, path)[0] or ():
            return Task.REVIEWER if _REVIEW in line else Task.AUTHOR
    return None


def _open(folder: Path, told: list[Diagnostic]) -> Iterator[_Judged]:
    """Yield what the folder says of each paper; tell what cannot be read."""
    where, text = Location(str(folder / EVALUATIONS), 1), text_of(folder, folder / EVALUATIONS)
    # Put into an object, for that is what is read elsewhere.
    values, broken = ({}, text) if isinstance(text, Diagnostic) else read_object(where, f'{{"papers": {text}}}')
    told += [broken] if broken else []
    papers = values.get("papers", [])
    for entry in papers if isinstance(papers, list) else [papers]:
        match entry:
            case {"id": str(name), **known} if not leads_out(name):
                path = folder / f"{name}{PLAN}"
                lines, wrong = _read_lines(folder, path) if path.is_file() else (None, [])
                labels = known.get("true_labels")
                total = labels.count(True) if isinstance(labels, list) else 0
                if lines is None and labels == []:
                    found_none = f"no judge says anything of {truncated(name)}, so it is left out"
                    told.append(Diagnostic(Code.DROPPED_CLAIM, where, found_none, "judge it anew"))
                    continue
                told += wrong
                figures = {ours: _figure(known.get(theirs)) for ours, theirs in _FIGURES.items()}
                yield _Judged(Location(str(path)), name, figures, total, lines)
            case _:
                hint = "name the folder that `ablation-bench eval` wrote"
                told.append(Diagnostic(Code.WRONG_VALUE, where, "a paper without a usable id", hint))


def _read_lines(folder: Path, path: Path) -> tuple[_Lines | None, list[Diagnostic]]:
    text = text_of(folder, path)
    if isinstance(text, Diagnostic):
        return None, [text]
    read = [read_object(Location(str(path), at), line) for at, line in enumerate(text.split("\n"), 1) if line.strip()]
    return [values for values, broken in read if not broken], [broken for _, broken in read if broken]


def _figure(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return round(float(value), _DIGITS) if is_number else None  # type: ignore[arg-type] # a number


def read_verdicts(folder: Path, run: Run, corpus: Corpus) -> tuple[list[Verdict], list[Diagnostic]]:
    """Return a verdict on each trace of the corpus that was judged, and what is odd about them."""
    told, ran = list[Diagnostic](), _traces_of(run, corpus)
    verdicts = [_verdict(one, run, ran, corpus, told) for one in list(_open(folder, told))]
    return list(filter(None, verdicts)), told


def _verdict(one: _Judged, run: Run, ran: Sequence[Trace], corpus: Corpus, told: list[Diagnostic]) -> Verdict | None:
    """Return the verdict on the corpus' trace of this run and paper, None without a trace; tell what is odd."""
    claims = list(_claims(one.lines or ()))
    trace = _trace(one, claims, run, ran, corpus)
    if isinstance(trace, Diagnostic):
        told.append(trace)
        return None
    figures: Mapping[str, Any] = one.figures
    if _is_swapped(claims, trace):
        claims = [replace(claim, study=claim.gold, gold=claim.study) for claim in claims]
        figures = dict.fromkeys(_FIGURES)
        message = f"{_PAPER!r} names studies of the plan and {_PLAN!r} ablations of the paper, so they are exchanged"
        told.append(Diagnostic(Code.SWAPPED_SIDES, one.place, message))
    verdict = replace(Verdict(one.place.path, trace.id, run.judge, _judged(one, claims, trace, told)), **figures)
    return with_figures(verdict, one.total)


def _claims(lines: _Lines) -> Iterator[_Claim]:
    for line in lines:
        outcome = Outcome.MATCHED if line.get(_REVIEW, True) else Outcome.NOT_MATCHED
        for study in _names(line.get(_PLAN)):
            for gold in _names(line.get(_PAPER)) or [""]:
                yield _Claim(study, gold, outcome)


def _names(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [" ".join(str(one).split()) for one in values if one not in (None, "")]


def _traces_of(run: Run, corpus: Corpus) -> list[Trace]:
    who = (slugify(run.planner), slugify(run.model), run.task)
    return [
        trace
        for trace in corpus.traces
        if (slugify(trace.planner), slugify(trace.model), trace.task) == who and run.number in {None, trace.run or 1}
    ]


def _trace(
    one: _Judged, claims: Sequence[_Claim], run: Run, ran: Sequence[Trace], corpus: Corpus
) -> Trace | Diagnostic:
    """Find the trace that was judged, of several the one whose plan holds what the judge names; else say why not."""
    names = {slugify(name) for name in (one.name, run.paper(one.name), run.titles.get(one.name, one.name))}
    papers = {paper.slug for name in names if (paper := corpus.paper_named.get(name))}
    traces = [trace for trace in ran if slugify(trace.name) in names or corpus.paper_of[trace.id].slug in papers]
    if len(traces) > 1:
        named = {name for claim in claims for name in (claim.study, claim.gold)}
        traces = [trace for trace in traces if any(find_studies(name, trace.studies) for name in named)]
    if len(traces) == 1:
        return traces[0]
    found = f"{len(traces)} traces" if traces else "no trace"
    message = f"{found} of {run.planner}, {run.model}, {truncated(one.name)}, {run.task} task, so it is left out"
    hint = "say by --run which run was judged" if traces else "import the run that was judged first"
    return Diagnostic(Code.UNMATCHED_VERDICT, one.place, message, hint)


def _is_swapped(claims: Sequence[_Claim], trace: Trace) -> bool:
    """Tell whether the two sides changed places: the judge is shown them in random order, and may mix them up."""
    named = [claim for claim in claims if claim.gold]
    is_plan = [bool(find_studies(claim.study, trace.studies)) for claim in named]
    return not any(is_plan) and any(find_studies(claim.gold, trace.studies) for claim in named)


def _judged(one: _Judged, claims: Sequence[_Claim], trace: Trace, told: list[Diagnostic]) -> tuple[JudgedStudy, ...]:
    """Return what is said of each study; tell which names the plan does not have."""
    # Where ablations are listed, the judge has seen the whole plan: a study that it does not name matches none.
    is_whole = one.lines is not None and trace.task is Task.AUTHOR
    said: dict[str, list[_Claim]] = {study.anchor: [] for study in trace.studies if is_whole}
    for claim in claims:
        studies = find_studies(claim.study, trace.studies)
        for study in studies:
            said.setdefault(study.anchor, []).append(claim)
        if not studies:
            message = f"no study is called {truncated(claim.study)}, so what the judge says of it is left out"
            told.append(Diagnostic(Code.DROPPED_CLAIM, one.place, message))
    return tuple(_study(trace, *each) for each in said.items())


def _study(trace: Trace, anchor: str, claims: Sequence[_Claim]) -> JudgedStudy:
    called = next(study.name for study in trace.studies if study.anchor == anchor)
    is_unique = [study.name for study in trace.studies].count(called) == 1
    is_matched = any(claim.outcome is Outcome.MATCHED for claim in claims)
    return JudgedStudy(
        study=called if is_unique else anchor,
        verdict=Outcome.MATCHED if is_matched else Outcome.NOT_MATCHED,
        gold=tuple(dict.fromkeys(claim.gold for claim in claims if claim.gold)),
    )
