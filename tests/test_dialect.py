"""A generated page's HTML is the one that Python-Markdown, as mkdocs.yml configures it, makes of the same page."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import test_prose
from attacking import attacks
from examples import URL
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page
from tokens import tokens

from generator.building.dialect import convert
from generator.building.leaf import LeafFile, LeafPage, permalink_of
from generator.pipeline import generate
from generator.prose import normalize_markdown as canonical
from generator.prose import render_plain as text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig

ROOT = Path(__file__).parent.parent
CONFIG = str(ROOT / "mkdocs.yml")


@cache
def configured() -> MkDocsConfig:
    return load_config(CONFIG, hooks=[])


@cache
def builder() -> Markdown:
    config = configured()
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


@cache
def permalink() -> str:
    return permalink_of(configured())


def assert_alike(page: str) -> None:
    made = convert(page, permalink()).html
    assert tokens(made) == tokens(str(builder().reset().convert(page)))


# Every place of the templates that text can come to.
PLACES = """\
<header data-pagefind-ignore="all" markdown="1">

Trace of [{text}](../x.md) with {text}
{{: .kicker }}

# {text} {{: #title }}

</header>

# {text}

<section class="reasoning" id="reasoning" markdown="1">

## Reasoning {{: #reasoning-title }}

{prose}

</section>
<section class="study" id="study" markdown="1">

### [{text}](#study) {{: #study-title }}

- **Name**: {text}
- **Action**: **ADD**{{: .action .action-add }}
- **Metrics**:
    - {text}
    - &#32;<details><summary>{text}</summary>{text}</details>

<details class="cite" markdown="1">
<summary>Cite</summary>

APA
{{: .style }}

> {text}

</details>

[Fix]({address})
{{: .fix data-pagefind-ignore="all" }}

</section>

1. **ADD**{{: .action .action-add }} [{text}](x.md) *{text}*{{: .part }} [{text}](x.md){{: .shared }}

[{text}](x.md){{: rel="prev" }}
[{text}](x.md){{: rel="next" }}

{text} | B
--- | ---
[{text}](x.md) | {text}
"""
PIECES = [
    *(*test_prose.CHARACTERS, *test_prose.TOKENS, *test_prose.BREAKS, *re.split(r" \| |\n", test_prose.ATTACKS)),
    *("{: ", " }", "{: .x }", "\n{: .x }\n", "`{: .x }`", "\n\n    {: .x }\n\n", "\n```\n# {: #x }\n```\n"),
    *('<div markdown="1">', ' markdown="1">', '<a href="../x.md">', ' id="x"', "- <details>", "<list ", "ID"),
    *("100. ", "\n100. a\n     - b", "\n- ```\n  a\n\n  # b\n  ```\n", "![b](http://e.org)", "$a_1$", "*a*", "**b**"),
    *("\n\n", "    ", "&eacute;", "“", "”", "€", "é"),
]
SOURCES = st.lists(st.sampled_from(PIECES), max_size=15).map("".join)


@given(SOURCES, st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=20))
@example("- a\n\n      b {: .x }\n\n      # c", "x")
@example('_"a"_![b](http://e.org)', "x")
@example('*"a"*&eacute;', "x")
@example("**a**__b__", "x")
@example("*[A]*\n===", "*")
@example("1234. a\n\n      b", "x")
@example("", "Reasoning")
def test_any_text_in_any_place_of_a_page(source: str, value: str) -> None:
    shown = text(value) or "x"
    assert_alike(PLACES.format(prose=canonical(source), text=shown, address="<https://e.org/?a=1&b=%20>"))


def pages(folder: Path) -> Iterator[tuple[Page, LeafPage]]:
    """Every page of docs/ that the generator wrote, built by MkDocs alone and as a leaf."""
    config = load_config(CONFIG, hooks=[], docs_dir=str(folder), site_dir=str(folder.parent / "site"))
    files = get_files(config)
    for file in files.documentation_pages():
        if file.src_uri == "data/README.md":
            continue
        leaf = LeafPage(LeafFile.of(file), config, permalink())
        page = Page(None, file, config)
        for each in (leaf, page):
            each.read_source(config)
            each.render(config, files)
        yield page, leaf


def assert_known_alike(page: Page, leaf: LeafPage) -> None:
    """What MkDocs and themes know of a page is the same."""
    assert (leaf.title, leaf.meta, leaf.markdown) == (page.title, page.meta, page.markdown)
    assert (leaf.canonical_url, leaf.edit_url) == (page.canonical_url, page.edit_url)
    assert tokens(leaf.content or "") == tokens(page.content or "")
    assert html.unescape(str(leaf.toc)).split() == html.unescape(str(page.toc)).split()
    assert leaf.present_anchor_ids == page.present_anchor_ids
    assert _targets(leaf) == _targets(page)


def _targets(page: Page) -> dict[str, set[str]]:
    found = {file.src_uri: set(anchors) for file, anchors in (page.links_to_anchors or {}).items()}
    # Of its own anchors a heading's link to itself says nothing.
    found.pop(page.file.src_uri, None)
    return found


def assert_all_known_alike(folder: Path) -> list[str]:
    """The kinds of the pages that were compared."""
    kinds = []
    for page, leaf in pages(folder):
        assert_known_alike(page, leaf)
        kinds.append(str(page.meta["kind"]))
    return kinds


def test_every_page_of_the_invented_corpus(docs: Path) -> None:
    assert {"trace", "paper", "planner", "model", "index", "home"} <= set(assert_all_known_alike(docs))


def test_every_page_of_the_published_seeds(tmp_path: Path) -> None:
    generate(ROOT / "seeds", tmp_path / "docs", URL)
    assert assert_all_known_alike(tmp_path / "docs")


def test_every_page_of_every_attack_that_is_published(tmp_path: Path) -> None:
    for attack in attacks():
        if not attack.refused:
            attack.plant(tmp_path / "seeds" / attack.name)
    generate(tmp_path / "seeds", tmp_path / "docs", URL)
    assert assert_all_known_alike(tmp_path / "docs")
