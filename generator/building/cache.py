"""Pages that shares have built, kept for whoever merges them, under the hash of all that goes into any of them.

So nothing kept is ever out of date, and nobody needs to make a page's Markdown to find it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZipFile, ZipInfo

from mkdocs.utils import get_build_date

from generator.building.keeping import code, digest, keep, kept, make_room

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig

    from generator.building.shares import Share
    from generator.model import Corpus, Site

_BUILDERS = ("mkdocs", "mkdocs-material", "markdown", "pyromark")
# Settings that reach no page, for they are about one run, or objects whose settings stand in the configuration's file.
_OF_A_RUN = {"config_file_path", "dev_addr", "docs_dir", "hooks", "plugins", "site_dir", "strict", "theme", "watch"}


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page's HTML; its anchors; the anchors it links to, by file; the pages it links to."""

    html: bytes
    anchors: Sequence[str]
    links: Mapping[str, Mapping[str, str]]
    targets: Sequence[str]


class Pages(Mapping[str, bytes]):
    """The Markdown of pages by their paths in docs/, and what was built of it; each is read when it is asked for."""

    def __init__(self, archives: Iterable[ZipFile]) -> None:
        self._held_by = {name: archive for archive in archives for name in archive.namelist()}

    def __getitem__(self, path: str) -> bytes:
        return self._held_by[path].read(path)

    def __contains__(self, path: object) -> bool:
        return path in self._held_by

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._held_by if name.endswith(".md"))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def built(self, path: str) -> BuiltPage:
        """What was built of one of these pages."""
        head, _, html = self[_built(path)].partition(b"\n")
        return BuiltPage(html=html, **json.loads(head))


NO_PAGES = Pages(())


def key_of(config: MkDocsConfig, corpus: Corpus, site: Site) -> str:
    """A name for all that goes into the site: code, theme, versions, configuration and every seed."""
    return digest((*_way_to_build(config), repr(site).encode(), repr(sorted(corpus.digests.items())).encode()))


def keep_share(cache: Path, key: str, share: Share, pages: Iterable[tuple[str, bytes, BuiltPage]]) -> None:
    """Keep the pages of a share: of each its path, its Markdown and what was built of it."""

    def write(file: BinaryIO) -> None:
        with ZipFile(file, "w") as archive:
            for path, markdown, built in pages:
                head = {"anchors": built.anchors, "links": built.links, "targets": built.targets}
                archive.writestr(ZipInfo(path), markdown)
                archive.writestr(ZipInfo(_built(path)), json.dumps(head).encode() + b"\n" + built.html)

    folder = cache / "pages"
    keep(folder / key / f"{share.number}-of-{share.total}", key, write)
    make_room(folder)


@contextmanager
def shared(cache: Path, key: str) -> Iterator[Pages]:
    """The pages of all shares that were built of the very same."""
    with ExitStack() as stack:
        files = [stack.enter_context(kept(path, key)) for path in sorted((cache / "pages" / key).glob("*-of-*"))]
        yield Pages([stack.enter_context(ZipFile(file)) for file in files if file])


def _built(path: str) -> str:
    return f"{path.removesuffix('.md')}.html"


def _way_to_build(config: MkDocsConfig) -> Iterator[bytes]:
    yield code().encode()
    for name in _BUILDERS:
        yield version(name).encode()
    yield get_build_date().encode()
    for name in sorted(config.keys() - _OF_A_RUN):
        yield f"{name}={config[name]!r}".encode()
    yield Path(config.config_file_path).read_bytes()
