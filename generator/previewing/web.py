"""The preview's web server: the pages as they will be published, and a script that reloads one when it has changed.

The script is a file of its own, so the policy of the pages holds as it is; MkDocs' server puts one into each page.
"""

from __future__ import annotations

import mimetypes
import posixpath
import socket
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

# No builder publishes what is hidden.
_OWN = "/.preview/"
_CHANGES = f"{_OWN}changes/"
_SCRIPT = Path(__file__).with_name("reload.js")
_SCRIPT_PLACE = b"</body>"
# So often a browser that waits is written to, or nobody would know that it is gone.
_PATIENCE = 15.0  # seconds


class Web(ThreadingHTTPServer):
    """Serves `root` below `mount`, a path that begins and ends with a slash."""

    def __init__(self, address: tuple[str, int], mount: str, root: Path) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, _Handler, bind_and_activate=False)
        self.mount, self.root, self._built = mount, root, time.time_ns()
        self._changed: dict[str, int] = {}
        self._loaded: defaultdict[str, set[str]] = defaultdict(set)
        self._still = Condition()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that went away."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @contextmanager
    def changing(self) -> Iterator[list[str]]:
        """Serve nothing meanwhile; then have the pages reloaded that show one of the files put into the list."""
        with self._still:
            changed: list[str] = []
            yield changed
            self._changed |= dict.fromkeys(changed, time.time_ns())
            self._still.notify_all()

    def replace(self, root: Path) -> None:
        """Serve another folder from now on, and have all pages reloaded."""
        with self._still:
            self.root, self._built = root, time.time_ns()
            self._still.notify_all()

    def read(self, name: str, asking: str) -> bytes | None:
        """A file of the site that another asks for, or nothing if there is none; pages come with the script."""
        with self._still:
            path = self.root / name
            if not path.is_file():
                return None
            if not name.endswith(".html"):
                self._loaded[asking].add(name)
                return path.read_bytes()
            self._loaded[name] = set()
            script = f'<script src="{_OWN}{_SCRIPT.name}" data-since="{time.time_ns()}"></script>'
            before, mark, after = path.read_bytes().rpartition(_SCRIPT_PLACE)
            return b"".join((before, script.encode(), mark, after))

    def changed(self, page: str, since: int, patience: float = _PATIENCE) -> bool:
        """Whether something that the page shows has changed since, or does within so many seconds."""

        def newer() -> bool:
            return max(self._built, *(self._changed.get(name, 0) for name in self._shown(page))) > since

        with self._still:
            return self._still.wait_for(newer, patience)

    def _shown(self, page: str) -> set[str]:
        """The page, what it has loaded, and what that has loaded."""
        shown, waiting = set[str](), [page]
        while waiting:
            name = waiting.pop()
            if name not in shown:
                shown.add(name)
                waiting += self._loaded.get(name, ())
        return shown


class _Handler(BaseHTTPRequestHandler):
    server: Web

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        name, asking = self._name(path), self._name(urlsplit(self.headers.get("Referer", "")).path)
        if path.startswith(_CHANGES):
            self._tell(*path.removeprefix(_CHANGES).partition("/")[::2])
        elif path == _OWN + _SCRIPT.name:
            self._send(HTTPStatus.OK, path, _SCRIPT.read_bytes())
        elif (data := self.server.read(name, asking)) is not None:
            self._send(HTTPStatus.OK, name, data)
        elif not path.endswith("/") and self.server.read(f"{name}/index.html", asking) is not None:
            self._lead(f"{path}/")
        elif path == "/":
            self._lead(self.server.mount)
        else:
            self._send(HTTPStatus.NOT_FOUND, "404.html", self.server.read("404.html", asking) or b"")

    def log_message(self, *_: object) -> None:
        pass

    def _name(self, path: str) -> str:
        """The file in the site that is meant; no path leads out of it."""
        inside = path.startswith(self.server.mount)
        name = posixpath.normpath("/" + unquote(path.removeprefix(self.server.mount) if inside else _OWN))[1:]
        return posixpath.join(name, "index.html") if path.endswith("/") and inside else name

    def _send(self, status: HTTPStatus, name: str, data: bytes) -> None:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _lead(self, path: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", path)
        self.end_headers()

    def _tell(self, since: str, page: str) -> None:
        """Keep the connection open until what the page shows has changed."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        while not self.server.changed(self._name(f"/{page}"), int(since)):
            self.wfile.write(b":\n\n")
        self.wfile.write(b"data: changed\n\n")
