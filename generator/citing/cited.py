"""What is cited, whatever the style."""

from __future__ import annotations

from dataclasses import dataclass

ATLAS = "Ablation Atlas"
# Stands in a list of authors for those it leaves out.
OTHERS = "et al."
_PARTICLES = {"al", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le", "ten", "ter", "van", "von"}


@dataclass(frozen=True, slots=True)
class Cited:
    """A work; `authors` are names in full, given name first; `title` is on one line.

    `medium` is what styles put in brackets, such as "Data set"; a paper has neither it nor a version.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    year: str
    venue: str
    url: str
    extra: tuple[tuple[str, str], ...] = ()
    medium: str = ""
    version: str = ""


def split_name(name: str) -> tuple[str, str]:
    """A person's given and family name: the last word, with the particles before it."""
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])
