"""The canonical name of a metric, found from a study's spelling, `synonyms.yml` and `vocabulary.yml` alone."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from pydantic import BaseModel, ConfigDict

from generator.package_data import load_yaml
from generator.text import strip_accents
from generator.text.tokens import singular

_UNNAMED = "Other"
_ARROWS = re.compile(r"[↑↓⇑⇓→←▲▼]")
_JOINT = re.compile(r"(?<=\w)[-_‐‑‒–—−]+(?=\w)|_")
_NUMBER_OF = re.compile(r"#\s*(?:of\b)?")
_CUT_OFF = re.compile(r"@ ?(?:\[[^][]*\]|\{[^{}]*\}|\([^()]*\)|[\d.:]+ ?%?|[kn]\b)")
# One number, or the range over which a mean is taken; it may begin with a dot.
_ONE_CUT_OFF = re.compile(r"@[ \[({]*([\d.]+(?:[:-][\d.]+)*)[ %\])}]*")
_BARE_DOT = re.compile(r"(?<!\d)\.(?=\d)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]|\{[^{}]*\}")
# A symbol that is not mere punctuation counts as a word: "∆PSNR" and "PSNR/SSIM" are not PSNR.
_WORD = re.compile(r"\d+\.\d+|[^\W_]+\+*|[^\s\w.,:;'’\"^-]")
_LETTERS = re.compile(r"[^\W_]+")
_REMARK = re.compile(r"(?:e\.?g\.?|i\.?e\.?|such as|like|higher|lower)(?!\w)")
_ACRONYM = re.compile(r"[a-z]{1,4}\d{0,3}")
_PIECES = re.compile(r"[,/;&|]| and | or ")
_LIKE_DATA = re.compile(r"\d+[x×]\d+|[^\W\d]+20[0-2]\d|[^\W\d]+(?:qa|bench)")
_LONGEST_DATA_SET = 4
# What is said at greater length is prose, and not worth the search for a name in it.
_LONGEST = 200
_TRAILING = frozenset({"score", "value", "metric"})


class Vocabulary(BaseModel):
    """Words around a metric's name; `vocabulary.yml` says of each list what it is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    benchmarks: tuple[str, ...]
    modifiers: frozenset[str]
    units: frozenset[str]
    dataset_prepositions: frozenset[str]
    distinguishing: frozenset[str]
    cased: frozenset[str]
    ordinary: frozenset[str]
    long_forms: dict[str, str]


VOCABULARY = load_yaml("generator.metrics", "vocabulary.yml", Vocabulary)
_GROUPS = load_yaml("generator.metrics", "synonyms.yml", dict[str, dict[str, tuple[str, ...]]])
# A well-known metric's name -> its further spellings.
SYNONYMS = {name: spellings for group in _GROUPS.values() for name, spellings in group.items()}


@cache
def canonical_metric(metric: str) -> str:
    """Return the canonical name of a metric in any spelling.

    It is a well-known metric's usual name, whatever data set, split, average or unit stands beside it, with its
    cut-off if it has one; else the metric's own words, in one spelling. The canonical name of a canonical name is
    itself.
    """
    folded = _fold(metric)
    if len(folded) > _LONGEST:
        return _own_words(folded)
    text = _tidy(folded)
    return _usual_name(text) or _own_words(text)


def is_well_known(metric: str) -> bool:
    """Tell whether the canonical name of a metric is that of a well-known one, and not its own words."""
    folded = _fold(metric)
    return len(folded) <= _LONGEST and _usual_name(_tidy(folded)) is not None


def readable_metric(metric: str) -> str:
    """Return a metric as its study spells it, without units, arrows and the underscores of programs.

    A spelling in lower case says nothing of capitals: it gets those of known words, and one at its beginning.
    """
    text = _tidy(_trim(_ARROWS.sub(" ", metric)))
    if text == text.lower():
        return _own_words(text.replace("_", " "))
    first = _LETTERS.match(text)
    return _capitalised(text) if first and first[0].islower() else text


def _usual_name(text: str) -> str | None:
    plain = (word for word in _words(text) if word not in VOCABULARY.modifiers)
    return _known(text) or _with_cut_off(text) or _BENCHMARKS.get("".join(plain))


def _with_cut_off(text: str) -> str | None:
    """Return the name of a well-known metric with its cut-off: "Hits@3". Where there are several it is "Hits@k"."""
    name, cut_offs = _known(_CUT_OFF.sub("@k", text)), _CUT_OFF.findall(text)
    found = _ONE_CUT_OFF.fullmatch(cut_offs[0]) if len(cut_offs) == 1 else None
    if not name or not found or _FAMILIES.get(_key(f"{name.removesuffix('@k')}@k")) != name:
        return name
    specific = f"{name.removesuffix('@k')}@{_BARE_DOT.sub('0.', found[1])}"
    return _FAMILIES.get(_key(specific), specific)


def _fold(metric: str) -> str:
    # Decomposed before and after: some letters have a case, and some a decomposition, only then.
    plain = strip_accents(unicodedata.normalize("NFKD", metric).casefold())
    return _trim(_NUMBER_OF.sub(" number of ", _JOINT.sub(" ", _ARROWS.sub(" ", plain))))


