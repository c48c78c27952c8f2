"""A sitemap lists at most 50,000 addresses; of more there is an index."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from jinja2 import Environment, FileSystemLoader

from generator.site.pages import sitemap_parts

URL = "https://atlas.example/"
THEME = Path(__file__).parents[2] / "generator" / "theme"


@dataclass
class Listed:
    """A page as builders list it."""

    canonical_url: str
    page: None = None


def addresses(sitemap: str, element: str) -> list[str]:
    found = ET.fromstring(sitemap).iterfind(f"s:{element}/s:loc", {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"})  # noqa: S314
    return [one.text or "" for one in found]


@pytest.mark.parametrize("number", [50_000, 50_001])
def test_every_address_is_listed_once_and_no_list_is_too_long(number: int) -> None:
    env = Environment(loader=FileSystemLoader(THEME), autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    pages = [Listed(f"{URL}{at}/?a&b") for at in range(number)]
    whole = env.get_template("sitemap.xml").render(pages=pages, config=SimpleNamespace(site_url=URL))
    parts = list(sitemap_parts(env, pages)) if number > 50_000 else [whole]
    named = [f"{URL}sitemap-{at + 1}.xml" for at in range(len(parts))]
    assert addresses(whole, "sitemap") == (named if number > 50_000 else [])
    listed = [addresses(part, "url") for part in parts]
    assert max(map(len, listed)) <= 50_000
    assert [address for part in listed for address in part] == [page.canonical_url for page in pages]
