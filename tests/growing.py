"""Whether the time that a seed takes grows faster than its size."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from examples import a_study, a_trace, check, planned, raw_trace
from fuzzing import SITE, write

from generator.diagnostics import GeneratorError
from generator.loading.trace_document import serialize_trace
from generator.rendering import render_page


@dataclass(frozen=True, slots=True)
class Growth:
    """How many times as long a seed takes that repeats a piece four times as often, in a place."""

    factor: float
    piece: str
    place: str


_SHORT = 4_000  # characters; four times as many are within the limit of any field
# Less is noise.
_MEASURABLE = 0.02  # seconds of the processor
_PLACES: Mapping[str, Callable[[str], str]] = {
    "reasoning": lambda text: raw_trace(a_trace(reasoning=text)),
    "field": lambda text: raw_trace(a_trace(studies=(a_study(ablated_part=f"x {' '.join(text.split())}"),))),
    "plan": lambda text: raw_trace(a_trace()).removesuffix("</div>") + text,
    "document": lambda text: serialize_trace(a_trace()).replace("task:", f"{text}\ntask:"),
    "metadata": lambda text: f"title: x\nvenue: {text}",
    "summary": lambda text: (
        f"A Paper on Moss\nAbstract\n{text}\nSimilar Papers\n{text}\nHow to Cite This Paper\n{text}"
    ),
    "records": lambda text: f'{{"reasoning": {json.dumps(text)}}}\n{{{text}\n',
}


def growths(pieces: Iterable[str]) -> Iterator[Growth]:
    """What repeating each piece in each place does to the time from bytes to Markdown."""
    for piece in pieces:
        for place, seed in _PLACES.items():
            short, long = (_seconds(seed(piece * (size // len(piece)))) for size in (_SHORT, 4 * _SHORT))
            yield Growth(long / max(short, _MEASURABLE), piece, place)


def _seconds(seed: str) -> float:
    """The processor's time for a seed, from its file to the Markdown of its pages."""
    with TemporaryDirectory() as name:
        write({"seed.md": seed.encode()}, Path(name))
        start = time.process_time()
        with suppress(GeneratorError):
            corpus, _ = check(Path(name))
            for page in planned(corpus, SITE)[0]:
                render_page(page)
        return time.process_time() - start
