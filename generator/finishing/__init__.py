"""What a built site has beside a builder's pages: JSON and Markdown for programs, and the search index."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from generator.addresses import DATA, TRACES, TRACES_DATA, url_of
from generator.catalogue import Code
from generator.finishing.inspecting import inspect
from generator.finishing.searching import index
from generator.finishing.sifting import pages_of
from generator.finishing.twins import twin
from generator.loading.trace_document import serialize_trace
from generator.model import Action, Study, Task, Trace
from generator.problems import GeneratorError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from generator.dataset.records import TraceRecord

# Tables whose records are also published one by one, each beside its page.
_SINGLE = ("traces", "papers", "planners")
_CARD = f"{DATA}README.md"


def finish(docs: Path, site: Path) -> int:
    """Complete the site that a builder made of `docs`; the number of pages that can be searched.

    Raises GeneratorError when the folder holds no such site, a page holds what none may, or the search index does not
    hold every page.
    """
    if not (site / TRACES_DATA).is_file():
        remedy = "build the site of the pages in docs/ first, or name its folder"
        found = f"not a built site: it has no {TRACES_DATA}"
        raise GeneratorError([Problem(Code.NOT_A_SITE, Location(str(site)), found, remedy)])
    built = pages_of(site)
    pages = (path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))

    def meanwhile() -> None:
        inspect(built)
        complete(docs, site, pages, lines(site))

    return index(site, len(built), meanwhile)


def complete(docs: Path, site: Path, pages: Iterable[str], records: Mapping[str, Iterable[bytes]]) -> list[str]:
    """Add the JSON of these lines of the data tables and the Markdown of these pages, given by their paths in docs/.

    The twin of a trace's page is of its record, that of any other of its page. Returns what was written.
    """
    written = []
    for name, data in chain(_single_records(records), _documents(records), _twins(docs, site, pages)):
        (site / name).write_bytes(data)
        written.append(name)
    return written


def lines(folder: Path) -> dict[str, list[bytes]]:
    """The lines of the tables in docs/ or a built site whose records are published one by one as well."""
    return {name: (folder / DATA / f"{name}.jsonl").read_bytes().splitlines(keepends=True) for name in _SINGLE}


def _single_records(records: Mapping[str, Iterable[bytes]]) -> Iterator[tuple[str, bytes]]:
    """A file per record: the line of the table as it stands there."""
    for table in records.values():
        for line in table:
            yield f"{json.loads(line)['url']}index.json", line


def _twins(docs: Path, site: Path, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The Markdown of pages, under their paths in docs/: there links from one to the other lead on."""
    for name in pages:
        if name == _CARD:
            yield name, (docs / name).read_bytes()
        elif not name.startswith(TRACES) and (site / url_of(name) / "index.html").is_file():
            yield name, twin((docs / name).read_text("utf-8")).encode()


def _documents(records: Mapping[str, Iterable[bytes]]) -> Iterator[tuple[str, bytes]]:
    """The twin of a trace's page is the trace's document, so it can be read as a seed again."""
    for line in records["traces"]:
        record = cast("TraceRecord", json.loads(line))
        remarks = (record["title"], f"The page of this trace: {record['url']}", record["canary"])
        yield f"{record['url'].removesuffix('/')}.md", serialize_trace(_trace(record), remarks).encode()


def _trace(record: TraceRecord) -> Trace:
    studies = tuple(
        Study(
            name=study["name"],
            ablated_part=study["ablated_part"],
            action=Action(study["action"]),
            replacements=tuple(study["replacements"]),
            metrics=tuple(study["metrics"]),
            anchor=study["anchor"],
            line=0,
        )
        for study in cast("list[dict[str, Any]]", record["studies"])
    )
    return Trace(
        seed=record["seed"],
        planner=record["planner"],
        model=record["model"],
        name=record["name"],
        task=Task(record["task"]),
        reasoning=record["reasoning"],
        studies=studies,
    )
