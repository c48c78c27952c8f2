"""The preview follows what is saved: when things are quiet its site is, byte for byte, what a new build makes."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from examples import a_study, a_trace, raw_trace
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator import environment
from generator.corpus import load_corpus
from generator.diagnostics import GeneratorError
from generator.publication import read_publication
from generator.site import pages
from generator.site.preview import Preview
from website.commands import run
from website.conftest import copy_project
from website.test_builds import differing, files, fragments

# What only a preview has.
OWN = {"preview.json", ".quiet"}


class Followed:
    """A project whose site a dirty preview keeps up to date; it is told by the test that something was saved."""

    def __init__(self, project: Path) -> None:
        self.project, self.seeds = project, project / "seeds" / "corpus"
        self.site = project / "site"
        environment.settle()
        self.preview = Preview(dirty=True)
        self.rounds = 0
        self.saved()

    def saved(self) -> None:
        """What `mkdocs serve --dirty` does when a seed was saved, and when its preview says that things are quiet."""
        config = load_config(str(self.project / "mkdocs.yml"), hooks=[], site_dir=str(self.site))
        publication = read_publication(self.project / "mkdocs.yml", self.project / "docs")
        pages.install(config, publication, dirty=True)
        self.preview.begin(config)
        build(config, dirty=self.rounds > 0)
        self.preview.end(config)
        self.rounds += 1

    def shown(self) -> dict[str, bytes]:
        """All files of the site but those of the search, and those that only a preview has."""
        return but_search({path: data for path, data in files(self.site).items() if path not in OWN})


@pytest.fixture
def followed(tmp_path: Path) -> Followed:
    """A project of its own."""
    return Followed(copied(tmp_path / "followed"))


def copied(project: Path) -> Path:
    """A copy of the project with fewer seeds."""
    copy_project(project)
    for name in ("traces", "explorer"):
        shutil.rmtree(project / "seeds" / name)
    return project


def anew(followed: Followed) -> Path:
    """The same site by the builder's own command, in a project that knows nothing of the preview's."""
    clean = followed.project.with_name("clean")
    shutil.rmtree(clean, ignore_errors=True)
    copied(clean)
    shutil.rmtree(clean / "seeds" / "corpus")
    shutil.copytree(followed.seeds, clean / "seeds" / "corpus")
    done = run(clean, "-m", "generator", "build")
    assert done.status == 0, done.output
    return clean / "site"


def but_search(site: dict[str, bytes]) -> dict[str, bytes]:
    """All files but those of the search."""
    return {path: data for path, data in site.items() if not path.startswith("pagefind/")}


def study_added(seeds: Path, name: str) -> None:
    added = a_trace(model="new-1", name=name, studies=(a_study(ablated_part=f"Shuttle of {name}"),))
    (seeds / f"{name}.md").write_text(raw_trace(added), "utf-8")


def replace(seed: Path, old: str, new: str) -> None:
    text = seed.read_text("utf-8")
    assert old in text
    seed.write_text(text.replace(old, new, 1), "utf-8")


BREWNET, SORBET, TIDE = "lm-planner/gpt-4o/brewnet.md", "lm-planner/o3-mini/sorbet.md", "papers/tideformer.yml"
# Changes as contributors make them, some at once, one after the other; nobody makes a mistake beside others.
EDITS: tuple[tuple[Callable[[Path], object], ...], ...] = (
    # Traces of a new paper, and of one that is known.
    (lambda seeds: study_added(seeds, "Weaving"), lambda seeds: study_added(seeds, "sorbet")),
    # A study renamed.
    (lambda seeds: replace(seeds / BREWNET, "### ", "### Edited: "),),
    # A trace moved to another line, another one to another file.
    (
        lambda seeds: replace(seeds / BREWNET, "# lm-", "\n\n# lm-"),
        lambda seeds: (seeds / SORBET).rename(seeds / "renamed.md"),
    ),
    # A trace moved to another paper.
    (lambda seeds: replace(seeds / "Weaving.md", "/Weaving\n", "/Brewing\n"),),
    (lambda seeds: (seeds / TIDE).write_bytes((seeds / TIDE).read_bytes() + b"\nauthors: [\xff\n"),),
    # Another title; a summary and a trace gone.
    (
        lambda seeds: replace(seeds / TIDE, 'title: "', 'title: "New '),
        lambda seeds: next((seeds / "summaries").glob("*.txt")).unlink(),
        lambda seeds: (seeds / "renamed.md").unlink(),
    ),
)
MISTAKE = 5


def has_errors(seeds: Path) -> bool:
    try:
        load_corpus(seeds)
    except GeneratorError:
        return True
    return False


def test_a_series_of_edits_leads_to_the_site_that_is_built_anew(followed: Followed) -> None:
    for number, edits in enumerate(EDITS, 1):
        before = shutil.copytree(followed.seeds, followed.project / "before")
        shown = followed.shown()
        for edit in edits:
            edit(followed.seeds)
        followed.saved()
        assert has_errors(followed.seeds) is (number == MISTAKE)
        if number == MISTAKE:
            assert differing(followed.shown(), shown) == []
            shutil.rmtree(followed.seeds)
            shutil.copytree(before, followed.seeds)
        shutil.rmtree(before)
        if number in {len(EDITS) // 2, len(EDITS)}:
            # Things are quiet.
            followed.saved()
            expected = anew(followed)
            assert differing(followed.shown(), but_search(files(expected))) == []
            assert fragments(followed.site) == fragments(expected)
