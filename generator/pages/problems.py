"""What every problem means and what is right, code by code."""

from __future__ import annotations

from dataclasses import dataclass

from generator.addresses import CONTRIBUTING, PROBLEMS
from generator.catalogue import Code
from generator.pages.page import FrontMatter, Link, Page


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """What `problems.md.jinja` reads."""

    codes: tuple[Code, ...]
    contributing: Link


def problems_page() -> Page:
    """The catalogue of problems; the address of each ends in its code."""
    front_matter = FrontMatter(
        title="Problems",
        description="What the check of the seeds says: every problem, why it matters, and what to write instead.",
        kind="index",
    )
    view = ProblemsView(tuple(Code), Link("Contributing", CONTRIBUTING))
    return Page(PROBLEMS, "problems.md.jinja", front_matter, view)
