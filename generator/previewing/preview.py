"""The preview's course: what is done when something was saved."""

from __future__ import annotations

import gc
import logging
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.building import leaves
from generator.finishing import finish
from generator.previewing.built import BuiltSite
from generator.previewing.inputs import Inputs
from generator.previewing.past import edited
from generator.previewing.project import Project
from generator.previewing.search import Search
from generator.problems import GeneratorError
from generator.reporting import as_text, summary
from generator.surveying import survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from mkdocs.config.defaults import MkDocsConfig

    from generator.previewing.past import Memory
    from generator.previewing.web import Web
    from generator.writing.publishing import Changes

log = logging.getLogger("mkdocs.plugins.atlas")

_STAYS = "The preview stays as it is until this is mended."


class Preview:
    """Keeps a served site in step with seeds, pages written by hand, templates, theme and configuration."""

    def __init__(self, config: MkDocsConfig, memory: Memory, web: Web, places: Iterable[Path]) -> None:
        self._config, self._memory, self._web = config, memory, web
        self._inputs, self._search = Inputs(places), Search(web)
        self._folder: TemporaryDirectory[str] | None = None
        self._is_sound = True
        self.site = BuiltSite(leaves.of(config))

    def run(self) -> None:
        """Follow the changes of the files at these places, without end."""
        # What was saved while the site was first built.
        self.follow(set())
        for changed in self._inputs.changes():
            self.follow(changed)

    def follow(self, changed: AbstractSet[Path]) -> None:
        """Bring the site up to date with these files. What is wrong with them is said; the site then stays as it is."""
        seeds = Path(self._config.config_file_path).parent / self._config.extra["seeds"]
        if any(path.suffix == ".py" for path in changed):
            log.warning("The generator itself has changed: stop the preview and start it anew to see that.")
        try:
            with _undisturbed():
                if self._is_sound and all(path.is_relative_to(seeds) for path in changed):
                    self._follow_seeds()
                else:
                    self._build_all()
                if not self._memory.is_prepared:
                    self._prepare()
        except GeneratorError as error:
            found = f"{as_text(error.problems)}\n\n{summary(error.problems)}"
            log.error("%s\n\n%s", found, _STAYS)  # noqa: TRY400 -- where that was found tells nothing
        except Exception:
            self._is_sound = False
            log.exception(_STAYS)

    def end(self) -> None:
        """Leave nothing running, and nothing behind."""
        self._search.stop()
        if self._folder:
            self._folder.cleanup()

    def _follow_seeds(self) -> None:
        """What depends on the seeds that changed: their pages before all else, the search index after all else."""
        started, project, past = time.monotonic(), Project.of(self._config), self._memory.past
        found = survey(project.seeds, past=past.survey)
        if found.readings == past.survey.readings:
            return
        self._search.stop()
        with self._web.changing() as changed:
            changed.extend(self.site.show(edited(found, past, project)))
        self._is_sound = not changed
        _tell(changed, started)
        changes = self._memory.generate(found, project, past)
        self._is_sound = False
        self._accept(changes)
        with self._web.changing() as changed:
            changed.extend(self.site.follow(changes))
        self._is_sound = True
        _tell(changed, started)
        self._search.renew(self.site.folder)

    def _build_all(self) -> None:
        """The whole site in a folder of its own, which is served once it is whole."""
        self._search.stop()
        self._is_sound = False
        folder = TemporaryDirectory(prefix="atlas-preview-")
        config = load_config(self._config.config_file_path, site_dir=folder.name, strict=self._config.strict, hooks=[])
        config.site_url = self._config.site_url
        leaves.install(config)
        project = Project.of(config)
        self._accept(self._memory.generate(survey(project.seeds), project))
        build(config)
        finish(project.docs, Path(config.site_dir))
        self._config, self.site = config, BuiltSite(leaves.of(config))
        self._web.replace(self.site.folder)
        if self._folder:
            self._folder.cleanup()
        self._folder = folder
        self._is_sound = True

    def _prepare(self) -> None:
        """Work out what spares the next change something, while nobody waits."""
        self._memory.prepare()
        self._search.prepare(self.site.folder)

    def _accept(self, changes: Changes) -> None:
        docs = Path(self._config.docs_dir)
        self._inputs.accept(docs / name for name in (*changes.write, *changes.delete))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Have nothing search for what can be forgotten meanwhile: all the past would be gone through again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _tell(changed: Sequence[str], started: float) -> None:
    log.info("%d files of the site are new after %.1f s", len(changed), time.monotonic() - started)
