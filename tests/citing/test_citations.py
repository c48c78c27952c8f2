"""Citations that reference managers and readers take as they are."""

from dataclasses import replace

import bibtexparser
import pytest
import rispy
from examples import SITE, a_study, a_trace, an_addition, cases
from hypothesis import given
from hypothesis import strategies as st
from strategies import lines, texts

from generator.citing import (
    Citations,
    Edition,
    bibliography,
    citations_for,
    cite_corpus,
    cite_paper,
)
from generator.citing.entry import PROPER
from generator.corpus.linking import link
from generator.loading.citation import unescape, unprotected
from generator.model import Corpus, Metadata, Paper, Trace
from generator.pages.trace import trace_pages
from generator.publication import Held, Origin

ADDRESS = "https://atlas.example/traces/p/m/x/"


def paper(title: str = "A Paper", **facts: object) -> Paper:
    corpus, diagnostics = link([a_trace(name=title)], [], [Metadata("x.yml", title, **facts)])  # type: ignore[arg-type]
    assert diagnostics == []
    return corpus.papers[0]


def cited(title: str = "A Paper", **facts: object) -> Citations:
    found = cite_paper(paper(title, **facts))
    assert found
    return found


def citations_of(trace: Trace, corpus: Corpus) -> list[Citations]:
    """Those that the trace's page offers: of the trace, then of its studies."""
    (page,) = (page for page in trace_pages(corpus, corpus.papers) if page.path == f"traces/{trace.id}.md")
    studies = [(study.ablated_part, study.anchor) for study in trace.studies]
    offered = citations_for(page.front_matter, studies, ADDRESS, SITE)
    return [dict(one["styles"]) for one in offered]


def entries_of(bibtex: str) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(bibtex)
    assert not library.failed_blocks
    return [dict(one.items()) for one in library.entries]


def entry(bibtex: str) -> dict[str, str]:
    (only,) = entries_of(bibtex)
    return only


def _named(value: str) -> str:
    """LaTeX's names of characters as the characters, which no braces around words are taken for."""
    names = {"textbackslash": "\\", "textbraceleft": "⦃", "textbraceright": "⦄", "textasciitilde": "~"}
    for name, character in {**names, "textasciicircum": "^"}.items():
        value = value.replace(f"\\{name}{{}}", character)
    return value


def plain(value: str) -> str:
    return unescape(unprotected(value))


def test_a_paper_is_cited_from_its_facts() -> None:
    found = cited(
        "GlacierSound: Hearing ice with 2D nets",
        authors=("Ada M. Lovelace", "Ludwig van Beethoven", "Jean-Luc Godard"),
        year=2025,
        venue="ICLR 2025",
        arxiv="2502.01234",
        doi="10.1000/ice_1",
        url="https://arxiv.org/abs/2502.01234",
    )
    assert found["BibTeX"] == (
        "@misc{lovelace2025glaciersound-b8c679,\n"
        "  title = {{GlacierSound}: Hearing ice with {2D} nets},\n"
        "  author = {Ada M. Lovelace and Ludwig van Beethoven and Jean-Luc Godard},\n"
        "  year = {2025},\n"
        "  howpublished = {ICLR 2025},\n"
        "  doi = {10.1000/ice_1},\n"
        "  eprint = {2502.01234},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {https://doi.org/10.1000/ice_1},\n"
        "}"
    )
    assert found["APA"] == (
        "Lovelace, A. M., van Beethoven, L., & Godard, J.-L. (2025). GlacierSound: Hearing ice with 2D nets. "
        "ICLR 2025. https://doi.org/10.1000/ice_1"
    )
    assert found["MLA"] == (
        "Lovelace, Ada M., et al. “GlacierSound: Hearing ice with 2D nets.” ICLR 2025, https://doi.org/10.1000/ice_1."
    )
    assert found["Chicago"] == (
        "Lovelace, Ada M., Ludwig van Beethoven, and Jean-Luc Godard. “GlacierSound: Hearing ice with 2D nets.” "
        "ICLR 2025. https://doi.org/10.1000/ice_1."
    )


