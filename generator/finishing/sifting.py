"""What is sought of a built site's pages, laid out for the indexer: two fifths of what they hold."""

from __future__ import annotations

import os
import re
import shutil
from binascii import crc32
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from generator.cores import on_all_cores
from generator.finishing.reproducing import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

# Where a new index is made, in the site's folder.
ASIDE = ".pagefind"
# What a page carries that wants to be found; the theme puts it around the page's own text.
_MARK = b"data-pagefind-body"
# What else of a page Pagefind reads: its title, and what it can be narrowed to.
_METADATA = re.compile(rb"<meta [^>]*data-pagefind-[^>]*>")
# What it passes over, citations above all. In there templates put no element into another of its name.
_IGNORED = re.compile(
    rb'<(aside|details|header|p|section)\b[^<>]* data-pagefind-ignore="all"[^<>]*>.*?</\1>', re.DOTALL
)
# How many pages stand for all, where too many hold the words for a browser to compare them, and what marks these.
_SAMPLED = 1000
_SAMPLE_MARK = f'<meta data-pagefind-filter="{SAMPLE}[content]" content="yes">'.encode()


def pages_of(site: Path) -> list[Path]:
    """The files of a built site's pages, in order."""
    own = (path for path in site.glob("*") if path.name != ASIDE)
    return sorted(chain(site.glob("*.html"), *(path.rglob("*.html") for path in own)))


def sift(site: Path) -> Path:
    """Have in a folder aside what is sought of each page of the site, under its name; only of changed pages is it new.

    Pagefind numbers pages as the system lists them, which on some is the order in which they came. So where a page came
    or went all come anew, one after the other.
    """
    folder = site / ASIDE / "pages"
    pages = {page.relative_to(site): page.stat().st_mtime_ns for page in pages_of(site)}
    sifted = {page.relative_to(folder): page.stat().st_mtime_ns for page in pages_of(folder)}
    rate = 1 + len(pages) // _SAMPLED
    if pages.keys() != sifted.keys():
        shutil.rmtree(folder, ignore_errors=True)
        sifted = {}
    changed = [name for name in pages if pages[name] != sifted.get(name)]
    for name, data in zip(changed, on_all_cores(partial(_sought, site, rate), changed), strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, ns=(pages[name], pages[name]))
    return folder


def _sought(site: Path, rate: int, name: Path) -> bytes:
    """What is sought of a page, one in so many of which is in the sample; nothing of a page that nobody seeks."""
    data = (site / name).read_bytes()
    # By its name alone, a page stays in the sample or out of it, whatever other pages come.
    is_sampled = crc32(name.as_posix().encode()) % rate == 0
    return b"<html>" + _SAMPLE_MARK * is_sampled + _read_by_pagefind(data) if _MARK in data else b""


def _read_by_pagefind(page: bytes) -> bytes:
    """What Pagefind makes its index of."""
    head, _, rest = page.partition(b"<article>")
    return b"".join(_METADATA.findall(head)) + _IGNORED.sub(b"", rest.partition(b"</article>")[0])
