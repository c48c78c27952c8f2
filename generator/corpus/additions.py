"""Recorded additions: when each trace came into the corpus, which came last, and ids that no trace has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from generator.addresses import HOME, model_path, planner_path
from generator.diagnostics import Code, Diagnostic, Location, truncated
from generator.model import Addition, Corpus, Trace
from generator.text.slugs import slugify


def dates(additions: Iterable[Addition]) -> tuple[dict[str, date], list[Diagnostic]]:
    """Return the day that each trace id was added, and the ids that are recorded twice."""
    added: dict[str, date] = {}
    first: dict[str, Location] = {}
    diagnostics = []
    for addition in sorted(additions, key=lambda addition: addition.seed):
        for trace, location in zip(addition.traces, addition.places, strict=True):
            if (one := first.setdefault(trace, location)) is not location:
                found = f"trace {truncated(trace)} is recorded a second time"
                diagnostics.append(Diagnostic(Code.ADDED_TWICE, location, found, related=one))
            added.setdefault(trace, addition.date)
    return added, diagnostics


def newest_traces(corpus: Corpus) -> Mapping[str, Sequence[Trace]]:
    """Return the traces whose addition is recorded, newest first and by id within a day, for each page that lists them.

    Keys are the paths of the home page and of the planners' and models' pages; a page without such traces has no key.
    """
    recorded = sorted((trace for trace in corpus.traces if trace.id in corpus.added), key=lambda trace: trace.id)
    found: defaultdict[str, list[Trace]] = defaultdict(list)
    for trace in sorted(recorded, key=lambda trace: corpus.added[trace.id], reverse=True):
        planner, model, _ = trace.id.split("/")
        for page in (HOME, planner_path(planner), model_path(planner, model)):
            found[page].append(trace)
    return dict(found)


def unknown(additions: Iterable[Addition], ids: Iterable[str]) -> list[Diagnostic]:
    """Report recorded ids that no trace has, each with the id that may be meant."""
    known = dict.fromkeys(ids)
    recorded = (one for addition in additions for one in zip(addition.traces, addition.places, strict=True))
    lost = [(trace, place) for trace, place in recorded if trace not in known]
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for one in known if lost else ():
        for key in _keys(one):
            alike[key].append(one)
    return [
        Diagnostic(Code.UNKNOWN_TRACE, place, f"no trace has the id {truncated(trace)}", _hint(trace, alike))
        for trace, place in lost
    ]


def _hint(trace: str, alike: defaultdict[str, list[str]]) -> str:
    meant = "/".join(map(slugify, trace.split("/")))
    candidates = dict.fromkeys(one for key in _keys(meant) for one in alike.get(key, ()))
    close = get_close_matches(meant, candidates, n=1)
    return f"did you mean '{close[0]}'?" if close else "write planner/model/paper as in the address of the trace's page"


def _keys(trace: str) -> tuple[str, ...]:
    """Return what a misspelt id may share with the one meant; comparing it with every id would take too long."""
    run, _, paper = trace.rpartition("/")
    return paper, f"{run}/{paper.partition('-')[0]}-", f"{run}/-{paper.rpartition('-')[2]}"