def _trim(text: str) -> str:
    return " ".join(text.split()).strip(" .,:;*").rstrip(" .,:;*%")


def _tidy(text: str) -> str:
    """Drop brackets that hold a unit or the abbreviation of the text before them."""
    while (shorter := _trim(_BRACKETS.sub(_keep, text))) != text:
        text = shorter
    return text


def _keep(bracket: re.Match[str]) -> str:
    inside = bracket[0][1:-1].strip().casefold()
    before = bracket.string[: bracket.start()].casefold()
    return " " if set(inside.split()) <= VOCABULARY.units or _abbreviates(inside, before) else bracket[0]


def _abbreviates(short: str, text: str) -> bool:
    """Tell whether the letters of `short` occur in the text in this order, from its first letter on."""
    if (
        not 1 < len(short) < 8
        or not short.isalpha()
        or short in VOCABULARY.distinguishing
        or not text.startswith(short[0])
    ):
        return False
    if _lookup(_words(short)) not in {None, _known(_trim(text))}:
        return False
    letters = iter(text)
    return all(letter in letters for letter in short)


def _known(text: str) -> str | None:
    if found := _unbracketed(text):
        return found
    brackets = [found[1:-1].strip() for found in _BRACKETS.findall(text)]
    if not brackets:
        return None
    inside, text = " ".join(brackets), _trim(_BRACKETS.sub(" ", text))
    if together := _unbracketed(f"{inside} {text}") or _unbracketed(f"{text} {inside}"):
        return together
    found = _unbracketed(text)
    return found if found and all(_adds_nothing(bracket, found) for bracket in brackets) else None


def _adds_nothing(remark: str, name: str) -> bool:
    if _REMARK.match(remark) or _unbracketed(remark) == name:
        return True
    return _is_data(_words(remark)) and not any(_unbracketed(piece) for piece in _PIECES.split(remark))


def _unbracketed(text: str) -> str | None:
    words = _words(text)
    if found := _lookup(words):
        return found
    at = next((at for at, word in enumerate(words) if word in VOCABULARY.dataset_prepositions and at), len(words))
    return _without_qualifiers(words[:at]) if _is_data(words[at + 1 :]) else None


def _is_data(words: Sequence[str]) -> bool:
    """Tell whether words that follow a metric's name can be dropped without naming another metric."""
    return VOCABULARY.distinguishing.isdisjoint(words) and not any(word in _FAMILIES for word in words)


def _without_qualifiers(words: Sequence[str]) -> str | None:
    """Drop data sets and then modifiers, one by one, until a metric is left: an average test time is a test time."""
    rest = _without_data(words)
    while rest:
        if found := _lookup(rest):
            return found
        modifiers = [at for at, word in enumerate(rest) if word in VOCABULARY.modifiers]
        if not modifiers:
            return None
        at = modifiers[-1] if rest[-1] in _TRAILING else modifiers[0]
        rest = [*rest[:at], *rest[at + 1 :]]
    return None


def _without_data(words: Sequence[str]) -> list[str]:
    kept, at = [], 0
    while at < len(words):
        lengths = range(min(_LONGEST_DATA_SET, len(words) - at), 0, -1)
        length = next((length for length in lengths if "".join(words[at : at + length]) in _BENCHMARKS), 0)
        if not length and not _LIKE_DATA.fullmatch(words[at]):
            kept.append(words[at])
        at += length or 1
    return kept


def _lookup(words: Sequence[str]) -> str | None:
    return _FAMILIES.get("".join(words))


def _words(text: str) -> list[str]:
    found = _WORD.findall(text.replace("'", "").replace("’", ""))
    return [VOCABULARY.long_forms.get(word, word) for word in map(singular, found)]


def _own_words(text: str) -> str:
    if not text:
        return _UNNAMED
    if _ACRONYM.fullmatch(text) and text not in VOCABULARY.ordinary:
        return text.upper()
    return _LETTERS.sub(_spell, text)


def _spell(word: re.Match[str]) -> str:
    return _SPELLINGS.get(word[0]) or (word[0] if word.start() else _capitalised(word[0]))


def _capitalised(word: str) -> str:
    # A few letters have a capital that does not lead back to them; a family must stay its own family.
    capital = word[0].upper()
    return capital + word[1:] if capital.casefold() == word[0] else word


def _key(spelling: str) -> str:
    return "".join(_words(_fold(spelling)))


def _spelled(names: Iterable[str]) -> dict[str, str]:
    """Return how words of these names are written, unless that is plain lower case or just a capital."""
    words = {word for name in names for word in _LETTERS.findall(name) if word.isascii()}
    return {word.lower(): word for word in sorted(words) if word[1:] != word[1:].lower()}


_FAMILIES = {_key(spelling): name for name, spellings in SYNONYMS.items() for spelling in (name, *spellings)}
_BENCHMARKS = {_key(name): name for name in VOCABULARY.benchmarks}
_SPELLINGS = {**_spelled(SYNONYMS), **{word.lower(): word for word in VOCABULARY.cased}}