@pytest.mark.parametrize(
    ("authors", "apa", "mla", "chicago"),
    [
        (("Ada Lovelace",), "Lovelace, A. (n.d.). A Paper.", "Lovelace, Ada. “", "Lovelace, Ada. “A Paper.”"),
        (
            ("Ada Lovelace", "Bo Li"),
            *("Lovelace, A., & Li, B. (n.d.)", "Lovelace, Ada, and Bo Li. “", "Lovelace, Ada, and Bo Li. “"),
        ),
        (("Plato",), "Plato. (n.d.). A Paper.", "Plato. “A Paper.”", "Plato. “A Paper.”"),
        (
            ("Ada Lovelace", "et al."),
            "Lovelace, A., et al. (n.d.)",
            "Lovelace, Ada, et al. “",
            "Lovelace, Ada, et al. “",
        ),
        (
            tuple(f"A{chr(97 + n)} B{chr(97 + n)}" for n in range(21)),
            *(
                "Bs, A., … Bu, A. (n.d.)",
                "Ba, Aa, et al. “",
                "Ba, Aa, Ab Bb, Ac Bc, Ad Bd, Ae Be, Af Bf, Ag Bg, et al. “",
            ),
        ),
    ],
)
def test_names_are_listed_as_the_styles_ask(authors: tuple[str, ...], apa: str, mla: str, chicago: str) -> None:
    found = cited(authors=authors)
    assert apa in found["APA"]
    assert found["MLA"].startswith(mla)
    assert found["Chicago"].startswith(chicago)


@pytest.mark.parametrize(
    ("name", "apa", "mla", "bibtex", "key"),
    [
        (
            *("The Sample Collaboration", "The Sample Collaboration.", "The Sample Collaboration."),
            *("{The Sample Collaboration}", "samplecollaboration"),
        ),
        ("Ben Sample Jr.", "Sample, B., Jr.", "Sample, Ben, Jr.", "Sample, Jr., Ben", "sample"),
        ("Ada Example III", "Example, A., III.", "Example, Ada, III.", "Example, III, Ada", "example"),
        ("Sample, Dora", "Sample, D.", "Sample, Dora.", "Sample, Dora", "sample"),
        ("Sample, Jr., Ben", "Sample, B., Jr.", "Sample, Ben, Jr.", "Sample, Jr., Ben", "sample"),
        ("{Yarn Loom, Looms}", "Yarn Loom, Looms.", "Yarn Loom, Looms.", "{Yarn Loom, Looms}", "yarnloomlooms"),
        ("J.R.R. Sample", "Sample, J. R. R.", "Sample, J.R.R.", "J.R.R. Sample", "sample"),
        ("Jean-Luc A. Sample", "Sample, J.-L. A.", "Sample, Jean-Luc A.", "Jean-Luc A. Sample", "sample"),
        ("van der Sample, Dora", "van der Sample, D.", "van der Sample, Dora.", "van der Sample, Dora", "vandersample"),
    ],
)
def test_names_of_all_kinds_come_out_right(name: str, apa: str, mla: str, bibtex: str, key: str) -> None:
    found = cited(authors=(name,), year=2024)
    assert found["APA"].startswith(f"{apa} (2024). A Paper.")
    assert found["MLA"].startswith(f"{mla} “A Paper.”")
    assert f"  author = {{{bibtex}}},\n" in found["BibTeX"]
    assert found["BibTeX"].startswith(f"@misc{{{key}2024a-")


def test_the_second_of_two_authors_is_named_as_spoken() -> None:
    assert cited(authors=("Bo Li", "Sample, Jr., Ben"))["MLA"] == "Li, Bo, and Ben Sample Jr. “A Paper.”"


@given(st.text(max_size=30))
def test_any_name_can_be_cited(name: str) -> None:
    if name.strip():
        found = cited(authors=(name, "Bo Li"))
        assert ", & Li, B." in found["APA"]
        assert found["MLA"]


@pytest.mark.parametrize(
    ("title", "protected"),
    cases("citations", "bibtex_keeps_formulas_and_the_capitals_of_names"),
)
def test_bibtex_keeps_formulas_and_the_capitals_of_names(title: str, protected: str) -> None:
    assert f"  title = {{{protected}}},\n" in cited(title, authors=("Ada Lovelace",))["BibTeX"]


