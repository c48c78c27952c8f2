"""A share of the pages, for one of several machines that build a site together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from zlib import crc32


@dataclass(frozen=True, slots=True)
class Share:
    """The `number`-th of so many shares, from 1. Papers are the unit: all traces of a paper are in its share."""

    number: int
    total: int

    def holds(self, path: str) -> bool:
        """Whether the page at this path is in the share: the pages of a paper and of its traces end in its slug."""
        return crc32(PurePosixPath(path).stem.encode()) % self.total == self.number - 1


def share(text: str) -> Share:
    """The share called `2/4`. Raises ValueError for what is none."""
    called = re.fullmatch(r"(\d+)/(\d+)", text, re.ASCII)
    if called:
        found = Share(int(called[1]), int(called[2]))
        if 1 <= found.number <= found.total:
            return found
    raise ValueError(f"'{text}' is no share such as 2/4")
