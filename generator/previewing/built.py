"""A built site, in which single pages are built anew as MkDocs would build them with all others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.structure.files import File, InclusionLevel, file_sort_key, set_exclusions

from generator.building.leaf import LeafPage
from generator.finishing import complete, lines
from generator.finishing.inspecting import inspect

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from generator.building.leaves import Leaves
    from generator.files import RenderedFile
    from generator.writing.publishing import Changes


class BuiltSite:
    """The site in `folder`, and what MkDocs knew when it had built it."""

    def __init__(self, leaves: Leaves) -> None:
        self._leaves = leaves
        self._docs = Path(leaves.settings.docs_dir)
        self.folder = Path(leaves.settings.site_dir)

    def show(self, pages: Sequence[RenderedFile]) -> list[str]:
        """Build pages that docs/ will soon hold; the paths of those that are different now."""
        files = self._enter([page.path for page in pages])
        for file, page in zip(files, pages, strict=True):
            file.content_bytes = page.data
        return self._build(files)

    def follow(self, changes: Changes) -> list[str]:
        """Make of the site what a build of docs/ as it is now would; the paths of what is different, gone or new.

        Raises GeneratorError when a page holds what none may.
        """
        known, records = set(self._leaves.files.src_uris), lines(self.folder)
        gone = [path for name in changes.delete for path in self._take_away(name)]
        entered = self._enter(changes.write)
        turned = self._leaves.files.src_uris.keys() ^ known
        pages = {file.src_uri: file for file in entered if file.page}
        pages |= {file.src_uri: file for file in self._asking_for(turned)}
        copied = [file for file in entered if not file.page]
        for file in copied:
            file.copy_file()
        different = self._build(list(pages.values()))
        if turned:
            self._list_pages()
        inspect([self.folder / file.dest_uri for file in pages.values()])
        new = {name: set(table) - set(records[name]) for name, table in lines(self._docs).items()}
        complete(self._docs, self.folder, [name for name in changes.write if name.endswith(".md")], new)
        return [*gone, *different, *(file.dest_uri for file in copied)]

    def _enter(self, names: Iterable[str]) -> list[File]:
        """Give files of docs/ their places among the site's; pages that MkDocs builds itself keep those they have."""
        leaves, settings, entered = self._leaves, self._leaves.settings, []
        for name in names:
            file = File(name, settings.docs_dir, settings.site_dir, settings.use_directory_urls)
            set_exclusions([file], settings)
            if file.inclusion is not InclusionLevel.EXCLUDED:
                entered.append(self._entered(file))
        pages = {file.src_uri: file for file in (*leaves.pages, *entered) if file.page}
        leaves.pages = sorted(
            (page for page in pages.values() if page.src_uri in leaves.files.src_uris), key=file_sort_key
        )
        return entered

    def _entered(self, file: File) -> File:
        files = self._leaves.files
        known = files.src_uris.get(file.src_uri)
        if known and known.is_documentation_page():
            return known
        if file.is_documentation_page():
            return self._leaves.leaf(file)
        if known:
            files.remove(known)
        files.append(file)
        return file

    def _take_away(self, name: str) -> list[str]:
        """Take a file out of the site, and what was made of it."""
        file = self._leaves.files.src_uris[name]
        self._leaves.files.remove(file)
        found = [file.dest_uri]
        if file.page:
            found += [file.dest_uri.removesuffix(".html") + ".json", name]
        for path in found:
            (self.folder / path).unlink(missing_ok=True)
        folder = (self.folder / file.dest_uri).parent
        while folder != self.folder and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
        return found

    def _asking_for(self, turned: AbstractSet[str]) -> Iterable[File]:
        """The pages that may link to a file that came or went: of MkDocs' own, all."""
        for file in self._leaves.pages if turned else ():
            if not isinstance(file.page, LeafPage) or not turned.isdisjoint(self._leaves.targets.get(file.src_uri, ())):
                yield file

    def _build(self, files: Sequence[File]) -> list[str]:
        """Build pages; the paths of those that are different now."""
        leaves, settings = self._leaves, self._leaves.settings
        before = self._held(files)
        leaves.build([file.page for file in files if isinstance(file.page, LeafPage)])
        others = [file.page for file in files if file.page and not isinstance(file.page, LeafPage)]
        for page in others:
            _populate_page(page, settings, leaves.files)
        for page in others:
            _build_page(page, settings, leaves.pages, leaves.nav, leaves.env)
            page.validate_anchor_links(files=leaves.files, log_level=settings.validation.links.anchors)
        return [path for path, data in self._held(files).items() if before[path] != data]

    def _held(self, files: Iterable[File]) -> dict[str, bytes]:
        paths = {file.dest_uri: self.folder / file.dest_uri for file in files}
        return {name: path.read_bytes() if path.is_file() else b"" for name, path in paths.items()}

    def _list_pages(self) -> None:
        """What the theme makes of the list of all pages."""
        leaves, settings = self._leaves, self._leaves.settings
        for name in settings.theme.static_templates:
            _build_theme_template(name, leaves.env, leaves.files, settings, leaves.nav)