def test_running_text_holds_a_formulas_characters() -> None:
    found = cited(r"$k$-Gates with $\alpha$-Loss at $5", authors=("Ada Example",), year=2024)
    assert found["APA"] == "Example, A. (2024). k-Gates with α-Loss at $5."
    assert found["MLA"] == "Example, Ada. “k-Gates with α-Loss at $5.” 2024."


@pytest.mark.parametrize("name", ["Eve AND Mallory", "Eve and Mallory", "Eve\tAnd Mallory", "and Eve", "Eve AND"])
def test_an_author_stays_one_to_bibtex(name: str) -> None:
    found = cited(authors=("Ada Example", name))["BibTeX"]
    assert f"  author = {{Ada Example and {{{name}}}}},\n" in found


def test_no_address_holds_what_tex_acts_on() -> None:
    assert (
        "  doi = {10.1000/%5E%5E5cinput%24},\n" in cited(authors=("Ada Example",), doi="10.1000/^^5cinput$")["BibTeX"]
    )


def test_a_doi_may_hold_any_character() -> None:
    found = cited(authors=("Ada Example",), doi="10.1000/ab_c#d%e<1>")
    address = "https://doi.org/10.1000/ab_c%23d%25e%3C1%3E"
    assert found["APA"].endswith(f" {address}")
    assert entry(found["BibTeX"])["url"] == address
    assert entry(found["BibTeX"])["doi"] == "10.1000/ab_c#d%e<1>"


def test_a_paper_without_known_authors_is_not_cited() -> None:
    assert cite_paper(paper(year=2025)) is None


def test_a_trace_and_a_study_are_cited_at_their_addresses() -> None:
    trace = a_trace(name="Tea", studies=(a_study(), a_study(name="Gate", anchor="study-the-other-gate-123456")))
    corpus, _ = link([trace], [], [], [an_addition("2026-11-20", trace)])
    found, *studies = citations_of(trace, corpus)
    assert found["APA"].endswith(f" {ADDRESS}")
    assert [one["APA"].rpartition(" ")[2] for one in studies] == [
        f"{ADDRESS}#{study.anchor}" for study in trace.studies
    ]
    for one in [found, *studies]:
        assert one["APA"].startswith("Ablation Atlas. (2026). ")
        assert "” (Version 2026.11.20) [Data set]. https://" in one["APA"]
        assert " Ablation Atlas, version 2026.11.20, 2026, https://" in one["MLA"]
        assert one["Chicago"].startswith("Ablation Atlas. “")
        assert "” Version 2026.11.20. 2026. https://" in one["Chicago"]
        assert entry(one["BibTeX"])["note"] == "Data set, version 2026.11.20"
    keys = [entry(one["BibTeX"])["ID"] for one in [found, *studies]]
    assert len(set(keys)) == 3
    assert "“Tea”" in found["APA"]
    assert "‘Tea’" in found["MLA"]


@pytest.mark.parametrize(
    "title",
    ["100% of R&D_costs #1 in $", "Sets {a, b} and a~b^c", "A back\\slash", "Ωmega “quoted” ‐ title?", "iPhone X2"],
)
def test_bibtex_comes_back_as_it_was(title: str) -> None:
    record = entry(cited(title, authors=("Ada Lovelace", "Rock and Roll"))["BibTeX"])
    assert plain(record["author"]) == "Ada Lovelace and Rock and Roll"
    assert "{Rock and Roll}" in record["author"]
    assert plain(_named(record["title"])).translate({ord("⦃"): "{", ord("⦄"): "}"}) == title


@given(texts)
def test_any_title_makes_one_whole_entry(title: str) -> None:
    trace = a_trace(name="x", studies=(a_study(ablated_part=title),))
    corpus, _ = link([trace], [], [])
    record = entry(citations_of(trace, corpus)[1]["BibTeX"])
    assert record["url"] == f"{ADDRESS}#{trace.studies[0].anchor}"
    assert set(record) == {"ENTRYTYPE", "ID", "title", "author", "howpublished", "note", "url"}


