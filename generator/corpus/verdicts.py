"""Verdicts, linked to the studies that they judge and the gold ablations that these match; leaderboards of models."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from random import Random
from statistics import fmean
from types import MappingProxyType

from generator.diagnostics import Code, Diagnostic, Location, truncated
from generator.model import Corpus, Gold, JudgedStudy, Metadata, Outcome, Paper, Record, Study, Task, Trace, Verdict
from generator.text.slugs import match_key, slugify

_FIGURES = ("precision", "recall", "f1", "ndcg")
_RESAMPLES = 1000
# The middle 95 of 100 resampled means.
_TAIL = _RESAMPLES // 40


@dataclass(frozen=True, slots=True)
class Standing:
    """What one judge says of one model's plans of one task; figures are means over papers, None where none is known.

    `interval` is the 95 % bootstrap interval of the mean of F1, None for fewer than two papers.
    """

    planner: str
    model: str
    judge: str
    papers: int
    precision: float | None
    recall: float | None
    f1: float | None
    ndcg: float | None
    interval: tuple[float, float] | None


def with_verdicts(corpus: Corpus, records: Iterable[Record]) -> tuple[Corpus, list[Diagnostic]]:
    """Return the corpus with gold ablations and verdicts linked, and what of the two belongs nowhere or twice."""
    records = sorted(records, key=lambda record: record.seed)
    gold, diagnostics = _link_gold((record for record in records if isinstance(record, Gold)), corpus.paper_named)
    corpus = replace(corpus, gold=MappingProxyType(gold))
    verdicts, found = _link_verdicts((record for record in records if isinstance(record, Verdict)), corpus)
    judged = {(corpus.paper_of[trace.id].slug, trace.task) for trace in corpus.traces if trace.id in verdicts}
    whole = replace(corpus, verdicts=MappingProxyType(verdicts), judged=frozenset(judged | gold.keys()))
    return whole, diagnostics + found


def _link_gold(
    golds: Iterable[Gold], named: Mapping[str, Paper]
) -> tuple[dict[tuple[str, Task], Gold], list[Diagnostic]]:
    found: dict[tuple[str, Task], Gold] = {}
    diagnostics = []
    for gold in golds:
        paper = named.get(slugify(gold.paper))
        if not paper or not paper.traces:
            message = f"gold ablations of {truncated(gold.paper)}, which no trace is about"
            diagnostics.append(Diagnostic(Code.UNMATCHED_VERDICT, place_of(gold), message))
        elif (first := found.setdefault((paper.slug, gold.task), gold)) is not gold:
            message = f"a second list of the {gold.task} task's gold ablations of {truncated(paper.title)}"
            diagnostics.append(_twice(gold, first, message))
    return found, diagnostics


def _link_verdicts(
    verdicts: Iterable[Verdict], corpus: Corpus
) -> tuple[dict[str, tuple[Verdict, ...]], list[Diagnostic]]:
    traces = {trace.id: trace for trace in corpus.traces}
    found: defaultdict[str, dict[str, Verdict]] = defaultdict(dict)
    diagnostics = []
    for verdict in verdicts:
        trace = traces.get(verdict.trace)
        if not trace:
            message = f"a verdict on {truncated(verdict.trace)}, which no trace has for an id"
            diagnostics.append(Diagnostic(Code.UNMATCHED_VERDICT, place_of(verdict), message))
        elif first := found[trace.id].get(verdict.judge):
            message = f"a second verdict of {truncated(verdict.judge)} on {verdict.trace}"
            diagnostics.append(_twice(verdict, first, message))
        else:
            gold = corpus.gold.get((corpus.paper_of[trace.id].slug, trace.task))
            found[trace.id][verdict.judge], wrong = _linked(verdict, trace, gold)
            diagnostics += wrong
    return {trace: tuple(judged[name] for name in sorted(judged)) for trace, judged in found.items()}, diagnostics


def _linked(verdict: Verdict, trace: Trace, gold: Gold | None) -> tuple[Verdict, list[Diagnostic]]:
    """Return the verdict with studies by their anchors and gold ablations as their list spells them."""
    listed = [one.name for one in gold.ablations] if gold else []
    plan = [study.name for study in trace.studies]
    diagnostics = []
    judged: dict[str, JudgedStudy] = {}
    for at, one in enumerate(verdict.studies, 1):
        studies = find_studies(one.study, trace.studies)
        names = [_spelled(name, listed) for name in one.gold]
        lost = [] if studies else [(Code.UNKNOWN_STUDY, "study", one.study, plan)]
        lost += [(Code.UNKNOWN_GOLD, "gold ablation", name, listed) for name in names if listed and name not in listed]
        diagnostics += [_unknown(place_of(verdict, at), *each) for each in lost]
        judged |= {study.anchor: replace(one, study=study.anchor, gold=tuple(names)) for study in studies}
    whole = replace(verdict, studies=tuple(judged[study.anchor] for study in trace.studies if study.anchor in judged))
    return with_figures(whole, gold.size if gold else 0, listed), diagnostics


def find_studies(name: str, studies: Sequence[Study]) -> list[Study]:
    """Return the studies of a plan that are called so, or have such an anchor; else those but for case and signs."""
    exact = [study for study in studies if name in {study.name, study.anchor}]
    return exact or [study for study in studies if match_key(study.name) == match_key(name)]


def _spelled(name: str, listed: Sequence[str]) -> str:
    """Return a name as the list spells it, but for case and signs; as it is if the list does not hold it."""
    if name in listed:
        return name
    return next((other for other in listed if match_key(other) == match_key(name)), name)


def with_figures(verdict: Verdict, total: int, listed: Sequence[str] = ()) -> Verdict:
    """Count the figures that a verdict doesn't give; `total` is the number of gold ablations, 0 if not known.

    As the benchmark counts: what is found are gold ablations, of those that are `listed` if any are; what is proposed
    besides are studies that match none.
    """
    if not verdict.studies or any(figure is not None for figure in (verdict.precision, verdict.recall, verdict.f1)):
        return verdict
    matched = [one for one in verdict.studies if one.verdict is Outcome.MATCHED]
    names = {name for one in matched for name in one.gold if not listed or name in listed}
    found = len(names) if listed or names else min(len(matched), total or len(matched))
    precision = _share(found, found + len(verdict.studies) - len(matched))
    if not total:
        return replace(verdict, precision=precision)
    recall = _share(found, total)
    return replace(verdict, precision=precision, recall=recall, f1=_share(2 * precision * recall, precision + recall))


def _share(part: float, whole: float) -> float:
    # Further digits would say more than is known.
    return round(min(1.0, part / whole), 4) if whole else 0.0


def outcome(verdicts: Sequence[Verdict], study: Study) -> Outcome | None:
    """Return what most judges say of a study, the half of them not being most; None if nobody judged it."""
    said = [one.verdict for verdict in verdicts for one in verdict.studies if one.study == study.anchor]
    if not said:
        return None
    return Outcome.MATCHED if 2 * said.count(Outcome.MATCHED) > len(said) else Outcome.NOT_MATCHED


def judgements_of(corpus: Corpus, paper: Paper) -> list[Gold | Verdict]:
    """Return all that is said of a paper's plans, and what they are judged by."""
    golds = [corpus.gold[paper.slug, task] for task in Task if (paper.slug, task) in corpus.gold]
    return [*golds, *(verdict for trace in paper.traces for verdict in corpus.verdicts.get(trace.id, ()))]


