"""Samples: what is shown as right beside what is wrong with a seed of some kind is right."""

from collections.abc import Callable
from functools import partial

import pytest

from generator.diagnostics import Diagnostic
from generator.loading.seed_files import Kind, Seed
from generator.loading.seeds import parse_seed
from generator.loading.validation import parse_yaml, sample_of
from generator.model import Addition, Gold, Metadata, Record, Summary, Trace, Verdict


def _parse(kind: Kind, body: str) -> Callable[[str, str], tuple[object, list[Diagnostic]]]:
    return lambda path, text: parse_seed(Seed(path, kind, f"---\n{text}\n---\n\n{body}\n", ""))


@pytest.mark.parametrize(
    ("kind", "parse"),
    [
        (Trace, _parse(Kind.DOCUMENT, "Why.")),
        (Summary, _parse(Kind.SUMMARY, "## Summary\n\nWe knit.")),
        (Metadata, partial(parse_yaml, Metadata)),
        (Addition, partial(parse_yaml, Addition)),
        (Gold, partial(parse_yaml, Gold)),
        (Verdict, partial(parse_yaml, Verdict)),
    ],
)
def test_the_sample_of_a_seed_is_right(
    kind: type[Record], parse: Callable[[str, str], tuple[object, list[Diagnostic]]]
) -> None:
    record, diagnostics = parse("x.md", sample_of(kind))
    assert record
    assert diagnostics == []
