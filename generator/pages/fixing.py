"""Where readers report what is wrong with a page: an issue form of the repository, filled in with what the page knows.

The names in the query are the ids of the form's fields, in `.github/ISSUE_TEMPLATE/fix.yml`.
"""

from __future__ import annotations

from urllib.parse import quote

from generator.addresses import url_of


def fix_address(repository: str, path: str, seed: str, anchor: str = "") -> str:
    """The form for the page at `path`, or for the study at `anchor` on it; empty without a repository.

    `seed` is the file that the page is made from, empty if it is made from traces alone.
    """
    if not repository:
        return ""
    place = f"%23{quote(anchor)}" if anchor else ""
    origin = f"&seed={quote(seed)}" if seed else ""
    return f"{repository.rstrip('/')}/issues/new?template=fix.yml&page={quote(url_of(path))}{place}{origin}"
