"""What runs keep for later ones: it is what was kept, or nothing at all."""

from __future__ import annotations

import os
import pickle
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.building.keeping import digest, keep, kept, make_room, read_values, write_values
from generator.catalogue import Code
from generator.problems import Location, Problem
from generator.surveying import survey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.model import Corpus
    from generator.surveying import Reading

KEY, OTHER = digest([b"one way"]), digest([b"another"])
HELD = b"What a run has found out."


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where something is kept."""
    keep(tmp_path / "kept" / "it", KEY, write)
    return tmp_path / "kept" / "it"


def write(file: BinaryIO) -> None:
    """Some of it, and the rest."""
    file.write(HELD[:9])
    file.write(HELD[9:])


def found(place: Path, key: str = KEY) -> bytes | None:
    """What is trusted there."""
    with kept(place, key) as file:
        return file.read() if file else None


def test_what_is_kept_is_found_under_its_key_alone(place: Path) -> None:
    assert found(place) == HELD
    assert found(place, OTHER) is None
    assert found(place.with_name("nothing")) is None
    assert found(place.parent) is None
    assert [path.name for path in place.parent.iterdir()] == ["it"]


def test_a_file_of_another_key_is_not_trusted_under_this_name(place: Path) -> None:
    other = place.with_name("other")
    keep(other, OTHER, write)
    other.replace(place)
    assert found(place) is None


@given(st.data())
def test_no_broken_file_is_trusted(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    place = tmp_path_factory.getbasetemp() / "broken"
    keep(place, KEY, write)
    whole = place.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(1, 255))
    place.write_bytes(whole[:at])
    assert found(place) is None
    place.write_bytes(whole[:at] + bytes([whole[at] ^ other]) + whole[at + 1 :])
    assert found(place) is None
    place.write_bytes(whole + bytes([other]))
    assert found(place) is None


def test_a_run_that_fails_leaves_what_was_kept_before(place: Path) -> None:
    def fail(file: BinaryIO) -> None:
        file.write(b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        keep(place, KEY, fail)
    assert found(place) == HELD
    assert [path.name for path in place.parent.iterdir()] == ["it"]


def test_what_is_replaced_meanwhile_is_read_to_its_end(place: Path) -> None:
    with kept(place, KEY) as file:
        assert file
        keep(place, OTHER, write)
        assert file.read() == HELD
    assert found(place, OTHER) == HELD


def test_only_the_last_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        keep(tmp_path / str(number) / "it", KEY, write)
        os.utime(tmp_path / str(number), (number, number))
    make_room(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2", "3", "4"]


def read_again(values: object) -> object:
    """Values as they are read from where they were written."""
    file = BytesIO()
    write_values(values, file)
    file.seek(0)
    return read_values(file)


def test_a_corpus_is_read_as_it_was_written(corpus_folder: Path) -> None:
    found = survey(corpus_folder)
    assert read_again((found.readings, found.corpus, found.similar())) == (
        found.readings,
        found.corpus,
        found.similar(),
    )


def test_problems_are_read_as_they_were_written() -> None:
    problem = Problem(Code.NOT_UTF_8, Location("a.md", 3), "found", "remedy", Location("b.md"))
    assert read_again([problem]) == [problem]


def test_who_is_referred_to_twice_stays_one(corpus_folder: Path) -> None:
    found = survey(corpus_folder)
    readings, corpus = cast("tuple[Mapping[str, Reading], Corpus]", read_again((found.readings, found.corpus)))
    records = {id(record) for reading in readings.values() for record in reading.records}
    assert {id(trace) for trace in corpus.traces} <= records


class Command:
    """What a hostile file would have called when it is read."""

    def __init__(self, name: str, *arguments: object) -> None:
        module, _, self.name = name.rpartition(".")
        self.module, self.arguments = module, arguments

    def data(self) -> bytes:
        """A file that asks for it."""
        call = f"c{self.module}\n{self.name}\n".encode()
        return call + pickle.dumps(self.arguments, 0)[:-1] + b"R."


@pytest.mark.parametrize(
    "command",
    [
        Command("os.system", "touch {}"),
        Command("builtins.open", "{}", "w"),
        Command("builtins.eval", "open('{}', 'w')"),
        Command("pathlib.Path", "{}"),
        Command("generator.files.json.dumps", "{}"),
        Command("generator.model.slugify", "{}"),
        Command("generator.building.keeping.code"),
        Command("generator.problems.GeneratorError", []),
        Command("generator.building.shares.Share", 1, 2),
    ],
    ids=lambda command: f"{command.module}.{command.name}",
)
def test_a_hostile_file_calls_nothing(tmp_path: Path, command: Command) -> None:
    mark = tmp_path / "mark"
    command.arguments = tuple(
        one.replace("{}", str(mark)) if isinstance(one, str) else one for one in command.arguments
    )
    assert read_values(BytesIO(command.data())) is None
    assert not mark.exists()


def test_the_hostile_files_of_these_tests_would_call_what_they_name(tmp_path: Path) -> None:
    """Without the reader's care, that is."""
    mark = tmp_path / "mark"
    pickle.loads(Command("builtins.open", str(mark), "w").data()).close()  # noqa: S301 -- this test's own
    assert mark.exists()


@given(st.binary(max_size=60))
def test_what_is_no_value_is_read_as_nothing_or_plain_data(data: bytes) -> None:
    read_values(BytesIO(data))
