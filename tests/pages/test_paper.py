"""A paper's hub: its facts with their sources, and all plans for it beside each other."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from examples import URL, a_study, a_trace, planned

from generator.corpus.linking import link
from generator.model import Action, Corpus, FactSource, Metadata, Summary, Trace
from generator.pages.page import Page
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
    """The comparison's cells without addresses, its heading first."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    plain = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", line) for line in lines if not line.startswith("| ---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in plain]


def test_front_matter_holds_what_is_known_of_the_paper() -> None:
    page = hub_of(a_trace(), a_trace(model="o3"), metadata=[FACTS])
    assert page.front_matter == {
        "title": "Knitting with Robots",
        "description": "2 ablation studies in 2 traces for “Knitting with Robots”, side by side.",
        "template": "paper.html",
        "kind": "paper",
        "paper": "knitting-with-robots",
        "title_source": "curated",
        "traces": 2,
        "studies": 2,
        "seed": "knit.yml",
        "authors": ("Ada Lovelace", "Bo Li"),
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
    assert "- **Authors**: Ada Lovelace, Bo Li *curated*\n" in text
    assert "- **arXiv**: [2502.01234](<https://arxiv.org/abs/2502.01234>) *curated*\n" in text
    assert "- **DOI**: [10.1000/t_1](<https://doi.org/10.1000/t_1>) *curated*\n" in text
    assert "- **Categories**: cs.RO *from the AI summary*\n" in text


def test_an_imported_fact_names_where_it_is_from_and_every_link_is_shown() -> None:
    imported = FactSource("OpenReview", "2026-11-27", ("title", "openreview", "pdf"))
    curated = replace(FACTS, openreview="kDeM3LQ1nO", pdf="https://a.example/p.pdf", code="https://github.com/a/knit")
    text = text_of(hub_of(a_trace(), metadata=[replace(curated, sources=(imported,))]))
    assert "\nTitle: OpenReview, imported 2026-11-27.\n" in text
    assert "[kDeM3LQ1nO](<https://openreview.net/forum?id=kDeM3LQ1nO>) *OpenReview, imported 2026-11-27*\n" in text
    assert "- **PDF**: [https://a.example/p.pdf](<https://a.example/p.pdf>) *OpenReview, imported 2026-11-27*\n" in text
    assert "- **Code**: [https://github.com/a/knit](<https://github.com/a/knit>) *curated*\n" in text
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


def test_models_are_compared_part_by_part() -> None:
    moss = a_study(name="Moss", ablated_part="moss bed", anchor="study-moss-1")
    swapped = a_study(action=Action.REPLACE, replacements=("fixed tension",), anchor="study-tension-2")
    text = text_of(hub_of(a_trace(studies=(a_study(), moss)), a_trace(model="o3", studies=(swapped,))))
    assert "## Reviewer plans compared { #compared-reviewer }" in text
    assert rows(text) == [
        ["Ablated part", "gpt-4o", "o3"],
        ["Tension controller", "REMOVE", "REPLACE"],
        ["moss bed", "REMOVE", ""],
    ]
    assert "[REPLACE](../traces/lm-planner/o3/knitting-with-robots.md#study-tension-2)" in text


def test_columns_name_planners_where_there_are_several() -> None:
    text = text_of(hub_of(a_trace(), a_trace(planner="agent")))
    assert rows(text)[0] == ["Ablated part", "gpt-4o, agent", "gpt-4o, lm-planner"]


def test_one_plan_is_compared_with_nothing_and_nine_are_too_many() -> None:
    assert "#compared-" not in text_of(hub_of(a_trace()))
    plans = [a_trace(model=f"model-{number}") for number in range(9)]
    assert "#compared-reviewer" in text_of(hub_of(*plans[:8]))
    assert "#compared-" not in text_of(hub_of(*plans))


def test_a_study_is_told_to_be_shared_or_to_be_alone() -> None:
    moss = a_study(name="Moss", ablated_part="moss bed", anchor="study-moss-1")
    text = text_of(hub_of(a_trace(studies=(a_study(), moss)), a_trace(model="o3")))
    first, second = re.findall(r"^\d\. (.*)$", text, re.MULTILINE)[:2]
    assert first.endswith("[shared by 2](#similar-reviewer-1)")
    assert second.endswith("*only here*")
    assert "### Tension controller { #similar-reviewer-1 }" in text
    assert "*only here*" not in text_of(hub_of(a_trace()))
