"""What the site says: sentences in no language yet, and languages that say them, out of one catalogue each.

Pages are planned in `Message`s and said once they are rendered, so no page knows its language before that, and nothing
remembers one. English is what stands in the code; other languages have a catalogue in `locale/`, which Babel keeps up
to date (`make messages`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations, c2py
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


class Figure(str):
    """A number in English digits, `1,204.5`; said, it has the signs of the language."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in no language yet: its English words, with places for `values`.

    With a `plural` it is said of a `number` of things. Places are written `%(name)s`, and so `%%` is a per cent sign.
    """

    words: str
    plural: str = ""
    number: int = 1
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        raise TypeError(f"in which language? {self!r}")


# What a page says: somebody's own words, or the site's.
Text = str | Message


def _(words: str, /, **values: object) -> Message:
    """Return a message; Babel finds the words by the name of this function."""
    return Message(words, values=(*values.items(),))


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> Message:
    """Return a message about a `number` of things, which has the place `%(number)s`."""
    return Message(singular, plural, number, (*{"number": number, **values}.items(),))


def joined(between: str, texts: Iterable[Text]) -> Message:
    """Return texts, one after the other."""
    named = {f"text{number}": text for number, text in enumerate(texts)}
    return Message(between.join(f"%({name})s" for name in named), values=(*named.items(),))


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code as Material has it (https://squidfunk.github.io/mkdocs-material/setup/changing-the-language)."""

    code: str = "en"

    def say(self, text: object) -> str:
        """Return a text in this language; somebody's own words stay as they are, whole numbers get their signs.

        English, and any language without a catalogue, leaves messages as they are.
        """
        if isinstance(text, Message):
            values = {name: self.say(value) for name, value in text.values}
            translations = _translations(self.code)
            said = translations.ngettext(text.words, text.plural, text.number) if text.plural else ""
            return (said or translations.gettext(text.words)) % values
        if isinstance(text, int | Figure):
            return (f"{text:,}" if isinstance(text, int) else text).translate(_signs(self.code))
        return str(text)

    def texts(self, suffix: str) -> dict[str, list[str]]:
        """Return what files with such a suffix say, for those who know no gettext: translations by English words.

        Of a message with a plural there are as many as the language has forms.
        """
        catalogue = _catalogue(self.code) or ()
        found = [one for one in catalogue if one.id and any(path.endswith(suffix) for path, _line in one.locations)]
        return {_forms(one.id)[0]: _forms(one.string) for one in found}

    def forms(self) -> str:
        """Return which form of a message, by its place, is said of 0 to 199 things; then the last two digits tell."""
        catalogue = _catalogue(self.code)
        return "".join(str(c2py(catalogue.plural_expr)(number)) for number in range(200)) if catalogue else ""


def _forms(text: str | Sequence[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else [*(text or ())]


ENGLISH = Language()


@cache
def _catalogue(code: str) -> "Catalog | None":
    path = files("generator").joinpath("locale", code, "LC_MESSAGES", "messages.po")
    if not path.is_file():
        return None
    # Babel takes a while to load, which English can do without.
    from babel.messages.pofile import read_po  # noqa: PLC0415 -- see above

    return read_po(BytesIO(path.read_bytes()), locale=code)


@cache
def _translations(code: str) -> NullTranslations:
    catalogue = _catalogue(code)
    if catalogue is None:
        return NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 -- as above

    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _signs(code: str) -> dict[int, str]:
    """Return the signs of numbers, by those of English."""
    if code == ENGLISH.code:
        return {}
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 -- as above
    from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415 -- as above

    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    return {ord(","): get_group_symbol(locale), ord("."): get_decimal_symbol(locale)}
