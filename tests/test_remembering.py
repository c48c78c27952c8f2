"""A run begins with what the last one found, and never finds anything else than a run without it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

import pytest
from examples import a_trace, raw_trace

from generator.building.keeping import code, keep, read_values, write_values
from generator.building.keeping import kept as trusted
from generator.building.remembering import survey_again
from generator.model import Trace
from generator.problems import GeneratorError
from generator.surveying import survey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.model import Corpus, Record
    from generator.surveying import Likeness, Reading, Survey


def surveyed(seeds: Path, cache: Path) -> Survey:
    """What a run finds and keeps."""
    found = survey_again(seeds, cache)
    found.similar()
    return found


@pytest.fixture
def seeds(tmp_path: Path, corpus_folder: Path) -> Path:
    """The invented corpus, to edit, without additions, which name traces that edits may delete."""
    copy = tmp_path / "seeds"
    shutil.copytree(corpus_folder, copy)
    for name in ("inbox/added.yml", "odds & ends/second delivery"):
        (copy / name).unlink()
    return copy


@pytest.fixture
def cache(tmp_path: Path, seeds: Path) -> Path:
    """Where a run has kept what it found in the seeds."""
    surveyed(seeds, tmp_path / "cache")
    return tmp_path / "cache"


def same(one: Survey, other: Survey) -> bool:
    """Whether two runs found the same."""
    return (one.corpus, one.warnings, one.readings, one.similar()) == (
        other.corpus,
        other.warnings,
        other.readings,
        other.similar(),
    )


def place(cache: Path) -> Path:
    """The one file that is kept."""
    (file,) = (path for path in cache.rglob("*") if path.is_file())
    return file


def forge(cache: Path, told: str) -> None:
    """Have the cache tell of every trace that its reasoning is something else."""
    with trusted(place(cache), code()) as file:
        assert file
        readings, *others = cast("tuple[Mapping[str, Reading], Corpus, Likeness]", read_values(file))

    def forged(record: Record) -> Record:
        return replace(record, reasoning=told) if isinstance(record, Trace) else record

    readings = {
        name: replace(reading, records=tuple(map(forged, reading.records))) for name, reading in readings.items()
    }
    keep(place(cache), code(), partial(write_values, (readings, *others)))


def reasonings(found: Survey) -> set[str]:
    return {trace.reasoning for trace in found.corpus.traces}


def test_the_next_run_finds_the_same(seeds: Path, cache: Path) -> None:
    before = place(cache).stat().st_mtime_ns
    assert same(surveyed(seeds, cache), survey(seeds))
    assert place(cache).stat().st_mtime_ns == before


def test_no_seed_is_parsed_again_whose_bytes_are_the_same(seeds: Path, cache: Path) -> None:
    forge(cache, "As it was kept.")
    for path in seeds.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes())
    assert reasonings(surveyed(seeds, cache)) == {"As it was kept."}


def test_a_seed_with_other_bytes_is_parsed_again_and_only_that(seeds: Path, cache: Path) -> None:
    forge(cache, "As it was kept.")
    new = a_trace(name="Brand_New", reasoning="As it is now.")
    (seeds / "new.md").write_text(raw_trace(new), "utf-8")
    assert reasonings(surveyed(seeds, cache)) == {"As it was kept.", "As it is now."}
    (seeds / "new.md").write_text(raw_trace(replace(new, reasoning="As it is at last.")), "utf-8")
    assert reasonings(surveyed(seeds, cache)) == {"As it was kept.", "As it is at last."}


def test_edits_lead_to_what_is_found_without_a_cache(seeds: Path, cache: Path) -> None:
    traces = sorted((seeds / "lm-planner").rglob("*.md"))
    traces[0].unlink()
    traces[1].rename(traces[1].with_name("renamed.md"))
    traces[2].write_bytes(traces[2].read_bytes().replace(b"### ", b"### Edited: ", 1))
    assert same(surveyed(seeds, cache), survey(seeds))
    assert same(surveyed(seeds, cache), survey(seeds))


def test_other_code_trusts_nothing_kept(seeds: Path, cache: Path) -> None:
    forge(cache, "As it was kept.")
    file = place(cache)
    file.write_bytes(file.read_bytes().replace(code().encode(), code()[::-1].encode(), 1))
    assert same(surveyed(seeds, cache), survey(seeds))


def test_what_is_wrong_with_a_seed_is_told_each_time(seeds: Path, cache: Path) -> None:
    (seeds / "odd.md").write_text(raw_trace(a_trace(name="Odd")).replace("### ", "#### "), "utf-8")
    told = []
    for _ in range(2):
        with pytest.raises(GeneratorError) as caught:
            surveyed(seeds, cache)
        told.append(str(caught.value))
    with pytest.raises(GeneratorError) as caught:
        survey(seeds)
    assert told == [str(caught.value)] * 2


def test_a_warning_is_told_each_time(seeds: Path, cache: Path) -> None:
    warned = survey(seeds).warnings
    assert warned
    assert surveyed(seeds, cache).warnings == warned


def test_who_can_keep_nothing_finds_the_same(seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder would be", "utf-8")
    assert same(surveyed(seeds, tmp_path / "taken"), survey(seeds))


def test_the_cache_can_be_deleted(seeds: Path, cache: Path) -> None:
    shutil.rmtree(cache)
    assert same(surveyed(seeds, cache), survey(seeds))
    assert place(cache)
