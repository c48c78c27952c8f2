"""`import` of bibliographies: whatever form a table has, the corpus' papers get the facts in it, and no others."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
import yaml
from conftest import FIXTURES
from examples import a_trace, check, raw_trace
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from generator.__main__ import main
from generator.corpus.linking import link
from generator.importing.bibliographies.matching import Certainty, Index
from generator.importing.bibliographies.published import plain
from generator.model import Metadata, Task

TABLES = FIXTURES / "bibliographies" / "tables"
EVEN = "EvenYarn: Memory-Efficient Knitting by Low-Rank Stitch Projection"
# What is left of it in a heading.
SHOWN = EVEN.replace("-", " ")
PURL = "Purling by Learning to Pull Loops"


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of three papers: two by their titles, one by its repository's name, whose title a trace quotes."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "seeds"
    folder.mkdir()
    traces = [
        a_trace(name=re.sub(r"\W", "_", EVEN)),
        a_trace(name="3D_Registration_of_Teacups_with_Maximal_Cliques"),
        a_trace(name="purl", task=Task.AUTHOR, reasoning=f'The paper "{PURL}" purls.'),
    ]
    for number, trace in enumerate(traces):
        (folder / f"{number}.md").write_text(raw_trace(trace), "utf-8")
    return folder


def bring(table: Path | str, *options: str) -> int:
    return main(["import", str(table), "--seeds", "seeds", *options])


def curated(seeds: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((seeds / "papers").glob("*"))}


def authors(seeds: Path) -> str:
    """Those of the one paper that is curated, if any is."""
    stored = (yaml.safe_load(text).get("authors", ()) for text in curated(seeds).values())
    return "|".join(next(stored, ()))


def put(name: str, text: str) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")
    return name


@pytest.mark.parametrize("table", sorted(TABLES.iterdir()), ids=lambda table: table.name)
def test_every_form_of_table_is_read(
    table: Path, seeds: Path, golden: Callable[[Path, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    status = bring(table)
    said = capsys.readouterr()
    stored = "".join(f"=== {name}\n{text}" for name, text in curated(seeds).items())
    text = (
        f"{said.err.replace(str(TABLES), 'tables')}{said.out.replace(str(TABLES), 'tables')}status {status}\n{stored}"
    )
    dated = re.sub(r"(?<=imported: ')[0-9-]+", "2026-11-27", text)
    golden(FIXTURES / "bibliographies" / "expected" / f"{table.name}.txt", dated)
    before = curated(seeds)
    assert bring(table, "--update") == status
    assert curated(seeds) == before
    check(seeds)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"A B and \O stby, C and \v{Z}ek, S and \L{}ukasz E and \'{E}lie", "A B|C Østby|S Žek|Łukasz E|Élie"),
        ("A.~B. Example and Ben~Sample\\thanks{Loom Lane}", "A. B. Example|Ben Sample"),
        (
            "{Yarn Loom} and {Loom Team, Yarn} and {Loomers} and {Loom Group}",
            "{Yarn Loom}|{Loom Team, Yarn}|Loomers|Loom Group",
        ),
        (r"{\"O}mer {\c{C}}elik$^{1}$", "Ömer Çelik"),
        ("Ada Example, Ben Sample, Cleo Instance", "Ada Example|Ben Sample|Cleo Instance"),
        ("Sample, Jr., Ben and ", "Ben Sample Jr."),
        ("family=Sample, given=Ben, prefix=van and family=Example, given=Ada", "Ben van Sample|Ada Example"),
        ("Ada Example and others", "Ada Example|et al."),
    ],
)
def test_authors_of_bibtex_come_out_as_written(written: str, read: str, seeds: Path) -> None:
    assert bring(put("a.bib", f"@misc{{x, title = {{{EVEN}}}, author = {{{written}}}}}\n")) == 0
    assert authors(seeds) == read


@pytest.mark.parametrize(
    ("written", "fact"),
    [
        (r"doi = {10.1000/loom\_24}", "doi: 10.1000/loom_24"),
        (r"url = {http://e.example/~a\_b}", "url: http://e.example/~a_b"),
        (r"url = {\url{https://e.example/a_b}}", "url: https://e.example/a_b"),
        (r"note = {See \href{https://e.example/a\_b}{there}}", "url: https://e.example/a_b"),
        (r"note = {\url{https://github.com/loom/yarn}.}", "code: https://github.com/loom/yarn"),
        ("journal = {arXiv preprint arXiv:2101.01234}", "arxiv: '2101.01234'"),
        ("journal = {CoRR}, volume = {abs/2101.01234}", "arxiv: '2101.01234'"),
        ('booktitle = loom # " Workshop"', "venue: Loom Conf Workshop"),
        (r"booktitle = {Knitting & \"Ather~5%}", "venue: Knitting & Äther 5%"),
    ],
)
def test_what_latex_escapes_is_read_as_it_is_printed(written: str, fact: str, seeds: Path) -> None:
    table = put("a.bib", f'@string{{loom = "Loom Conf"}}\n@misc{{x, title = {{{EVEN}}}, {written}}}\n')
    assert bring(table) == 0
    assert f"\n{fact}\n" in "".join(curated(seeds).values())


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("['Ada Example', \"Bo O'Sample\"]", "Ada Example|Bo O'Sample"),
        ("['Ada Example' 'Ben Sample']", "Ada Example|Ben Sample"),
        ('["Ada Example", "Ben Sample"]', "Ada Example|Ben Sample"),
        ('[{"id": null, "name": "Ada Example"}]', "Ada Example"),
        ("Example, Ada; Sample, Ben", "Ada Example|Ben Sample"),
        ("nan", ""),
        ("None", ""),
        ("N/A", ""),
    ],
)
def test_cells_are_read_as_programs_write_them(cell: str, read: str, seeds: Path) -> None:
    with Path("a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Title", "Author(s)", "Year", "Venue"], [EVEN, cell, "2025", "nan"]])
    assert bring("a.csv") == 0
    assert authors(seeds) == read
    assert "venue" not in "".join(curated(seeds).values())


@pytest.mark.parametrize("table", ["sep=;\ntitle;authors\n{};Example, Ada\n", 'title, authors\n{}, "Example, Ada"\n'])
def test_a_table_is_read_as_excel_and_people_write_it(table: str, seeds: Path) -> None:
    assert bring(put("a.csv", table.format(EVEN))) == 0
    assert authors(seeds) == "Ada Example"


@pytest.mark.parametrize(
    ("person", "read"),
    [
        ({"family": "Sample", "given": "Ben", "non-dropping-particle": "van"}, "Ben van Sample"),
        ({"family": "Sample", "given": "Ben", "suffix": "Jr."}, "Ben Sample Jr."),
        ({"literal": "Yarn Loom"}, "{Yarn Loom}"),
        (["Sample", "Ben", "Jr."], "Ben Sample Jr."),
    ],
)
def test_no_part_of_a_name_is_lost(person: object, read: str, seeds: Path) -> None:
    assert bring(put("a.json", json.dumps([{"title": EVEN, "author": [person]}]))) == 0
    assert authors(seeds) == read


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.json", '[{"title": "Loom",}]', "a.json:1:1"),
        ("a.json", '[{"title": "Loom"', "a.json:1:18: error: broken JSON: Expecting ',' delimiter"),
        (
            "a.json",
            '[{"title": "NaN",\n"year": NaN}]',
            "a.json:2:9: error: broken JSON: NaN, which JSON does not have;",
        ),
        ("a.yml", "- title: Loom: a Study\n", "a.yml:1:14: error: broken YAML: a second colon"),
        ("a.yml", "- title: Loom\n\tyear: 2020\n", "a.yml:2:1: error: broken YAML: a tab"),
        (
            "a.yml",
            "- title: Loom\n  authors: [Ada\n  year: 2020\n",
            "a.yml:2:12: error: broken YAML: a list in brackets",
        ),
        ("a.bib", "<!DOCTYPE html>\n", "a.bib: error: no record of bibtex here;"),
        ("a.yml", "# none yet\n", "a.yml: error: no record of yaml here;"),
        ("a.bib", "", "a.bib: error: no record of bibtex here;"),
        ("a.ris", "TY - JOUR\nTI - Loom\nER -\n", "a.ris: error: no record of ris here;"),
        (
            "a.ris",
            "\nTY  - JOUR\nTI  - Loom\n",
            "a.ris:2: error: a record that cannot be read: no line `ER  - ` at its end;",
        ),
        ("a.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "a.csv: error: a Git LFS pointer"),
        ("a.csv", "title,Title ,year\nLoom,Yarn,2025\n", "a.csv:1: error: several columns are called 'title',"),
    ],
)
@pytest.mark.usefixtures("seeds")
def test_what_cannot_be_read_is_told_with_its_place(
    name: str, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(put(name, text)) == 1
    assert told in capsys.readouterr().err


def test_broken_json_is_told_before_seeds_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may hold traces as well, which may be the first."""
    monkeypatch.chdir(tmp_path)
    assert bring(put("a.json", '[{"planner": "lm-planner", "model": ')) == 1
    assert capsys.readouterr().err.startswith("a.json:1:")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_may_begin_with_a_mark_of_its_encoding(encoding: str, seeds: Path) -> None:
    Path("a.json").write_text(json.dumps([{"title": EVEN, "authors": ["Åsa Example"]}], ensure_ascii=False), encoding)
    assert bring("a.json") == 0
    assert authors(seeds) == "Åsa Example"


