"""How long after an edit `mkdocs serve --dirty` serves it."""

import json
import socket
import statistics
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile

from bench.builders import Corpus, copy_project
from bench.running import PYTHON, Command, FailedError, started
from generator.addresses import TRACES_DATA

_EDITS = 5
_LIMIT = 600  # seconds
_LOOK_EVERY = 0.02  # seconds
_REST = 3.0  # seconds between two edits
_END = "\n</div>"  # of a raw trace's reasoning
_WORD = "zuzugrobrestoliv"  # is in no corpus; a letter is added for each edit


def previewing(corpus: Corpus) -> Mapping[str, float]:
    """Edit some seeds of a preview, one after another.

    Returns the median seconds from saving a seed to its page, and to the data files that hold it, which are made when
    things are quiet. Raises FailedError.
    """
    project = copy_project(corpus.folder / "preview")
    (project / "seeds").symlink_to(corpus.seeds)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = Command((PYTHON, "-m", "mkdocs", "serve", "--dirty", "--dev-addr", address), project)
    shown, complete = [], []
    with TemporaryFile() as log, started(command, log):
        _wait_for(f"http://{address}/{TRACES_DATA}", "{")
        for number, (seed, url) in enumerate(_raw_traces(corpus, project / "docs" / TRACES_DATA)):
            time.sleep(_REST)
            word = f"{_WORD}{chr(ord('a') + number)}"
            seed.write_text(seed.read_text("utf-8").replace(_END, f"\n\nSee {word}.{_END}", 1), "utf-8")
            start = time.perf_counter()
            _wait_for(f"http://{address}/{url}", word)
            shown.append(time.perf_counter() - start)
            _wait_for(f"http://{address}/{TRACES_DATA}", word)
            complete.append(time.perf_counter() - start)
    return {"preview": statistics.median(shown), "complete": statistics.median(complete)}


def _raw_traces(corpus: Corpus, records: Path) -> Iterator[tuple[Path, str]]:
    """Yield some seeds that can be edited, and the addresses of their pages."""
    left = _EDITS
    for record in map(json.loads, records.read_bytes().splitlines()):
        seed = corpus.seeds / record["seed"]
        if left and _END in seed.read_text("utf-8"):
            left -= 1
            yield seed, record["url"]


def _wait_for(address: str, word: str) -> None:
    until = time.monotonic() + _LIMIT
    while word not in _fetched(address):
        if time.monotonic() > until:
            raise FailedError(f"the preview shows nothing new at {address} after {_LIMIT} s")
        time.sleep(_LOOK_EVERY)


def _fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 -- our own server
            return str(answer.read().decode())
    except OSError:
        return ""
