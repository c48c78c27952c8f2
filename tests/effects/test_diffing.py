"""What a change of the seeds means to readers, and that its report says so in code where the text is contributed."""

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import FIXTURES, ROOT
from examples import a_study, a_trace, check
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.corpus.linking import link
from generator.diagnostics import Location
from generator.effects.diff_report import report
from generator.effects.diffing import CorpusDiff, FieldChange, ItemDiff, State, diff_corpora
from generator.model import Addition, Corpus, Metadata, Study, Summary, Trace

GOLDEN = ROOT / "tests" / "golden" / "effect"
PAGE = "traces/lm-planner/gpt-4o/knitting-with-robots/"


def a_corpus(
    *traces: Trace,
    metadata: Sequence[Metadata] = (),
    summaries: Sequence[Summary] = (),
    additions: Sequence[Addition] = (),
) -> Corpus:
    corpus, diagnostics = link(traces, summaries, metadata, additions)
    assert diagnostics == []
    return corpus


def between(before: Trace, after: Trace) -> CorpusDiff:
    return diff_corpora(a_corpus(before), a_corpus(after))


def replanned(*pairs: tuple[Study, ...]) -> ItemDiff:
    """What becomes of a trace whose plan is the first of these and then the second."""
    before, after = pairs
    (entry,) = between(a_trace(studies=before), a_trace(studies=after)).traces
    return entry


def told(entry: ItemDiff) -> list[tuple[str, int, tuple[FieldChange, ...]]]:
    return [(study.state, study.proposal.number, study.changes) for study in entry.studies]


GATE = a_study(name="Study 1", ablated_part="Gate", metrics=("FID",), anchor="study-gate-1")
LOSS = a_study(name="Study 2", ablated_part="Loss", metrics=("FLOPs",), anchor="study-loss-2")
NOISE = a_study(name="Study 3", ablated_part="Noise", metrics=("BLEU",), anchor="study-noise-3")


def test_the_same_seeds_have_no_effect(corpus: Corpus, corpus_folder: Path) -> None:
    again, _ = check(corpus_folder)
    found = diff_corpora(corpus, again)
    assert (found.traces, found.papers, found.summaries, found.removed_urls) == ((), (), (), ())
    assert report(found) == "# What readers will see\n\nNo difference: no trace, study, paper or summary changes.\n"


def test_a_new_trace_comes_with_its_studies_and_its_paper() -> None:
    other = a_trace(name="Weaving", seed="weaving.md", studies=(GATE, LOSS))
    found = diff_corpora(a_corpus(a_trace()), a_corpus(a_trace(), other))
    (trace,) = found.traces
    assert (trace.state, trace.name, trace.title) == (State.ADDED, "lm-planner/gpt-4o/weaving", "Weaving")
    assert [study.state for study in trace.studies] == [State.ADDED, State.ADDED]
    assert [(paper.state, paper.name) for paper in found.papers] == [(State.ADDED, "weaving")]
    assert found.removed_urls == ()


def test_what_is_removed_is_named_with_the_addresses_that_go() -> None:
    other = a_trace(name="Weaving", seed="weaving.md")
    found = diff_corpora(a_corpus(a_trace(), other), a_corpus(a_trace()))
    assert [(trace.state, trace.name) for trace in found.traces] == [(State.REMOVED, "lm-planner/gpt-4o/weaving")]
    assert [(paper.state, paper.name) for paper in found.papers] == [(State.REMOVED, "weaving")]
    assert found.removed_urls == ("papers/weaving/", "traces/lm-planner/gpt-4o/weaving/")


def test_one_that_goes_and_one_that_comes_are_two() -> None:
    found = between(a_trace(seed="old.md"), a_trace(name="Weaving", seed="new.md"))
    assert [(paper.state, paper.name) for paper in found.papers] == [
        (State.REMOVED, "knitting-with-robots"),
        (State.ADDED, "weaving"),
    ]
    assert [trace.state for trace in found.traces] == [State.REMOVED, State.ADDED]


def test_a_models_page_goes_with_its_last_trace() -> None:
    other = a_trace(model="gpt-5", seed="other.md")
    found = diff_corpora(a_corpus(a_trace(), other), a_corpus(a_trace()))
    assert found.removed_urls == ("planners/lm-planner/gpt-5/", "traces/lm-planner/gpt-5/knitting-with-robots/")


def test_a_changed_field_is_shown_before_and_after() -> None:
    found = between(a_trace(reasoning="Old.", cost=0.25), a_trace(reasoning="New.", cost=0.5))
    assert [(trace.state, trace.changes) for trace in found.traces] == [
        (State.CHANGED, (FieldChange("cost", "0.25", "0.5"), FieldChange("reasoning", "Old.", "New.")))
    ]
    assert (found.papers, found.removed_urls) == ((), ())


