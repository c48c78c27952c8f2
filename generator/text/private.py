"""What nobody means to publish: keys and tokens, home folders, mail addresses. Found by their shape in any text."""

import re
from collections.abc import Iterator

from typing_extensions import TypedDict  # pydantic reads no other before Python 3.12

from generator.package_data import load_yaml


class _Private(TypedDict):
    """A kind of what is private; `private.yml` says what it holds."""

    cues: tuple[str, ...]
    shape: re.Pattern[str]


_KINDS = load_yaml("generator.text", "private.yml", dict[str, _Private])
_SHOWN = 6  # characters
# Nobody reads more of one text.
_MOST = 20


def find_private(text: str) -> Iterator[tuple[int, str]]:
    """Yield where a text seems private, and what it seems to be, with as much of it as tells which one is meant.

    Kind by kind; the same words once, and none within others.
    """
    seen, lower = set[str](), text.lower()
    ends: list[tuple[int, int]] = []
    for kind, known in _KINDS.items():
        for found in known["shape"].finditer(text) if any(cue in lower for cue in known["cues"]) else ():
            within = any(start < found.end() and found.start() < end for start, end in ends)
            if found[0] not in seen and not within and len(seen) < _MOST:
                seen.add(found[0])
                ends.append(found.span())
                yield found.start(), f"what seems a {kind}, {found[0][:_SHOWN]}…,"


def redact(text: str) -> str:
    """Return the text with the kind of what seems private in its place, in square brackets."""
    lower = text.lower()
    for kind, known in _KINDS.items():
        if any(cue in lower for cue in known["cues"]):
            text = known["shape"].sub(f"[{kind}]", text)
    return text
