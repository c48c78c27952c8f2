"""Similar proposals as pages show them: what several planners would ablate, and how they differ in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.addresses import paper_path
from generator.pages.links import study_link
from generator.pages.page import Link

if TYPE_CHECKING:
    from generator.model import Group, Paper, Proposal, Study, Task

# A trace's page links so many similar studies of others by their models.
_LINKED = 12


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One planner's study in a group; `page` leads to it by the model's name."""

    page: Link
    study: Study


@dataclass(frozen=True, slots=True)
class GroupView:
    """Studies of one paper and task that ablate the same part; `part` is the tersest name of it."""

    anchor: str
    part: str
    share: str
    actions: str
    metrics: tuple[str, ...]
    proposals: tuple[ProposalView, ...]


def group_views(paper: Paper, task: Task) -> tuple[GroupView, ...]:
    """The groups of a paper's plans for one task, the largest first."""
    planners = sum(trace.task is task for trace in paper.traces)
    return tuple(_group(group, _anchor(task, at), planners) for at, group in enumerate(paper.groups[task], 1))


def similar_studies(paper: Paper) -> dict[tuple[str, int], tuple[Link, ...]]:
    """Link the studies that ablate the same part, by model, per trace id and place in the plan.

    Of many only the first are linked, and then the group that holds all of them.
    """
    return {
        (one.trace.id, one.number): _others(paper, group, one, _anchor(task, at))
        for task, groups in paper.groups.items()
        for at, group in enumerate(groups, 1)
        for one in group.proposals
    }


def _others(paper: Paper, group: Group, own: Proposal, anchor: str) -> tuple[Link, ...]:
    shown = [_link(other) for other in group.proposals[: _LINKED + 1] if other is not own][:_LINKED]
    more = len(group.proposals) - 1 - len(shown)
    rest = [Link(f"{more:,} more", paper_path(paper.slug), anchor)] if more else []
    return (*shown, *rest)


def group_links(paper: Paper) -> dict[tuple[str, int], Link]:
    """Per trace id and place in the plan: the way to the group on its paper's page that the study is in."""
    return {
        (one.trace.id, one.number): Link(f"shared by {len(group.proposals)}", paper_path(paper.slug), _anchor(task, at))
        for task, groups in paper.groups.items()
        for at, group in enumerate(groups, 1)
        for one in group.proposals
    }


def _anchor(task: Task, number: int) -> str:
    return f"similar-{task}-{number}"


def _group(group: Group, anchor: str, planners: int) -> GroupView:
    studies = [proposal.study for proposal in group.proposals]
    actions = Counter(study.action for study in studies)
    counted = ", ".join(f"{number} × {action}" for action, number in sorted(actions.items()))
    shared = set.intersection(*(set(study.metrics) for study in studies))
    return GroupView(
        anchor=anchor,
        part=min((study.ablated_part for study in studies), key=len),
        share=f"{len(studies)} of {planners} planners",
        actions=f"all {studies[0].action}" if len(actions) == 1 else counted,
        metrics=tuple(metric for metric in studies[0].metrics if metric in shared),
        proposals=tuple(ProposalView(_link(proposal), proposal.study) for proposal in group.proposals),
    )


def _link(proposal: Proposal) -> Link:
    return study_link(proposal.trace, proposal.study, proposal.trace.model)
