"""A paper's hub: its facts with their sources, and all plans for it beside each other."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from examples import URL, a_study, a_trace, planned

from generator.corpus.linking import link
from generator.loading.summary import parse_summary
from generator.messages import ENGLISH
from generator.model import Action, Corpus, FactSource, Metadata, Summary, Trace
from generator.pages.page import Page, said_front_matter
from generator.publication import Publication
from generator.rendering import render_page

HUB = "papers/knitting-with-robots.md"
FACTS = Metadata(
    "knit.yml",
    "Knitting with Robots",
    ("Ada Lovelace", "Bo Li"),
    2025,
    "ICLR 2025",
    arxiv="2502.01234",
    doi="10.1000/t_1",
)


def hub_of(
    *traces: Trace, metadata: Sequence[Metadata] = (), summaries: Sequence[Summary] = (), path: str = HUB
) -> Page:
    corpus, diagnostics = link(traces, summaries, metadata)
    assert diagnostics == []
    (page,) = (page for page in planned(corpus, Publication(URL, ""))[0] if page.path == path)
    return page


def text_of(page: Page) -> str:
    return render_page(page).data.decode()


def rows(text: str) -> list[list[str]]:
    """The matrix' cells without addresses, its two headings first."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    plain = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", line) for line in lines if not line.startswith("| ---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in plain]


def test_front_matter_holds_what_is_known_of_the_paper() -> None:
    page = hub_of(a_trace(), a_trace(model="o3"), metadata=[FACTS])
    assert said_front_matter(page.front_matter, ENGLISH) == {
        "title": "Knitting with Robots",
        "description": "2 ablation studies in 2 traces for “Knitting with Robots”, side by side.",
        "template": "paper.html",
        "kind": "paper",
        "paper": "knitting-with-robots",
        "title_source": "curated",
        "traces": 2,
        "studies": 2,
        "seed": "knit.yml",
        "authors": ["Ada Lovelace", "Bo Li"],
        "year": "2025",
        "venue": "ICLR 2025",
        "arxiv": "2502.01234",
        "doi": "10.1000/t_1",
    }


def test_nothing_is_claimed_of_a_paper_that_is_not_known() -> None:
    head = text_of(hub_of(a_trace())).split("\n---\n")[0]
    assert re.findall(r"^(\w+):", head, re.MULTILINE) == [
        *("title", "description", "template", "kind", "paper", "title_source", "traces", "studies")
    ]


def test_every_fact_names_its_source_and_leads_to_its_address() -> None:
    summary = Summary(seed="s.txt", title="Knitting with Robots", categories=("cs.RO",))
    text = text_of(hub_of(a_trace(), metadata=[FACTS], summaries=[summary]))
    assert "\nTitle and facts without a note: curated by hand.\n" in text
    assert "- **Authors**: Ada Lovelace, Bo Li\n" in text
    assert "- **arXiv**: [2502.01234](<https://arxiv.org/abs/2502.01234>)\n" in text
    assert "- **DOI**: [10.1000/t_1](<https://doi.org/10.1000/t_1>)\n" in text
    assert "- **Categories**: cs.RO *from the AI summary*\n" in text


def test_braces_around_an_organisation_are_for_citations_alone() -> None:
    page = hub_of(a_trace(), metadata=[replace(FACTS, authors=("{Yarn Loom}", "Bo Li"))])
    assert "- **Authors**: Yarn Loom, Bo Li\n" in text_of(page)
    assert page.front_matter["authors"] == ("{Yarn Loom}", "Bo Li")


