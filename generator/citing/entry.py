"""The parts of a citation, whatever its style."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from generator.package_data import load_yaml
from generator.prose.typesetting import characters

# Stands in a list of authors for those it leaves out.
OTHERS = "et al."
# As Pandoc has it: no blank within a dollar sign, and no digit behind the closing one. "$5 and $6" is no formula.
FORMULA = re.compile(r"\$(?=[^\s$])((?:[^$\\]|\\.)*?)(?<=\S)\$(?!\d)", re.DOTALL)


# The words of `names.yml`, which says of each list what it is for.
VOCABULARY = load_yaml("generator.citing", "names.yml", dict[str, frozenset[str]])


@dataclass(frozen=True, slots=True)
class CitationEntry:
    """A work to cite.

    `authors` are names as a paper gives them, those of organisations may stand in braces; `title` is on one line.
    `medium` is what styles put in brackets, such as "Data set", `source` the address where it was published first; a
    paper has neither these nor a version. `extra` are further fields of BibTeX, in their order.
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
    source: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """An author's name in parts; an organisation has a `family` name alone."""

    given: str
    family: str
    suffix: str = ""
    is_organisation: bool = False

    def __str__(self) -> str:
        """The name in the order in which it is spoken, such as `Ben Sample Jr.`."""
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    def inverted(self, given: str) -> str:
        """The name as lists sort it, such as `Sample, Ben, Jr.`; `given` is how its given names are written."""
        return ", ".join(part for part in (self.family, given, self.suffix) if part)


@cache
def parse_name(text: str) -> Name:
    """Split a name written as `Given Family`, `Given Family Jr.`, `Family, Given` or `Family, Jr., Given`.

    The family name is the last word, with the particles before it ("van", "de la"). In braces is an organisation's.
    """
    if text.startswith("{") and text.endswith("}"):
        return Name("", text[1:-1], is_organisation=True)
    if not VOCABULARY["organisations"].isdisjoint(text.casefold().split()):
        return Name("", text, is_organisation=True)
    family, *rest = [piece.strip() for piece in text.split(",") if piece.strip()] or [text]
    suffix = next((piece for piece in rest if piece.casefold() in VOCABULARY["suffixes"]), "")
    given = " ".join(piece for piece in rest if piece != suffix)
    return Name(given, family, suffix) if given else _given_first(family.split(), suffix)


def _given_first(words: Sequence[str], suffix: str) -> Name:
    if len(words) > 1 and words[-1].casefold() in VOCABULARY["suffixes"]:
        *words, suffix = words
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in VOCABULARY["particles"]:
        start -= 1
    return Name(" ".join(words[:start]), " ".join(words[start:]), suffix)


@cache
def plain_title(title: str) -> str:
    r"""Return a title with its formulas in characters: `$\alpha$-Loss` as "α-Loss"; LaTeX that is none stays."""
    return FORMULA.sub(lambda formula: characters(formula[1]) or formula[0], title) if "$" in title else title
