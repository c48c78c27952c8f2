"""Words that readers may seek, whatever the script; `theme/assets/words.js` finds the same in what they type."""

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.text.slugs import plain

# Thai, Lao, Burmese, Khmer, Japanese and Chinese set no blanks between words: there any two letters in a row are one.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text in their order, without case, accents and ligatures."""
    for run in _RUN.findall(plain(text)):
        if len(run) > 1 and _IS_UNSPACED.match(run):
            yield from map("".join, pairwise(run))
        else:
            yield run