@pytest.mark.parametrize(
    "kept",
    [
        "1. a gate\n\n    - of wool\n\n2. a needle\n\n> A quote.\n\n- [x] done\n\n| a | b |\n| --- | --- |\n| 1 | 2 |",
        "```python\n## no heading\n\nx = 1\n```",
        "one line\\\nanother",
        "One.\n\nTwo.",
    ],
)
def test_a_summary_in_markdown_is_shown_as_it_is_laid_out_on_hub_and_trace(kept: str) -> None:
    seed = f"# Knitting with Robots\n\n## Summary\n\n{kept}\n\n## Abstract\n\n{kept}\n\n## Limitations\n\n{kept}\n"
    summary, diagnostics = parse_summary("s.md", seed)
    assert summary is not None
    assert diagnostics == []
    assert text_of(hub_of(a_trace(), summaries=[summary])).count(f"\n\n{kept}\n") == 3
    trace = "traces/lm-planner/gpt-4o/knitting-with-robots.md"
    assert text_of(hub_of(a_trace(), summaries=[summary], path=trace)).count(f"\n\n{kept}\n") == 2


def test_headings_within_a_summary_are_bold_wherever_they_stand() -> None:
    headings = "### *Wool*\n\n### **Loom**\n\n### **Yarn** of wool\n\n> # Gate\n\n- # Needle"
    seed = f"# Knitting with Robots\n\n## Summary\n\n{headings}\n\n## Abstract\n\nWe knit."
    summary, _ = parse_summary("s.md", seed)
    assert summary is not None
    bold = "\n\n**_Wool_**\n\n**Loom**\n\n**Yarn of wool**\n\n> **Gate**\n\n- **Needle**\n"
    assert bold in text_of(hub_of(a_trace(), summaries=[summary]))


def test_what_is_left_of_facts_in_markdown_keeps_its_marks() -> None:
    details = "- Metric: `a*b*c` and 2\\*3\\*4\n- Authors: Ann Lee, Bo Chu"
    seed = f"# Knitting with Robots\n\n## Summary\n\nWe knit.\n\n## Paper Details\n\n{details}\n"
    summary, _ = parse_summary("s.md", seed)
    assert summary is not None
    assert summary.authors == ("Ann Lee", "Bo Chu")
    assert "\nMetric: `a*b*c` and 2\\*3\\*4\n" in text_of(hub_of(a_trace(), summaries=[summary]))


def test_an_imported_fact_names_where_it_is_from_and_every_link_is_shown() -> None:
    imported = FactSource("OpenReview", "2026-11-27", ("title", "openreview", "pdf"))
    curated = replace(FACTS, openreview="kDeM3LQ1nO", pdf="https://a.example/p.pdf", code="https://github.com/a/knit")
    text = text_of(hub_of(a_trace(), metadata=[replace(curated, sources=(imported,))]))
    assert "\nTitle and facts without a note: OpenReview, imported 2026-11-27.\n" in text
    assert "[kDeM3LQ1nO](<https://openreview.net/forum?id=kDeM3LQ1nO>)\n" in text
    assert "- **PDF**: [https://a.example/p.pdf](<https://a.example/p.pdf>)\n" in text
    assert "- **Code**: [https://github.com/a/knit](<https://github.com/a/knit>) *curated by hand*\n" in text
    assert "Search for the title" not in text


def test_where_no_link_is_known_the_title_is_searched_for() -> None:
    text = text_of(hub_of(a_trace(reasoning='We read "Knitting with Robots".')))
    (line,) = (line for line in text.splitlines() if "Search for the title" in line)
    assert line.endswith(" *no link is known*")
    assert re.findall(r"\(<https://([\w.]+)/[^>]*=Knitting%20with%20Robots>\)", line) == [
        *("www.semanticscholar.org", "arxiv.org", "openreview.net")
    ]


def test_a_hub_leads_to_every_study_of_every_trace(docs: Path, corpus: Corpus) -> None:
    for paper in corpus.papers:
        text = (docs / "papers" / f"{paper.slug}.md").read_text(encoding="utf-8")
        for trace in paper.traces:
            for study in trace.studies:
                assert f"(../traces/{trace.id}.md#{study.anchor})" in text