def finders(corpus: Corpus, traces: Iterable[Trace]) -> dict[str, list[tuple[Trace, Study]]]:
    """Return the studies that match each gold ablation, by its name, as most of their judges say."""
    found: defaultdict[str, list[tuple[Trace, Study]]] = defaultdict(list)
    for trace in traces:
        verdicts = corpus.verdicts.get(trace.id, ())
        for study in (study for study in trace.studies if outcome(verdicts, study) is Outcome.MATCHED):
            said = (one for verdict in verdicts for one in verdict.studies if one.study == study.anchor)
            for name in dict.fromkeys(name for one in said for name in one.gold):
                found[name].append((trace, study))
    return found


def _twice(record: Gold | Verdict, first: Gold | Verdict, message: str) -> Diagnostic:
    return Diagnostic(Code.JUDGED_TWICE, place_of(record), message, related=place_of(first))


def place_of(record: Gold | Verdict | Metadata, number: int = 0) -> Location:
    """Return where a seed names the paper or the trace, or the study of that number."""
    return next(iter(record.places[number:]), Location(record.seed))


def _unknown(place: Location, code: Code, kind: str, name: str, known: Sequence[str]) -> Diagnostic:
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean '{close[0]}'?" if close else f"write one of {truncated(', '.join(known))}"
    return Diagnostic(code, place, f"no {kind} is called {truncated(name)}", hint)


def leaderboards(corpus: Corpus) -> dict[Task, list[Standing]]:
    """Return the standings of each task that was judged, judge by judge, the highest F1 first."""
    judged: defaultdict[tuple[Task, str, str, str], defaultdict[str, list[Verdict]]]
    judged = defaultdict(lambda: defaultdict(list))
    for trace in corpus.traces:
        for verdict in corpus.verdicts.get(trace.id, ()):
            key = (trace.task, verdict.judge, trace.planner, trace.model)
            judged[key][corpus.paper_of[trace.id].slug].append(verdict)
    found: defaultdict[Task, list[Standing]] = defaultdict(list)
    for (task, judge, planner, model), by_paper in judged.items():
        found[task].append(_standing(planner, model, judge, by_paper.values()))
    return {
        task: sorted(found[task], key=lambda one: (one.judge, -(one.f1 or 0), one.planner, one.model))
        for task in sorted(found)
    }


def _standing(planner: str, model: str, judge: str, by_paper: Iterable[Sequence[Verdict]]) -> Standing:
    papers = list(by_paper)
    known = {name: _known(papers, name) for name in _FIGURES}
    means = {name: fmean(values) if values else None for name, values in known.items()}
    return Standing(planner, model, judge, len(papers), **means, interval=bootstrap_interval(known["f1"]))


def _known(papers: Iterable[Sequence[Verdict]], name: str) -> list[float]:
    """Return a figure of each paper where it is known; of several runs on one paper their mean."""
    by_paper = ([value for verdict in runs if (value := getattr(verdict, name)) is not None] for runs in papers)
    return [fmean(values) for values in by_paper if values]


def bootstrap_interval(values: Sequence[float]) -> tuple[float, float] | None:
    """Return the interval that holds 95 % of the means of samples drawn from the values; always the same one."""
    if len(values) < 2:
        return None
    # Of all that `Random` does, only these numbers are promised to stay the same.
    draw, size = Random(0).random, len(values)  # noqa: S311 -- nothing here is secret
    means = sorted(fmean(values[int(draw() * size)] for _ in range(size)) for _ in range(_RESAMPLES))
    return means[_TAIL], means[-_TAIL - 1]
