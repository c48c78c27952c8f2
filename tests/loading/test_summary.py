"""Summaries: invented pages under `fixtures/summaries`, each beside what must be read from it, and the real seed."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from itertools import product
from pathlib import Path

import pytest
from conftest import FIXTURES, ROOT
from examples import cases
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Diagnostic, Level, Location, errors
from generator.loading.json_lines import read_record
from generator.loading.summary import parse_summary
from generator.loading.summary_outline import is_summary
from generator.model import Citation, RelatedPaper, Section, Summary

SUMMARIES = FIXTURES / "summaries"
SEEDS = ROOT / "seeds" / "summaries"
UNIP = SEEDS / "unip-rethinking-pre-trained-attention-patterns-for-infrared-semantic-segmentation.txt"
EMPTY = asdict(Summary("", ""))
FULL = (SUMMARIES / "full.txt").read_text(encoding="utf-8")


def parsed(text: str) -> tuple[Summary, list[Diagnostic]]:
    summary, diagnostics = parse_summary("s.txt", text)
    assert summary is not None, diagnostics
    return summary, diagnostics


def read(text: str) -> Summary:
    summary, diagnostics = parsed(text)
    assert diagnostics == []
    return summary


def titled(*lines: str) -> str:
    return "\n".join(("A Paper on Moss", *lines))


@pytest.mark.parametrize("page", sorted(SUMMARIES.glob("*.*[!n]")), ids=lambda page: page.stem)
def test_a_page_is_read_as_its_golden_file_says(page: Path, golden: Callable[[Path, str], None]) -> None:
    text = page.read_text(encoding="utf-8")
    assert is_summary(text)
    summary, diagnostics = parse_summary(page.name, text)
    values = {name: value for name, value in asdict(summary).items() if value != EMPTY[name]} if summary else {}
    found = {"summary": values, "problems": [str(diagnostic) for diagnostic in diagnostics]}
    golden(page.with_suffix(".json"), json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def test_the_real_seed_is_read_without_a_problem() -> None:
    summary = read(UNIP.read_text(encoding="utf-8"))
    assert summary.title == "UNIP: Rethinking Pre-trained Attention Patterns for Infrared Semantic Segmentation"
    assert summary.authors == ("Chunhong Pan", "Jinyong Wen", "Kun Ding", "others")
    assert (summary.year, summary.arxiv, summary.categories) == (2025, "2502.02257", ("cs.CV",))
    assert len(summary.answers) == 5
    assert not any("→" in answer.answer for answer in summary.answers)
    assert len(summary.findings) == 7
    assert [len(section.text.split("\n")) for section in summary.findings] == [1, 4, 1, 1, 1, 2, 2]
    assert [paper.title.split(":")[0] for paper in summary.related][:2] == ["SegNeXt", "MaskDiffusion"]
    assert "up to 13.5% in average" in summary.abstract[0]
    assert summary.generated == "Jun 12, 2025"
    assert summary.others == ()


def test_a_summary_is_told_by_its_headings() -> None:
    assert is_summary(FULL)
    assert is_summary(UNIP.read_text(encoding="utf-8"))
    assert not is_summary("# lm-planner/gpt-4o/Moss\nAbstract\nAbstract\n")
    assert not is_summary("# lm-planner/gpt-4o/Moss\n\n## Reasoning\n\nMoss.\n\n## Summary\n\nMoss grows.\n")
    assert not is_summary("```markdown\n# Moss\n\n## Summary\n\nMoss grows.\n```\n")
    assert not is_summary("---\ntitle: Moss\n---\ntitle: Lichen\n")
    assert not is_summary("An abstract and the similar papers of a text are words in a line of it.")


class TestTitle:
    def test_is_the_citations_joined_over_line_breaks(self) -> None:
        assert read(FULL).title == "LARCH: Learning Lattice Regularisers for Counting Moss in Drone Imagery"

    @pytest.mark.parametrize(
        ("citation", "title"),
        cases("summary", "is_found_in_every_style"),
    )
    def test_is_found_in_every_style(self, citation: str, title: str) -> None:
        summary, _ = parsed(f"Abstract\nMoss grows.\nHow to Cite This Paper\n{citation}\nPDF Preview")
        assert summary.title == title
        assert summary.others == ()

    def test_styles_are_told_apart_without_a_line_between_them(self) -> None:
        bibtex, apa = "@misc{a, title={M}}", "B, C. (2024). M. arXiv. https://arxiv.org/abs/2401.00001"
        mla = 'B, Cy. "M." arXiv, 2024, arxiv.org/abs/2401.00001.'
        summary, _ = parsed(f"How to Cite This Paper\n{apa}\n{bibtex}\n{mla}")
        assert summary.citation == Citation(bibtex, apa, mla)

    def test_is_the_questions_where_nothing_is_cited(self) -> None:
        assert read('Quick Answers\nWhat is "Moss "A" to Z" about?\nMoss.').title == 'Moss "A" to Z'

    def test_is_the_first_line_where_nobody_asks(self) -> None:
        assert read(titled("Publication", "Source: ArXiv", "Abstract", "Moss grows.")).title == "A Paper on Moss"

    def test_is_taken_whole_whatever_words_it_holds(self) -> None:
        title = "The Position Paper: Moss Grows"
        assert read(f"# {title}\n\n## Summary\n\nIt does.").title == title

    @pytest.mark.parametrize("lead", ["# Paper Summary", "# Introduction", "# ArxivLens", "| Moss |\n|---|"])
    def test_is_not_the_name_of_a_site_or_of_what_follows(self, lead: str) -> None:
        assert parse_summary("s.md", f"{lead}\n\n## Abstract\n\nMoss grows.")[0] is None

    def test_missing_is_an_error_that_says_what_to_add(self) -> None:
        summary, diagnostics = parse_summary("s.txt", "Abstract\nMoss grows.\n")
        assert summary is None
        assert [diagnostic.location for diagnostic in diagnostics] == [Location("s.txt", 1)]
        assert "no title found" in str(diagnostics[0])
        assert "title: …" in diagnostics[0].remedy

    def test_that_differs_from_the_questions_is_a_warning_at_the_question(self) -> None:
        text = FULL.replace('What is "LARCH', 'What is "FINCH')
        summary, diagnostics = parsed(text)
        assert summary.title.startswith("LARCH")
        assert [(diagnostic.level, diagnostic.location.line) for diagnostic in diagnostics] == [(Level.WARNING, 4)]


class TestClaims:
    def test_names_are_turned_and_kept_in_the_citations_order(self) -> None:
        bibtex = "@misc{a, title={M}, author={Quill, Jr, Ada and van der Meer, Cas and Plato}}"
        assert parsed(f"How to Cite This Paper\n{bibtex}")[0].authors == ("Ada Quill Jr", "Cas van der Meer", "Plato")

    def test_the_leading_blocks_authors_are_preferred_for_they_are_complete(self) -> None:
        text = "LARCH: Learning Lattice Regularisers for Counting Moss in Drone Imagery\nAda Quill and Bo Li\n" + FULL
        assert read(text).authors == ("Ada Quill", "Bo Li")

    @pytest.mark.parametrize(
        ("line", "arxiv"),
        [
            ("eprint = {cs/0112017},", "cs/0112017"),
            ("journal = {arXiv preprint arXiv:2401.00001},", "2401.00001"),
            ("url = {https://arxiv.org/abs/2401.00001v3},", "2401.00001"),
            ("eprint = {unknown},", ""),
        ],
    )
    def test_the_arxiv_id_is_found(self, line: str, arxiv: str) -> None:
        assert parsed(f"How to Cite This Paper\n@misc{{a,\ntitle = {{M}},\n{line}\n}}")[0].arxiv == arxiv

    def test_the_year_falls_back_on_the_date_of_publication(self) -> None:
        assert read(titled("Published: 4 February 2023", "Abstract", "Moss.")).year == 2023


class TestFacts:
    @pytest.mark.parametrize(
        "lines",
        [
            ("Publication", "Published: Feb 4, 2024", "Categories: cs.SD, eess.AS", "Source: ArXiv", "View PDF"),
            ("PublicationPublished: Feb 4, 2024Categories: cs.SD eess.AS | Source: ArXiv",),
            ("Published", "Feb 4, 2024", "Categories:", "cs.SD; eess.AS", "source", "ArXiv"),
            ("Paper Details", "Source: ArXiv", "Categories: cs.SD,eess.AS", "Published: Feb 4, 2024"),
        ],
    )
    def test_are_read_however_they_are_broken_into_lines(self, lines: tuple[str, ...]) -> None:
        summary = read(titled(*lines, "Abstract", "Moss grows."))
        assert (summary.published, summary.categories, summary.source) == ("Feb 4, 2024", ("cs.SD", "eess.AS"), "ArXiv")

    def test_that_contradict_are_kept_with_a_warning(self) -> None:
        summary, diagnostics = parsed(
            titled("Source: ArXiv", "Abstract", "Moss.", "Paper Details", "Source: Elsewhere")
        )
        assert summary.source == "ArXiv"
        assert summary.others == (Section("Paper Details", "", "Source: Elsewhere"),)
        assert [diagnostic.location.line for diagnostic in diagnostics] == [6]

    def test_a_title_with_a_colon_is_no_fact(self) -> None:
        assert read("Open Source: A Moss Survey\nAbstract\nMoss.").title == "Open Source: A Moss Survey"


class TestSections:
    def test_come_in_any_order(self) -> None:
        starts = ("Quick Answers", "Abstract", "AI Key Findings", "How to Cite", "Similar Papers")
        pieces, rest = [], FULL
        for start in starts:
            head, rest = rest[: rest.index(f"\n{start}")], rest[rest.index(f"\n{start}") + 1 :]
            pieces.append(head)
        assert asdict(read("\n".join([rest, *reversed(pieces)]))) == asdict(read(FULL))

    def test_unknown_ones_are_kept_with_a_warning_at_their_heading(self) -> None:
        summary, diagnostics = parsed(
            titled("Abstract", "Moss grows.", "Code and Data", "All of it is free.", "- moss")
        )
        assert summary.abstract == ("Moss grows.",)
        assert summary.others == (Section("Code and Data", "", "All of it is free.\n- moss"),)
        assert [(diagnostic.level, diagnostic.location.line) for diagnostic in diagnostics] == [(Level.WARNING, 4)]

    def test_a_misspelt_heading_is_named_with_the_right_one(self) -> None:
        _, diagnostics = parsed(titled("Abstract", "Moss grows.", "Simlar Papers", "Found 0 papers"))
        assert [diagnostic.hint for diagnostic in diagnostics] == ["did you mean 'Similar Papers'?"]

    def test_a_short_paragraph_is_no_heading(self) -> None:
        assert read(titled("AI Quick Summary", "Moss", "Abstract", "On moss", "and lichens")).abstract == (
            "On moss",
            "and lichens",
        )

    def test_a_second_one_is_kept_with_a_warning(self) -> None:
        summary, diagnostics = parsed(titled("Abstract", "Moss grows.", "Abstract", "Moss rests."))
        assert summary.abstract == ("Moss grows.",)
        assert summary.others == (Section("Abstract", "", "Moss rests."),)
        assert [diagnostic.location.line for diagnostic in diagnostics] == [4]

    def test_findings_are_read_without_their_own_heading_and_without_questions(self) -> None:
        summary = read(titled("Abstract", "Moss grows.", "Novelty – What is new?", "All.", "Limitations", "- none"))
        assert summary.findings == (
            Section("Novelty", "What is new?", "All."),
            Section("Limitations", "", "- none"),
        )

    def test_prose_that_starts_like_a_finding_stays_prose(self) -> None:
        assert read(titled("Abstract", "Limitations: moss is slow.")).abstract == ("Limitations: moss is slow.",)

    def test_comments_of_visitors_are_kept_with_a_warning(self) -> None:
        summary, diagnostics = parsed(titled("Abstract", "Moss grows.", "Comments (1)", "Nice."))
        assert summary.others == (Section("Comments (1)", "", "Nice."),)
        assert [diagnostic.location.line for diagnostic in diagnostics] == [5]

    def test_a_page_that_says_nothing_is_a_warning(self) -> None:
        _, diagnostics = parsed(titled("Abstract", "PDF Preview"))
        assert [diagnostic.level for diagnostic in diagnostics] == [Level.WARNING]


class TestAnswers:
    def test_the_link_to_the_section_is_dropped_and_only_it(self) -> None:
        summary = read(titled("Quick Answers", "Why?", "More in depth → more moss. More in Key Results →", "So there."))
        assert [answer.answer for answer in summary.answers] == ["More in depth → more moss.\nSo there."]

    def test_orphans_are_kept_with_a_warning(self) -> None:
        summary, diagnostics = parsed(titled("Quick Answers", "No one asked.", "Why moss?", "How much?", "A lot."))
        assert [answer.question for answer in summary.answers] == ["How much?"]
        assert summary.others[0].text == "No one asked.\nWhy moss?"
        assert [diagnostic.location.line for diagnostic in diagnostics] == [3]


class TestSimilarPapers:
    @pytest.mark.parametrize("glued", ["Found 1 papersMoss at Sea", "Found 1 papers\n\nMoss at Sea"])
    def test_the_first_may_be_glued_to_the_count(self, glued: str) -> None:
        summary = read(titled("Abstract", "Moss.", "Similar Papers", glued, "Jo Falk et al."))
        assert summary.related == (RelatedPaper("Moss at Sea", "Jo Falk et al."),)

    def test_fewer_than_announced_are_a_warning(self) -> None:
        summary, diagnostics = parsed(
            titled("Abstract", "Moss.", "Similar Papers", "Found 2 papersMoss at Sea", "Jo Falk")
        )
        assert len(summary.related) == 1
        assert "expected 2" in diagnostics[0].message

    def test_an_absurd_count_is_text(self) -> None:
        assert (
            parsed(titled("Similar Papers", f"Found {'9' * 5000} papers", "Jo Falk"))[0].related[0].authors == "Jo Falk"
        )

    def test_rows_and_another_section_after_them_are_kept_as_text(self) -> None:
        prose = "This text was made by a machine, and nobody has read it yet."
        lines = ("Found 1 papersMoss at Sea", "Jo Falk", "Disclaimer", prose, "| Moss | Falk | 2024 | View |")
        summary, diagnostics = parsed(titled("Abstract", "Moss.", "Similar Papers", *lines))
        assert summary.related == (RelatedPaper("Moss at Sea", "Jo Falk"),)
        assert summary.others[0].text.split("\n") == ["Disclaimer", prose, lines[-1]]
        assert len(diagnostics) == 1


def test_only_escapes_outside_maths_are_read_in_the_abstract() -> None:
    summary = read(titled("AI Quick Summary", r"5\%", "Abstract", r"A\_b: 5\% of $x\_1 \% \$$ \& \$7, \alpha $"))
    assert summary.abstract == (r"A_b: 5% of $x\_1 \% \$$ & $7, \alpha $",)
    assert summary.overview == r"5\%"


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_is_an_error(text: str) -> None:
    assert parse_summary("s.txt", text)[0] is None
    assert "no title found" in errors(parse_summary("s.txt", text)[1])[0].message


HEADINGS = cases("summary", "headings")
SHAPES = cases("summary", "shapes")


def lost_words(shapes: Iterable[str]) -> list[str]:
    words: list[str] = []
    lines = ["On Moss"]
    for shape in shapes:
        fresh = [f"W{len(words) + index}q" for index in range(shape.replace("{{", "").count("{}"))]
        words += fresh
        lines.append(shape.format(*fresh))
    kept = json.dumps(asdict(parsed("\n".join(lines))[0]))
    return [word for word in words if word not in kept]


@pytest.mark.parametrize("heading", HEADINGS)
def test_no_word_is_lost_whatever_stands_under_a_heading(heading: str) -> None:
    assert [shapes for shapes in product(SHAPES, SHAPES) if lost_words((heading, *shapes))] == []


@pytest.mark.parametrize("mark", ["", "## "])
@given(st.lists(st.sampled_from(HEADINGS + SHAPES * 2), max_size=40))
def test_no_word_is_lost_from_a_whole_page(mark: str, shapes: list[str]) -> None:
    assert lost_words(f"{mark}{shape}" if shape in HEADINGS else shape for shape in shapes) == []


@pytest.mark.parametrize("mark", ["", "## "])
@given(
    st.lists(
        st.sampled_from(HEADINGS)
        | st.tuples(st.sampled_from(SHAPES), st.text(" \xa0\x85`*<>{},;|\\-aB1\u2028", max_size=5)).map(
            lambda drawn: drawn[0].replace("{}", drawn[1])
        ),
        max_size=20,
    )
)
def test_what_is_read_of_a_page_is_read_back_from_its_record(mark: str, lines: list[str]) -> None:
    page = "\n".join(f"{mark}{line}" if line in HEADINGS else line for line in lines)
    summary, _ = parse_summary("s", page)
    if summary:
        assert read_record(Location("s", 1), json.dumps(asdict(summary))) == (summary, [])


@given(st.text() | st.lists(st.sampled_from(HEADINGS) | st.text()).map("\n".join))
def test_any_text_is_read_or_refused_with_problems_on_its_lines(text: str) -> None:
    summary, diagnostics = parse_summary("s.txt", text)
    assert (summary is None) == bool(errors(diagnostics))
    assert all(0 <= diagnostic.location.line <= text.count("\n") + 1 for diagnostic in diagnostics)
