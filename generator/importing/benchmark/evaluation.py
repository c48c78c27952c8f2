"""The output folder of the benchmark's command `ablation-bench eval`; docs/runs.md shows its files.

A judge leaves a chat completion, which names its model, an agent its trajectory, a majority vote neither. Of several
studies that match, `name_in_plan` may be a list, of none null. Whose plans they are stands nowhere in it.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.corpus.verdicts import find_studies, with_figures
from generator.diagnostics import Code, Diagnostic, Location, errors, truncated
from generator.importing.benchmark.answers import LOG, PLAN, TRAJECTORY, leads_out, object_of, read_lines
from generator.importing.benchmark.planner_run import EVALUATIONS, Run, is_run
from generator.importing.table_rows import numbered, text_of
from generator.loading.json_lines import control_character, decode, read_object
from generator.loading.located_yaml import LocatedMapping
from generator.loading.validation import place_record
from generator.model import Corpus, Outcome, Task, Trace, Verdict
from generator.text.slugs import slugify

_PAPER, _PLAN, _REVIEW = "name_in_paper", "name_in_plan", "appears_in_review"
_FIGURES = {"precision": "precision", "recall": "recall", "f1": "f1_score", "ndcg": "ndcg_score"}
# What is right in the list of papers, and in what a judge says of one.
_SAMPLE = '{"id": "title-of-the-paper", "precision": 0.5, "recall": 0.5, "f1_score": 0.5, "ndcg_score": 0.4}'
_SAMPLE_LINE = '{"name_in_plan": "Memory gate", "appears_in_review": true}'
# As many digits as figures that are counted have.
_DIGITS = 4

_Lines = Sequence[tuple[Location, Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a judge says of a study: the gold ablation that it matches, if that is named."""

    study: str
    gold: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Judged:
    """What an evaluation's folder says of one paper; `total` is the number of its gold ablations.

    `lines` are what the judge says, None where no file holds it; the figures stand at `listed`.
    """

    place: Location
    listed: Location
    name: str
    figures: Mapping[str, object]
    total: int
    lines: _Lines | None


def is_evaluation(folder: Path) -> bool:
    """Tell whether the command left its output here, if only what the judge says of each paper."""
    return (folder / EVALUATIONS).is_file() or (is_run(folder) and task_of(folder) is not None)


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
        for _, line in read_lines(folder, path)[0]:
            if line.keys().isdisjoint((_PAPER, _PLAN, _REVIEW)):
                return None
            return Task.REVIEWER if _REVIEW in line else Task.AUTHOR
    return None


def _open(folder: Path) -> Iterator[tuple[_Judged | None, list[Diagnostic]]]:
    """Yield what the folder says of each paper, or nothing, and what is wrong with it."""
    path = folder / EVALUATIONS
    where, text = Location(str(path), 1), text_of(folder, path)
    papers, broken = (None, text) if isinstance(text, Diagnostic) else decode(where, text)
    if broken := broken or control_character(where, papers):
        yield None, [broken]
        return
    for listed, entry in numbered(path, papers if isinstance(papers, list) else [papers], "paper"):
        match entry:
            case {"id": str(name), **known} if not leads_out(name):
                yield _of_paper(folder, listed, name, known)
            case _:
                hint = "name the folder that `ablation-bench eval` wrote"
                yield None, [Diagnostic(Code.WRONG_VALUE, listed, "a paper without a usable id", hint, sample=_SAMPLE)]


def _of_paper(
    folder: Path, listed: Location, name: str, known: Mapping[object, object]
) -> tuple[_Judged | None, list[Diagnostic]]:
    path = folder / f"{name}{PLAN}"
    lines, diagnostics = read_lines(folder, path) if path.is_file() else (None, [])
    labels = known.get("true_labels")
    total = labels.count(True) if isinstance(labels, list) else 0
    if lines is None and labels == []:
        found = f"no judge says anything of {truncated(name)}, so it is left out"
        return None, [Diagnostic(Code.DROPPED_CLAIM, listed, found, "judge it anew")]
    for where, line in lines or ():
        if line.get(_REVIEW, True) not in (True, False, None):
            found = f"{_REVIEW!r} is {truncated(json.dumps(line[_REVIEW]))}, expected true or false"
            diagnostics.append(Diagnostic(Code.WRONG_VALUE, where, found, "write one of these", sample=_SAMPLE_LINE))
    figures = {ours: figure for ours, theirs in _FIGURES.items() if (figure := _figure(known.get(theirs))) is not None}
    return _Judged(Location(str(path)), listed, name, figures, total, lines), diagnostics


def _figure(value: object) -> object:
    """Return a figure with as many digits as are kept; what is wrong with another is found with the verdict."""
    if not isinstance(value, float) or math.isinf(value):
        return value
    return None if math.isnan(value) else round(value, _DIGITS)


