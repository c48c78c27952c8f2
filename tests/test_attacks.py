"""The attacks that are refused: with the right word about each, in the end, and without a stack trace."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from attacking import EVERYWHERE, FOLDER, KINDS, Attack, attacks

from generator.__main__ import main

REFUSED = [
    pytest.param(attack, id=attack.name, marks=[pytest.mark.slow] if "thousand" in attack.name else [])
    for attack in attacks()
    if attack.refused and not attack.asks
]
_ERROR = re.compile(r"^(.+?)(?::(\d+))?(?::\d+)?: error: .*\[([a-z-]+)\]$", re.MULTILINE)


@pytest.mark.parametrize("attack", REFUSED)
def test_it_is_refused_for_the_right_reason(
    attack: Attack,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    """What stalls a reader is stopped by the time limit of all tests."""
    attack.plant(tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    if attack.imports:
        assert attack.bring(Path("seeds"), Path("source")) == 1
        errors = _ERROR.findall(capsys.readouterr().err)
        told = {f"{code} {path.removeprefix('source/')}:{line}".rstrip(":") for path, line, code in errors}
    else:
        assert main(["check", "--seeds", "seeds", "--format", "json"]) == 1
        found, _ = json.JSONDecoder().raw_decode(capsys.readouterr().out)
        errors = [diagnostic for diagnostic in found if diagnostic["level"] == "error"]
        told = {
            f"{diagnostic['code']} {diagnostic['path'].removeprefix('seeds/')}:{diagnostic['line'] or ''}".rstrip(":")
            for diagnostic in errors
        }
    # Of those with many problems the catalogue names the kind alone.
    codes = {word.partition(" ")[0] for word in told}
    assert set(attack.refused) == (told if any(" " in word for word in attack.refused) else codes)
    record_property("attack", attack.outcome)


def test_every_file_of_the_catalogue_is_an_attack_and_every_kind_has_some() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {attack.name for attack in attacks()} | {EVERYWHERE.stem}
    assert {attack.kind for attack in attacks()} == set(KINDS)
