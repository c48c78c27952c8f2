"""Sparing a page work changes nothing of what Python-Markdown makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list", "md_in_html", "sane_lists"]
PIECES = st.sampled_from(
    [
        *("a", "word", " ", "  ", "\n", "\n\n", "  \n", "`", "\\", "*", "**", "_", "[", "]", "(", ")", "![", "<", ">"),
        *("&", "&amp;", "&#9;", "@", "://", "<b>", "</b>", "<https://x.y>", "<a@b.c>", "[a](b)", "![a](b)", "[a]: b"),
        *("[a][b]", "\n- ", "\n1. ", "\n    ", "\n# ", "\n> ", "\n|a|b|\n|-|-|\n|c|", "{: .a }", "\n```\n", ":"),
        *(
            '<div markdown="1">',
            "</div>",
            '\n<section id="s" markdown="1">\n\n',
            "\n\n</section>\n",
            "\u2003",
            "\x02",
            "\x03",
        ),
    ]
)


def converted(source: str, *extensions: str) -> str:
    return str(Markdown(extensions=[*EXTENSIONS, *extensions]).convert(source))


@given(st.lists(PIECES, max_size=40).map("".join))
@example("[a]: b\n\n[a] and [c][a] and ![a]")
@example("first  \nsecond &copy; *third*")
def test_any_page_stays_the_same(source: str) -> None:
    assert converted(source, "generator.sparing:Sparing") == converted(source)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_other_extensions_patterns_still_find_what_they_look_for(source: str) -> None:
    assert converted(source, "wikilinks", "nl2br", "generator.sparing:Sparing") == converted(
        source, "wikilinks", "nl2br"
    )


@pytest.mark.parametrize("kind", ["traces", "papers", "planners", "metrics"])
def test_real_pages_stay_the_same(docs: Path, kind: str) -> None:
    for path in (docs / kind).rglob("*.md"):
        source = path.read_text("utf-8")
        assert converted(source, "generator.sparing:Sparing") == converted(source)