def test_the_made_pairs_are_told_apart() -> None:
    """Precision at least 99.5 %, recall at least 95 %, of 300 pairs of a title and what somebody wrote."""
    rows = list(csv.DictReader((FIXTURES / "bibliographies" / "pairs.csv").read_text("utf-8").splitlines()))
    titles = list(dict.fromkeys(row["title"] for row in rows))
    metadata = [Metadata(f"{number}.yml", title) for number, title in enumerate(titles)]
    corpus, _ = link([a_trace(name=title) for title in titles], [], metadata)
    index, title_of = Index(corpus.papers), {paper.slug: paper.title for paper in corpus.papers}
    right = wrong = 0
    for row in rows:
        match = index.match([plain(row["spelled"])], [])
        found = {title_of[slug] for slug in match.slugs} if match and match.certainty < Certainty.DOUBT else set()
        if len(found) == 1:
            right += row["same"] == "yes" and found == {row["title"]}
            wrong += row["same"] == "no" or found != {row["title"]}
    assert len(rows) == 300
    assert right >= 0.995 * (right + wrong)
    assert right >= 0.95 * sum(row["same"] == "yes" for row in rows)


_values = st.recursive(
    st.none() | st.integers() | st.text(max_size=9) | st.sampled_from(["http://[", "\\foo{$", "Doe, J."]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "name", "url"]), inner),
    max_leaves=5,
)
_KEYS = [
    "authors",
    "year",
    "venue",
    "decision",
    "arxiv",
    "doi",
    "forum",
    "url",
    "pdf",
    "content",
    "versions",
    "aliases",
]


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(_KEYS), _values, max_size=6))
@settings(max_examples=50)
def test_whatever_a_record_holds_is_stored_or_refused_and_a_second_import_changes_nothing(
    record: dict[str, object],
) -> None:
    with TemporaryDirectory() as folder:
        seeds, table = Path(folder, "seeds"), Path(folder, "table.json")
        put(str(seeds / "a.md"), raw_trace(a_trace()))
        put(str(table), json.dumps([{"title": "Knitting with Robots", **record}]))
        assert main(["import", str(table), "--seeds", str(seeds)]) in {0, 1}
        stored = curated(seeds)
        assert main(["import", str(table), "--seeds", str(seeds), "--update"]) in {0, 1}
        assert curated(seeds) == stored
        check(seeds)


