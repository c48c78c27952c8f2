"""Delimiters of emphasis and of what is struck out: CommonMark's rules, and what is meant where these see none.

CommonMark was made for texts with blanks between words. Beside a quotation mark, a bracket or a pause it wants a blank,
which Chinese and Japanese have not, and which models leave out elsewhere: `**「門」**の`, `**"gate"**module`.
"""

import unicodedata
from collections.abc import Callable

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize as tokenize_emphasis
from markdown_it.rules_inline.strikethrough import tokenize as tokenize_strikes

Rule = Callable[[StateInline, bool], bool]

_STRIKE = "~~"
_PAUSES = ".,:;!?。，、．：；！？"
# Others of ASCII's are operators as well: in `x**2 + (a+b)**n` nothing is emphasized.
_MARKS = frozenset(f"{_PAUSES}\"'")


def emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the signature of a rule
    """Read asterisks and underscores."""
    return _with_meant(tokenize_emphasis, state, silent)


def strikes(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the signature of a rule
    """Read two tildes; one is said of amounts and ranges, and more are nothing."""
    if silent or state.src[state.pos] != _STRIKE[0]:
        return False
    run = state.scanDelims(state.pos, True).length  # noqa: FBT003 -- canSplitWord
    if run == len(_STRIKE):
        return _with_meant(tokenize_strikes, state, silent)
    state.pending += _STRIKE[0] * run
    state.pos += run
    return True


def _with_meant(rule: Rule, state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- as above
    """Let a rule of the library find delimiters, and let them open or close as well what they are meant to."""
    start, known = state.pos, len(state.delimiters)
    if not rule(state, silent):
        return False
    before, after = state.src[start - 1 : start], state.src[state.pos : state.pos + 1]
    if state.src[start] != "_" and before and after:
        opens = _is_apart(before, after) and unicodedata.category(after) not in ("Pe", "Pf") and after not in _PAUSES
        closes = _is_apart(after, before) and unicodedata.category(before) not in ("Ps", "Pi")
        for delimiter in state.delimiters[known:]:
            delimiter.open |= opens
            delimiter.close |= closes
    return True


def _is_apart(letter: str, mark: str) -> bool:
    """Tell whether a mark between a letter and emphasis belongs to what is emphasized."""
    if not letter.isalnum() or unicodedata.category(mark)[0] not in "PS":
        return False
    return unicodedata.east_asian_width(letter) in "WF" or not mark.isascii() or mark in _MARKS
