"""A built site, whoever built it: no page's article holds what no article may."""

import html
import re
from collections.abc import Sequence
from pathlib import Path

from generator.diagnostics import Code, Diagnostic, GeneratorError, Location
from generator.parallel import parallel_map
from generator.site.allowlist import violation

# The theme writes it before the first word of a text.
_SEED = re.compile(r'<div class="page[^<>]* data-seed="([^"<>]*)"')


def check_pages(pages: Sequence[Path]) -> None:
    """Raise GeneratorError with each page that breaks the rules and its seed, if any does."""
    diagnostics = [diagnostic for found in parallel_map(_problems, pages) for diagnostic in found]
    if diagnostics:
        raise GeneratorError(diagnostics)


def _problems(path: Path) -> list[Diagnostic]:
    page = path.read_text("utf-8")
    found = violation(page)
    if found is None:
        return []
    seed = _SEED.search(page)
    origin = f"; its seed is {html.unescape(seed[1])}" if seed else ""
    message = f"{found.text} in {found.place}, where it may not stand{origin}"
    return [Diagnostic(Code.FOREIGN_MARKUP, Location.at(str(path), page, found.offset), message)]
