"""The words of a text: content words of what planners and papers write, under one spelling each, and words to seek."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from generator.package_data import load_yaml
from generator.text import CharacterTable, strip_accents
from generator.text.slugs import plain

# α and "alpha" are one word. Compatibility forms such as ϵ are gone by the time this is used. Unicode says "lamda".
_GREEK = {
    code: f" {unicodedata.name(chr(code)).split()[-1].lower().replace('lamda', 'lambda')} "
    for first, last in ("ΑΩ", "αω")
    for code in range(ord(first), ord(last) + 1)
    if chr(code).isalpha()
}
# As letters and as words, in lower case.
GREEK_LETTERS = frozenset(text.strip() for code, name in _GREEK.items() for text in (chr(code).lower(), name))
_SPELLED = CharacterTable(lambda letter: strip_accents(letter).translate(_GREEK))
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
# Thai, Lao, Burmese, Khmer, Japanese and Chinese set no blanks between words: there any two letters in a row are one.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
# Forms of a word share so many letters: "cluster" and "clustering", "regularized" and "regularization".
_STEM = 6
# Lists of words; `stop_words.yml` says of each what it is for.
STOP_WORDS = load_yaml("generator.text", "stop_words.yml", dict[str, tuple[str, ...]])


def tokens(text: str) -> list[str]:
    """Split a text into words, in its order and its own case, without accents; Greek letters are spelled out."""
    return _WORD.findall(text if text.isascii() else text.translate(_SPELLED))


def words_of(text: str) -> Iterator[str]:
    """Yield the words that readers may seek, without case and accents; `theme/assets/words.js` finds the same."""
    for run in _RUN.findall(plain(text)):
        yield from map("".join, pairwise(run)) if len(run) > 1 and _IS_UNSPACED.match(run) else [run]


@cache
def normalize_token(token: str) -> str:
    """Return what the spellings of one word share: lower case, singular, American spelling. It need not be a word.

    Empty for a number, a single letter, and a stop word of any English text or of any study.
    """
    folded = token.casefold()
    spelled = _spell(folded) if len(folded) > 1 and not folded.isdigit() else ""
    return "" if spelled in _STOP_WORDS else spelled


def content_words(text: str) -> set[str]:
    """Return the content words of a text, normalized: those that are no stop words."""
    return {normalize_token(token) for token in tokens(text)} - {""}


def phrases(part: str) -> list[str]:
    """Split an ablated part into phrases with content words: the first names the part, the others describe it."""
    return [phrase for phrase in _JOINT.split(part) if content_words(phrase)]


def head_and_rest(part: str) -> tuple[set[str], set[str]]:
    """Return the content words that name an ablated part, and those that only describe it."""
    found = [content_words(phrase) for phrase in phrases(part)]
    if not found:
        return set(), set()
    return found[0], set().union(*found[1:]) - found[0]


def singular(word: str) -> str:
    """Return a key that singular and plural of a lower-case word share."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")) and len(word) > 4:
        return word[:-2]
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")) else word


def stems(words: Iterable[str]) -> set[str]:
    """Return what the forms of each word share, perhaps no word itself: its first letters."""
    return {word[:_STEM] for word in words}


def usual_spelling(spellings: Counter[str]) -> str:
    """Return the most frequent spelling, or that without capitals if at least a fifth of the uses are written so."""
    folded: Counter[str] = Counter()
    for spelling, number in spellings.items():
        folded[spelling.lower()] += number
    plain = min(folded, key=lambda spelling: (-folded[spelling], spelling))
    if 5 * spellings[plain] >= folded[plain]:
        return plain
    cased = (spelling for spelling in spellings if spelling.lower() == plain)
    return min(cased, key=lambda spelling: (-spellings[spelling], spelling))


def _spell(word: str) -> str:
    word = singular(word)
    for ending, american in _BRITISH:
        word = ending.sub(american, word)
    return word


_STOP_WORDS = frozenset(map(_spell, (*STOP_WORDS["english"], *STOP_WORDS["study"], *STOP_WORDS["part"])))

# Any method is described with these.
METHOD_WORDS = content_words(" ".join(STOP_WORDS["method"]))
# What is asked about a part: the number of heads is not the heads.
ASPECT_WORDS = frozenset(STOP_WORDS["aspect"])
