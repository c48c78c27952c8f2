"""The preview: with `mkdocs serve` an edit is on screen at once, the rest follows when things are quiet."""

import errno
import json
import logging
import os
import re
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.utils import clean_directory

from generator import environment
from generator.addresses import url_of
from generator.corpus import LoadResult, load_corpus
from generator.corpus.similarity import Similar
from generator.corpus.verdicts import judgements_of
from generator.diagnostics import Code, Diagnostic, GeneratorError, Location
from generator.diagnostics.formats import format_text, summary
from generator.docs_folder import generated_files, hand_written_files
from generator.loading.seed_files import lines_of
from generator.messages import Language
from generator.model import Paper
from generator.pipeline import write_docs, write_papers
from generator.publication import read_publication
from generator.site.publish import complete_site

log = logging.getLogger("mkdocs.plugins.atlas")
# After an edit of more papers all pages are made at once.
_FEW = 50
# How long nothing must be edited before search and data follow, in seconds.
_QUIET = 2.0
# What the pages of a preview load to show what is wrong with the seeds.
_STATE = "preview.json"
# Touched when things are quiet; MkDocs watches it.
_STAMP = ".quiet"
_PORTS = 65_536
# With an answer: no page of another site frames it or loads it as a script.
_OURS_ALONE = (("X-Frame-Options", "DENY"), ("Cross-Origin-Resource-Policy", "same-origin"))
# Names of this machine.
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
# A request's host as browsers write it, with the port by which they came: it may be one that is led here.
_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([\w.-]+))(?::\d{1,5})?", re.ASCII)


def configured_seeds(config: MkDocsConfig) -> Path:
    """Return the folder of the seeds: that which the environment names, else the one of the configuration."""
    return environment.seeds_folder(Path(config.config_file_path).parent, str(config.extra.get("seeds") or "seeds"))


