"""Numbers, sentences and values as readers see them."""

import ast
import re

from generator.messages import Figure

_LONGEST = 200
# Itself, and no escape: formulas have many.
_BACKSLASH = re.compile(r"\\(?!['\"])")
# In JSON they are words without quotes; any other is a sign or a name, as in `[MASK]`.
_IN_JSON = {"true", "false", "null"}


def meta_description(sentence: str) -> str:
    """Return a page's description for search engines: one line of at most 200 characters, cut between words."""
    line = " ".join(sentence.split())
    if len(line) <= _LONGEST:
        return line
    kept = line[: _LONGEST - 1].rpartition(" ")[0] or line[: _LONGEST - 2]
    return f"{kept} …"


def pluralize(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun, `1 study`, `2,071 traces`; the default plural ends in s."""
    return f"{number:,} {singular if number == 1 else plural or f'{singular}s'}"


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


def spell_out(text: str) -> str:
    """Return a list or mapping written as in Python or JSON in words, any other text as it is.

    `{'num_layers': [2, 4]}` becomes `num layers: 2, 4`, a list within a list stands in brackets, and numbers keep their
    digits.
    """
    if not text.startswith(("{", "[")):
        return text
    source = _BACKSLASH.sub(r"\\\\", text)
    try:
        return _spelled(source, ast.parse(source, mode="eval").body) or text
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text


def _spelled(source: str, node: ast.expr | None, level: int = 0) -> str:
    """Spell out a literal, one within others in brackets; ValueError for whatever else Python or JSON can say."""
    match node:
        case ast.Dict(keys, values):
            pairs = [
                (_spelled(source, key, 2), _spelled(source, value, 1)) for key, value in zip(keys, values, strict=True)
            ]
            inner = "; ".join(f"{key.replace('_', ' ')}: {value}" for key, value in pairs)
        case ast.List(elements) | ast.Set(elements) | ast.Tuple(elements):
            inner = ", ".join(_spelled(source, element, 2) for element in elements)
        case ast.Constant(str(value)):
            return value
        case ast.Constant() | ast.UnaryOp(operand=ast.Constant()):
            return ast.get_source_segment(source, node) or ""
        case ast.Name(name) if name in _IN_JSON:
            return name
        case _:
            raise ValueError(source)
    return f"({inner})" if level > 1 or (level and isinstance(node, ast.Dict)) else inner
