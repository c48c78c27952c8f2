"""Recorded additions: what is read, what is refused, and which traces are the newest."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from examples import a_trace, cases, planned, told
from hypothesis import given
from hypothesis import strategies as st

from generator.corpus.additions import newest_traces, unknown
from generator.corpus.linking import link, unreferenced
from generator.diagnostics import Location, errors
from generator.loading.validation import parse_yaml
from generator.model import Addition, Corpus
from generator.publication import Publication
from generator.rendering import render_page

SEEDS = sorted((Path(__file__).parent.parent.parent / "seeds" / "additions").glob("*.yml"))
FULL = """\
# The first
added: 2025-01-31
note: "The first: two traces."
traces:
  - lm-planner/gpt-4o/a
  - lm-planner/gpt-4o/b
"""


def an_addition(day: str, *traces: str, seed: str = "x.yml") -> Addition:
    places = tuple(Location(seed, 3 + index) for index in range(len(traces)))
    return Addition(seed, date.fromisoformat(day), "", traces, places)


def complaint(text: str) -> str:
    addition, (diagnostic,) = parse_yaml(Addition, "x.yml", text)
    assert addition is None
    return told(diagnostic)


def linked(*additions: Addition) -> Corpus:
    traces = [
        a_trace(seed=f"{planner}{model}{name}", planner=planner, model=model, name=name)
        for planner in ("lm-planner", "agent")
        for model in ("gpt-4o", "o3")
        for name in ("Knitting", "Weaving")
    ]
    corpus, diagnostics = link(traces, [], [], additions)
    assert diagnostics == []
    return corpus


def test_every_key_is_read() -> None:
    traces = ("lm-planner/gpt-4o/a", "lm-planner/gpt-4o/b")
    expected = Addition(
        "x.yml", date(2025, 1, 31), "The first: two traces.", traces, (Location("x.yml", 5, 5), Location("x.yml", 6, 5))
    )
    assert parse_yaml(Addition, "x.yml", FULL) == (expected, [])


@pytest.mark.parametrize("added", ["2025-01-31", '"2025-01-31"', "'2025-01-31'"])
def test_the_day_may_stand_in_quotes_and_the_note_be_left_out(added: str) -> None:
    addition, diagnostics = parse_yaml(Addition, "x.yml", f"added: {added}\ntraces: [a/b/c]\n")
    assert diagnostics == []
    assert addition == Addition("x.yml", date(2025, 1, 31), "", ("a/b/c",), (Location("x.yml", 2, 10),))


@pytest.mark.parametrize(
    ("added", "found"),
    cases("additions", "a_wrong_day_is_named_at_its_line"),
)
def test_a_wrong_day_is_named_at_its_line(added: str, found: str) -> None:
    message = complaint(f"traces: [a/b/c]\nadded: {added}\n")
    assert message.startswith(f"x.yml:2: 'added' is {found}, expected a day of the calendar as YYYY-MM-DD; ")


def test_every_mistake_is_reported_at_once_with_its_line_and_a_remedy() -> None:
    text = "adde: 2025-01-31\nnote: |\n  two\n  lines\ntraces:\n  - a/b/c\n  -\n  - 7\n"
    assert [told(diagnostic) for diagnostic in parse_yaml(Addition, "x.yml", text)[1]] == [
        "x.yml:1: no key 'added', expected a day of the calendar as YYYY-MM-DD; add a line `added: …`",
        "x.yml:1: unknown key 'adde'; did you mean 'added'?",
        (
            r"x.yml:2: 'note' is the text 'two\nlines\n', expected a remark on one line;"
            " write it on one line, without blanks at its ends"
        ),
        "x.yml:7: item 2 of 'traces' is empty, expected text on one line; give a value or delete the line",
        "x.yml:8: item 3 of 'traces' is the number 7, expected text on one line; quote it: \"7\"",
    ]


def test_a_list_of_traces_is_needed() -> None:
    expected = "expected a list of traces' ids, one `- planner/model/paper` per line"
    assert f"no key 'traces', {expected}" in complaint("added: 2025-01-31\n")
    assert f"'traces' is an empty list, {expected}; give a value" == complaint("added: 2025-01-31\ntraces: []\n")[9:]
    assert f"'traces' is the text 'a/b/c', {expected}" in complaint("added: 2025-01-31\ntraces: a/b/c\n")


@given(st.dates(), st.lists(st.from_regex(r"[a-z]{1,9}/[a-z]{1,9}/[a-z-]{1,9}", fullmatch=True), min_size=1))
def test_what_yaml_writes_is_read(day: date, traces: list[str]) -> None:
    addition, diagnostics = parse_yaml(Addition, "x.yml", yaml.safe_dump({"added": day, "traces": traces}))
    assert diagnostics == []
    assert addition is not None
    assert (addition.date, addition.traces) == (day, tuple(traces))
    assert len(addition.places) == len(traces)


@given(st.text() | st.lists(st.sampled_from([*FULL.splitlines(), "- a", "added:", "traces: [a"])).map("\n".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    addition, diagnostics = parse_yaml(Addition, "x.yml", text)
    assert (addition is None) == bool(errors(diagnostics))


def test_the_newest_come_first_for_the_corpus_and_for_whom_they_are() -> None:
    corpus = linked(
        an_addition("2025-01-31", "lm-planner/o3/weaving", "agent/gpt-4o/knitting", seed="z.yml"),
        an_addition("2025-02-11", "lm-planner/o3/knitting", "lm-planner/gpt-4o/weaving", seed="a.yml"),
        an_addition("2024-12-01", "lm-planner/gpt-4o/knitting", seed="m.yml"),
    )
    assert [addition.seed for addition in corpus.additions] == ["a.yml", "z.yml", "m.yml"]
    assert {page: [trace.id for trace in traces] for page, traces in newest_traces(corpus).items()} == {
        "index.md": [
            "lm-planner/gpt-4o/weaving",
            "lm-planner/o3/knitting",
            "agent/gpt-4o/knitting",
            "lm-planner/o3/weaving",
            "lm-planner/gpt-4o/knitting",
        ],
        "planners/lm-planner/index.md": [
            "lm-planner/gpt-4o/weaving",
            "lm-planner/o3/knitting",
            "lm-planner/o3/weaving",
            "lm-planner/gpt-4o/knitting",
        ],
        "planners/agent/index.md": ["agent/gpt-4o/knitting"],
        "planners/lm-planner/gpt-4o.md": ["lm-planner/gpt-4o/weaving", "lm-planner/gpt-4o/knitting"],
        "planners/lm-planner/o3.md": ["lm-planner/o3/knitting", "lm-planner/o3/weaving"],
        "planners/agent/gpt-4o.md": ["agent/gpt-4o/knitting"],
    }


def test_without_a_record_nothing_is_new() -> None:
    assert newest_traces(linked()) == {}
    assert unreferenced(linked(), []) == []


def test_the_home_page_lists_the_newest_five_with_their_days(corpus: Corpus) -> None:
    (home, *_), _ = planned(corpus, Publication("", "# Atlas"))
    listed = render_page(home).data.decode().partition("## Newest traces")[2].partition("\n## ")[0]
    found = re.findall(r"^- \[.+\]\(traces/(.+)\.md\) \*(.+) · (.+) · (.+)\*", listed, re.MULTILINE)
    expected = sorted(sorted(corpus.added), key=lambda trace: corpus.added[trace], reverse=True)[:5]
    assert [(trace, day) for trace, _, _, day in found] == [(trace, str(corpus.added[trace])) for trace in expected]
    ran = {trace.id: (trace.model, trace.task.value) for trace in corpus.traces}
    assert [(model, task) for _, model, task, _ in found] == [ran[trace] for trace in expected]


def test_a_trace_recorded_twice_is_a_problem_that_names_both_places() -> None:
    first = an_addition("2025-02-11", "agent/o3/knitting", seed="a.yml")
    again = an_addition("2025-01-31", "lm-planner/o3/knitting", "agent/o3/knitting", seed="b.yml")
    (diagnostic,) = link([], [], [], [again, first])[1]
    found = "trace 'agent/o3/knitting' is recorded a second time (see a.yml:3)"
    assert told(diagnostic).startswith(f"b.yml:4: {found}; ")


@pytest.mark.parametrize(
    "written",
    [
        "lm-planner/gpt-4o/knitting-with-robts",
        "lm-planner/gpt-4o/kniting-with-robots",
        "lm-planer/gpt-4o/knitting-with-robots",
        "lm-planner/gpt4o/knitting-with-robots",
        "lm-planner/gpt-4o/Knitting_with_Robots",
    ],
)
def test_an_id_that_no_trace_has_leads_to_the_one_meant(written: str) -> None:
    corpus, _ = link([a_trace()], [], [], [an_addition("2025-01-31", written)])
    (diagnostic,) = unreferenced(corpus, [])
    found = f"no trace has the id '{written}'; did you mean 'lm-planner/gpt-4o/knitting-with-robots'?"
    assert told(diagnostic) == f"x.yml:3: {found}"


@given(st.text(), st.lists(st.text()))
def test_any_id_gets_an_answer(written: str, ids: list[str]) -> None:
    assert len(unknown([an_addition("2025-01-31", written)], ids)) == (written not in ids)


def test_the_invented_corpus_records_some_of_its_traces(corpus: Corpus) -> None:
    assert [str(addition.date) for addition in corpus.additions] == ["2025-02-11", "2025-01-31"]
    assert 0 < len(corpus.added) < len(corpus.traces)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_the_repositorys_files_are_named_by_their_days(seed: Path) -> None:
    addition, diagnostics = parse_yaml(Addition, seed.name, seed.read_text(encoding="utf-8"))
    assert diagnostics == []
    assert addition is not None
    assert seed.stem.startswith(addition.date.isoformat())
