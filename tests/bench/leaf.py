"""What one trace's page costs: milliseconds to build, bytes of Markdown and HTML."""

import gzip
import json
import statistics
from collections.abc import Mapping
from pathlib import Path

from bs4 import BeautifulSoup

from bench.builders import Corpus
from bench.running import PYTHON, ROOT, Command, run
from generator.addresses import TRACES_DATA

# So many pages, evenly spread, tell of all.
_SAMPLE = 200
# MkDocs' part alone, on one core: from Markdown that is there to HTML.
_BUILD = """
import os, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
from generator import environment
from generator.site import pages
environment.settle()
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
config = load_config(sys.argv[1], hooks=[], docs_dir=sys.argv[2], site_dir=sys.argv[3])
pages.install(config)
build(config)
"""


def leaf_time(corpus: Corpus) -> Mapping[str, float]:
    """Return the milliseconds of one core that MkDocs takes for a page whose Markdown is there. Raises FailedError."""
    site = corpus.folder / "leaves"
    arguments = (PYTHON, "-c", _BUILD, ROOT / "mkdocs.yml", corpus.docs, site)
    cost = run(Command(arguments, corpus.folder, (site,), str(ROOT)))
    return {"leaf_time": 1000 * cost.seconds / len(list(site.rglob("*.html")))}


def leaf_bytes(site: Path) -> Mapping[str, float]:
    """Return medians over traces' pages: KB of HTML and of Markdown, and how these compare with their text."""
    urls = trace_urls(site)
    sizes = [_sizes(site, url) for url in urls[:: len(urls) // _SAMPLE or 1]]
    return {name: statistics.median(one[name] for one in sizes) for name in sizes[0]}


def trace_urls(site: Path) -> list[str]:
    """Return the addresses of all traces' pages, relative to the site's root."""
    return [json.loads(line)["url"] for line in (site / TRACES_DATA).read_bytes().splitlines()]


def compressed(data: bytes) -> int:
    """Return the bytes that a host sends: compressed, unless that makes them more."""
    return min(len(data), len(gzip.compress(data, 6)))


def _sizes(site: Path, url: str) -> dict[str, float]:
    page = (site / url / "index.html").read_bytes()
    markdown = (site / f"{url.rstrip('/')}.md").read_bytes()
    body = BeautifulSoup(page, "html.parser").select_one("[data-pagefind-body]")
    text = " ".join(body.stripped_strings).encode() if body else b""
    return {
        "leaf_html": len(page) / 1000,
        "leaf_beyond": (compressed(page) - compressed(text)) / 1000,
        "leaf_markdown": len(markdown) / 1000,
        "leaf_ratio": len(markdown) / len(text),
    }
