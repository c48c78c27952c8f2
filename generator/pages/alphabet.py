"""Initials, under which long lists are found."""

from generator.messages import Text, _
from generator.text.slugs import match_key

_DIGITS = "0–9"
# Of names in other scripts, say.
_OTHER = "Other"


def initial(name: str) -> str:
    """Return a letter, or what stands for digits and for anything else."""
    first = match_key(name)[:1]
    return first.upper() if "a" <= first <= "z" else _DIGITS if first.isdigit() else _OTHER


def by_initial(name: str) -> tuple[bool, str, str]:
    """Return what orders names by their initials, those without a letter or digit last."""
    first = initial(name)
    return first == _OTHER, first, match_key(name)


def initial_text(initial: str) -> Text:
    """Return an initial as readers see it."""
    return _("Other") if initial == _OTHER else initial


def initial_slug(initial: str) -> str:
    """Return an initial as it stands in addresses and anchors."""
    return match_key(initial)
