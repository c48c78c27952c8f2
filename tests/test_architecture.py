"""The generator is a straight line: each module imports only from those before it, and only the ends touch files."""

import ast
import re
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

import pytest
from examples import a_trace, raw_trace

from generator.corpus import LoadResult, load_corpus
from generator.docs_folder import sync_files
from generator.files import RenderedFile
from generator.loading.seed_files import Seed
from generator.loading.seeds import ParsedSeed
from generator.model import Corpus, Paper, Trace
from generator.pages import plan_papers
from generator.pages.page import Page
from generator.rendering import render_page

ROOT = Path(__file__).parent.parent

# The line a newcomer draws. A module or package may import from those above it, never from below.
ORDER = [
    "interruption",
    "messages",
    "package_data",
    "parallel",
    "text",
    "addresses",
    "fields",
    "files",
    "diagnostics",
    "environment",
    "model",
    "prose",
    "loading",
    "publication",
    "metrics",
    "corpus",
    "effects",
    "citing",
    "dataset",
    "docs_folder",
    "terminal",
    "importing",
    "init",
    "pages",
    "rendering",
    "exports",
    "pipeline",
    "site",
    "command_line",
    "__main__",
]

# The stages up to the corpus, and those after it.
TO_A_CORPUS = {"loading.seeds", "corpus.linking"}
TO_DOCS = {"corpus", "pages", "rendering", "exports", "docs_folder"}
READERS_AND_WRITERS = {
    "command_line",
    "docs_folder",
    "environment",
    "importing",
    "importing.benchmark.answers",
    "importing.benchmark.evaluation",
    "importing.benchmark.planner_run",
    "importing.bibliographies",
    "importing.bibliographies.published",
    "importing.bibliographies.tables",
    "importing.commands",
    "importing.comparison",
    "importing.sources",
    "init",
    "interruption",
    "loading.seed_files",
    "parallel",
    "pipeline",
    "publication",
    "site.build",
    "site.hook",
    "site.preview",
    "site.publish",
    "site.search",
}
# A trace passes so many modules from its seed to its page in docs/.
MOST_MODULES = 20
OUTSIDE = {"asyncio", "io", "locale", "os", "pathlib", "random", "shutil", "socket", "subprocess", "tempfile", "time"}
# Files that are none, and dice that fall alike each time.
IN_MEMORY = {"io.BytesIO", "io.SEEK_END", "io.StringIO", "io.TextIOWrapper", "random.Random"}

MODULES = {
    name: path
    for path in (ROOT / "generator").rglob("*.py")
    if (name := ".".join(path.relative_to(ROOT / "generator").with_suffix("").parts).removesuffix(".__init__"))
    != "__init__"
}


