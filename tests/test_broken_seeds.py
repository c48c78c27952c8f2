"""Bad input: every realistic mistake is answered with its file, its line, what was expected and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURES
from examples import URL

from generator.pipeline import generate
from generator.problems import GeneratorError, Problem, errors

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = sorted((FIXTURES / "broken").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_gets_the_expected_messages_and_an_error_writes_nothing(
    case: Path, golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(case)
    problems: tuple[Problem, ...]
    try:
        problems = generate(Path("seeds"), tmp_path, URL).warnings
    except GeneratorError as error:
        problems = error.problems
    golden(case / "expected.txt", "".join(f"{problem}\n" for problem in problems))
    assert problems
    assert bool(errors(problems)) is not case.name.startswith("warning-")
    assert bool(errors(problems)) is not any(tmp_path.iterdir())
