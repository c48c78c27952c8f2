"""What builders read from the environment, set where whoever runs the build left it open."""

from __future__ import annotations

import os

_DEFAULTS = {
    # The date that MkDocs puts into what it writes: no clock reaches the site.
    "SOURCE_DATE_EPOCH": "0",
    # Material's notice about MkDocs 2 is of no use to whoever builds the site.
    "NO_MKDOCS_2_WARNING": "1",
}


def settle() -> None:
    """Set the defaults; a value that is there already stays."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