class Preview:
    """Keeps the last corpus between the builds of one `mkdocs serve`.

    A `dirty` preview has MkDocs build only the pages whose text changed.
    """

    def __init__(self, *, dirty: bool) -> None:
        self.dirty = dirty
        self._last: LoadResult | None = None
        # As they were when all pages were made: to find them anew takes longer than all else.
        self._similar = dict[str, tuple[Similar, ...]]()
        self._is_behind = True
        self._problems: list[str] = []
        self._timer: threading.Timer | None = None
        self._shape: dict[Path, int] = {}

    def find_port(self, config: MkDocsConfig) -> None:
        """Raise GeneratorError if the preview can't serve at its address, before the first build."""
        host, port = config.dev_addr
        refusal = None if self._shape else _refusal(host, port)
        if refusal is None:
            return
        if getattr(refusal, "errno", None) == errno.EADDRINUSE:
            found = f"port {port} is taken"
            free = next((other for other in range(port + 1, _PORTS) if not _refusal(host, other)), "another")
            hint = f"preview at one that is free, `make serve PORT={free}`"
        else:
            found = f"nothing can serve there ({refusal})"
            hint = "preview at an address of this machine and a port from 1024 to 65535, `make serve PORT=8000`"
        raise GeneratorError([Diagnostic(Code.PORT_TAKEN, Location(f"{host}:{port}"), found, hint)])

    def begin(self, config: MkDocsConfig) -> None:
        """Bring docs/ up to date with the seeds; with any error the pages stay as they are, and say so."""
        if self._timer:
            self._timer.cancel()
        docs, site = Path(config.docs_dir), Path(config.site_dir)
        self._forget_pages(config)
        self._problems = []
        try:
            self._write(config, docs, site)
        except GeneratorError as error:
            found = f"{format_text(error.diagnostics, lines_of)}\n\n{summary(error.diagnostics, config.site_url or '')}"
            if not generated_files(docs):
                raise PluginError(f"the seeds have problems, so there is nothing to show yet:\n{found}") from None
            log.error("%s", found)  # noqa: TRY400 -- not a crash
            self._problems = [str(diagnostic) for diagnostic in error.diagnostics]
        site.mkdir(parents=True, exist_ok=True)
        (site / _STATE).write_text(json.dumps({"problems": self._problems}), "utf-8")

    def end(self, config: MkDocsConfig) -> None:
        """Complete the site; after an edit only once `_QUIET` seconds pass without another."""
        site = Path(config.site_dir)
        stamp = site / _STAMP
        if not stamp.exists():
            stamp.touch()
        if self._is_behind:
            # While the seeds have problems, their next change has the rest built.
            if not self._problems:
                self._timer = threading.Timer(_QUIET, stamp.touch)
                self._timer.daemon = True
                self._timer.start()
            return
        try:
            log.info("%d pages indexed for search", complete_site(Path(config.docs_dir), site))
        except GeneratorError as error:
            log.error("%s", error)  # noqa: TRY400 -- not a crash

    def attach(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """Confine a server to the site, and have it watch hand-written pages, for the others are written by builds."""
        # Each thread that watches a folder or answers a reader would take eight times as much room.
        threading.stack_size(2**20)
        docs = Path(config.docs_dir)
        server.unwatch(config.docs_dir)
        for folder in sorted({(docs / name).parent for name in hand_written_files(docs)}):
            server.watch(str(folder), recursive=False)
        server.watch(str(configured_seeds(config)))
        server.watch(str(Path(config.site_dir, _STAMP)))
        builder, state = server.builder, Path(config.site_dir, _STATE)

        def build() -> None:
            """Build, or say why not, in a line and on the pages, which stay as they are."""
            try:
                builder()
            except Exception as error:  # noqa: BLE001 -- of configuration and theme anything may be broken
                problem = f"nothing was built: {type(error).__name__}: {error}"
                log.error("%s", problem)  # noqa: TRY400 -- not a crash of ours
                state.write_text(json.dumps({"problems": [problem]}), "utf-8")

        server.builder = build
        server.set_app(confined(server.serve_request, Path(config.site_dir), *config.dev_addr))

    def _write(self, config: MkDocsConfig, docs: Path, site: Path) -> None:
        before = self._last
        found = load_corpus(configured_seeds(config), previous=before)
        publication = read_publication(Path(config.config_file_path), docs)
        changed = _changed(found, before) if before else None
        if changed and len(changed) <= _FEW:
            write_papers(found, changed, self._similar, docs, Language(publication.language))
            self._is_behind = True
        elif self._is_behind or changed is None or changed:
            report = write_docs(found, docs, publication)
            self._similar = report.similar
            # A dirty build leaves the pages of what is gone, and what stood beside them.
            for name in report.changes.delete:
                for left in (name, f"{url_of(name)}index.html", f"{url_of(name)}index.json"):
                    (site / left).unlink(missing_ok=True)
            self._is_behind = False
        # Not before: what could not be written is written by the next build.
        self._last = found

    def _forget_pages(self, config: MkDocsConfig) -> None:
        """Delete the built pages when theme or configuration changed, for a dirty build does not see that."""
        files = [Path(config.config_file_path)]
        files += [path for path in Path(config.theme.dirs[0]).rglob("*") if path.is_file()]
        shape = {path: path.stat().st_mtime_ns for path in files}
        if self._shape and shape != self._shape:
            # What is hidden stays: the stamp is watched.
            clean_directory(config.site_dir)
            self._is_behind = True
        self._shape = shape


def _changed(found: LoadResult, before: LoadResult) -> Sequence[Paper] | None:
    """Return the papers that differ from those of the last build; None where some came or went."""
    known = {paper.slug: paper for paper in before.corpus.papers}
    if known.keys() != {paper.slug for paper in found.corpus.papers}:
        return None
    now, then = found.corpus, before.corpus
    return [
        paper
        for paper in now.papers
        if paper is not known[paper.slug] or judgements_of(now, paper) != judgements_of(then, paper)
    ]


def _refusal(host: str, port: int) -> Exception | None:
    """Return what the system says against serving at an address, if it does."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            return None
    except (OSError, OverflowError) as error:
        return error


def confined(app: WSGIApplication, root: Path, host: str, port: int) -> WSGIApplication:
    """Return an app that answers like `app`, but never with a file outside `root`, nor to other sites.

    A page of another site may reach this server by a name that it lets point here (DNS rebinding): so requests must
    be for this machine's own names or for `host`. Nor may it frame a page or load what is answered.
    """
    names = _LOCAL | {host.lower()}

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Callable[[bytes], object]:  # noqa: ANN401 -- as WSGI has it
            return start_response(status, [*headers, *_OURS_ALONE], error)

        asked = _HOST.fullmatch(environ.get("HTTP_HOST", ""))
        if asked is None:
            return _refuse(start_response, HTTPStatus.BAD_REQUEST, "this is no name of a host")
        if (asked[1] or asked[2]).lower() not in names:
            return _refuse(start_response, HTTPStatus.FORBIDDEN, f"ask for http://localhost:{port}/")
        # What is no UTF-8 gets backslashes, which no path here has.
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "backslashreplace")
        if "\\" in path or "\0" in path or not _is_inside(root, path):
            return _refuse(start_response, HTTPStatus.NOT_FOUND, "no file of the site")
        body = app(environ, start)
        return body if environ["REQUEST_METHOD"] != "HEAD" else []

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
