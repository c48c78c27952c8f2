"""A page's labels are in the language of its site, and what others wrote is marked as theirs and left alone."""

import re

import pytest
from markdown import Markdown

TRACE = """\
# Knitting with Robots { #title }

By gpt-4o.

## Reasoning { #reasoning }

- **Metrics**: the model's own list
- [ ] a task

## Plan { #plan }

### Gauge { #study-gauge-0a1b2c }

- **Action**: REMOVE
- **Metrics**:
    - FID

## Further { #further }

- [Moss](moss.md)
"""
PAPER = """\
# Knitting with Robots { #title }

> [!NOTE]
> Somebody's.

## Plans { #plans-author }

1. REMOVE [gauge](x.md) · *only here*
"""
BY_HAND = """\
# About { #about }

- [Moss](moss.md)
"""


def converted(text: str, language: str, texts: str) -> str:
    options = {"language": language, "texts": texts}
    name = "generator.site.commonmark"
    return str(Markdown(extensions=[name], extension_configs={name: options}).convert(text))


def marked(page: str) -> list[tuple[str, str, str]]:
    return re.findall(r'<(\w+)[^>]* lang="(\w+)"[^>]*>(?:<[^>]*>)*([^<\n]*)', page)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            TRACE,
            [
                ("h1", "en", "Knitting with Robots"),
                ("ul", "en", ""),
                ("h3", "en", "Gauge"),
                ("ul", "en", ""),
                ("strong", "de", "Aktion"),
                ("strong", "de", "Metriken"),
                ("a", "en", "Moss"),
            ],
        ),
        (PAPER, [("h1", "en", "Knitting with Robots"), ("a", "en", "gauge"), ("em", "de", "only here")]),
        (BY_HAND, []),
    ],
)
def test_what_others_wrote_is_marked_where_it_is_in_another_language(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert marked(converted(text, "de", "en")) == expected
    assert marked(converted(text, "de", "de")) == marked(converted(text, "de", "")) == []


def test_only_the_sites_own_labels_are_translated() -> None:
    page = converted(TRACE + PAPER, "de", "")
    assert "<strong>Metrics</strong>: the model's own list" in page
    assert ('aria-label="Zu tun"' in page, ">Hinweis</p>" in page) == (True, True)
    assert "lang=" not in converted(TRACE, "en", "en")
    assert "<strong>Action</strong>" in converted(TRACE, "en", "en")
