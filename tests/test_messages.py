"""What the site says has words in every language that has a catalogue, and a language's own signs and forms."""

import contextlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from generator.messages import ENGLISH, Figure, Language, Message, _, joined, ngettext

ROOT = Path(__file__).parent.parent
CATALOGUES = {path.parent.parent.name: path for path in (ROOT / "generator" / "locale").glob("*/LC_MESSAGES/*.po")}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What code, templates and scripts say, as `make messages` collects it."""
    lines = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ").splitlines()
    (command,) = (line.split()[1:] for line in lines if "pybabel" in line and " extract " in line)
    collected = tmp_path_factory.mktemp("messages") / "messages.pot"
    with contextlib.chdir(ROOT):
        CommandLineInterface().run(["pybabel", *command[:-2], str(collected), "."])  # type: ignore[no-untyped-call]
    return read(collected)


def read(path: Path, code: str | None = None) -> Catalog:
    return read_po(BytesIO(path.read_bytes()), locale=code)


def forms(message: Entry) -> Sequence[str]:
    return [message.string or ""] if isinstance(message.string, str | None) else message.string


def ids(catalogue: Catalog) -> set[str]:
    return {str(message.id) for message in catalogue if message.id}


@pytest.mark.parametrize("code", CATALOGUES)
def test_a_catalogue_translates_all_that_is_said(code: str, said: Catalog) -> None:
    catalogue = read(CATALOGUES[code], code)
    assert ids(said) - ids(catalogue) == set(), "run `make messages`, then translate what is new"
    messages = [message for message in catalogue if message.id]
    assert [one.id for one in messages if one.fuzzy or not all(forms(one))] == []
    # Babel's own checks: the same places for values, as many forms as the language has.
    assert [str(error) for one in messages for error in one.check(catalogue)] == []


@pytest.mark.parametrize(
    ("message", "english", "german"),
    [
        (ngettext("%(number)s trace", "%(number)s traces", 1), "1 trace", "1 Spur"),
        (ngettext("%(number)s trace", "%(number)s traces", 2071), "2,071 traces", "2.071 Spuren"),
        (
            joined(", ", ["100 %", _("AI summary"), Figure("1,204.5")]),
            "100 %, AI summary, 1,204.5",
            "100 %, KI-Zusammenfassung, 1.204,5",
        ),
        (_("%(title)s, part %(number)s", title=_("Papers"), number="2"), "Papers, part 2", "Arbeiten, Teil 2"),
        (_("in no catalogue"), "in no catalogue", "in no catalogue"),
    ],
)
def test_messages_are_said_with_their_values_in_the_language(
    message: Message, english: str, german: str | None
) -> None:
    assert ENGLISH.say(message) == english
    assert Language("xx").say(message) == english
    assert Language("de").say(message) == (german or "100 %, KI-Zusammenfassung, 1.204,5")


def test_a_message_is_never_said_in_no_language() -> None:
    with pytest.raises(TypeError, match="in which language"):
        f"{_('Papers')}"
