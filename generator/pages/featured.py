"""The comparison that the home page shows, plans for one paper that agree in much, and a trace as an example."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from zlib import crc32

from generator.messages import Text, _, ngettext
from generator.model import Action, Corpus, Group, Paper, Proposal, Source, Task, Trace
from generator.pages import nouns
from generator.pages.page import Link, View, paper_link, run_names, shared_part, study_link, trace_link, trace_links

# With fewer plans there is little to agree on.
_PLANS = 3
# The version of the corpus chooses among so many comparisons, those with the highest agreement.
_BEST = 8
_GROUPS = 4
# As many names as a line holds.
_NAMED = 6

# All plans for a paper of one task.
Plans = tuple[Paper, Task, Sequence[Trace]]


def most_agreeing(corpus: Corpus) -> Plans | None:
    """Return one of the comparisons with the highest agreement, always the same one for a version of the corpus.

    Papers whose titles are known go before all others. None where no paper has three plans of one task that have a part
    in common.
    """
    compared = (
        (paper, task, [trace for trace in paper.traces if trace.task is task])
        for paper in corpus.papers
        for task, groups in paper.groups.items()
        if groups
    )
    found = [plans for plans in compared if len(plans[2]) >= _PLANS]
    titled = [plans for plans in found if plans[0].title_source is not Source.INFERRED]
    best = sorted(titled or found, key=_rank)[:_BEST]
    return best[crc32(corpus.version.encode()) % len(best)] if best else None


def _rank(plans: Plans) -> tuple[float, str, Task]:
    """Order comparisons by the share of their studies that several plans propose, the largest first."""
    paper, task, traces = plans
    return -_shared(paper.groups[task]) / sum(len(trace.studies) for trace in traces), paper.slug, task


def _shared(groups: Sequence[Group]) -> int:
    return sum(len(group.proposals) for group in groups)


def comparison_view(plans: Plans) -> View:
    """Return what the home page tells of a comparison: how much is shared, and what most plans would ablate."""
    paper, task, traces = plans
    names = dict(zip((trace.id for trace in traces), run_names(traces), strict=True))
    groups = paper.groups[task]
    return {
        "paper": paper_link(paper),
        "task": task,
        "plans": ngettext("%(number)s plan", "%(number)s plans", len(traces)),
        "shared": _shared(groups),
        "studies": nouns.studies(sum(len(trace.studies) for trace in traces)),
        "groups": [
            (
                shared_part(one.study for one in group.proposals),
                [*_by_action(group, names, paper_link(paper))],
                _("%(some)s of %(all)s plans", some=len(group.proposals), all=len(traces)),
            )
            for group in groups[:_GROUPS]
        ],
    }


def _by_action(group: Group, names: dict[str, Text], hub: Link) -> Iterator[tuple[Action, list[Link]]]:
    """Yield each action with links to some studies that propose it, by the names of their runs, and to the others."""
    ordered = sorted(group.proposals, key=lambda one: one.study.action)
    for action, proposals in groupby(ordered, key=lambda one: one.study.action):
        links = [study_link(one.trace, one.study, names[one.trace.id]) for one in proposals]
        more = len(links) - _NAMED
        further = [replace(hub, text=_("%(number)s more", number=more))] if more > 0 else []
        yield action, [*links[:_NAMED], *further]


def example_view(corpus: Corpus, plans: Plans | None) -> View | None:
    """Return a study of the comparison in full, or else of the first trace; None where there is no study at all."""
    if plans:
        paper, task, _traces = plans
        proposal = paper.groups[task][0].proposals[0]
    else:
        first = next((trace for trace in corpus.traces if trace.studies), None)
        if not first:
            return None
        proposal = Proposal(first, 1)
    trace, study = proposal.trace, proposal.study
    planner, model = trace_links(trace)
    return {
        "paper": paper_link(corpus.paper_of[trace.id]),
        "planner": planner,
        "model": model,
        "task": trace.task,
        "trace": trace_link(trace, _("the trace")),
        "action": study.action,
        # In the midst of a sentence, and at its end, which has a full stop of its own.
        "study": study_link(trace, study, study.ablated_part.removesuffix(".")),
        "replacements": study.replacements[:2],
        "metrics": ", ".join(study.metrics[:2]).removesuffix("."),
    }