def test_the_corpus_is_cited_in_its_version() -> None:
    found = cite_corpus(Edition(SITE, "https://atlas.example/", "2026.11.20"))
    title = "Ablation Atlas: What language-model planners would ablate, paper by paper"
    assert found["APA"] == f"Ablation Atlas. (2026). {title} (Version 2026.11.20) [Data set]. https://atlas.example/"
    assert found["MLA"] == f"“{title}.” Ablation Atlas, version 2026.11.20, 2026, https://atlas.example/."
    record = entry(found["BibTeX"])
    assert (record["ID"], record["year"], plain(record["title"])) == ("atlas-2026.11.20", "2026", title)
    unrecorded = cite_corpus(Edition(SITE, "https://atlas.example/"))
    assert unrecorded["APA"] == f"Ablation Atlas. (n.d.). {title} [Data set]. https://atlas.example/"
    assert entry(unrecorded["BibTeX"])["ID"] == "atlas"


def test_a_later_addition_leaves_the_citation_of_a_trace_as_it_is() -> None:
    first, later = a_trace(name="Tea"), a_trace(name="Tea", model="o3")
    before, _ = link([first], [], [], [an_addition("2025-01-31", first)])
    additions = [*before.additions, an_addition("2026-11-20", later)]
    after, _ = link([first, later], [], [], additions)
    assert (before.version, after.version) == ("2025.01.31", "2026.11.20")
    assert before.added_in(first) == after.added_in(first) == "2025.01.31"
    assert after.added_in(later) == "2026.11.20"
    assert citations_of(first, before) == citations_of(first, after)


def test_a_traces_page_offers_the_trace_and_its_studies() -> None:
    meta = {"kind": "trace", "planner": "p", "model": "m", "name": "Tea", "paper_title": "Tea"}
    offered = citations_for(meta, [("The gate", "study-gate-123456"), ("Loss", "study-loss-abcdef")], ADDRESS, SITE)
    assert [(one["id"], one["title"]) for one in offered] == [
        ("cite", "Cite this trace"),
        ("cite-1", "Cite study 1, The gate"),
        ("cite-2", "Cite study 2, Loss"),
    ]
    assert all([style for style, _ in one["styles"]] == ["APA", "MLA", "Chicago", "BibTeX", "RIS"] for one in offered)


def test_a_trace_is_cited_as_the_work_of_whoever_ran_the_planner() -> None:
    meta = {"kind": "trace", "planner": "p", "model": "m", "name": "Tea", "paper_title": "Tea", "added": "2026.11.20"}
    sources = (Origin("Quill Runs & Sons", "https://runs.example/a"), Origin("Digests", holds=Held.SUMMARIES))
    found = {
        style: text
        for one in citations_for(meta, [], ADDRESS, replace(SITE, sources=sources))
        for style, text in one["styles"]
    }
    assert found["APA"] == (
        "Quill Runs & Sons. (2026). Ablation plan by m with p for “Tea” (Version 2026.11.20) [Data set]. "
        f"Ablation Atlas. {ADDRESS} (Original work published at https://runs.example/a)"
    )
    assert found["MLA"] == (
        "Quill Runs & Sons. “Ablation plan by m with p for ‘Tea’.” Ablation Atlas, version 2026.11.20, 2026, "
        f"{ADDRESS}. Originally published at https://runs.example/a."
    )
    record = entry(found["BibTeX"])
    assert (record["author"], record["howpublished"]) == (r"{Quill Runs \& Sons}", "Ablation Atlas")
    assert record["note"].endswith("originally published at https://runs.example/a")
    (read,) = rispy.loads(found["RIS"])
    assert (read["type_of_reference"], read["authors"], read["year"]) == ("DATA", ["Quill Runs & Sons"], "2026")
    assert (read["publisher"], read["urls"]) == ("Ablation Atlas", [ADDRESS])


def test_programs_for_references_read_the_authors_of_a_paper() -> None:
    found = cited(authors=("Ben Sample, Jr.", "The Sample Collaboration", "et al."), year=2025, doi="10.1000/ab#c")
    (read,) = rispy.loads(found["RIS"])
    assert read["authors"] == ["Sample, Ben, Jr.", "The Sample Collaboration"]
    assert (read["title"], read["year"], read["doi"]) == ("A Paper", "2025", "10.1000/ab#c")


