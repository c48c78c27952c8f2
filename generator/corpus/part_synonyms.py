"""Words and phrases that name the same ablated part, all of them normalized as `normalize_token` does it."""

import re

from pydantic import BaseModel, ConfigDict

from generator.package_data import load_yaml

# How "masking" becomes "mask", "pruned" and "prune" "prun".
_INFLECTION = re.compile(r"(?:ing|ed|e)$")
_DOUBLED = re.compile(r"([^aeiouls])\1$")


class Synonyms(BaseModel):
    """Words that name the same part; `part_synonyms.yml` says of each list what it is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heads: tuple[tuple[str, ...], ...]
    phrases: tuple[tuple[str, ...], ...]


_SYNONYMS = load_yaml("generator.corpus", "part_synonyms.yml", Synonyms)


def meaning(phrase: str) -> str:
    """Return what phrases share that mean the same."""
    key = _key(phrase)
    return _PHRASES[key][0] if key in _PHRASES else key


def words_of_synonyms(phrase: str) -> set[str]:
    """Return the words of the phrases that mean the same, or end in a word that does."""
    *rest, last = phrase.split()
    heads = _HEADS.get(last, ()) if rest else ()
    _, others = _PHRASES.get(_key(phrase), ("", ()))
    return {*heads, *others}


def _key(phrase: str) -> str:
    """Return what the forms of a phrase share; its last word is what it is: a rank is no ranking."""
    words = phrase.split()
    if len(words) > 1:
        words = [*map(_uninflected, words[:-1]), _HEADS.get(words[-1], words[-1:])[0]]
    return "".join(words)


def _uninflected(word: str) -> str:
    short = _INFLECTION.sub("", word)
    return _DOUBLED.sub(r"\1", short) if len(short) > 2 else word


_HEADS = {word: group for group in _SYNONYMS.heads for word in group}
# What a phrase shares with its forms -> the same of the group's first phrase, and the words of the whole group.
_PHRASES = {_key(phrase): (_key(group[0]), " ".join(group).split()) for group in _SYNONYMS.phrases for phrase in group}
