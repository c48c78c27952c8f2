"""The words of a study's fields that tell one ablated part from another."""

from __future__ import annotations

import re
import unicodedata

# α and "alpha" are one word. Compatibility forms such as ϵ are gone by the time this is used.
_GREEK = {code: f" {unicodedata.name(chr(code)).split()[-1].lower()} " for code in range(ord("α"), ord("ω") + 1)}
_WORD = re.compile(r"[^\W_]+")
_BRITISH = (re.compile(r"is(?=(?:ation|e|ed|er|ing)$)"), "iz"), (re.compile(r"our$"), "or")
# What precedes the first of these names the part; what follows says where it sits or what it is for. "of" and "and" are
# missing on purpose, "number of patches" is a name; and a word alone in brackets is the name's short form.
_JOINT = re.compile(
    r"[,;:]|\((?!\w+\))|(?<!\w)(?:across|applied|as|at|between|by|currently|during|employed|for|from|if|implemented|in|"
    r"inside|into|introduced|obtained|on|specifically|that|through|to|under|used|using|via|when|where|which|while|with|"
    r"within)(?!\w)",
    re.IGNORECASE,
)
_ENGLISH = """
    a all an and any are as at based be been being between both but by can could current currently different
    do does each either else entire etc every few for from general given had has have how if in instead into
    is it its least less like many may more most much multiple must new no non none not of off on one only
    onto or other otherwise our out over own per rather same several should single so some specific such than
    that the their them then there these they this those through to too two under until up upon use used user
    using various versus very via vs was we well were what when where whether which while who whose why will
    with within without wo would yes yet you your
"""
_OF_ANY_STUDY = """
    ablate ablated ablating ablation alternative analyse analysis analyze assess assessing baseline change
    changed changing choice compare compared comparing comparison contribution default effect effectiveness
    evaluate evaluated evaluating evaluation examine examining experiment exploration explore exploring full
    impact importance influence investigate investigating investigation original proposed remove removal
    removed removing replace replaced replacement replacing role sensitivity standard study studying test
    testing type usage utilized utilizing variant variation vary varying
"""
_OF_ANY_PART = """
    approach approaches component design mechanism method module part procedure process scheme setting
    strategy technique
"""


def words(text: str) -> set[str]:
    """The telling words of a text, spelled alike: lower case, singular, American, without accents; no bare numbers."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(ch for ch in decomposed if not unicodedata.combining(ch)).casefold().translate(_GREEK)
    found = {_spell(word) for word in _WORD.findall(plain) if len(word) > 1 and not word.isdigit()}
    return found - _UNTELLING


def head_and_rest(part: str) -> tuple[set[str], set[str]]:
    """The words that name an ablated part, and those that only describe it."""
    phrases = [found for phrase in _JOINT.split(part) if (found := words(phrase))]
    if not phrases:
        return set(), set()
    return phrases[0], set().union(*phrases[1:]) - phrases[0]


def _spell(word: str) -> str:
    """A key that singular and plural, American and British spellings share; not always a word."""
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending, american in _BRITISH:
        word = ending.sub(american, word)
    return word


_UNTELLING = frozenset(map(_spell, _WORD.findall(_ENGLISH + _OF_ANY_STUDY + _OF_ANY_PART)))