def test_a_papers_page_offers_the_paper_if_its_authors_are_known() -> None:
    facts = {"authors": ["Ada Lovelace", "Bo Li"], "year": 2025, "venue": "ICLR 2025", "doi": "10.1000/ice"}
    found = cited(**{**facts, "authors": tuple(facts["authors"])})  # type: ignore[arg-type]
    slug = paper().slug
    meta = {"kind": "paper", "paper": slug, "title": "A Paper", **facts}
    (offered,) = citations_for(meta, [], ADDRESS, SITE)
    assert (offered["id"], offered["title"]) == ("cite", "Cite the paper")
    assert dict(offered["styles"]) == found
    assert citations_for({"kind": "paper", "paper": slug, "title": "A Paper", "authors": []}, [], ADDRESS, SITE) == []


def test_the_data_page_offers_the_corpus_and_other_pages_nothing() -> None:
    (offered,) = citations_for({"kind": "data", "version": "2026.11.20"}, [], "https://atlas.example/data/", SITE)
    found = cite_corpus(Edition(SITE, "https://atlas.example/", "2026.11.20"))
    assert offered["title"] == "Cite the corpus"
    assert dict(offered["styles"]) == found
    assert citations_for({"kind": "home"}, [], "https://atlas.example/", SITE) == citations_for({}, [], "", SITE) == []


ALIKE = [Metadata(f"{n}.yml", f"Tea {what}", ("Ada Lovelace",), 2025) for n, what in enumerate(["", "leaves", "cups"])]


def test_another_run_of_a_trace_is_cited_as_another_work() -> None:
    first, second = (a_trace(run=run, seed=f"{run}.md") for run in (1, 2))
    corpus, _ = link([first, second], [], [])
    cited = [entry(one["BibTeX"]) for trace in (first, second) for one in citations_of(trace, corpus)]
    assert len({one["ID"] for one in cited}) == len({one["title"] for one in cited}) == len(cited)


def test_papers_by_one_author_of_one_year_have_keys_of_their_own_that_no_later_paper_changes() -> None:
    """Three first words, authors and years are the same."""
    traces = [a_trace(name=metadata.title) for metadata in ALIKE]
    keys = [record["ID"] for record in entries_of(bibliography(link(traces, [], ALIKE)[0]))]
    assert len(set(keys)) == 3
    assert {key.rpartition("-")[0] for key in keys} == {"lovelace2025tea"}
    for number in range(1, 3):
        corpus, _ = link(traces[:number], [], ALIKE[:number])
        assert {record["ID"] for record in entries_of(bibliography(corpus))} <= set(keys)


def test_the_bibliography_holds_every_paper_whose_authors_are_known_as_its_page_cites_it(corpus: Corpus) -> None:
    text = bibliography(corpus)
    entries = {record["ID"]: record for record in entries_of(text)}
    cited = {paper.slug: found for paper in corpus.papers if (found := cite_paper(paper))}
    assert 1 < len(cited) == len(entries) < len(corpus.papers)
    for slug, found in cited.items():
        record = entry(found["BibTeX"])
        assert entries[record["ID"]] == record
        assert plain(_named(record["title"])) == corpus.paper_named[slug].title
        assert found["BibTeX"] in text


@given(lines, lines, lines, st.sampled_from(["{", "}", "%7B", "\\", "}{"]))
def test_no_paper_breaks_the_bibliography(title: str, author: str, venue: str, odd: str) -> None:
    odd_one = Metadata("a.yml", title, (author,), venue=venue, doi=f"10.1000/{odd}", url=f"https://x.example/{odd}")
    other = Metadata("b.yml", "Another paper", ("Ada Lovelace",), slug="another")
    corpus, _ = link([a_trace(name=title), a_trace(name="Another paper")], [], [odd_one, other])
    entries = entries_of(bibliography(corpus))
    assert "Another paper" in {record["title"] for record in entries}
    assert len(entries) == len(corpus.papers)


def test_words_that_keep_their_capital_have_one() -> None:
    assert [word for word in PROPER if not word[0].isupper()] == []