def test_a_recorded_addition_is_a_difference() -> None:
    record = Addition("a.yml", date(2025, 2, 11), "", (a_trace().id,), (Location("a.yml", 3),))
    (trace,) = diff_corpora(a_corpus(a_trace()), a_corpus(a_trace(), additions=[record])).traces
    assert trace.changes == (FieldChange("recorded as added", "", "2025-02-11"),)


def test_other_metrics_leave_the_study_its_address() -> None:
    found = between(a_trace(studies=(GATE,)), a_trace(studies=(replace(GATE, metrics=("FID", "IS")),)))
    assert told(found.traces[0]) == [("changed", 1, (FieldChange("metrics", "FID", "FID\nIS"),))]
    assert found.removed_urls == ()


def test_a_study_with_another_part_is_the_same_study_at_another_address() -> None:
    renamed = replace(GATE, ablated_part="Input gate", anchor="study-input-gate-4")
    found = between(a_trace(studies=(GATE, LOSS)), a_trace(studies=(renamed, LOSS)))
    assert told(found.traces[0]) == [("changed", 1, (FieldChange("ablated part", "Gate", "Input gate"),))]
    assert found.removed_urls == (f"{PAGE}#study-gate-1",)


def test_a_study_put_before_the_others_changes_none_of_them() -> None:
    assert told(replanned((GATE, LOSS), (NOISE, GATE, LOSS))) == [
        ("added", 1, tuple(replanned((GATE,), (GATE, NOISE)).studies[0].changes))
    ]


def test_numbered_names_do_not_confuse_studies_that_moved() -> None:
    loss = replace(LOSS, name="Study 1", metrics=("FID",), replacements=("none",), anchor="study-loss-9")
    entry = replanned((GATE, LOSS), (loss,))
    assert [(study.state, study.proposal.study.ablated_part) for study in entry.studies] == [
        ("changed", "Loss"),
        ("removed", "Gate"),
    ]


def test_a_telling_name_finds_a_study_with_another_part_elsewhere_in_the_plan() -> None:
    gate = replace(GATE, name="Does the gate matter?")
    renamed = replace(gate, ablated_part="Input gate", anchor="study-input-gate-4")
    entry = replanned((gate,), (NOISE, renamed))
    assert [(study.state, study.proposal.study.ablated_part) for study in entry.studies] == [
        ("added", "Noise"),
        ("changed", "Input gate"),
    ]


def test_another_order_is_told_once() -> None:
    entry = replanned((GATE, LOSS, NOISE), (LOSS, GATE, NOISE))
    assert entry.studies == ()
    orders = "Study 1\nStudy 2\nStudy 3", "Study 2\nStudy 1\nStudy 3"
    assert entry.changes == (FieldChange("order of the studies", *orders),)


def test_a_trace_with_another_heading_in_the_same_file_moved() -> None:
    found = between(a_trace(), a_trace(model="gpt-5"))
    (trace,) = found.traces
    assert (trace.state, trace.name) == (State.CHANGED, "lm-planner/gpt-5/knitting-with-robots")
    assert FieldChange("address", PAGE, "traces/lm-planner/gpt-5/knitting-with-robots/") in trace.changes
    assert PAGE in found.removed_urls


@pytest.mark.parametrize(("slug", "lost"), [("", ("papers/knitting-with-robots/",)), ("knitting-with-robots", ())])
def test_a_curated_title_moves_the_paper_unless_it_keeps_its_slug(slug: str, lost: tuple[str, ...]) -> None:
    facts = Metadata("p.yml", "Knitting, with Robots and Cats", year=2025, aliases=("Knitting_with_Robots",), slug=slug)
    found = diff_corpora(a_corpus(a_trace()), a_corpus(a_trace(), metadata=[facts]))
    (paper,) = found.papers
    assert paper.state is State.CHANGED
    assert FieldChange("year", "", "2025 (curated)") in paper.changes
    assert found.removed_urls == lost


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            a_corpus(a_trace(), metadata=[Metadata("p.yml", "Knitting with Robots")]),
            a_corpus(a_trace(name="Knitting_by_Robots"), metadata=[Metadata("p.yml", "Knitting by Robots")]),
        ),
        (
            a_corpus(summaries=[Summary("s.txt", "Knitting with Robots")]),
            a_corpus(summaries=[Summary("s.txt", "Knitting by Robots")]),
        ),
    ],
    ids=["curated", "summarised"],
)
def test_a_paper_that_moves_with_all_that_names_it_is_the_same_paper(before: Corpus, after: Corpus) -> None:
    found = diff_corpora(before, after)
    assert [(paper.state, paper.name) for paper in found.papers] == [(State.CHANGED, "knitting-by-robots")]
    assert "papers/knitting-with-robots/" in found.removed_urls