def test_what_a_person_wrote_stays_and_is_added_to_below(seeds: Path) -> None:
    own = f"# checked by hand\ntitle: '{EVEN}'   # as printed\nauthors: [Ann Example]\nyear: 2031"
    put("seeds/papers/even.yml", own)
    table = put("one.jsonl", f'{{"title": "{EVEN}", "authors": ["Ann Example"], "year": 2025, "venue": "Looms"}}')
    assert bring(table, "--update") == 0
    text = curated(seeds)["even.yml"]
    assert text.startswith(f"{own}\nvenue: Looms\nsources:\n")
    assert "one.jsonl" in text


def test_what_was_imported_changes_with_update_only_and_keeps_its_place(
    seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = put("a.jsonl", f'{{"title": "{EVEN}", "year": 2024, "venue": "Looms"}}')
    second = put("b.jsonl", f'{{"title": "{EVEN}", "year": 2025, "venue": "LOOMS"}}')
    assert bring(first) == 0
    before = curated(seeds)
    assert bring(second) == 0
    said = capsys.readouterr().out
    assert re.search(r"for want of --update:\n  \S+\.yml: year: 2024 -> 2025\n", said)
    assert curated(seeds) == before
    assert bring(second, "--update", "--dry-run") == 0
    assert curated(seeds) == before
    assert bring(second, "--update") == 0
    corpus, _ = check(seeds)
    (paper,) = (paper for paper in corpus.papers if paper.metadata)
    assert {fact.name: (*fact.values, fact.origin.partition(",")[0]) for fact in paper.facts} == {
        "year": ("2025", "b.jsonl"),
        "venue": ("Looms", "a.jsonl"),
    }


@pytest.mark.parametrize(
    ("records", "told"),
    [
        # Two papers of one title.
        (
            f"- {{title: '{EVEN}', authors: [Ada One]}}\n- {{title: '{EVEN}', authors: [Ben Two]}}",
            ["list.yml (record 1): ", "list.yml (record 2): "],
        ),
        (f"- {{title: '{EVEN}', link: 'https://a.example'}}\n- {{title: '{EVEN}', link: 'https://b.example'}}", []),
        # The beginning of two titles, and no more than the name of a method.
        ("- title: 'EvenYarn'\n  year: 2025", [f"EvenYarn: is it {SHOWN}"]),
        # Another paper's number.
        ("- {title: Purling by Learning to Pull Loops, arxiv: 2401.01234}", ["Loops: is it ", " or "]),
    ],
)
def test_what_is_ambiguous_is_told_and_left_alone(
    records: str, told: list[str], seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put("seeds/papers/cups.yml", "title: 3D Registration of Teacups with Maximal Cliques\narxiv: '2401.01234'\n")
    before = curated(seeds)
    assert bring(put("list.yml", records)) == 0
    said = capsys.readouterr().out
    assert "ambiguous, left alone:\n" in said
    assert [one for one in told if one not in said] == []
    assert curated(seeds) == before


def test_what_a_person_curated_wins_and_is_told(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("seeds/papers/even.yml", f"title: '{EVEN}'\nauthors: [Cleo Three]\n")
    before = curated(seeds)
    assert bring(put("one.jsonl", f'{{"title": "{EVEN}", "authors": ["Ada One"], "doi": "10.1/a"}}'), "--update") == 0
    said = capsys.readouterr().out
    assert "curated by hand, and kept:\n" in said
    assert "even.yml: authors: Cleo Three, not Ada One\n" in said
    assert "\n1 matched, 0 with new facts, " in said
    assert curated(seeds) == before


@pytest.mark.usefixtures("seeds")
def test_papers_without_a_match_are_listed_to_work_through(capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(put("list.yml", f"- title: {PURL}\n- title: Something Else\n")) == 0
    said = capsys.readouterr().out
    lost = ("3D Registration of Teacups with Maximal Cliques", SHOWN)
    assert f"without a match, and nothing is known of them:\n  {lost[0]}\n  {lost[1]}\n" in said
    assert said.endswith(" 0 ambiguous, 1 record skipped; 2 of the corpus without a match\n")


def test_a_curated_file_in_another_style_is_left_to_its_author(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("seeds/papers/even.yml", f"# by hand\n{{title: '{EVEN}'}}\n")
    before = curated(seeds)
    assert bring(put("one.jsonl", f'{{"title": "{EVEN}", "year": 2025}}')) == 1
    assert "seeds/papers/even.yml: error: facts that the file cannot take: year: 2025; " in capsys.readouterr().err
    assert curated(seeds) == before


def test_a_row_of_another_length_is_told_and_the_others_are_read(
    seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A title with a comma that nobody put into quotes would be cut there, and its end be taken for the next column."""
    assert bring(put("a.csv", f'Title,Year\nGates, and More,2024\n"Cut "off",2024\n"{EVEN}",2025\n')) == 1
    told = capsys.readouterr().err
    assert "a.csv:2: error: 3 columns parted by ',', expected 2" in told
    assert "a.csv:3: error: quotes that do not match" in told
    assert len(curated(seeds)) == 1


def test_a_table_in_parquet_is_unpacked_up_to_what_all_seeds_may_hold(
    seeds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_SEEDS_MB", "20")
    rows = [{"title": EVEN, "year": 2025, "abstract": ""}, *[{"title": "Other", "abstract": "x" * 100_000}] * 1_000]
    parquet.write_table(pa.Table.from_pylist(rows), "bomb.parquet", compression="zstd", row_group_size=100)
    assert bring(Path("bomb.parquet")) == 1
    assert "bomb.parquet: error: unpacks to more than 20.0 MB; " in capsys.readouterr().err
    assert len(curated(seeds)) == 1


def test_a_folder_of_tables_is_one_bibliography(seeds: Path) -> None:
    put("tables/a.csv", f'Title,Year\n"{EVEN}",2025\n')
    put("tables/b.bib", f"@misc{{x, title = {{{PURL}}}, author = {{Example, Ada}}}}\n")
    assert bring("tables") == 0
    assert len(curated(seeds)) == 2
