"""A trace's page: what its front matter says, what leads to it, and where it leads."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from examples import URL, a_study, a_trace, an_addition, planned

from generator.corpus.linking import link
from generator.loading.trace_page import parse_page
from generator.messages import ENGLISH
from generator.model import Action, Corpus, Task, Trace
from generator.pages.page import Page, said_front_matter
from generator.pages.trace import study_heading
from generator.publication import Publication
from generator.rendering import render_page

SITE = Publication(URL, "")
PAGE = "traces/lm-planner/gpt-4o/knitting-with-robots.md"


def corpus_of(*traces: Trace) -> Corpus:
    corpus, diagnostics = link(traces, [], [])
    assert diagnostics == []
    return corpus


def page_of(*traces: Trace, path: str = PAGE, added: str = "") -> Page:
    corpus, diagnostics = link(traces, [], [], [an_addition(added, *traces)] if added else [])
    assert diagnostics == []
    (page,) = (page for page in planned(corpus, Publication(URL, ""))[0] if page.path == path)
    return page


def text_of(*traces: Trace, path: str = PAGE) -> str:
    return render_page(page_of(*traces, path=path)).data.decode()


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("Masking rates (75%)", ["fraction", "percentage", "probability", "ratio"]),
        ("Rate", []),
        ("Number of attention heads of the decoder", ["count"]),
        ("マスク率", []),
    ],
)
def test_a_trace_is_sought_by_other_names_of_its_parts_that_it_does_not_hold(part: str, expected: list[str]) -> None:
    trace = a_trace(reasoning="The proportions matter.", studies=(a_study(ablated_part=part),))
    assert page_of(trace).front_matter["synonyms"] == expected


def test_front_matter_says_what_the_trace_is() -> None:
    replacing = a_study(action=Action.REPLACE, replacements=("x",), metrics=("dropped stitches", "FID"))
    trace = a_trace(studies=(replacing, a_study(name="Gauge", ablated_part="gauge"), replacing))
    assert said_front_matter(page_of(trace, added="2026-11-20").front_matter, ENGLISH) == {
        "title": "Knitting with Robots · gpt-4o",
        "description": "3 ablation studies that lm-planner with gpt-4o proposed for “Knitting with Robots”: "
        "Tension controller; gauge; Tension controller",
        "template": "trace.html",
        "kind": "trace",
        "planner": "lm-planner",
        "model": "gpt-4o",
        "task": "reviewer",
        "paper": "knitting-with-robots",
        "paper_title": "Knitting with Robots",
        "name": "Knitting_with_Robots",
        "actions": ["REMOVE", "REPLACE"],
        "metrics": ["Dropped stitches", "Evenness (mean, variance)", "FID"],
        "synonyms": [],
        "seed": "knitting.md",
        "studies": 3,
        "added": "2026.11.20",
        "previous": [],
        "next": [],
    }


def test_what_is_not_known_stands_in_no_front_matter() -> None:
    head = text_of(a_trace()).split("\n---\n")[0]
    assert not re.search(r"^(added|previous|next|authors):", head, re.MULTILINE)


def test_what_a_run_knows_is_shown_and_read_back() -> None:
    known = {"model_version": "gpt-4o-2024-08-06", "date": "2025-02-11", "input_tokens": 24017, "output_tokens": 0}
    trace = a_trace(run=2, cost=0.0661525, run_id="r1", given_title="Knitting, with Robots", **known)
    path = PAGE.replace(".md", "-run-2.md")
    text = text_of(a_trace(cost=0.25), trace, path=path)
    assert "*Run 2 · gpt-4o-2024-08-06 · 2025-02-11 · tokens: 24,017 read, 0 written · \\$0.0662 · r1*" in text
    read, diagnostics = parse_page("x.md", text)
    assert diagnostics == []
    assert read is not None
    assert replace(read, seed=trace.seed, reasoning=trace.reasoning, studies=trace.studies) == trace
    others = {
        page.path: render_page(page).data.decode() for page in planned(corpus_of(a_trace(cost=0.25), trace), SITE)[0]
    }
    assert "[gpt-4o, run 2](" in others["papers/knitting-with-robots.md"]
    assert "| 24,017 | \\$0.158 |" in others["planners/index.md"]


def title_of(*traces: Trace) -> str:
    return ENGLISH.say(page_of(*traces).front_matter["title"])


def test_a_title_names_planner_and_task_where_they_tell_the_papers_traces_apart() -> None:
    trace = a_trace()
    assert title_of(trace, a_trace(model="o3")) == "Knitting with Robots · gpt-4o"
    other = a_trace(model="o3", task=Task.AUTHOR)
    assert title_of(trace, other) == "Knitting with Robots · gpt-4o, reviewer task"
    other = a_trace(planner="agent")
    assert title_of(trace, other) == "Knitting with Robots · gpt-4o, lm-planner"


@pytest.mark.parametrize(
    "name",
    ["Ablation Study 1", "Ablation 1", "Proposed Ablation Study 1", "Experiment 2", "Study", "Ablation Study #1"],
)
def test_a_name_that_says_nothing_gives_way_to_the_ablated_part(name: str) -> None:
    assert study_heading(a_study(name=name)) == ("Tension controller", name)
    text = text_of(a_trace(studies=(a_study(name=name),)))
    assert "### Tension controller { #study-" in text
    assert f"- **Name**: {name}".replace("#", "\\#") in text.replace("\\#", "#").replace("#1", "\\#1")


@pytest.mark.parametrize("name", ["Ablation Study 1: Gauge Dropout", "Ablation of the queen", "Study of moss"])
def test_a_name_that_says_something_is_the_heading(name: str) -> None:
    assert study_heading(a_study(name=name)) == (name, "")
    text = text_of(a_trace(studies=(a_study(name=name),)))
    assert f"### {name} {{ #study-" in text
    assert "**Name**" not in text


def test_traces_of_a_paper_lead_to_their_neighbours(corpus: Corpus) -> None:
    pages = {page.path: page for page in planned(corpus, Publication(URL, ""))[0]}
    for paper in corpus.papers:
        paths = [f"traces/{trace.id}.md" for trace in paper.traces]
        for before, path, after in zip(["", *paths], paths, [*paths[1:], ""], strict=False):
            front_matter = pages[path].front_matter
            assert tuple(front_matter["previous"])[1:] == ((before,) if before else ())
            assert tuple(front_matter["next"])[1:] == ((after,) if after else ())


def test_a_trace_leads_to_its_paper_planner_model_and_the_models_next_paper() -> None:
    text = text_of(a_trace(), a_trace(name="Moss"), a_trace(name="Lichen", model="o3"))
    for target in (
        "[gpt-4o](../../../planners/lm-planner/gpt-4o.md)",
        "[lm-planner](../../../planners/lm-planner/index.md)",
        "[The paper and all its plans](../../../papers/knitting-with-robots.md)",
        "- Next paper by gpt-4o: [Moss](../../../traces/lm-planner/gpt-4o/moss.md)",
    ):
        assert target in text
    assert "lichen" not in text


def test_a_study_leads_to_those_of_others_that_ablate_the_same_part() -> None:
    other = a_trace(model="o3", studies=(a_study(anchor="study-tension-controller-fedcba", name="Controller"),))
    text = text_of(a_trace(), other)
    plan = text.partition("## Plan")[2]
    target = "../../../traces/lm-planner/o3/knitting-with-robots.md#study-tension-controller-fedcba"
    assert f"- **Similar**: [o3]({target})\n" in plan
    assert "**Similar**" not in text_of(a_trace())


def test_a_trace_shows_what_the_papers_summary_says_of_it(docs: Path, corpus: Corpus) -> None:
    summed = [paper for paper in corpus.papers if paper.summary and paper.summary.abstract and paper.traces]
    assert summed
    for trace in corpus.traces:
        text = (docs / f"traces/{trace.id}.md").read_text("utf-8")
        summary = corpus.paper_of[trace.id].summary
        assert ("## The paper { #context }" in text) is (corpus.paper_of[trace.id] in summed)
        assert ("{ #context-abstract }" in text) is bool(summary and summary.abstract)
