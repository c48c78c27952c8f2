"""What must hold of any folder of seeds, from its bytes to the HTML of its pages."""

import html
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from converting import html as uncached
from examples import URL, as_line, check, planned
from mkdocs.utils import meta
from structure import Node, commonmark, structure
from website.raw import words

from generator.addresses import trace_path
from generator.corpus.part_types import part_types
from generator.dataset import rows
from generator.diagnostics import Diagnostic, GeneratorError, errors
from generator.exports import export
from generator.exports.feeds import feeds
from generator.loading.json_lines import parse_records
from generator.loading.seed_files import lines_of
from generator.loading.trace_document import parse_document, serialize_trace
from generator.messages import ENGLISH
from generator.model import Corpus, Trace
from generator.pages.families import indexes_of
from generator.pages.page import Page, said_front_matter
from generator.publication import Publication
from generator.rendering import render_page
from generator.site.allowlist import violation

SITE = Publication(URL, "# Ablation Atlas")
# Some pages are the same in every example.
converted = lru_cache(maxsize=64)(uncached)
# As theme/main.html puts a page's content.
_FRAME = """<article>
<div class="page page--{kind}" data-pagefind-body data-seed="{seed}">
{content}
</div>
</article>"""
_REASONING, _PLAN = '<section class="level2 reasoning">', '<section class="level2 plan">'
_STUDY, _END = '<section class="level3 study">', "</section>"
_MATHS = re.compile(r'<span class="math"><math.*?</math><span class="latex" hidden="">(.*?)</span></span>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a folder of seeds: no pages where it was refused."""

    diagnostics: tuple[Diagnostic, ...]
    pages: int


def outcome(seeds: Mapping[str, bytes]) -> Outcome:
    """Publish the seeds (path -> bytes) as HTML; AssertionError where a property does not hold."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(seeds, folder)
        corpus, diagnostics = _checked(folder)
        assert bool(errors(diagnostics)) is (corpus is None)
        _assert_told(folder, diagnostics)
    return Outcome(diagnostics, _published(corpus) if corpus else 0)


def write(seeds: Mapping[str, bytes], folder: Path) -> None:
    """The seeds as files below a folder."""
    for path, data in seeds.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)


def _checked(folder: Path) -> tuple[Corpus | None, tuple[Diagnostic, ...]]:
    try:
        return check(folder)
    except GeneratorError as error:
        return None, error.diagnostics


def _assert_told(folder: Path, diagnostics: Iterable[Diagnostic]) -> None:
    """Every problem has a code, says what to do in one line, and leads to a place that is there."""
    for diagnostic in diagnostics:
        assert diagnostic.message
        assert diagnostic.remedy
        assert len(str(diagnostic).splitlines()) == 1
        for place in filter(None, (diagnostic.location, diagnostic.related)):
            if place.line:
                lines = lines_of(place.path)
                assert place.line <= len(lines), diagnostic
                assert place.column <= len(lines[place.line - 1]) + 1, diagnostic
            else:
                assert place.path.startswith(str(folder)), diagnostic
                assert not place.column, diagnostic


def _published(corpus: Corpus) -> int:
    """The number of pages, each of them held to what a page may be."""
    pages, diagnostics = planned(corpus, SITE)
    assert not diagnostics, diagnostics
    shown = {page.path: _article(page) for page in pages}
    for trace in corpus.traces:
        _assert_shown(trace, shown[trace_path(trace.id)])
        document, diagnostics = parse_document("seed.md", serialize_trace(trace))
        _assert_read_back(trace, next(iter(document), diagnostics))
    table = b"".join(as_line("traces", row) for row in rows.traces(corpus)).decode()
    for trace, read in zip(corpus.traces, parse_records("traces.jsonl", table)[0], strict=True):
        _assert_read_back(trace, read)
    types = part_types(corpus)
    for file in export(corpus, SITE, types, indexes_of(corpus, types.families)):
        if file.path.endswith(".json"):
            json.loads(file.data)
    for feed in feeds(corpus, pages, SITE):
        ET.fromstring(feed.data)  # noqa: S314 -- our own file
    return len(pages)


def _article(page: Page) -> str:
    """The page's HTML, which holds nothing that the allowlist forbids, below the front matter that was meant."""
    body, read = meta.get_data(render_page(page).data.decode())
    said = said_front_matter(page.front_matter, ENGLISH)
    meant = {key: value for key, value in said.items() if value not in ("", (), [])}
    assert read == json.loads(json.dumps(meant)), page.path
    kind, seed = page.front_matter["kind"], html.escape(page.front_matter.get("seed", ""))
    article = _FRAME.format(kind=kind, seed=seed, content=converted(body))
    assert violation(article) is None, (page.path, violation(article))
    return article


def _assert_shown(trace: Trace, page: str) -> None:
    """Every word of a trace stands on its page: the reasoning's in their order, those of a study at the study."""
    before, separator, plan = page.partition(_PLAN)
    assert separator
    shown = iter(_words(_REASONING + before.partition(_REASONING)[2]))
    assert all(word in shown for word in _words(_read(trace.reasoning))), trace.reasoning
    for study, card in zip(trace.studies, plan.split(_STUDY)[1:], strict=True):
        assert f'id="{study.anchor}"' in card
        fields = (study.name, study.ablated_part, study.action, *study.replacements, *study.metrics)
        wanted = Counter(word for field in fields for word in words(field))
        assert not wanted - Counter(_words(f"{_STUDY}{card.partition(_END)[0]}{_END}")), study


def _read(reasoning: str) -> str:
    """CommonMark's reading, by a reader that recurses; the generator has to do with the usual limit."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(100 * limit)
    try:
        return commonmark(reasoning)
    finally:
        sys.setrecursionlimit(limit)


def _assert_read_back(trace: Trace, read: object) -> None:
    """What is published of a trace says what its seed said."""
    assert isinstance(read, Trace), trace
    assert _said(read) == _said(trace)


def _said(trace: Trace) -> Trace:
    return replace(trace, seed="", studies=tuple(replace(study, line=0) for study in trace.studies))


def _words(fragment: str) -> list[str]:
    """The words of a whole fragment, of a formula those of its LaTeX."""
    return words(_text(["", *structure(_MATHS.sub(r'<span class="latex">\1</span>', fragment))]))


def _text(node: Node) -> str:
    """What a structure shows, words set apart where elements meet, but not where they are raised or lowered."""
    edge = "" if node[0] in {"sub", "sup"} else " "
    return edge + "".join(one if isinstance(one, str) else _text(one) for one in node[1:]) + edge
