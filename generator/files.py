"""A file that the generator is to write, and the head by which it knows its own Markdown."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# The first line inside a generated page's front matter, a comment in YAML. Files that lack it are never touched.
MARK = "# Written by the generator: edit the seed, not this page."
_HEAD = f"---\n{MARK}\n"
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_PIECE = 1 << 20
_ENCODER = json.JSONEncoder(ensure_ascii=False)
# Characters that JSON takes as they are, but YAML refuses or reads as line breaks.
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file's path below docs/ and what it holds."""

    path: str
    data: bytes

    @classmethod
    def of(cls, path: str, text: str) -> RenderedFile:
        """A text file, in UTF-8."""
        return cls(path, text.encode())

    def chunks(self) -> Iterator[bytes]:
        """What it holds."""
        yield self.data


@dataclass(frozen=True, slots=True)
class SpooledFile:
    """A file's path below docs/, and where in a temporary file its bytes wait; `sha256` in hexadecimal digits."""

    path: str
    spool: Path
    start: int
    size: int
    sha256: str

    def chunks(self) -> Iterator[bytes]:
        """What it holds, piece by piece."""
        with self.spool.open("rb") as spool:
            spool.seek(self.start)
            for at in range(0, self.size, _PIECE):
                yield spool.read(min(_PIECE, self.size - at))


def front_matter(values: Mapping[str, object]) -> str:
    """A YAML block; values are written as JSON, which YAML reads alike and no text can break out of."""
    lines = (f"{key}: {_yaml(value)}" for key, value in values.items())
    return "\n".join(("---", MARK, *lines, "---", ""))


def is_generated(page: Path) -> bool:
    """Whether a page of docs/ begins as `front_matter` does."""
    with page.open("rb") as file:
        return file.read(len(_HEAD)) == _HEAD.encode()


def split_front_matter(text: str) -> tuple[str, str | None]:
    """What stands between the first two lines `---`, its lines counted as in the file, and what stands below them.

    The latter is None where a second such line is missing.
    """
    fences = [match.span() for _, match in zip(range(2), _FENCE.finditer(text), strict=False)]
    if len(fences) < 2:
        return text.removeprefix("---"), None
    (_, start), (end, below) = fences
    return text[start:end], text[below:]


def front_matter_of(page: str) -> tuple[dict[str, object], str]:
    """The values that `front_matter` wrote at the head of a page, and what follows them."""
    head, body = split_front_matter(page)
    lines = (line.partition(": ") for line in head.split("\n") if line and line != MARK)
    return {key: json.loads(value) for key, _, value in lines}, (body or "").lstrip("\n")


def _yaml(value: object) -> str:
    return _NOT_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", _ENCODER.encode(value))
