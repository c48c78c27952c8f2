"""The attacks that are refused: with the right word about each, in the end, and without a stack trace."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from attacking import EVERYWHERE, FOLDER, KINDS, Attack, attacks
from website.commands import run

REFUSED = [attack for attack in attacks() if attack.refused]


@pytest.mark.parametrize("attack", REFUSED, ids=lambda attack: attack.name)
def test_it_is_refused_for_the_right_reason(
    attack: Attack, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """A reader that it stalls is stopped by `run`'s patience, which is a thousand times what any of them takes."""
    attack.plant(tmp_path / "seeds")
    done = run(
        tmp_path, "-m", "generator", "check", "--seeds", "seeds", "--format", "json", PYTHONPATH=str(FOLDER.parents[1])
    )
    assert done.status == 1, done.output
    assert "Traceback" not in done.output
    found, _ = json.JSONDecoder().raw_decode(done.output)
    errors = [diagnostic for diagnostic in found if diagnostic["level"] == "error"]
    told = {
        f"{diagnostic['code']} {diagnostic['path'].removeprefix('seeds/')}:{diagnostic['line'] or ''}".rstrip(":")
        for diagnostic in errors
    }
    # Of those with many problems the catalogue names the kind alone.
    codes = {diagnostic["code"] for diagnostic in errors}
    assert set(attack.refused) == (told if any(" " in word for word in attack.refused) else codes)
    record_property("attack", attack.outcome)


def test_every_file_of_the_catalogue_is_an_attack_and_every_kind_has_some() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {attack.name for attack in attacks()} | {EVERYWHERE.stem}
    assert {attack.kind for attack in attacks()} == set(KINDS)
