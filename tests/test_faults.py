"""Whatever stops a run, and wherever: each file is whole, what is hand-written stays, and the next run repairs."""

import re
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from examples import SITE, a_study, a_trace, raw_trace
from faults import KILLED, Fault, operations, run

from generator.docs_folder import sync_files
from generator.files import RenderedFile
from generator.pipeline import generate
from generator.site.build import build
from generator.terminal import bars

pytestmark = pytest.mark.slow
STOPPED = 130
HAND_WRITTEN = {"about.md": b"# About\n", "papers/notes.md": b"# Notes\n", "papers/photo.png": b"\x89PNG"}


@dataclass(frozen=True, slots=True)
class Scene:
    """Pages of some seeds, and newer seeds whose run will write, replace and delete pages and their folders."""

    seeds: Path
    docs: Path
    old: dict[str, bytes]
    new: dict[str, bytes]

    def files(self) -> list[RenderedFile]:
        """What the run with the newer seeds makes."""
        return [RenderedFile(path, data) for path, data in self.new.items() if path not in HAND_WRITTEN]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder that builders publish."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {path: data for path, data in found.items() if not path.startswith(".")}


def write(seeds: Path, **models: str) -> Path:
    """Seeds: a trace about knitting by each of these models, with a reasoning."""
    seeds.mkdir()
    for model, reasoning in models.items():
        raw = raw_trace(a_trace(model=model, reasoning=reasoning, studies=(a_study(), a_study(name=model))))
        (seeds / f"{model}.md").write_text(raw, encoding="utf-8")
    return seeds


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Two traces, of which one goes, one changes, and a third comes."""
    folder = tmp_path_factory.mktemp("scene")
    docs = folder / "docs"
    for name, data in HAND_WRITTEN.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_bytes(data)
    clean = shutil.copytree(docs, folder / "clean")
    generate(write(folder / "before", kept="As it was.", gone="Soon gone."), docs, SITE)
    after = write(folder / "after", kept="As it is now.", come="Just come.")
    generate(after, clean, SITE)
    # What an earlier run, killed too, left behind.
    (docs / ".unfinished/traces").mkdir(parents=True)
    (docs / ".unfinished/traces/half.md").write_bytes(b"---\n# Writ")
    return Scene(after, docs, tree(docs), tree(clean))


def struck(scene: Scene, action: Callable[[], object], docs: Path, fault: Fault, at: int) -> int:
    """Meet a fault in a copy of the scene, look at what is left, and let the next run repair it."""
    shutil.rmtree(docs, ignore_errors=True)
    shutil.copytree(scene.docs, docs)
    status, said = run(action, docs, fault, at)
    left = tree(docs)
    where = f"{fault}, operation {at}"
    torn = [name for name, data in left.items() if data not in {scene.old.get(name), scene.new.get(name)}]
    assert torn == [], where
    lost = [name for name in scene.old if name in scene.new and name not in left]
    assert lost == [], where
    if fault is Fault.FULL_WITHIN:
        # The list of the files is noted once more when all of them are written.
        assert left in (scene.old, scene.new), where
    if status == 0:
        assert left == scene.new, where
    if status == STOPPED:
        assert {path.name for path in docs.parent.iterdir()} == {docs.name}, where
    if status == 1:
        diagnostics = said.splitlines()
        assert len(diagnostics) == 1, where
        assert diagnostics[0].startswith(f"{docs}: error: cannot be written ("), where
    action()
    assert tree(docs) == scene.new, where
    assert not (docs / ".unfinished").exists(), where
    return status


@pytest.mark.parametrize("fault", Fault)
def test_every_operation_on_docs_may_fail(
    scene: Scene, tmp_path: Path, fault: Fault, printed: Callable[[str], None]
) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(scene.docs, docs)
    action = partial(sync_files, scene.files(), docs)
    number = operations(action, docs, fault)
    # A disk that fails goes on failing, so that each of its faults meets all operations from its own on.
    step = 3 if fault in {Fault.FULL, Fault.READ_ONLY} else 1
    statuses = [struck(scene, action, docs, fault, at) for at in range(1, number + 1, step)]
    of = f"{number} {'writes' if fault.within_writes else 'operations'}"
    printed(f"fault injection: {fault}, at {len(statuses)} of {of}")
    written = [name for name, data in scene.new.items() if scene.old.get(name) != data]
    # The list of the files is written twice.
    assert number == len(written) + 2 if fault.within_writes else number > 2 * len(written)
    # To delete takes no space, and what is left of the hidden folder is the next run's to clear.
    ends = {Fault.KILL: {KILLED}, Fault.STOP: {STOPPED}, Fault.TEAR: {-signal.SIGXFSZ}, Fault.FULL_WITHIN: {1}}
    assert set(statuses) == ends.get(fault, {0, 1})


@pytest.mark.parametrize("fault", Fault)
def test_a_run_from_the_seeds_on_may_fail(scene: Scene, tmp_path: Path, fault: Fault) -> None:
    """Nothing but what is held above touches docs/: a run takes no other operations, and some of them fail here."""
    docs = tmp_path / "docs"
    shutil.copytree(scene.docs, docs)
    action = partial(generate, scene.seeds, docs, SITE)
    number = operations(action, docs, fault)
    shutil.rmtree(docs)
    shutil.copytree(scene.docs, docs)
    # The folder of what is too large for the memory lies elsewhere, but it too is deleted by its name alone.
    assert number - operations(partial(sync_files, scene.files(), docs), docs, fault) in (0, 1)
    for at in (1, number // 2, number):
        struck(scene, action, docs, fault, at)


def test_the_scene_has_pages_to_write_replace_and_delete(scene: Scene) -> None:
    assert scene.new.keys() - scene.old.keys() >= {"traces/lm-planner/come/knitting-with-robots.md"}
    assert scene.old.keys() - scene.new.keys() >= {"traces/lm-planner/gone/knitting-with-robots.md"}
    kept = "traces/lm-planner/kept/knitting-with-robots.md"
    assert scene.old[kept] != scene.new[kept]
    assert HAND_WRITTEN.items() <= scene.old.items() & scene.new.items()


def built(seeds: Path, out: Path) -> None:
    with bars() as shown:
        build(Path(__file__).parent.parent, seeds, out, shown)


def published(site: Path) -> dict[str, bytes]:
    """The files of a site; those of the search are not the same each time."""
    return {name: data for name, data in tree(site).items() if not name.startswith("pagefind/")}


def test_a_build_that_is_stopped_leaves_the_old_site_and_the_next_one_is_whole(
    scene: Scene, tmp_path: Path, printed: Callable[[str], None]
) -> None:
    """Each build takes a second, so it is stopped at a few of its operations."""
    out, kept = tmp_path / "site", tmp_path / "kept"
    built(scene.seeds.with_name("before"), kept)
    shutil.copytree(kept, out)
    action = partial(built, scene.seeds, out)
    number = operations(action, out, Fault.KILL)
    old, new = published(kept), published(out)
    assert old.keys() != new.keys()
    # The last third is the old site being cleared away.
    ends = {Fault.KILL: KILLED, Fault.STOP: STOPPED, Fault.FULL: 1, Fault.READ_ONLY: 1}
    sample = [(fault, at) for fault in ends for at in (number // 9, number // 3)]
    for fault, at in [(Fault.KILL, 1), *sample]:
        shutil.rmtree(out)
        shutil.copytree(kept, out)
        status, said = run(action, out, fault, at)
        assert status == ends[fault], said
        assert published(out) == old, fault
        assert fault is Fault.KILL or {path.name for path in tmp_path.iterdir()} == {"site", "kept"}
        assert status != 1 or re.fullmatch(rf"{out}\S*: error: cannot be written \(.*\[cannot-be-written\]", said), said
    assert run(action, out, Fault.KILL, 2 * number // 3)[0] == KILLED
    action()
    assert published(out) == new
    assert not (out / ".unfinished").exists()
    printed(f"fault injection: a build stopped at {len(sample) + 2} of its {number} operations")
