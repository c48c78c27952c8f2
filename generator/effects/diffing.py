"""Two corpora compared as readers see them. Takes time in proportion to their sizes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import TypeVar

from generator.addresses import model_path, paper_path, planner_path, trace_path, url_of
from generator.fields import keys
from generator.model import Corpus, Paper, Proposal, Study, Task, Trace

Fields = dict[str, str]
Item = TypeVar("Item")
# An item before and after, None where it is missing, and whichever of them is there, preferably the new one.
_Pair = tuple[Item | None, Item | None, Item]


class State(StrEnum):
    """The fate of a trace, study, paper or summary; the order is that of reports, what breaks most first."""

    REMOVED = "removed"
    CHANGED = "changed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after, empty where there is nothing in it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StudyDiff:
    """A study that differs; a removed one keeps its former place in the plan."""

    state: State
    proposal: Proposal
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemDiff:
    """A trace, a paper or a summary that differs; `studies` are those of a trace that differ.

    `name` is the trace's id or the paper's slug. An added item has a change for each field, a removed one has none.
    """

    state: State
    name: str
    title: str
    changes: tuple[FieldChange, ...] = ()
    studies: tuple[StudyDiff, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusDiff:
    """The difference between two corpora; `removed_urls` are addresses, relative to the site's root, that vanish."""

    before: Corpus
    after: Corpus
    removed_urls: tuple[str, ...]
    traces: tuple[ItemDiff, ...]
    papers: tuple[ItemDiff, ...]
    summaries: tuple[ItemDiff, ...]


def diff_corpora(before: Corpus, after: Corpus) -> CorpusDiff:
    """Compare two corpora as their readers see them; each kind of item comes by state, then by name."""
    papers = _pairs(
        before.papers,
        after.papers,
        lambda paper: paper.slug,
        lambda paper: paper.metadata.seed if paper.metadata else None,
        lambda paper: paper.summary.seed if paper.summary else None,
        lambda paper: paper.traces[0].id if paper.traces else None,
    )
    traces = _pairs(before.traces, after.traces, lambda trace: trace.id, lambda trace: trace.seed)
    return CorpusDiff(
        before=before,
        after=after,
        removed_urls=_removed_urls(before, after),
        traces=_sorted(_trace(pair, before, after) for pair in traces),
        papers=_sorted(
            _item(one.slug, one.title, _of_paper(before, old), _of_paper(after, new)) for old, new, one in papers
        ),
        summaries=_sorted(_item(one.slug, one.title, _of_summary(old), _of_summary(new)) for old, new, one in papers),
    )


def _pairs(before: Iterable[Item], after: Iterable[Item], *keys: Callable[[Item], str | None]) -> list[_Pair[Item]]:
    """Pair items of two corpora that agree in a key, trying the keys in order."""
    old, new = list(before), list(after)
    pairs: list[_Pair[Item]] = []
    for key in keys:
        places = {key(item): place for place, item in reversed(list(enumerate(old)))}
        places.pop(None, None)
        found = [places.pop(key(item), None) for item in new]
        pairs += [(old[place], item, item) for place, item in zip(found, new, strict=True) if place is not None]
        new = [item for place, item in zip(found, new, strict=True) if place is None]
        gone = set(found)
        old = [item for place, item in enumerate(old) if place not in gone]
    return [*pairs, *((item, None, item) for item in old), *((None, item, item) for item in new)]


def _trace(pair: _Pair[Trace], before: Corpus, after: Corpus) -> ItemDiff | None:
    old, new, trace = pair
    studies = _pairs(
        _plan(old),
        _plan(new),
        lambda proposal: proposal.study.anchor,
        lambda proposal: proposal.study.ablated_part,
        lambda proposal: proposal.study.name,
        lambda proposal: str(proposal.number),
    )
    was, now = _orders(studies)
    return _item(
        trace.id,
        (after if new else before).paper_of[trace.id].title,
        _of_trace(before, old) | was,
        _of_trace(after, new) | now,
        tuple(sorted(filter(None, map(_study, studies)), key=lambda entry: entry.proposal.number)),
    )


def _orders(pairs: Iterable[_Pair[Proposal]]) -> tuple[Fields, Fields]:
    """Return the order of the studies that stay, before and after, as a field each; none if it is the same."""
    kept = [(old, new) for old, new, _ in pairs if old and new]
    was = [new for _, new in sorted(kept, key=lambda pair: pair[0].number)]
    now = sorted(was, key=lambda proposal: proposal.number)
    if was == now:
        return {}, {}
    before, after = ("\n".join(proposal.study.name for proposal in order) for order in (was, now))
    return {"order of the studies": before}, {"order of the studies": after}


def _plan(trace: Trace | None) -> list[Proposal]:
    return [Proposal(trace, number) for number in range(1, len(trace.studies) + 1)] if trace else []


