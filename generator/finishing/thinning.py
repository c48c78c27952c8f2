"""Words that stand on very many pages, with their places on a sample of the pages alone.

A browser loads all places of a word to seek it, and every further page adds ten or twenty bytes. Of a word that stands
on more pages than a browser compares (`search-worker.js`), it needs those alone in the sample that it compares instead.
Which pages have the word, and which in their title, stays whole, so such a word still narrows what other words find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

MOST = 3000

# As Pagefind 1.5.2 stores it: a page's distance from the one before, the word's places in it, those in its title.
_Page = list[Any]


def thinned(words: list[list[Any]], sample: AbstractSet[int]) -> list[list[Any]]:
    """The words of a file of the index, each with its pages and, where it has some, its accented forms with theirs."""
    return [
        [word, _thin(pages, sample), [[form, _thin(own, sample)] for form, own in forms]]
        for word, pages, forms in words
    ]


def _thin(pages: list[_Page], sample: AbstractSet[int]) -> list[_Page]:
    return list(_within(pages, sample)) if len(pages) > MOST else pages


def _within(pages: list[_Page], sample: AbstractSet[int]) -> Iterator[_Page]:
    number = 0
    for distance, places, titles in pages:
        number += distance
        yield [distance, places if number in sample else [], titles]
