"""The parts of a citation, whatever its style."""

import re
from dataclasses import dataclass
from functools import cache

from generator.package_data import load_yaml
from generator.prose.typesetting import characters

# As Pandoc has it: no blank within a dollar sign, and no digit behind the closing one. "$5 and $6" is no formula.
FORMULA = re.compile(r"\$(?=[^\s$])((?:[^$\\]|\\.)*?)(?<=\S)\$(?!\d)", re.DOTALL)


# Words with a capital wherever they stand.
PROPER = load_yaml("generator.citing", "proper.yml", frozenset[str])


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


@cache
def plain_title(title: str) -> str:
    r"""Return a title with its formulas in characters: `$\alpha$-Loss` as "α-Loss"; LaTeX that is none stays."""
    return FORMULA.sub(lambda formula: characters(formula[1]) or formula[0], title) if "$" in title else title