def _study(pair: _Pair[Proposal]) -> StudyDiff | None:
    old, new, proposal = pair
    state, changes = _compared(_of_seed(old.study) if old else {}, _of_seed(new.study) if new else {})
    return StudyDiff(state, proposal, changes) if state else None


def _item(name: str, title: str, before: Fields, after: Fields, studies: tuple[StudyDiff, ...] = ()) -> ItemDiff | None:
    """Compare the fields of an item; None if readers see no difference."""
    state, changes = _compared(before, after)
    if not state and studies:
        state = State.CHANGED
    return ItemDiff(state, name, title, changes, studies) if state else None


def _compared(before: Fields, after: Fields) -> tuple[State | None, tuple[FieldChange, ...]]:
    """Return the state of an item and its changed fields; an item that is missing on one side has no fields there."""
    if not after:
        return (State.REMOVED if before else None), ()
    changes = tuple(
        FieldChange(field, before.get(field, ""), after.get(field, ""))
        for field in {**before, **after}
        if before.get(field, "") != after.get(field, "")
    )
    if not before:
        return State.ADDED, changes
    return (State.CHANGED if changes else None), changes


def _sorted(entries: Iterable[ItemDiff | None]) -> tuple[ItemDiff, ...]:
    order = list(State)
    return tuple(sorted(filter(None, entries), key=lambda entry: (order.index(entry.state), entry.name)))


def _removed_urls(before: Corpus, after: Corpus) -> tuple[str, ...]:
    """Return the addresses that vanish; where a page does, the studies on it are not listed."""
    kept = set(_urls(after))
    gone = [address for address in _urls(before) if address not in kept]
    pages = set(gone)
    return tuple(address for address in gone if "#" not in address or address.partition("#")[0] not in pages)


def _urls(corpus: Corpus) -> Iterator[str]:
    """Yield every permanent address, relative to the site's root."""
    for paper in corpus.papers:
        yield url_of(paper_path(paper.slug))
    for planner in corpus.planners:
        yield url_of(planner_path(planner.slug))
        for model in planner.models:
            yield url_of(model_path(planner.slug, model.slug))
    for trace in corpus.traces:
        page = url_of(trace_path(trace.id))
        yield page
        yield from (f"{page}#{study.anchor}" for study in trace.studies)


def _of_trace(corpus: Corpus, trace: Trace | None) -> Fields:
    """Return the fields of a trace without its studies; what each judge says of it stands line by line."""
    if trace is None:
        return {}
    added = corpus.added.get(trace.id)
    verdicts = [
        f"{one.judge}: {line}"
        for one in corpus.verdicts.get(trace.id, ())
        for line in (f"F1 {one.f1}", *(f"{said.study} {', '.join([said.verdict, *said.gold])}" for said in one.studies))
    ]
    return {
        "address": url_of(trace_path(trace.id)),
        **_of_seed(trace),
        "recorded as added": added.isoformat() if added else "",
        "reasoning": trace.reasoning,
        "verdicts": "\n".join(verdicts),
    }


def _of_seed(record: Trace | Study) -> Fields:
    """Return a record's fields by their keys in a seed, without records inside it; a line for each item of a list."""
    kind: type = type(record)
    known = {key: getattr(record, field.name) for key, field in keys(kind).items() if not field.fields}
    return {key.replace("_", " "): _text(value) for key, value in known.items()}


def _of_paper(corpus: Corpus, paper: Paper | None) -> Fields:
    """Return the fields of a paper without its traces and summary; each fact is followed by its source."""
    if paper is None:
        return {}
    golds = {task: corpus.gold[paper.slug, task] for task in Task if (paper.slug, task) in corpus.gold}
    return {
        "address": url_of(paper_path(paper.slug)),
        "title": f"{paper.title} ({paper.title_source})",
        **{fact.name: f"{', '.join(fact.values)} ({fact.source})" for fact in paper.facts},
        "also known as": "\n".join(paper.aliases),
        **{
            f"gold ablations, {task} task": "\n".join(one.name for one in gold.ablations) or str(gold.size)
            for task, gold in golds.items()
        },
    }


def _of_summary(paper: Paper | None) -> Fields:
    """Return the parts of a paper's summary, if it has one."""
    summary = paper.summary if paper else None
    if summary is None:
        return {}
    return {part.name: _text(getattr(summary, part.name)) for part in fields(summary) if part.name != "seed"}


def _text(value: object) -> str:
    """Join every text that a value holds, each on lines of its own."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "\n".join(filter(None, map(_text, value)))
    if is_dataclass(value):
        return _text(tuple(getattr(value, part.name) for part in fields(value)))
    return str(value) if type(value) in {int, float} else ""
