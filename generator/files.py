"""A file that the generator is to write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file's path below docs/ and what it holds."""

    path: str
    data: bytes

    @classmethod
    def of(cls, path: str, text: str) -> RenderedFile:
        """A text file, in UTF-8."""
        return cls(path, text.encode())
