"""Pages that shares have built, kept for whoever merges them, under the hash of all that they are built from.

So nothing kept is ever out of date. An entry is written aside and moved into place, so that runs may share a cache, and
the folder can be deleted at any time.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.utils import get_build_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File

_PACKAGE = Path(__file__).parent
_BUILDERS = ("mkdocs", "mkdocs-material", "markdown", "pyromark", "jinja2")
# Settings that reach no page, for they are about one run, or objects whose settings stand in the configuration's file.
_OF_A_RUN = {"config_file_path", "dev_addr", "docs_dir", "hooks", "plugins", "site_dir", "strict", "theme", "watch"}
# So many ways to build are kept: that of the last runs, and two from before the code was changed.
_KEPT = 3


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page's HTML; its anchors; the anchors it links to, by file; the pages it links to."""

    html: bytes
    anchors: Sequence[str]
    links: Mapping[str, Mapping[str, str]]
    targets: Sequence[str]


class Cache:
    """The pages that were built one way, each kept under its path in docs/ and its source."""

    def __init__(self, folder: Path, way: Iterable[bytes]) -> None:
        self._ways = folder
        self._folder = folder / _digest(way)
        self.exists = self._folder.is_dir()

    @classmethod
    def of(cls, config: MkDocsConfig) -> Cache:
        """The pages that were built as this configuration has it."""
        return cls(Path(config.config_file_path).parent / ".cache" / "pages", _way_to_build(config))

    def begin(self) -> None:
        """Make room for pages, in place of those that were built the oldest way."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self.exists = True
        os.utime(self._folder)
        for old in sorted(self._ways.iterdir(), key=lambda path: path.stat().st_mtime_ns)[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)

    def find(self, file: File) -> BuiltPage | None:
        """What was built of a page as it is now, if it was."""
        try:
            head, _, html = self._entry(file).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        return BuiltPage(html=html, **json.loads(head))

    def keep(self, file: File, page: BuiltPage) -> None:
        """Keep what was built of a page as it is now."""
        entry = self._entry(file)
        head = {name: value for name, value in asdict(page).items() if name != "html"}
        unfinished = entry.with_suffix(f".{os.getpid()}")
        entry.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(json.dumps(head).encode() + b"\n" + page.html)
        unfinished.replace(entry)

    def _entry(self, file: File) -> Path:
        name = _digest((file.src_uri.encode(), file.content_bytes))
        return self._folder / name[:2] / name[2:]


def _way_to_build(config: MkDocsConfig) -> Iterator[bytes]:
    """All that every page depends on: code, theme, versions and configuration."""
    for name in _BUILDERS:
        yield version(name).encode()
    yield get_build_date().encode()
    for name in sorted(config.keys() - _OF_A_RUN):
        yield f"{name}={config[name]!r}".encode()
    project = Path(config.config_file_path).parent
    code = [*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("*.html"), Path(config.config_file_path), project / "hooks.py"]
    for path in sorted(code):
        yield path.read_bytes()


def _digest(parts: Iterable[bytes]) -> str:
    """A name for all parts in their order, and for where one ends and the next begins."""
    total = sha256()
    for part in parts:
        total.update(sha256(part).digest())
    return total.hexdigest()[:32]
