"""Whatever stops a run, and wherever: each file is whole, what is hand-written stays, and the next run repairs."""

import os
import re
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from examples import SITE, a_study, a_trace, raw_trace
from faults import KILLED, Fault, operations, run
from harsh import be_harsh
from interrupting import Moment, interrupt
from invented import write_corpus
from mkdocs.__main__ import cli
from website.commands import run as ran

from generator.__main__ import main
from generator.diagnostics import GeneratorError
from generator.docs_folder import sync_files
from generator.files import RenderedFile
from generator.importing import ImportOptions, apply_import, create_seed, plan_import
from generator.init import write_project
from generator.parallel import no_progress
from generator.pipeline import generate
from generator.site.build import build
from generator.terminal import bars

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
STOPPED = 130
REFUSAL = r"{}\S*: error: cannot be written \(.*\[cannot-be-written\]"
HAND_WRITTEN = {"about.md": b"# About\n", "papers/notes.md": b"# Notes\n", "papers/photo.png": b"\x89PNG"}
# What a run notes for the next one, and where it has what is not finished.
NOTES = (".generated", ".unfinished")
# Each has something to write anew, to replace, to leave and to delete, in folders that come and go.
BEFORE = ("index.md", "kept.md", "traces/gone/one.md")
AFTER = ("index.md", "kept.md", "data/deep/rows.csv")


@dataclass(frozen=True, slots=True)
class Scene:
    """Generated files beside hand-written ones, and what a run will make of them."""

    seeds: Path
    docs: Path
    old: dict[str, bytes]
    new: dict[str, bytes]

    def files(self) -> list[RenderedFile]:
        """What the run makes."""
        return [RenderedFile(path, data) for path, data in self.new.items() if path not in HAND_WRITTEN]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder that is not a run's own."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {path: data for path, data in found.items() if not path.startswith(NOTES)}


def hand_written(docs: Path) -> Path:
    """A folder that holds what a person wrote."""
    for name, data in HAND_WRITTEN.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_bytes(data)
    return docs


def leave_unfinished(docs: Path) -> None:
    """Put there what an earlier run, killed too, left behind."""
    (docs / ".unfinished/traces").mkdir(parents=True)
    (docs / ".unfinished/traces/half.md").write_bytes(b"---\n# Writ")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A few files: there is one operation of each kind, and then one more."""
    docs = hand_written(tmp_path_factory.mktemp("files"))
    sync_files([RenderedFile(name, b"This is how it was before.") for name in BEFORE], docs)
    (docs / "kept.md").write_bytes(kept := b"This is as it was, and stays.")
    leave_unfinished(docs)
    new = {name: kept if name == "kept.md" else b"This is how it is from now on." for name in AFTER}
    return Scene(docs, docs, tree(docs), HAND_WRITTEN | new)


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
    docs = hand_written(folder / "docs")
    clean = shutil.copytree(docs, folder / "clean")
    generate(write(folder / "before", kept="As it was.", gone="Soon gone."), docs, SITE)
    after = write(folder / "after", kept="As it is now.", come="Just come.")
    generate(after, clean, SITE)
    leave_unfinished(docs)
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
    files: Scene, tmp_path: Path, fault: Fault, printed: Callable[[str], None]
) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(files.docs, docs)
    action = partial(sync_files, files.files(), docs)
    number = operations(action, docs, fault)
    statuses = [struck(files, action, docs, fault, at) for at in range(1, number + 1)]
    of = f"{number} {'writes' if fault.within_writes else 'operations'}"
    printed(f"fault injection: {fault}, at each of {of}")
    written = [name for name, data in files.new.items() if files.old.get(name) != data]
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
        build(ROOT, seeds, out, shown)


def published(site: Path) -> dict[str, bytes]:
    """The files of a site; those of the search are not the same each time."""
    return {name: data for name, data in tree(site).items() if not name.startswith("pagefind/")}


@pytest.fixture(scope="module")
def kept(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the older seeds."""
    folder = tmp_path_factory.mktemp("kept") / "site"
    built(scene.seeds.with_name("before"), folder)
    return folder


