"""Texts letter by letter: without accents, and by tables that grow as letters are met."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Letters(dict[int, str]):
    """What `make` makes of each letter, for `str.translate`: that is worked out once, where a letter is first met."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, code: int) -> str:
        made = self[code] = self._make(chr(code))
        return made


def _bare(letter: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(ch))


_BARE = Letters(_bare)


def without_accents(text: str) -> str:
    """The text in NFKD, so without ligatures and other compatibility forms, and without combining characters."""
    return text if text.isascii() else text.translate(_BARE)
