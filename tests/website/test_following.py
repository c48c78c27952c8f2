"""The preview follows what is saved: when things are quiet its site is, byte for byte, what a new build makes."""

import random
import re
import shutil
from pathlib import Path

import pytest
from examples import a_study, a_trace, raw_trace
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator import environment
from generator.corpus.load import load_corpus
from generator.diagnostics import GeneratorError
from generator.site import pages
from generator.site.preview import Preview
from website.commands import run
from website.conftest import copy_project
from website.test_builds import differing, files, fragments

# What only a preview has.
OWN = {"preview.json", ".quiet"}
EDITS = ("add", "add", "delete", "rename", "rewrite", "another paper", "another line", "another title", "break")


class Followed:
    """A project whose site a dirty preview keeps up to date; it is told by the test that something was saved."""

    def __init__(self, project: Path) -> None:
        self.project, self.seeds = project, project / "seeds"
        self.site = project / "site"
        environment.settle()
        self.preview = Preview(dirty=True)
        self.rounds = 0
        self.saved()

    def saved(self) -> None:
        """What `mkdocs serve --dirty` does when a seed was saved, and when its preview says that things are quiet."""
        config = load_config(str(self.project / "mkdocs.yml"), hooks=[], site_dir=str(self.site))
        pages.install(config, dirty=True)
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
    return Followed(copy_project(tmp_path / "followed"))


def anew(followed: Followed) -> Path:
    """The same site by the builder's own command, in a project that knows nothing of the preview's."""
    clean = followed.project.with_name("clean")
    if not clean.exists():
        copy_project(clean)
    shutil.rmtree(clean / "seeds")
    shutil.copytree(followed.seeds, clean / "seeds")
    done = run(clean, "-m", "generator", "build")
    assert done.status == 0, done.output
    return clean / "site"


def but_search(site: dict[str, bytes]) -> dict[str, bytes]:
    """All files but those of the search."""
    return {path: data for path, data in site.items() if not path.startswith("pagefind/")}


def edit(seeds: Path, dice: random.Random, number: int) -> None:
    """One change as contributors make it."""
    traces = sorted((seeds / "corpus" / "lm-planner").rglob("*.md"))
    others = [*sorted(seeds.rglob("*.y*ml")), *sorted((seeds / "corpus" / "summaries").rglob("*.*"))]
    trace, other = dice.choice(traces), dice.choice([one for one in others if one.is_file()])
    model, name = dice.choice(("o3-mini", "new-1")), dice.choice((f"Weaving_{number}", "Weaving", "Brewing", "Sorbet"))
    match dice.choice(EDITS):
        case "add":
            study = a_study(ablated_part=f"Shuttle number {number}")
            added = a_trace(model=model, name=name, studies=(study,))
            (seeds / f"weaving-{number}.md").write_text(raw_trace(added), "utf-8")
        case "delete":
            dice.choice((trace, other)).unlink()
        case "rename":
            trace.rename(trace.with_name(f"renamed-{number}.md"))
        case "rewrite":
            trace.write_bytes(trace.read_bytes().replace(b"### ", f"### Edit {number}: ".encode(), 1))
        case "another paper":
            trace.write_text(
                re.sub(r"^(# .*/).*$", rf"\g<1>{name}", trace.read_text("utf-8"), count=1, flags=re.MULTILINE)
            )
        case "another line":
            trace.write_bytes(b"\n\n" + trace.read_bytes())
        case "another title":
            other.write_bytes(re.sub(rb"(title: .*?)(\"?)\n", rb"\1 Again\2\n", other.read_bytes(), count=1))
        case "break":
            other.write_bytes(other.read_bytes() + b"\nauthors: [\xff\n")


def has_errors(seeds: Path) -> bool:
    try:
        load_corpus(seeds)
    except GeneratorError:
        return True
    return False


def test_a_series_of_edits_leads_to_the_site_that_is_built_anew(followed: Followed) -> None:
    dice = random.Random(23)  # noqa: S311 -- which edits, not a secret
    wrong = 0
    for number in range(24):
        before = shutil.copytree(followed.seeds, followed.project / "before", dirs_exist_ok=True)
        shown = followed.shown()
        edit(followed.seeds, dice, number)
        followed.saved()
        if has_errors(followed.seeds):
            wrong += 1
            assert differing(followed.shown(), shown) == []
            shutil.rmtree(followed.seeds)
            shutil.copytree(before, followed.seeds)
            followed.saved()
        shutil.rmtree(before)
        if number % 8 == 7:
            # Things are quiet.
            followed.saved()
            expected = anew(followed)
            assert differing(followed.shown(), but_search(files(expected))) == []
            assert fragments(followed.site) == fragments(expected)
    assert 0 < wrong < 12
