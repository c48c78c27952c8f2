"""Words, numbers and names, as text; here letter by letter: accents stripped, and tables for `str.translate`."""

import unicodedata
from collections.abc import Callable


class CharacterTable(dict[int, str]):
    """A table for `str.translate`; `make` is called once for each letter, when it is first met."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, code: int) -> str:
        made = self[code] = self._make(chr(code))
        return made


_BARE = CharacterTable(
    lambda letter: "".join(ch for ch in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(ch))
)


def strip_accents(text: str) -> str:
    """Return a text in NFKD, so without ligatures and other compatibility forms, without its combining characters."""
    return text if text.isascii() else text.translate(_BARE)
