"""What the site says has words in every language that has a catalogue, and a language's own signs and forms."""

import pytest

from generator.messages import ENGLISH, Figure, Language, Message, _, joined, ngettext


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
