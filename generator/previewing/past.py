"""What a build leaves to the next one, so that only what depends on a change is read, linked and rendered again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.corpus.dwelling import dwelling
from generator.pages import plan_seeds
from generator.pages.page import substance
from generator.pipeline import Done, Report, write
from generator.rendering import render
from generator.surveying import survey

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.files import RenderedFile
    from generator.pages.page import Page, Substance
    from generator.previewing.project import Project
    from generator.surveying import Survey
    from generator.writing.publishing import Changes


@dataclass(frozen=True, slots=True)
class Past:
    """The seeds and the corpus, the pages planned for it, and what each of them is made of, by its path."""

    survey: Survey
    pages: tuple[Page, ...]
    substances: Mapping[str, Substance]


def edited(found: Survey, past: Past, project: Project) -> list[RenderedFile]:
    """The pages of the seeds that changed, as all of docs/ will have them soon.

    None if one of them is new: others may lead there, and it to others that are new.
    """
    known = past.survey.readings
    seeds = {name for name, reading in found.readings.items() if known.get(name) is not reading}
    pages = plan_seeds(found.corpus, seeds, past.pages, project.site, found.similar)
    if not past.substances.keys() >= {page.path for page in pages}:
        return []
    return [render(page) for page in pages if past.substances[page.path] != substance(page)]


class Memory:
    """Holds what the last build left."""

    past: Past

    def begin(self, project: Project) -> Report:
        """Bring docs/ up to date as `pipeline.generate` does. Raises GeneratorError."""
        found = survey(project.seeds)
        changes = self.generate(found, project)
        return Report(found.warnings, len(self.past.pages), changes)

    @property
    def is_prepared(self) -> bool:
        """Whether the next build finds what `prepare` works out."""
        return self.past.survey.dwelling is not None

    def prepare(self) -> None:
        """Work out what spares the next build something."""
        survey = self.past.survey
        self.past = replace(self.past, survey=replace(survey, dwelling=dwelling(survey.corpus.papers)))

    def generate(self, found: Survey, project: Project, past: Past | None = None) -> Changes:
        """Bring docs/ up to date; a page is rendered only if it is made of anything else than in the past.

        Raises GeneratorError with every problem, and then nothing was written.
        """
        made: dict[str, Substance] = {}

        def done(pages: Sequence[Page]) -> Done:
            made.update((page.path, substance(page)) for page in pages)
            return Done(there={path for path, one in made.items() if past and past.substances.get(path) == one})

        pages, changes = write(found, project.docs, project.site, look=done)
        self.past = Past(found, pages, made)
        return changes
