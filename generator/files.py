"""Files that the generator is to write, and the front matter of its pages."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Self

_PIECE = 1 << 20
_ENCODER = json.JSONEncoder(ensure_ascii=False)
# Characters that JSON takes as they are, but YAML refuses or reads as line breaks.
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file's path below docs/ and its bytes."""

    path: str
    data: bytes

    @classmethod
    def from_text(cls, path: str, text: str) -> Self:
        """Make a text file, in UTF-8."""
        return cls(path, text.encode())

    def chunks(self) -> Iterator[bytes]:
        """Yield its bytes."""
        yield self.data


@dataclass(frozen=True, slots=True)
class SpooledFile:
    """A file's path below docs/, and where in a temporary file its bytes wait; `sha256` in hexadecimal digits."""

    path: str
    spool: IO[bytes]
    start: int
    size: int
    sha256: str

    def chunks(self) -> Iterator[bytes]:
        """Yield its bytes, piece by piece."""
        for at in range(0, self.size, _PIECE):
            # Others read and write the same file meanwhile, and go on where they were.
            place = self.spool.tell()
            self.spool.seek(self.start + at)
            piece = self.spool.read(min(_PIECE, self.size - at))
            self.spool.seek(place)
            yield piece

    def lines(self) -> Iterator[bytes]:
        """Yield its lines, each with its end if it has one."""
        rest = b""
        for chunk in self.chunks():
            whole, end, rest = (rest + chunk).rpartition(b"\n")
            yield from (whole + end).splitlines(keepends=True)
        if rest:
            yield rest


def front_matter(values: Mapping[str, object]) -> str:
    """Write a YAML block; values are written as JSON, which YAML reads alike and no text can break out of.

    Empty texts and lists are left out.
    """
    lines = (f"{key}: {_yaml(value)}" for key, value in values.items() if value not in ("", (), []))
    return "\n".join(("---", *lines, "---", ""))


def _yaml(value: object) -> str:
    return _NOT_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", _ENCODER.encode(value))
