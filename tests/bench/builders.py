"""Who builds the same corpus: this project, this project before, and other builders as one would set them up."""

import re
import shutil
import subprocess
import tarfile
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from bench.running import PYTHON, ROOT, Command, FailedError
from generator.docs_folder import copy_hand_written

_BUILDERS = ROOT / ".venv-builders" / "bin"
_CODE = ("generator", "hooks.py", "mkdocs.yml")
_NAIVE = """\
site_name: Ablation Atlas
theme: {name: material}
exclude_docs: |
  /home.md
  /data/README.md
markdown_extensions: [attr_list, tables, {toc: {permalink: "#"}}]
"""
_HUGO = """\
baseURL = "https://atlas.example/"
title = "Ablation Atlas"
disableKinds = ["taxonomy", "term", "RSS"]
"""
_HUGO_PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"></head><body>{{ .Content }}</body></html>
"""
_FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of seeds, and a folder where all that is made of it goes."""

    seeds: Path
    folder: Path

    @property
    def site(self) -> Path:
        """The site that this project builds."""
        return self.folder / "site"

    @property
    def docs(self) -> Path:
        """The Markdown pages, hand-written ones included; see `write_docs`."""
        return self.folder / "docs"


def this_project(corpus: Corpus) -> Command:
    """Return the whole cold build: pages, HTML, search index, data files."""
    arguments = (PYTHON, "-m", "generator", "build", "--seeds", corpus.seeds, "--out", corpus.site)
    return Command(arguments, corpus.folder, (corpus.site,), str(ROOT))


def checked(corpus: Corpus) -> Command:
    """Return the command that reads and links all seeds, and writes nothing."""
    return Command((PYTHON, "-m", "generator", "check", "--seeds", corpus.seeds), corpus.folder, python_path=str(ROOT))


def imported(corpus: Corpus) -> Command:
    """Return the command that takes all traces over into an empty folder of seeds."""
    taken = corpus.folder / "imported"
    arguments = (PYTHON, "-m", "generator", "import", corpus.seeds, "--seeds", taken)
    return Command(arguments, corpus.folder, (taken,), str(ROOT))


def write_docs(corpus: Corpus) -> Command:
    """Return the command that writes the pages on which the other builders work, beside the hand-written ones."""
    copy_hand_written(ROOT / "docs", corpus.docs)
    arguments = (PYTHON, "-m", "generator", "pages", "--seeds", corpus.seeds, "--docs", corpus.docs)
    return Command(arguments, corpus.folder, python_path=str(ROOT))


def project_before(corpus: Corpus, commit: str) -> Command:
    """Return the cold build of the same seeds by an earlier commit, with packages of its own.

    Raises FailedError where the commit or its packages can't be had.
    """
    checkout = ROOT / ".cache" / "before" / commit
    try:
        if not (checkout / "Makefile").is_file():
            archive = _said_by(ROOT, "git", "archive", commit)
            with tarfile.open(fileobj=BytesIO(archive)) as files:
                files.extractall(checkout, filter="data")
        _said_by(checkout, "make", "--silent", f"PYTHON={PYTHON}", ".venv/ready")
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", None) or b""
        raise FailedError(f"commit {commit} can't be set up: {error}\n{said.decode(errors='replace')}") from None
    site = corpus.folder / "before"
    python = checkout / ".venv" / "bin" / "python"
    arguments = [str(python), "-m", "generator", "build", "--seeds", str(corpus.seeds), "--out", str(site)]
    # It found its seeds again in a cache.
    return Command(arguments, checkout, (site, checkout / ".cache"))


def naive_mkdocs(corpus: Corpus) -> Command:
    """Return MkDocs as one first sets it up: stock Material, every page in the navigation, its own search."""
    folder = corpus.folder / "naive"
    _copy_pages(corpus.docs, folder / "docs")
    (folder / "mkdocs.yml").write_text(_NAIVE, "utf-8")
    site = folder / "site"
    return Command((PYTHON, "-m", "mkdocs", "build", "--quiet", "--site-dir", site), folder, (site,))


def zensical(corpus: Corpus) -> Command:
    """Return Zensical with this project's theme and extension, and with its own search. Raises FailedError."""
    folder = copy_project(corpus.folder / "zensical")
    shutil.copytree(corpus.docs, folder / "docs", dirs_exist_ok=True)
    configuration = (folder / "mkdocs.yml").read_text("utf-8")
    for here, there in (("hooks: [hooks.py]\n", ""), ("plugins: []\n", "plugins: [search]\n")):
        if here not in configuration:
            raise FailedError(f"mkdocs.yml has no line {here.strip()!r} that Zensical's configuration could do without")
        configuration = configuration.replace(here, there)
    (folder / "mkdocs.yml").write_text(configuration, "utf-8")
    stale = (folder / "site", folder / ".cache")
    return Command((_installed("zensical"), "build"), folder, stale, str(folder))


def hugo(corpus: Corpus) -> Command:
    """Return Hugo with the least of a theme: the limit of what a builder can reach. Raises FailedError."""
    folder = corpus.folder / "hugo"
    _copy_pages(corpus.docs, folder / "content")
    # To Hugo, `index.md` is a page without others below it, and `_index.md` one with.
    for path in sorted((folder / "content").rglob("index.md")):
        path.rename(path.with_name("_index.md"))
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True, exist_ok=True)
    for name in ("single.html", "list.html"):
        (layouts / name).write_text(_HUGO_PAGE, "utf-8")
    (folder / "hugo.toml").write_text(_HUGO, "utf-8")
    return Command((_installed("hugo"), "--quiet"), folder, (folder / "public",))


def copy_project(folder: Path) -> Path:
    """Copy what a checkout holds but for its seeds; return the copy."""
    skipped = shutil.ignore_patterns("__pycache__")
    for name in _CODE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=skipped, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, folder / name)
    copy_hand_written(ROOT / "docs", folder / "docs")
    return folder


def _copy_pages(docs: Path, target: Path, kept: AbstractSet[str] = frozenset({"title", "description"})) -> None:
    """Copy pages with only these keys of their front matter: the others mean something else to other themes."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(docs, target)
    for path in target.rglob("*.md"):
        text = path.read_text("utf-8")
        head = _FRONT_MATTER.match(text)
        if head:
            lines = [line for line in head[0].splitlines() if line == "---" or line.partition(":")[0] in kept]
            path.write_text("\n".join((*lines, text[head.end() :])), "utf-8")


def _said_by(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(arguments, cwd=folder, check=True, capture_output=True).stdout


def _installed(name: str) -> Path:
    executable = _BUILDERS / name
    if not executable.is_file():
        raise FailedError(f"{name} is not installed in {_BUILDERS}; `make .venv-builders/ready` does that")
    return executable