def test_similar_papers_lead_to_those_the_corpus_holds(docs: Path, corpus: Corpus) -> None:
    paper = corpus.paper_named["tideformer"]
    text = (docs / "papers" / f"{paper.slug}.md").read_text(encoding="utf-8")
    assert "(../papers/counting-lichen-without-labels-a-study-of-weak-supervision.md)" in text
    assert "(../papers/schrodinger-bridges-for-bird-migration-routes.md)" in text
    assert "Surge: A Benchmark of Storm Tides" in text


def test_plans_are_compared_part_by_part_those_of_most_plans_first() -> None:
    moss = a_study(name="Moss bed", ablated_part="moss bed", anchor="study-moss-1")
    swapped = a_study(
        name="Ablation 1",
        ablated_part="tension controller in the arm",
        action=Action.REPLACE,
        replacements=("fixed tension", "none | any"),
        anchor="study-tension-2",
    )
    reasoning = "All is knitted by an arm.\n\n- **Then** the tension controller in the arm, it may be fixed at will."
    plans = (
        a_trace(studies=(moss, a_study())),
        a_trace(model="o3", studies=(swapped,), reasoning=reasoning),
        a_trace(planner="agent", model="o3"),
    )
    text = text_of(hub_of(*plans)).replace(r"none \| any", "none or any")
    measured = "measured by Dropped stitches, Evenness (mean, variance)"
    assert "## Reviewer plans compared { #plans-reviewer }" in text
    assert rows(text) == [
        ["", "agent", "lm-planner", ""],
        ["Ablated part", "o3", "gpt-4o", "o3"],
        [
            "Tension controller *3 of 3 plans*",
            f"REMOVE Yarn tension reasoning · {measured}",
            f"REMOVE Yarn tension reasoning · {measured}",
            f"REPLACE tension controller in the arm reasoning · with fixed tension; none or any · {measured}",
        ],
        ["moss bed", "", f"REMOVE Moss bed · {measured}", ""],
    ]
    page = "../traces/lm-planner/o3/knitting-with-robots.md"
    assert f"| [o3]({page}) |" in text
    assert f"REPLACE [tension controller in the arm]({page}#study-tension-2)" in text
    assert f"[reasoning]({page}#:~:text=Then%20the%20tension%20controller%20in,at%20will.)" in text


def test_more_plans_than_a_screen_has_columns_are_named_in_the_columns_of_the_actions() -> None:
    moss = a_study(name="Moss", ablated_part="moss bed", anchor="study-moss-1")
    plans = [a_trace(model=f"model-{number}") for number in range(10, 26)]
    assert len(rows(text_of(hub_of(*plans)))[1]) == 17
    found = rows(text_of(hub_of(*plans, a_trace(model="model-9", studies=(moss, a_study(action=Action.ADD))))))
    assert found[0] == ["Ablated part", "ADD", "REMOVE", "REPLACE"]
    assert found[1] == [
        *(
            "Tension controller *17 of 17 plans*",
            "model-9",
            ", ".join(f"model-{number}" for number in range(10, 26)),
            "",
        )
    ]
    assert found[2] == ["moss bed", "", "model-9", ""]


def test_a_hub_with_one_plan_prints_the_whole_plan() -> None:
    swapped = a_study(name="Study 2", action=Action.REPLACE, replacements=("fixed tension",), anchor="study-tension-2")
    text = text_of(hub_of(a_trace(studies=(a_study(), swapped))))
    assert "## Reviewer plan { #plans-reviewer }" in text
    plan = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text.partition("{ #plans-reviewer }\n\n")[2]).splitlines()
    assert plan[0].endswith(", by gpt-4o with lm-planner.")
    measured = "measured by Dropped stitches, Evenness (mean, variance)"
    assert plan[2:4] == [
        f"1. REMOVE Yarn tension reasoning · Tension controller · {measured}",
        f"2. REPLACE Tension controller reasoning · with fixed tension · {measured}",
    ]
