"""Coverage: which papers which models have traces for, on a page and as a table."""

import csv
import re
from dataclasses import replace

from examples import URL, a_trace, data_files, planned

from generator.corpus.linking import link
from generator.model import Task
from generator.publication import Publication
from generator.rendering import render_page

TRACES = [
    a_trace(),
    a_trace(model="o3"),
    a_trace(model="o1"),
    a_trace(name="Purling"),
    a_trace(name="felt", model="o3", task=Task.AUTHOR),
]


def test_the_page_counts_papers_by_model_and_names_the_shorter_list_of_each_gap() -> None:
    corpus, _ = link(TRACES, [], [])
    (page,) = (page for page in planned(corpus, Publication(URL, ""))[0] if page.path == "coverage/index.md")
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", render_page(page).data.decode())
    assert re.findall(r"^(?:\| (?!Model|---).*|- .*|## .*)$", text, re.MULTILINE) == [
        "## Author { #task-author }",
        "| o3 | lm-planner | 1 | 0 |",
        "## Reviewer { #task-reviewer }",
        "| gpt-4o | lm-planner | 2 | 0 |",
        "| o1 | lm-planner | 1 | 1 |",
        "| o3 | lm-planner | 1 | 1 |",
        "## Papers that lack traces { #gaps }",
        "- Purling *reviewer* planned by gpt-4o",
    ]


def test_the_table_has_a_line_for_each_paper_task_and_model_that_could_have_a_trace() -> None:
    corpus, _ = link(TRACES, [], [])
    corpus = replace(corpus, digests={"knitting.md": "0" * 64})
    text = data_files(corpus, Publication(URL, ""))["coverage.csv"].decode("utf-8-sig")
    rows = [(row["paper"], row["task"], row["model"], row["traces"]) for row in csv.DictReader(text.splitlines())]
    knitting = ("knitting-with-robots", "reviewer")
    assert rows == [
        ("felt", "author", "o3", "1"),
        *((*knitting, model, "1") for model in ("gpt-4o", "o1", "o3")),
        ("purling", "reviewer", "gpt-4o", "1"),
        ("purling", "reviewer", "o1", "0"),
        ("purling", "reviewer", "o3", "0"),
    ]
