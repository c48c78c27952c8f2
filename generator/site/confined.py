"""A preview's server, confined: only files of the site, only for pages of this machine."""

import os
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def confined(app: WSGIApplication, root: Path, host: str, port: int) -> WSGIApplication:
    """Return an app that answers like `app`, but never with a file outside `root`, nor to other sites.

    A page of another site may reach this server by a name that it lets point here (DNS rebinding): so requests must
    be for this machine's own names or for `host`.
    """
    names = _LOCAL | {host}

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if urlsplit(f"//{environ.get('HTTP_HOST', '')}").hostname not in names:
            return _refuse(start_response, HTTPStatus.FORBIDDEN, f"ask for http://localhost:{port}/")
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if "\\" in path or "\0" in path or not _is_inside(root, path):
            return _refuse(start_response, HTTPStatus.NOT_FOUND, "no file of the site")
        return app(environ, start_response)

    return answer


def _is_inside(root: Path, path: str) -> bool:
    """Return whether a request's path, wherever the site is mounted, leads to a file below `root` or to none."""
    steps = [step for step in path.split("/") if step not in ("", ".")]
    if ".." in steps:
        return False
    # The first steps may be those of the address under which the site is mounted.
    places = (Path(root, *steps[at:]) for at in range(len(steps) + 1))
    return all(place.resolve().is_relative_to(root.resolve()) for place in places if os.path.lexists(place))


def _refuse(start_response: StartResponse, status: HTTPStatus, why: str) -> Iterable[bytes]:
    start_response(f"{status.value} {status.phrase}", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"{status.phrase}: {why}\n".encode()]
