"""`mkdocs serve` under the policy of the published pages.

MkDocs ends each page that it serves with an inline script, which reloads the page when a file changes. The policy of a
served page names that one script, by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_SOURCES = b"script-src 'self'"


def trusting(served: WSGIApplication) -> WSGIApplication:
    """The same application, its pages trusting the script that the server itself put last."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not environ["PATH_INFO"].endswith(("/", ".html")):
            return served(environ, start_response)
        answers: list[tuple[str, list[tuple[str, str]]]] = []

        def answered(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
            answers.append((status, headers))
            return bytes

        page = trusted(b"".join(served(environ, answered)))
        ((status, headers),) = answers
        start_response(status, [*(one for one in headers if one[0] != "Content-Length"), _length(page)])
        return [page]

    return application


def trusted(page: bytes) -> bytes:
    """A page whose policy names, by hash, the last inline script in it."""
    script = page.rpartition(b"<script>")[2].partition(b"</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script).digest())
    return page.replace(_SOURCES, b"%b 'sha256-%b'" % (_SOURCES, digest), 1)


def _length(page: bytes) -> tuple[str, str]:
    return "Content-Length", str(len(page))
