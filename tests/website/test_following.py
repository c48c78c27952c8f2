"""The preview follows what is saved: its site is, byte for byte, the one that a new build makes."""

from __future__ import annotations

import random
import re
import shutil
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from examples import a_study, a_trace, raw_trace
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator import environment
from generator.building import leaves
from generator.finishing import finish
from generator.finishing.searching import ENTRY
from generator.previewing import Memory, Project
from generator.previewing.preview import Preview
from generator.previewing.web import Web
from generator.problems import GeneratorError
from generator.surveying import check
from website.commands import run
from website.conftest import copy_project
from website.test_builds import differing, files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from pathlib import Path


PATIENCE = 60  # seconds
# What the next index is made of, and with the index itself all of the search.
ASIDE = frozenset({".pagefind"})
SEARCH = ASIDE | {"pagefind"}


class Told(Web):
    """A server that notes which files it is told of, each time."""

    def __init__(self, site: Path) -> None:
        super().__init__(("127.0.0.1", 0), "/", site)
        self.server_close()
        self.told: list[list[str]] = []

    @contextmanager
    def changing(self) -> Iterator[list[str]]:
        with super().changing() as changed:
            yield changed
            # A new index comes whenever it is ready.
            if changed != [ENTRY]:
                self.told.append(changed)


class Followed:
    """A project whose site a preview keeps up to date; it is told by the test that something was saved."""

    def __init__(self, project: Path) -> None:
        self.project, self.seeds = project, project / "seeds"
        memory = Memory()
        environment.settle()
        config = load_config(str(project / "mkdocs.yml"), hooks=[], site_dir=str(project / "site"))
        leaves.install(config)
        memory.begin(Project.of(config))
        build(config)
        finish(project / "docs", project / "site")
        self.web = Told(project / "site")
        self.preview = Preview(config, memory, self.web, [self.seeds])
        self.preview.follow(set())

    def saved(self) -> None:
        self.web.told.clear()
        self.preview.follow({self.seeds})

    def pages(self, but: AbstractSet[str] = SEARCH) -> dict[str, bytes]:
        """All files of the site but those in these of its folders."""
        folder = self.preview.site.folder
        own = (place for place in folder.iterdir() if place.name not in but)
        paths = (path for place in own for path in (place, *place.rglob("*")) if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}

    def holds(self, expected: dict[str, bytes]) -> bool:
        """Whether the site is that, the index of the search included, once it is ready."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            # A file may go just when it is to be read.
            with suppress(FileNotFoundError):
                if self.pages(ASIDE) == expected:
                    return True
            time.sleep(0.1)
        return False


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Followed]:
    """A project of its own."""
    one = Followed(copy_project(tmp_path / "followed"))
    yield one
    one.preview.end()


def anew(followed: Followed) -> dict[str, bytes]:
    """The same site by the builder's own command, in a project that knows nothing of the preview's."""
    clean = followed.project.with_name("clean")
    if not clean.exists():
        copy_project(clean)
    shutil.rmtree(clean / "seeds")
    shutil.copytree(followed.seeds, clean / "seeds")
    done = run(clean, "-m", "generator", "build")
    assert done.status == 0, done.output
    return files(clean / "site")


def but_search(site: dict[str, bytes]) -> dict[str, bytes]:
    """All files but those of the search."""
    return {path: data for path, data in site.items() if path.partition("/")[0] not in SEARCH}


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


EDITS = ("add", "add", "delete", "rename", "rewrite", "another paper", "another line", "another title", "break")


def has_errors(seeds: Path) -> bool:
    try:
        check(seeds)
    except GeneratorError:
        return True
    return False


def test_a_series_of_edits_leads_to_the_site_that_is_built_anew(followed: Followed) -> None:
    dice = random.Random(23)  # noqa: S311 -- which edits, not a secret
    wrong = shown_first = 0
    for number in range(24):
        before = shutil.copytree(followed.seeds, followed.project / "before", dirs_exist_ok=True)
        shown = followed.pages()
        edit(followed.seeds, dice, number)
        followed.saved()
        if has_errors(followed.seeds):
            wrong += 1
            assert differing(followed.pages(), shown) == []
            shutil.rmtree(followed.seeds)
            shutil.copytree(before, followed.seeds)
            followed.saved()
        elif followed.web.told:
            first, then = followed.web.told[:2]
            shown_first += len(first)
            assert set(first).isdisjoint(then), "what is shown first is final"
        shutil.rmtree(before)
        if number % 8 == 7:
            expected = anew(followed)
            assert differing(followed.pages(), but_search(expected)) == []
            assert followed.holds(expected)
    assert 0 < wrong < 12
    assert shown_first >= 5
    assert followed.preview.site.folder == followed.project / "site", "it was built anew as a whole"
