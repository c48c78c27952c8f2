"""Words that nobody ever wrote, as frequent and as long as those of a language, and texts of them."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from random import Random

# The shares of a whole at which `Dice.drawn` expects the quantiles of a quantity.
_SHARES = (0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1)
_ONSETS = "b br d dr f g gl k kr l m n p pl r s st t tr v z".split()  # noqa: SIM905 -- shorter to read
_SYLLABLES = [onset + vowel for onset in _ONSETS for vowel in "aeiou"]
_SYLLABLES_A_WORD = (2, 2, 3, 3, 4, 5)
_COMMON = 5000
_SENTENCE = (10, 25)  # words


class Words:
    """A vocabulary in which the n-th commonest word is a little less than 1/n as common as the first, and shorter.

    Fitted to the words of 966 published traces: the ten commonest are a quarter of a text, the hundred commonest half.
    """

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        coined = dict.fromkeys(self.coined() for _ in range(2 * _COMMON))
        self._words = sorted(list(coined)[:_COMMON], key=lambda word: len(word) + dice.random() * 8)
        self._weights = list(accumulate((rank + 2.5) ** -1.05 for rank in range(len(self._words))))

    def coined(self) -> str:
        """A new word."""
        return "".join(self._dice.choices(_SYLLABLES, k=self._dice.choice(_SYLLABLES_A_WORD)))

    def some(self, length: float, own: Sequence[str] = (), share: float = 0) -> str:
        """Words of about so many characters in all, and this share of them from `own`."""
        chosen: list[str] = []
        left = length - 3  # or the last word would make most texts too long
        while left > 0 or not chosen:
            word = self._dice.choice(own) if own and self._dice.random() < share else self._common()
            chosen.append(word)
            left -= len(word) + 1
        return " ".join(chosen)

    def prose(self, length: float, own: Sequence[str], share: float) -> str:
        """The same as sentences."""
        words = self.some(length, own, share).split(" ")
        ends = [0, *accumulate(self._dice.randint(*_SENTENCE) for _ in range(len(words) // _SENTENCE[0])), len(words)]
        sentences = [" ".join(words[start:end]) for start, end in pairwise(sorted(set(ends))) if start < len(words)]
        return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)

    def _common(self) -> str:
        return self._words[bisect_right(self._weights, self._dice.random() * self._weights[-1])]


def drawn(dice: Random, quantiles: Sequence[float]) -> float:
    """A quantity with these quantiles, at 0, 5, 10, 25, 50, 75, 90, 95, 99 and 100 %, and straight lines between."""
    share = dice.random()
    above = bisect_right(_SHARES, share)
    low, high = quantiles[above - 1], quantiles[above]
    part = (share - _SHARES[above - 1]) / (_SHARES[above] - _SHARES[above - 1])
    return low + (high - low) * part
