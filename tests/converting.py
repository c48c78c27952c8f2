"""Markdown to HTML as the builder does it."""

from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup
from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

_CONFIG = Path(__file__).parent.parent / "mkdocs.yml"


@cache
def builder() -> Markdown:
    """Python-Markdown as mkdocs.yml has it."""
    config = load_config(str(_CONFIG), hooks=[])
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def html(text: str) -> str:
    """The HTML of Markdown without front matter."""
    return str(builder().reset().convert(text))


def page(text: str) -> BeautifulSoup:
    """The tree of Markdown with or without front matter."""
    body, _ = get_data(text)
    return BeautifulSoup(html(body), "html.parser")