def test_a_summary_is_compared_part_by_part() -> None:
    summary = Summary("s.txt", "Knitting with Robots", overview="Robots knit.")
    others = [[summary], [replace(summary, overview="Robots purl.")], []]
    before, after, without = (a_corpus(a_trace(name="Knitting with Robots"), summaries=each) for each in others)
    (changed,) = diff_corpora(before, after).summaries
    assert (changed.state, changed.changes) == (
        State.CHANGED,
        (FieldChange("overview", "Robots knit.", "Robots purl."),),
    )
    assert [entry.state for entry in diff_corpora(before, without).summaries] == [State.REMOVED]
    assert [entry.state for entry in diff_corpora(without, before).summaries] == [State.ADDED]


def test_a_reviewer_reads_the_whole_effect(tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    seeds = shutil.copytree(FIXTURES / "corpus", tmp_path / "seeds")
    tide = seeds / "lm-planner/gpt-4o/TideFormer__Forecasting_Coastal_Flooding_from_Sparse_Gauges.md"
    text = tide.read_text("utf-8").replace("up to half", "up to a third").replace("- learned pos", "- random `|` pos")
    tide.write_text(text, "utf-8")
    solar = (seeds / "lm-planner/o3-mini/solar.md").read_text("utf-8")
    (seeds / "new.md").write_text(solar.replace("# lm-planner/o3-mini/", "# lm-planner/kettle-9b/"), "utf-8")
    (seeds / "lm-planner/o3-mini/hexchess.md").unlink()
    octopus = seeds / "papers/octopus.yml"
    octopus.write_text(octopus.read_text("utf-8").replace("slug: octopus-go", "year: 1999"), "utf-8")
    found = diff_corpora(check(FIXTURES / "corpus")[0], check(seeds)[0])
    golden(GOLDEN / "report.md", report(found))


@pytest.mark.parametrize("limit", [0, 2_000, 20_000])
def test_a_report_keeps_to_its_limit_and_counts_the_rest(corpus: Corpus, limit: int) -> None:
    found = diff_corpora(a_corpus(a_trace()), corpus)
    text = report(found, limit)
    shown = len(re.findall("^## (?:Trace|Paper|Summary) ", text, re.MULTILINE))
    body, _, rest = text.partition("**There is no room for the rest: ")
    left = sum(int(number) for number in re.findall(r"(\d+) (?:trace|paper|summar)", rest))
    assert shown + left == len(found.traces) + len(found.papers) + len(found.summaries)
    assert left > 0
    head = report(found, 0).partition("**There")[0]
    assert len(body.rstrip().encode()) <= max(limit, len(head.encode()))


def test_a_word_changed_in_a_long_reasoning_is_in_sight() -> None:
    long = "word " * 4_000
    text = report(between(a_trace(reasoning=f"{long}here{long}"), a_trace(reasoning=f"{long}there{long}")))
    assert "here" in text
    assert "there" in text
    assert len(text) < 2_500


def test_what_cannot_be_seen_is_spelled_out() -> None:
    text = report(between(a_trace(), a_trace(reasoning="user\u202e\u2066// check\u200b")))
    assert r"+ user\u202e\u2066// check\u200b" in text


MARK = "Zq9"
# What Markdown, GitHub or a runner's log would make something of, around a word to find it by.
hostile = st.lists(
    st.one_of(
        st.sampled_from(["`", "``", "```", "|", "\\", "\n", " ", "+++", "---", "|--|", "*", "~~", "$x$", "&lt;", MARK]),
        st.sampled_from(
            ["@octocat", "#1", "http://b.example", "[a](b)", "![a](b)", "<img src=x>", "<!--", "::error::"]
        ),
    ),
    max_size=12,
).map(lambda pieces: "".join([*pieces, MARK, *reversed(pieces)]).strip())


@given(text=hostile, replaced=hostile)
def test_contributed_text_is_never_more_than_code(text: str, replaced: str) -> None:
    study = a_study(name=text, ablated_part=text, replacements=(text,), metrics=(text, replaced))
    before = a_trace(reasoning=text, studies=(GATE, LOSS))
    after = a_trace(reasoning=replaced + text, studies=(replace(GATE, metrics=(text,)), study, NOISE))
    facts = Metadata("p.yml", text, aliases=("Knitting_with_Robots",), venue=replaced)
    source = report(diff_corpora(a_corpus(before), a_corpus(after, metadata=[facts])))
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    kinds = {token.type for token in tokens} | {leaf.type for token in tokens for leaf in token.children or ()}
    assert not {"html_block", "html_inline", "link_open", "image", "em_open"} & kinds
    words = [leaf.content for token in tokens for leaf in token.children or () if leaf.type == "text"]
    assert not [word for word in words if MARK in word]
    rows = [token for token in tokens if token.type == "td_open"]
    assert len(rows) == 4 * 4 + 7 * 3
    for line in source.split("\n"):
        assert not line.lstrip().startswith("::")
    spans = [leaf.content for token in tokens for leaf in token.children or () if leaf.type == "code_inline"]
    assert text.replace("\n", " ") in spans
