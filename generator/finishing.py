"""What a built site has beside a builder's pages: JSON and Markdown for programs, and the search index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from generator.addresses import DATA, TRACES_DATA, url_of
from generator.catalogue import Code
from generator.documents import trace_document
from generator.inspecting import inspect
from generator.model import Action, Study, Task, Trace
from generator.problems import GeneratorError, Location, Problem
from generator.searching import index
from generator.twins import twin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.records import TraceRecord

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
    inspect(site)
    for name, data in (*_single_records(site), *_twins(docs, site)):
        (site / name).write_bytes(data)
    return index(site)


def _single_records(site: Path) -> Iterator[tuple[str, bytes]]:
    """A file per record: the line of the table as it stands there."""
    for table in _SINGLE:
        for line in _lines(site, table):
            yield f"{json.loads(line)['url']}index.json", line


def _twins(docs: Path, site: Path) -> Iterator[tuple[str, bytes]]:
    """The Markdown of every page, under its path in docs/: there links from one to the other lead on."""
    documents = dict(_documents(site))
    for path in sorted(docs.rglob("*.md")):
        name = path.relative_to(docs).as_posix()
        if name in documents:
            yield name, documents[name].encode()
        elif name == _CARD:
            yield name, path.read_bytes()
        elif (site / url_of(name) / "index.html").is_file():
            yield name, twin(path.read_text("utf-8")).encode()


def _documents(site: Path) -> Iterator[tuple[str, str]]:
    """The twin of a trace's page is the trace's document, so it can be read as a seed again."""
    for line in _lines(site, "traces"):
        record = cast("TraceRecord", json.loads(line))
        remarks = (record["title"], f"The page of this trace: {record['url']}", record["canary"])
        yield f"{record['url'].removesuffix('/')}.md", trace_document(_trace(record), remarks)


def _lines(site: Path, table: str) -> list[bytes]:
    return (site / DATA / f"{table}.jsonl").read_bytes().splitlines(keepends=True)


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
        for study in record["studies"]
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
