"""What judges say, as pages show it: of a study, of a plan, of a paper's gold ablations, of models."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from generator.addresses import model_path, trace_path
from generator.corpus.verdicts import Standing, finders, outcome
from generator.messages import Text, _, ngettext
from generator.model import Corpus, Paper, Study, Task, Trace
from generator.pages import nouns
from generator.pages.page import View
from generator.pages.page_links import Link, run_names, study_link, trace_link
from generator.text.slugs import slugify

_TITLES = {Task.AUTHOR: _("Ablations in the paper"), Task.REVIEWER: _("Ablations that reviews ask for")}


@dataclass(frozen=True, slots=True)
class StudyVerdict:
    """What most judges say of a study, the gold ablations that it matches, and who agrees where several judged."""

    outcome: Text
    gold: Sequence[Link]
    judges: Text


def study_verdict(corpus: Corpus, paper: Paper, trace: Trace, study: Study) -> StudyVerdict | None:
    """Return what is said of a study; None where no plan of its paper and task is judged, nor can be."""
    if (paper.slug, trace.task) not in corpus.judged:
        return None
    gold = corpus.gold.get((paper.slug, trace.task))
    verdicts = corpus.verdicts.get(trace.id, ())
    found = outcome(verdicts, study)
    said = [(verdict.judge, one) for verdict in verdicts for one in verdict.studies if one.study == study.anchor]
    agreeing = {judge: one for judge, one in said if one.verdict is found}
    names = dict.fromkeys(name for one in agreeing.values() for name in one.gold)
    listed = [ablation.name for ablation in gold.ablations] if gold else []
    return StudyVerdict(
        outcome=nouns.OUTCOMES[found],
        gold=[
            Link(name, trace_path(trace.id), gold_anchor(trace.task, listed.index(name) + 1) if name in listed else "")
            for name in names
        ],
        judges=_(
            "%(agreeing)s of %(all)s judges: %(judges)s",
            agreeing=len(agreeing),
            all=len(said),
            judges=", ".join(agreeing),
        )
        if len(said) > 1
        else "",
    )


def gold_anchor(task: Task, number: int) -> str:
    """Return where a gold ablation, its number counted from 1, stands on the pages of its paper."""
    return f"gold-{task}-{number}"


def judged_section(
    corpus: Corpus, paper: Paper, traces: Sequence[Trace], name: Callable[[Trace, Study], Text]
) -> View | None:
    """Return what a page tells of some plans of one task: figures by judge, and which gold ablations they find.

    `name` says what a study that finds one is called. None if there is nothing to tell.
    """
    task = traces[0].task
    gold = corpus.gold.get((paper.slug, task))
    rows = [
        (trace_link(trace, run), verdict)
        for trace, run in zip(traces, run_names(traces), strict=True)
        for verdict in corpus.verdicts.get(trace.id, ())
    ]
    if not gold and not rows:
        return None
    found = finders(corpus, traces)
    entries = [
        (ablation, gold_anchor(task, number), [study_link(*one, name(*one)) for one in found.get(ablation.name, ())])
        for number, ablation in enumerate(gold.ablations if gold else (), 1)
    ]
    return {
        "title": _TITLES[task],
        "rows": rows,
        "gold": entries,
        "missed": sum(not found_by for *_, found_by in entries),
        "total": ngettext("%(number)s ablation", "%(number)s ablations", gold.size) if gold and gold.size else "",
        "source": gold.source if gold else "",
    }


def standing_rows(standings: Iterable[Standing], own: tuple[str, str] = ("", "")) -> list[tuple[Link, Standing, bool]]:
    """Return the lines of a leaderboard, and whether each is of the planner and model of the page that it stands on."""
    standings = list(standings)
    return [
        (Link(run, model_path(slugify(one.planner), slugify(one.model))), one, (one.planner, one.model) == own)
        for one, run in zip(standings, run_names(standings), strict=True)
    ]


def verdict_facet(corpus: Corpus, trace: Trace, study: Study) -> str:
    """Return what the explorer of studies counts a study as."""
    return outcome(corpus.verdicts.get(trace.id, ()), study) or "not judged"
