"""The search index, renewed while pages are served."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

from generator.finishing.searching import ENTRY, finished, replace, start
from generator.finishing.sifting import sift
from generator.problems import GeneratorError

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from generator.previewing.web import Web

log = logging.getLogger("mkdocs.plugins.atlas")


class Search:
    """At most one run of the indexer, beside all else."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._run: subprocess.Popen[str] | None = None
        self._waiting = Thread()

    def prepare(self, site: Path) -> None:
        """Have at hand what each index is made of, of which a change leaves most as it is."""
        sift(site)

    def renew(self, site: Path) -> None:
        """Have a new index made; until it is whole, the older one stays."""
        self._run = start(site)
        self._waiting = Thread(target=self._wait, args=(self._run, site), daemon=True)
        self._waiting.start()

    def stop(self) -> None:
        """Give up what is being made: the site is about to change."""
        run, self._run = self._run, None
        if run:
            run.terminate()
            self._waiting.join()

    def _wait(self, run: subprocess.Popen[str], site: Path) -> None:
        try:
            pages = finished(run, site)
        except GeneratorError as error:
            if run is self._run:
                log.error("%s", error)  # noqa: TRY400 -- its words say all
            return
        with self._web.changing() as changed:
            replace(site)
            changed.append(ENTRY)
        log.info("%d pages indexed for search", pages)
