"""What holds for studies in whichever form a seed has them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.catalogue import Code
from generator.model import Action
from generator.problems import Problem
from generator.text.slugs import anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Study
    from generator.problems import Location


def anchored(studies: Iterable[Study]) -> tuple[Study, ...]:
    """A plan's studies with their anchors, made of part, action and replacements.

    Studies alike in these are told apart by their order, the rest keep their anchors.
    """
    seen: Counter[str] = Counter()
    found = []
    for study in studies:
        own = anchor(study.ablated_part, (study.ablated_part, study.action, *study.replacements))
        seen[own] += 1
        found.append(replace(study, anchor=f"{own}-{seen[own]}" if seen[own] > 1 else own))
    return tuple(found)


def check_replacements(action: str, items: Sequence[str], where: Location, writing: str) -> list[Problem]:
    """Whether an action and its replacements go together; `writing` says how they are written."""
    if action == Action.REPLACE and not any(items):
        return [Problem(Code.REPLACE_WITHOUT_REPLACEMENT, where, "REPLACE without a replacement", f"add {writing}")]
    if action == Action.ADD and not items:
        remedy = f"list what is added, as {writing}, if the planner said so"
        return [Problem(Code.ADD_WITHOUT_REPLACEMENT, where, "ADD without a replacement", remedy)]
    if action == Action.REMOVE and items:
        remedy = "a removed part has none; is the action REPLACE?"
        return [Problem(Code.REMOVE_WITH_REPLACEMENT, where, "REMOVE with a replacement", remedy)]
    return []
