"""Bad input: every realistic mistake is answered with its file, its line, what was expected and what to do."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import FIXTURES
from examples import SITE

from generator.diagnostics import Code, Diagnostic, GeneratorError, errors
from generator.pipeline import generate

CASES = sorted((FIXTURES / "broken").iterdir())
# No folder of seeds makes these: a name that no checkout can hold, and what `build` and `finish` find.
ELSEWHERE = {Code.FILE_NAME_NOT_UTF_8, Code.NOT_A_SITE, Code.FAILED_BUILD, Code.FOREIGN_MARKUP}
# No checkout holds these either; test_hostile_files.py, test_faults.py and test_locking.py make them.
ELSEWHERE |= {Code.LINK_OUTSIDE, Code.NOT_A_FILE, Code.TOO_LARGE, Code.NOT_A_LIMIT, Code.CHANGED_WHILE_READ}
# Too long to lie about; `tests/attacks/` puts them together.
ELSEWHERE |= {Code.TOO_LONG}
ELSEWHERE |= {Code.CANNOT_BE_WRITTEN, Code.ANOTHER_RUN}
# Nor of these: test_command_line.py and site/test_preview.py make them.
ELSEWHERE |= {Code.FOLDER_WITHIN, Code.NOT_A_TIME, Code.PORT_TAKEN, Code.REFUSED_BY_SYSTEM}
# test_publication.py and website/test_init.py make these.
ELSEWHERE |= {Code.NO_CONFIGURATION, Code.UNANSWERED_QUESTION, Code.FOLDER_IN_USE}
# tests/importing/test_judgements.py makes these.
ELSEWHERE |= {Code.SWAPPED_SIDES, Code.DROPPED_CLAIM}
# Nor is this wrong with seeds: importing/test_import.py and importing/test_scaffolding.py make it.
ELSEWHERE |= {Code.UNKNOWN_SOURCE, Code.MISSING_DISCUSSION, Code.BORROWED_PLAN, Code.UNLISTED_PLAN, Code.UNTITLED_PAPER}
ELSEWHERE |= {
    Code.LFS_POINTER,
    Code.UNUSED_KEY,
    Code.WRONG_TITLES,
    Code.FILE_EXISTS,
    Code.SHARED_FILE,
    Code.RUNS_BELOW,
    Code.FAILED_CALL,
    Code.UNKNOWN_SPEAKER,
    Code.UNREAD_PART,
}
# importing/test_bibliographies.py makes these.
ELSEWHERE |= {Code.BROKEN_TABLE, Code.FACTS_NOT_WRITTEN}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_gets_the_expected_messages_and_an_error_writes_nothing(
    case: Path, golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    if (case / "docs").is_dir():
        shutil.copytree(case / "docs", docs, dirs_exist_ok=True)
    before = set(docs.rglob("*"))
    monkeypatch.chdir(case)
    diagnostics: tuple[Diagnostic, ...]
    try:
        diagnostics = generate(Path("seeds"), docs, SITE).warnings
    except GeneratorError as error:
        diagnostics = error.diagnostics
    golden(case / "expected.txt", "".join(f"{diagnostic}\n" for diagnostic in diagnostics).replace(str(docs), "docs"))
    assert diagnostics
    assert bool(errors(diagnostics)) is not case.name.startswith("warning-")
    assert bool(errors(diagnostics)) is (set(docs.rglob("*")) == before)


@pytest.mark.parametrize("code", sorted(set(Code) - ELSEWHERE))
def test_every_code_has_a_realistic_mistake_and_is_explained_by_what_it_says(code: Code) -> None:
    messages = [(case / "expected.txt").read_text("utf-8") for case in CASES]
    assert any(f": {code.level}: {code.message} [{code}]\n" in message for message in messages)
