"""What every problem means and what is right, code by code."""

from __future__ import annotations

from generator.addresses import PROBLEMS
from generator.diagnostics import Code
from generator.pages.page import FrontMatter, Page


def problems_page() -> Page:
    """The catalogue of problems; the address of each ends in its code."""
    front_matter = FrontMatter(
        title="Problems",
        description="What the check of the seeds says: every problem, why it matters, and what to write instead.",
        kind="index",
    )
    return Page(PROBLEMS, "problems.md.jinja", front_matter, tuple(Code))
