"""The preview trusts the script that its server adds, and no other."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from generator.previewing import trusted, trusting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

PLANTED, OWN = b"alert(1)", b"\nlivereload(1, 2);\n"
PAGE = b"<meta content=\"script-src 'self' 'wasm-unsafe-eval'\"><body><script>%b</script>%b</body>"
SERVED = PAGE % (PLANTED, b"<script>%b</script>" % OWN)


def digest(script: bytes) -> bytes:
    return b"'sha256-%b'" % base64.b64encode(hashlib.sha256(script).digest())


def test_the_last_script_is_trusted_alone() -> None:
    page = trusted(SERVED)
    assert b"script-src 'self' %b 'wasm-unsafe-eval'" % digest(OWN) in page
    assert digest(PLANTED) not in page
    assert page.endswith(SERVED.partition(b"<body>")[2])


def test_only_pages_are_changed() -> None:
    def served(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        assert environ["REQUEST_METHOD"] == "GET"
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(SERVED)))])
        return [SERVED[:9], SERVED[9:]]

    def asked(path: str) -> tuple[dict[str, str], bytes]:
        answers = []

        def answered(status: str, headers: list[tuple[str, str]], *_: object) -> type[bytes]:
            answers.append((status, dict(headers)))
            return bytes

        body = b"".join(trusting(served)({"REQUEST_METHOD": "GET", "PATH_INFO": path}, answered))
        ((status, headers),) = answers
        assert status == "200 OK"
        return headers, body

    for path in ("/", "/papers/", "/404.html"):
        page = trusted(SERVED)
        assert asked(path) == ({"Content-Type": "text/plain", "Content-Length": str(len(page))}, page)
    for path in ("/assets/atlas.js", "/livereload/1/2"):
        assert asked(path) == ({"Content-Type": "text/plain", "Content-Length": str(len(SERVED))}, SERVED)