def test_a_build_that_is_stopped_leaves_the_old_site_and_the_next_one_is_whole(
    scene: Scene, kept: Path, tmp_path: Path, printed: Callable[[str], None]
) -> None:
    """Each build takes a second, so it is stopped at a few of its operations."""
    out = tmp_path / "site"
    shutil.copytree(kept, out)
    action = partial(built, scene.seeds, out)
    number = operations(action, out, Fault.KILL)
    old, new = published(kept), published(out)
    assert old.keys() != new.keys()
    # The last third is the old site being cleared away.
    ends = {Fault.KILL: KILLED, Fault.STOP: STOPPED, Fault.FULL: 1, Fault.READ_ONLY: 1}
    sample = list(zip(ends, (number // 3, number // 3, number // 9, number // 9), strict=True))
    for fault, at in [(Fault.KILL, 1), *sample]:
        shutil.rmtree(out)
        shutil.copytree(kept, out)
        status, said = run(action, out, fault, at)
        assert status == ends[fault], said
        assert published(out) == old, fault
        assert fault is Fault.KILL or {path.name for path in tmp_path.iterdir()} == {"site"}
        assert status != 1 or re.fullmatch(REFUSAL.format(out), said), said
    assert run(action, out, Fault.KILL, 2 * number // 3)[0] == KILLED
    action()
    assert published(out) == new
    assert not (out / ".unfinished").exists()
    printed(f"fault injection: a build stopped at {len(sample) + 2} of its {number} operations")


def built_by_mkdocs(seeds: Path, out: Path) -> None:
    """What `mkdocs build` does."""
    os.environ["SEEDS"], tempfile.tempdir = str(seeds), str(out.parent)
    arguments = ("build", "--quiet", "--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(out))
    cli(arguments, standalone_mode=False)


def test_what_mkdocs_writes_may_fail_and_the_next_run_makes_it_whole(
    scene: Scene, tmp_path: Path, printed: Callable[[str], None]
) -> None:
    """MkDocs writes into the site itself, so what a stopped run leaves is not whole, and nobody is told that it is."""
    out = tmp_path / "site"
    action = partial(built_by_mkdocs, scene.seeds, out)
    numbers = {fault: operations(action, out, fault) // 3 for fault in (Fault.KILL, Fault.TEAR)}
    whole = published(out)
    ends = {Fault.KILL: KILLED, Fault.STOP: STOPPED, Fault.TEAR: -signal.SIGXFSZ}
    for fault in Fault:
        status, said = run(action, out, fault, numbers[Fault.TEAR if fault.within_writes else Fault.KILL])
        assert status == ends.get(fault, 1), said
    status, said = run(action, out, Fault.KILL, sys.maxsize)
    assert status == 0, said
    assert published(out) == whole
    printed(f"fault injection: mkdocs build, at {len(Fault)} operations")


def taken_over(source: Path, seeds: Path) -> None:
    """What `import` does."""
    apply_import(plan_import(source, None, seeds, no_progress, ImportOptions()), seeds, no_progress)


def begun(_: Path, seeds: Path) -> None:
    """What `new` does; once more where it is done already changes nothing."""
    with suppress(GeneratorError) if (seeds / "papers/new.yml").exists() else nullcontext():
        create_seed(RenderedFile.from_text("papers/new.yml", "title: Knitting with Robots\n" * 9), seeds)


PROJECT = {name: f"What a project has as {name}.".encode() for name in (".ci/check.yml", "README.md", "seeds/one.md")}


def set_up(_: Path, folder: Path) -> None:
    """What `init` does; once more where it is done already changes nothing."""
    with suppress(GeneratorError) if tree(folder) == PROJECT else nullcontext():
        write_project([RenderedFile(name, data) for name, data in PROJECT.items()], folder)


@pytest.mark.parametrize(("command", "does"), [("import", taken_over), ("new", begun), ("init", set_up)])
def test_every_operation_on_seeds_or_a_new_project_may_fail(
    scene: Scene, tmp_path: Path, command: str, does: Callable[[Path, Path], None], printed: Callable[[str], None]
) -> None:
    does(scene.seeds, tmp_path / "whole")
    whole, target, tried = tree(tmp_path / "whole"), tmp_path / "around/target", 0
    action = partial(does, scene.seeds, target)
    assert whole
    for fault in Fault:
        # The folder is held by a lock beside it.
        number = operations(action, target.parent, fault)
        assert number > 0
        for at in range(1, number + 1):
            shutil.rmtree(target.parent)
            target.parent.mkdir()
            status, said = run(action, target.parent, fault, at)
            where, left = f"{fault}, operation {at}", tree(target)
            assert left.items() <= whole.items(), where
            assert status in {0, 1, STOPPED, KILLED, -signal.SIGXFSZ}, said
            assert status or left == whole, where
            assert status != 1 or re.fullmatch(REFUSAL.format(target), said), said
            assert status != STOPPED or not (target / ".unfinished").exists(), where
            assert status != STOPPED or {path.name for path in target.parent.iterdir()} <= {target.name}, where
            if command == "init" and (status == STOPPED or fault in {Fault.FULL, Fault.FULL_WITHIN}):
                assert left in ({}, whole), where
            action()
            assert tree(target) == whole, where
            # Where all was there, nothing was left to write; the next that writes clears it away.
            is_clear = list(target.parent.iterdir()) == [target] and not (target / ".unfinished").exists()
            assert left == whole or is_clear, where
            tried += 1
        shutil.rmtree(target.parent)
    printed(f"fault injection: {command}, at {tried} operations")


def test_a_project_is_never_made_over_what_somebody_has_there(tmp_path: Path) -> None:
    """Where a killed run left all its files, or none of them, whatever else stands there is somebody's."""
    for left in ((), (".unfinished/new project/",)):
        (tmp_path / "mine.md").write_text("Mine.", "utf-8")
        for name in left:
            (tmp_path / name).mkdir(parents=True)
        with pytest.raises(GeneratorError, match="there is something already"):
            set_up(tmp_path, tmp_path)
        assert (tmp_path / "mine.md").read_text("utf-8") == "Mine."


# What each command is told; `{made}` is what it makes, `{source}` where it reads.
COMMANDS = {
    "build": "build --seeds {source} --out {made}",
    "import": "import {source} --seeds {made}",
    "new": "new paper --title Looms --seeds {made}",
    "init": "init {made} --name Looms --runs {source}",
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_machine_that_gives_little_gets_the_same_bytes(
    scene: Scene, kept: Path, tmp_path: Path, command: str, printed: Callable[[str], None]
) -> None:
    made, wanted = tmp_path / "made", tmp_path / "wanted"
    told = {"source": scene.seeds.with_name("before")}
    done = ran(ROOT, "-m", "generator", *command.format(made=made, **told).split(), harshness=be_harsh)
    assert done.status == 0, done.output
    if command == COMMANDS["build"]:
        assert published(made) == published(kept)
    else:
        assert main(command.format(made=wanted, **told).split()) == 0
        assert tree(made) == tree(wanted)
    assert not made.stat().st_mode & 0o077
    printed(f"a machine that gives little: {command.partition(' ')[0]} made the same bytes")


# Bytes: more than the generator writes into any file of the scene, less than a map of a script of Material has.
_LARGEST = 300_000
# While it loads what it needs, while its workers read seeds and render pages, while Pagefind indexes them.
_QUICK = tuple(map(Moment, (0.05, 0.2, 0.4)))
MOMENTS = {
    "build": (Moment(0.1, "python"), Moment(0.9, "python"), Moment(0.2, "pagefind")),
    "mkdocs build": (Moment(0.3), Moment(0.1, "pagefind")),
    "mkdocs serve": (Moment(0.6), Moment(0.3, "pagefind")),
    "import": _QUICK,
    "new": _QUICK,
    "init": _QUICK,
}
WITH_MKDOCS = {"mkdocs build": "build --site-dir {made}", "mkdocs serve": "serve --dirty --dev-addr 127.0.0.1:0"}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeds that are worth a second worker."""
    write_corpus(folder := tmp_path_factory.mktemp("many"), 55)
    return folder


@pytest.mark.parametrize("command", MOMENTS)
def test_ctrl_c_at_any_moment_ends_a_command_with_a_line_and_leaves_nothing(
    command: str, many: Path, tmp_path: Path, printed: Callable[[str], None]
) -> None:
    """A builder's own folder is the builder's, and so is how long it takes to come to the generator."""
    is_ours = command in COMMANDS
    given = f"-m generator {COMMANDS[command]}" if is_ours else f"-m mkdocs {WITH_MKDOCS[command]}"
    for number, moment in enumerate(MOMENTS[command]):
        made = tmp_path / str(number) / "made"
        made.parent.mkdir()
        arguments = given.format(made=made, source=many).split()
        done = interrupt(ROOT, arguments, moment, tmp_path / f"temporary-{number}", SEEDS=str(many))
        assert done.left == (), moment
        assert "Traceback" not in done.output, done.output
        # When all is done, Python ends at once, as any program does.
        is_done = done.status == 0 or (done.status == -signal.SIGINT and "Documentation built" in done.output)
        assert is_done or done.status == STOPPED, (moment, done.output)
        assert done.output.splitlines().count("stopped by SIGINT") == (not is_done), done.output
        if is_ours and not is_done:
            assert done.output.count("\n") == 1, done.output
            assert {path.name for path in made.parent.iterdir()} <= {"made"}, moment
            assert not (made / ".unfinished").exists(), moment
    printed(f"fault injection: Ctrl-C in {command}, at {len(MOMENTS[command])} moments")


@pytest.mark.parametrize("command", WITH_MKDOCS.values(), ids=WITH_MKDOCS)
def test_a_disk_without_room_for_what_mkdocs_copies_is_told(scene: Scene, tmp_path: Path, command: str) -> None:
    """The system refuses a file that is larger than all that is written before it."""
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (_LARGEST,) * 2)
    arguments = command.format(made=tmp_path / "site").split()
    done = ran(ROOT, "-m", "mkdocs", *arguments, harshness=limit, SEEDS=str(scene.seeds), TMPDIR=str(tmp_path))
    assert done.status == 1
    place = rf"{re.escape(str(tmp_path))}/(site|mkdocs_\w+)"
    told = rf"do not publish it:\n{place}: error: cannot be written \(File too large: {tmp_path}/\1/\S+\)"
    assert re.search(told, done.output)
    assert "Traceback" not in done.output
    assert {path.name for path in tmp_path.iterdir()} <= {"site"}


@pytest.mark.parametrize("module", ["generator", "mkdocs"])
def test_too_little_memory_is_told_in_a_line(scene: Scene, module: str) -> None:
    code = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_AS, (280 * 2**20,) * 2);"
        f"sys.argv = ['{module}', 'build']; runpy.run_module('{module}', run_name='__main__', alter_sys=True)"
    )
    done = ran(ROOT, "-c", code, SEEDS=str(scene.seeds))
    assert done.status == 1
    assert "memory: error: there is not enough memory; " in done.output
    assert "Traceback" not in done.output
