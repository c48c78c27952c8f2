"""What a run found in the seeds, kept for the next one, which parses and links only what is new."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from generator.building.keeping import code, keep, kept, make_room, read_values, write_values
from generator.surveying import Survey, survey, untracked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.model import Corpus
    from generator.surveying import Likeness, Reading, Track


def survey_again(folder: Path, cache: Path, track: Track = untracked) -> Survey:
    """`surveying.survey` of a folder, for which the last run may have left something in the cache.

    A seed is parsed again if its bytes are others, a paper linked again if one of its seeds is. What is new is kept by
    whichever process first asks which papers are alike, for that is kept too.
    """
    place = cache / "seeds" / code()
    past = _recall(place, folder)
    found = survey(folder, track, past)
    if past and found.corpus.digests == past.corpus.digests:
        return found
    return replace(found, similar=partial(_remember, place, found))


def _recall(place: Path, folder: Path) -> Survey | None:
    with kept(place, code()) as file:
        values = read_values(file) if file else None
    if not values:
        return None
    readings, corpus, similar = cast("tuple[Mapping[str, Reading], Corpus, Likeness]", values)
    return Survey(folder, corpus, (), readings, lambda: similar)


def _remember(place: Path, found: Survey) -> Likeness:
    """Keep what a run found, and say which papers are alike."""
    similar = found.similar()
    # When a file was changed says nothing elsewhere, so its bytes alone will count.
    readings = {name: replace(reading, stamp=None) for name, reading in found.readings.items()}
    # Who can keep nothing does everything each time.
    with suppress(OSError):
        keep(place, code(), partial(write_values, (readings, found.corpus, similar)))
        make_room(place.parent)
    return similar