def read_verdicts(
    folder: Path, run: Run, corpus: Corpus
) -> tuple[list[Verdict], list[tuple[Diagnostic, ...]], list[Diagnostic]]:
    """Return a verdict on each trace of the corpus that was judged, why there is none on others, and what is odd."""
    verdicts, refused, odd = list[Verdict](), list[tuple[Diagnostic, ...]](), list[Diagnostic]()
    ran = _traces_of(run, corpus)
    for one, diagnostics in _open(folder):
        verdict, found = _verdict(one, run, ran, corpus) if one else (None, [])
        if errors(diagnostics := [*diagnostics, *found]):
            refused.append((*diagnostics,))
            continue
        verdicts += [verdict] if verdict else []
        odd += diagnostics
    return verdicts, refused, odd


def _verdict(one: _Judged, run: Run, ran: Sequence[Trace], corpus: Corpus) -> tuple[Verdict | None, list[Diagnostic]]:
    """Return the verdict on the corpus' trace of this run and paper, and what is odd about it; None without a trace."""
    claims = list(_claims(one.lines or ()))
    trace, diagnostics = _trace(one, claims, run, ran, corpus)
    if trace is None:
        return None, diagnostics
    figures = one.figures
    if _is_swapped(claims, trace):
        claims = [replace(claim, study=claim.gold, gold=claim.study) for claim in claims]
        figures = {}
        message = f"{_PAPER!r} names studies of the plan and {_PLAN!r} ablations of the paper, so they are exchanged"
        diagnostics.append(Diagnostic(Code.SWAPPED_SIDES, one.place, message))
    judged, found = _judged(one, claims, trace)
    values = {"trace": trace.id, "judge": run.judge, **({"studies": judged} if judged else {}), **figures}
    places: dict[tuple[str | int, ...], Location] = {(): one.place}
    places |= {(key,): one.listed for key in figures}
    verdict, wrong = place_record(Verdict, one.place.path, LocatedMapping(values, places))
    return verdict and with_figures(verdict, one.total), diagnostics + found + wrong


def _claims(lines: _Lines) -> Iterator[_Claim]:
    for _, line in lines:
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
) -> tuple[Trace | None, list[Diagnostic]]:
    """Find the trace that was judged: of several the one whose plan holds what the judge names."""
    names = {slugify(name) for name in (one.name, run.paper(one.name), run.titles.get(one.name, one.name))}
    papers = {paper.slug for name in names if (paper := corpus.paper_named.get(name))}
    traces = [trace for trace in ran if slugify(trace.name) in names or corpus.paper_of[trace.id].slug in papers]
    if len(traces) > 1:
        named = {name for claim in claims for name in (claim.study, claim.gold)}
        traces = [trace for trace in traces if any(find_studies(name, trace.studies) for name in named)]
    if len(traces) == 1:
        return traces[0], []
    found = f"{len(traces)} traces" if traces else "no trace"
    message = f"{found} of {run.planner}, {run.model}, {truncated(one.name)}, {run.task} task, so it is left out"
    hint = "say by --run which run was judged" if traces else "import the run that was judged first"
    return None, [Diagnostic(Code.UNMATCHED_VERDICT, one.place, message, hint)]


def _is_swapped(claims: Sequence[_Claim], trace: Trace) -> bool:
    """Tell whether the two sides changed places: the judge is shown them in random order, and may mix them up."""
    named = [claim for claim in claims if claim.gold]
    is_plan = [bool(find_studies(claim.study, trace.studies)) for claim in named]
    return not any(is_plan) and any(find_studies(claim.gold, trace.studies) for claim in named)


def _judged(one: _Judged, claims: Sequence[_Claim], trace: Trace) -> tuple[list[dict[str, object]], list[Diagnostic]]:
    """Return what is said of each study, and which names the plan does not have."""
    diagnostics = []
    # Where ablations are listed, the judge has seen the whole plan: a study that it does not name matches none.
    is_whole = one.lines is not None and trace.task is Task.AUTHOR
    said: dict[str, list[_Claim]] = {study.anchor: [] for study in trace.studies if is_whole}
    for claim in claims:
        studies = find_studies(claim.study, trace.studies)
        for study in studies:
            said.setdefault(study.anchor, []).append(claim)
        if not studies:
            message = f"no study is called {truncated(claim.study)}, so what the judge says of it is left out"
            diagnostics.append(Diagnostic(Code.DROPPED_CLAIM, one.place, message))
    return [_study(trace, *each) for each in said.items()], diagnostics


def _study(trace: Trace, anchor: str, claims: Sequence[_Claim]) -> dict[str, object]:
    called = next(study.name for study in trace.studies if study.anchor == anchor)
    is_unique = [study.name for study in trace.studies].count(called) == 1
    is_matched = any(claim.outcome is Outcome.MATCHED for claim in claims)
    return {
        "study": called if is_unique else anchor,
        "verdict": (Outcome.MATCHED if is_matched else Outcome.NOT_MATCHED).value,
        "gold": [*dict.fromkeys(claim.gold for claim in claims if claim.gold)],
    }
