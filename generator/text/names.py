"""Names of persons and organisations: those that a text lists, and the parts of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from generator.package_data import load_yaml


class _Vocabulary(BaseModel):
    """The words of `names.yml`, which says of each list what it is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    particles: frozenset[str]
    suffixes: frozenset[str]
    organisations: frozenset[str]


VOCABULARY = load_yaml("generator.text", "names.yml", _Vocabulary)

# Stands in a list of authors for those it leaves out.
OTHERS = "et al."
# Nothing within braces or parentheses parts two names; blanks are single ones.
_OUTSIDE = r"(?![^{}()]{0,200}[})])"
_AND = re.compile(rf" (?:and|&) {_OUTSIDE}")
_COMMA = re.compile(rf" ?[,、] ?(?:(?:and|&) )?{_OUTSIDE}")
_BEFORE_SUFFIX = re.compile(rf", ?(?=(?:{'|'.join(map(re.escape, VOCABULARY.suffixes))})(?!\w))", re.IGNORECASE)
_ET_AL = re.compile(r"(?:\bet al\.?|…|\.\.\.)$")
# Chinese, Japanese and Korean names begin with the family name.
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_INITIALS = re.compile(r"(?:\w\.?[\s-]?)+")
_MOST_INITIALS = 3
_AFFILIATION = re.compile(r" ?\([^()]*\)$")


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
    if without_braces(text) != text:
        return Name("", without_braces(text), is_organisation=True)
    person = _AFFILIATION.sub("", text) or text
    words = person.split()
    if not VOCABULARY.organisations.isdisjoint({*words, *map(str.casefold, words)}):
        return Name("", text, is_organisation=True)
    family, *rest = [piece.strip() for piece in person.split(",") if piece.strip()] or [person]
    suffix = next((piece for piece in rest if piece.casefold() in VOCABULARY.suffixes), "")
    given = " ".join(piece for piece in rest if piece != suffix)
    if _EAST_ASIAN.search(text):
        return Name("", f"{family} {given}".strip())
    return Name(given, family, suffix) if given else _given_first(family.split(), suffix)


def _given_first(words: Sequence[str], suffix: str) -> Name:
    if len(words) > 1 and words[-1].casefold() in VOCABULARY.suffixes:
        *words, suffix = words
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in VOCABULARY.particles:
        start -= 1
    return Name(" ".join(words[:start]), " ".join(words[start:]), suffix)


def without_braces(name: str) -> str:
    """Return a name as readers see it: braces around it say that it is an organisation's."""
    return name[1:-1] if name.startswith("{") and name.endswith("}") else name


def given_first(name: str) -> str:
    """Return `Family, Given` as `Given Family`; a name in braces stays as it is, and so does what is in parentheses."""
    person = _AFFILIATION.sub("", name)
    if "," not in person or without_braces(name) != name:
        return name
    return f"{parse_name(person)}{name[len(person) :]}"


def with_others(name: str) -> tuple[str, ...]:
    """Return a name of a list, and "others" as one more if "et al." stands behind it."""
    found = _ET_AL.search(name)
    return tuple(filter(None, (name[: found.start()].rstrip(" ,"), "others"))) if found else (name,)


def names_in(text: str) -> tuple[str, ...]:
    """Return the names that a text lists, given names first; a final "et al." is `others`, BibTeX's word for the rest.

    They are parted by line ends and semicolons, else by commas and `and`; where these stand within the names as well,
    family names and given names take turns.
    """
    listed = (name for line in text.split("\n") for name in _split(" ".join(line.split()).strip(" ,")))
    return tuple(one for name in listed for one in with_others(given_first(name)) if one)


def _split(line: str) -> list[str]:
    if ";" in line or "；" in line:
        return [name.strip() for name in re.split("[;；]", line)]
    line = _BEFORE_SUFFIX.sub(" ", line)
    parts = _AND.split(line)
    if len(parts) > 1 and all(len(_COMMA.findall(part)) == 1 for part in parts):
        return parts
    names = [name for part in parts for name in _COMMA.split(part.strip(" ,"))]
    if _are_inverted(names[::2], names[1::2]):
        return [f"{family}, {given}" for family, given in zip(names[::2], names[1::2], strict=True)]
    return names


def _are_inverted(family: Sequence[str], given: Sequence[str]) -> bool:
    """Tell whether family names and given names take turns: no family name has a blank, or given names are initials."""
    if len(family) != len(given) or any(" " in name or _EAST_ASIAN.search(name) for name in family):
        return False
    if any(len(name.split()) > _MOST_INITIALS for name in given):
        return False
    if any(parse_name(name).is_organisation for name in (*family, *given)):
        return False
    return all(" " not in name for name in given) or all(map(_INITIALS.fullmatch, given))