def imports(path: Path) -> set[str]:
    """The dotted names a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def inner(path: Path) -> set[str]:
    """The modules of the generator that a file imports, dotted, without `generator.`"""
    names = {name.removeprefix("generator.") for name in imports(path) if name.startswith("generator.")}
    return {_module(name) for name in names}


def _module(name: str) -> str:
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def tops(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in inner(path)} - {""}


def test_every_module_has_its_place_in_the_line() -> None:
    assert {name.partition(".")[0] for name in MODULES} <= set(ORDER)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_point_upward(name: str) -> None:
    top = name.partition(".")[0]
    allowed = {*ORDER[: ORDER.index(top)], top}
    assert tops(MODULES[name]) <= allowed


@pytest.mark.parametrize("package", sorted({name.partition(".")[0] for name in MODULES if "." in name}))
def test_no_package_imports_in_a_circle(package: str) -> None:
    graph = {name: inner(path) for name, path in MODULES.items() if name.partition(".")[0] == package}
    settled: set[str] = set()
    while len(settled) < len(graph):
        ready = {name for name, needs in graph.items() if (needs & graph.keys()) - {name} <= settled}
        assert ready > settled, f"a circle among {sorted(graph.keys() - settled)}"
        settled = ready


@pytest.mark.parametrize(("stages", "name"), [(TO_A_CORPUS, "corpus"), (TO_DOCS, "pipeline")])
def test_one_module_alone_knows_all_stages(stages: set[str], name: str) -> None:
    known = {one: {*inner(path), *tops(path)} for one, path in MODULES.items()}
    assert [one for one, modules in known.items() if modules >= stages] == [name]


def test_no_file_and_no_class_has_the_name_of_another() -> None:
    files = Counter(path.name for path in MODULES.values() if path.name != "__init__.py")
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in MODULES.values()]
    classes = Counter(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert [name for name, number in (files + classes).items() if number > 1] == []


def test_a_trace_passes_few_modules(tmp_path: Path) -> None:
    """A module counts that is handed a trace, its seed, paper, corpus, page or file, or hands one on."""
    (tmp_path / "seeds").mkdir()
    reasoning = "We ablate **tension** $x_1$.\n\n- a\n- b"
    (tmp_path / "seeds" / "a.md").write_text(raw_trace(a_trace(reasoning=reasoning)), "utf-8")
    passed: set[str] = set()

    def note(frame: FrameType, event: str, returned: object) -> None:
        code = frame.f_code
        if event in {"call", "return"} and code.co_filename.startswith(str(ROOT / "generator")):
            given = [frame.f_locals.get(name) for name in code.co_varnames[: code.co_argcount]]
            if any(map(_carries_a_trace, given if event == "call" else [returned])):
                passed.add(code.co_filename)

    sys.setprofile(note)
    try:
        found = load_corpus(tmp_path / "seeds")
        pages = plan_papers(found.corpus, found.corpus.papers, {})
        sync_files(map(render_page, pages), tmp_path / "docs")
    finally:
        sys.setprofile(None)
    assert str(ROOT / "generator" / "loading" / "raw_trace.py") in passed
    assert str(ROOT / "generator" / "pages" / "trace.py") in passed
    assert len(passed) <= MOST_MODULES, sorted(passed)


def _carries_a_trace(value: object) -> bool:
    first = next(iter(value), None) if isinstance(value, list | tuple) else value
    return isinstance(first, Seed | ParsedSeed | Trace | Paper | Corpus | LoadResult | Page | RenderedFile)


def test_the_page_on_the_architecture_names_every_module_in_this_order() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^(`\w+(?:\.py|/)`(?:, `\w+(?:\.py|/)`)*) \|", page, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)", row)]
    assert sorted(named, key=ORDER.index) == named
    assert set(named) == set(ORDER)


def test_the_entrances_know_the_pipeline_not_its_stages() -> None:
    assert inner(ROOT / "hooks.py") == {"interruption", "site.hook"}
    known = {"corpus", "loading", "publication", "effects", "diagnostics", "environment", "terminal", "site", "text"}
    assert tops(MODULES["command_line"]) <= known | {"importing", "init"}


@pytest.mark.parametrize("name", sorted(MODULES.keys() - READERS_AND_WRITERS))
def test_the_core_touches_neither_files_nor_clocks(name: str) -> None:
    # A function may say that it takes a path; to make one it has to call the type.
    is_only_named = not re.search(r"\bPath\(", MODULES[name].read_text("utf-8"))
    found = imports(MODULES[name]) - IN_MEMORY - ({"pathlib.Path"} if is_only_named else set())
    assert not {module.partition(".")[0] for module in found} & OUTSIDE


def test_private_functions_of_mkdocs_are_called_in_one_module_alone() -> None:
    """Where MkDocs changes them, importing that module fails, and so do all builds."""
    private = {
        name: sorted(one for one in imports(path) if re.match(r"mkdocs\..*\._\w+$", one))
        for name, path in MODULES.items()
    }
    assert {name: used for name, used in private.items() if used} == {
        "site.pages": ["mkdocs.commands.build._build_page", "mkdocs.commands.build._populate_page"]
    }
