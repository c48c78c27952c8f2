"""Numbers and sentences as readers see them."""

from generator.messages import Figure

_LONGEST = 200


def meta_description(sentence: str) -> str:
    """Return a page's description for search engines: one line of at most 200 characters, cut between words."""
    line = " ".join(sentence.split())
    if len(line) <= _LONGEST:
        return line
    kept = line[: _LONGEST - 1].rpartition(" ")[0] or line[: _LONGEST - 2]
    return f"{kept} …"


def pluralize(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun: `1 study`, `2,071 traces`."""
    return f"{number:,} {noun(number, singular, plural)}"


def noun(number: int, singular: str, plural: str = "") -> str:
    """Return the singular for 1, the plural for any other number; the default plural ends in s."""
    return singular if number == 1 else plural or f"{singular}s"


def format_dollars(amount: float) -> Figure:
    """Return an amount in US dollars, small ones with three digits: `$0.0662`, `$1,204.50`."""
    return Figure(f"${amount:.3g}" if amount < 1 else f"${amount:,.2f}")


def format_bytes(amount: int) -> Figure:
    """Return a number of bytes in decimal units: `912 B`, `3.3 kB`, `12 MB`."""
    value, unit = float(amount), "B"
    for larger in ("kB", "MB", "GB"):
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    return Figure(f"{value:.{1 if unit != 'B' and value < 9.95 else 0}f} {unit}")


def percent(number: int, total: int) -> str:
    """Return a number's share of a total: `12 %`, a dash of nothing."""
    return f"{100 * number / total:.0f} %" if total else "–"
