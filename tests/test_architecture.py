"""The generator is a straight line: each module imports only from those before it, and only the ends touch files."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# The line a newcomer draws. A module or package may import from those above it, never from below.
ORDER = [
    "package_data",
    "cores",
    "text",
    "addresses",
    "diagnostics",
    "catalogue",
    "problems",
    "environment",
    "files",
    "fields",
    "model",
    "loading",
    "reporting",
    "agreement",
    "metrics",
    "corpus",
    "surveying",
    "home_text",
    "citing",
    "dataset",
    "pages",
    "rendering",
    "exports",
    "writing",
    "effects",
    "pipeline",
    "finishing",
    "terminal",
    "importing",
    "building",
    "previewing",
    "__main__",
]
# The stages up to the corpus, and those after it.
SURVEYED = {"loading", "corpus"}
STAGES = {"surveying", "pages", "rendering", "exports", "writing"}
READERS_AND_WRITERS = {
    "cores",
    "environment",
    "home_text",
    "loading",
    "surveying",
    "writing",
    "pipeline",
    "finishing",
    "importing",
    "building",
    "previewing",
    "__main__",
}
# What reads a seed's text, and leaves its file to `loading.seed_files`.
PARSERS = {
    "checks",
    "citation",
    "curated",
    "json_lines",
    "located_yaml",
    "raw_plan",
    "raw_trace",
    "summary",
    "summary_fields",
    "summary_outline",
    "trace_document",
    "validation",
}
PURE_AMONG_THEM = {
    "finishing.allowlist",
    "finishing.thinning",
    "finishing.twins",
    "importing.scaffolding",
    *(f"loading.{name}" for name in PARSERS),
    "building.dialect",
    "building.leaf",
    "building.remembering",
}
OUTSIDE = {"asyncio", "io", "locale", "os", "pathlib", "random", "shutil", "socket", "subprocess", "tempfile", "time"}
# Files that are none.
IN_MEMORY = {"io.BytesIO", "io.StringIO"}

MODULES = {
    path.relative_to(ROOT / "generator").with_suffix("").as_posix().removesuffix("/__init__").replace("/", "."): path
    for path in (ROOT / "generator").rglob("*.py")
    if path != ROOT / "generator" / "__init__.py"
}


def imports(path: Path, *, at_runtime: bool = False) -> set[str]:
    """The dotted names a file imports; with `at_runtime` not those that only type checkers read."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {id(node) for block in ast.walk(tree) if _is_for_types(block) for node in ast.walk(block)}
    found = set()
    for node in ast.walk(tree):
        if at_runtime and id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def inner(path: Path) -> set[str]:
    """The modules of the generator that a file imports, dotted, without `generator.`"""
    names = {name.removeprefix("generator.") for name in imports(path) if name.startswith("generator.")}
    return {_module(name) for name in names}


def _module(name: str) -> str:
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def tops(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in inner(path)}


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


@pytest.mark.parametrize(("stages", "name"), [(SURVEYED, "surveying"), (STAGES, "pipeline")])
def test_one_module_alone_knows_all_stages(stages: set[str], name: str) -> None:
    assert [one for one, path in MODULES.items() if tops(path) >= stages] == [name]


def test_the_page_on_the_architecture_names_every_module_in_this_order() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^(`\w+(?:\.py|/)`(?:, `\w+(?:\.py|/)`)*) \|", page, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)", row)]
    assert sorted(named, key=ORDER.index) == named
    assert set(named) == set(ORDER)


def test_the_entrances_know_the_pipeline_not_its_stages() -> None:
    assert tops(ROOT / "hooks.py") <= {
        "environment",
        "reporting",
        "problems",
        "pipeline",
        "finishing",
        "building",
        "previewing",
    }
    known = {"loading", "importing", "effects", "surveying", "problems", "reporting", "terminal"}
    assert tops(MODULES["__main__"]) <= {*known, "building", "finishing", "text"}


@pytest.mark.parametrize(
    "name",
    sorted({name for name in MODULES if name.partition(".")[0] not in READERS_AND_WRITERS} | PURE_AMONG_THEM),
)
def test_the_core_touches_neither_files_nor_clocks(name: str) -> None:
    found = imports(MODULES[name], at_runtime=True) - IN_MEMORY
    assert not {module.partition(".")[0] for module in found} & OUTSIDE
