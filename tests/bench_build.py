"""How long the whole site takes to build, beside what others take for the same pages.

    python tests/bench_build.py [--sizes 500 2000 8000 20000 | --seeds DIR] [--runs 3] [--json FILE]

All contestants build in turn, as often as asked; printed are medians. Besides this project's whole pipeline (pages,
MkDocs, data files, search index): MkDocs as one would first set it up, with every page in its navigation; Zensical,
without and with its cache; Hugo with the least of a theme, as the limit of what a builder can reach. Zensical needs
`make .venv-builders/ready`, Hugo a `hugo` on the path; who is missing is named. Figures, not a test.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from invented import write_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
ZENSICAL = ROOT / ".venv-builders" / "bin" / "zensical"
# Naive MkDocs grows with the square of the pages: beyond so many traces it would take hours.
NAIVE_AT_MOST = 2000
NAIVE_CONFIGURATION = """\
site_name: Ablation Atlas
theme: {name: material}
exclude_docs: /home.md
markdown_extensions: [attr_list, md_in_html, sane_lists, {toc: {permalink: "#"}}]
"""
HUGO_CONFIGURATION = """\
baseURL = "https://atlas.example/"
title = "Ablation Atlas"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
"""
HUGO_PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"></head><body>{{ .Content }}</body></html>
"""


@dataclass(frozen=True, slots=True)
class Contestant:
    """Who builds: a command, in which folder, what it makes there, and what to delete before each run."""

    name: str
    command: Sequence[str | Path]
    folder: Path
    site: Path
    stale: Sequence[Path]


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians over all runs: seconds by the clock and of all cores, MB of the largest process; and MB of the site."""

    contestant: str
    traces: int
    pages: int
    seconds: float
    cores: float
    memory: float
    site: float


def contestants(seeds: Path, traces: int, folder: Path) -> Iterator[Contestant]:
    """Everyone who can take part, each in a folder below `folder`."""
    docs = folder / "docs"
    site = folder / "site"
    build = (sys.executable, "-m", "generator", "build", "--seeds", seeds, "--out", site)
    yield Contestant("this project", build, ROOT, site, (site, ROOT / ".cache" / "pages"))
    yield Contestant("this project, with its cache", build, ROOT, site, (site,))
    subprocess.run([*build[:3], "pages", "--seeds", seeds, "--docs", docs], cwd=ROOT, check=True, capture_output=True)
    if traces <= NAIVE_AT_MOST:
        naive = copy_docs(docs, folder / "naive", docs="docs")
        (naive / "mkdocs.yml").write_text(NAIVE_CONFIGURATION)
        yield Contestant("naive MkDocs", (sys.executable, "-m", "mkdocs", "build", "-q"), naive, naive / "site", ())
    else:
        say(f"naive MkDocs: left out, it would take hours with {traces:,} traces")
    if ZENSICAL.is_file():
        zensical = copy_docs(docs, folder / "zensical", docs="docs")
        shutil.copytree(ROOT / "generator" / "theme", zensical / "generator" / "theme")
        configuration = (ROOT / "mkdocs.yml").read_text().replace("plugins: []", "plugins: [search]")
        (zensical / "mkdocs.yml").write_text(configuration.replace("hooks: [hooks.py]", ""))
        stale = (zensical / "site", zensical / ".cache")
        yield Contestant("Zensical", (ZENSICAL, "build"), zensical, stale[0], stale)
        yield Contestant("Zensical, with its cache", (ZENSICAL, "build"), zensical, stale[0], stale[:1])
    else:
        say(f"Zensical: left out, there is no {ZENSICAL.relative_to(ROOT)}")
    if executable := shutil.which("hugo"):
        hugo = copy_docs(docs, folder / "hugo", docs="content")
        # To Hugo, `index.md` is a page without others below it, and `_index.md` one with.
        for path in sorted(hugo.rglob("index.md")):
            path.rename(path.with_name("_index.md"))
        layouts = hugo / "layouts" / "_default"
        layouts.mkdir(parents=True)
        for name in ("single.html", "list.html"):
            (layouts / name).write_text(HUGO_PAGE)
        (hugo / "hugo.toml").write_text(HUGO_CONFIGURATION)
        yield Contestant("Hugo, no theme", (executable, "--quiet"), hugo, hugo / "public", (hugo / "public",))
    else:
        say("Hugo: left out, no `hugo` on the path")


def copy_docs(source: Path, folder: Path, docs: str) -> Path:
    """A project folder that holds these pages."""
    shutil.copytree(source, folder / docs)
    return folder


def run(contestant: Contestant) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of all cores, MB of the largest process."""
    for path in contestant.stale:
        shutil.rmtree(path, ignore_errors=True)
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            contestant.command,
            cwd=contestant.folder,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = status
        log.seek(0)
        if status:
            sys.exit(f"{contestant.name} failed:\n{log.read().decode()}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(seeds: Path, runs: int, folder: Path) -> list[Figures]:
    """The figures of every contestant for one corpus; they take turns, so that a busy moment hits all alike."""
    traces = sum(path.is_file() for path in seeds.rglob("*"))
    taking_part = list(contestants(seeds, traces, folder))
    measured: dict[str, list[tuple[float, float, float]]] = {one.name: [] for one in taking_part}
    for _ in range(runs):
        for one in taking_part:
            measured[one.name].append(run(one))
    found = []
    for one in taking_part:
        seconds, cores, memory = map(statistics.median, zip(*measured[one.name], strict=True))
        pages = sum(1 for _ in one.site.rglob("*.html"))
        size = sum(path.stat().st_size for path in one.site.rglob("*") if path.is_file())
        found.append(Figures(one.name, traces, pages, seconds, cores, memory, size / 1e6))
    return found


def table(found: Sequence[Figures]) -> str:
    """The figures as a Markdown table; the ratio is to the first contestant's time."""
    lines = [
        "| traces | | pages | seconds | ratio | ms a page | seconds of all cores | MB memory | MB site |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        first = next(other for other in found if other.traces == one.traces)
        page = 1000 * one.seconds / one.pages
        timed = f"{one.seconds:.1f} | {one.seconds / first.seconds:.2f} | {page:.2f} | {one.cores:.1f}"
        lines.append(
            f"| {one.traces:,} | {one.contestant} | {one.pages:,} | {timed} | {one.memory:.0f} | {one.site:.1f} |"
        )
    return "\n".join(lines)


def say(line: str) -> None:
    """Print what somebody waits for."""
    print(line, flush=True)  # noqa: T201 -- the command's answer


def machine() -> str:
    """The machine in a few words, and how busy others kept it."""
    load = f"load {os.getloadavg()[2]:.1f} over the last 15 minutes"
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {load}"


def main() -> None:
    """Measure corpus after corpus, print the table, keep it as JSON where asked to."""
    parser = argparse.ArgumentParser(description="Time to build the site, beside other builders.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 2000], metavar="TRACES")
    parser.add_argument("--seeds", type=Path, help="a corpus instead of invented ones")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found: list[Figures] = []
    for size in [0] if options.seeds else options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            seeds = options.seeds or Path(folder, "seeds")
            if not options.seeds:
                write_corpus(seeds, size)
            found += measure(seeds.resolve(), options.runs, Path(folder))
    say(f"{machine()}; medians of {options.runs}\n\n{table(found)}")
    if options.json:
        rows = [asdict(one) for one in found]
        options.json.write_text(
            json.dumps({"machine": machine(), "runs": options.runs, "builds": rows}, indent=2) + "\n"
        )


if __name__ == "__main__":
    main()
