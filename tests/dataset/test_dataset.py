"""The dataset: every format holds the same records, described by schemas, in bytes that are the same everywhere."""

import csv
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pyarrow.parquet as pq
import pytest
import yaml
from conftest import ROOT
from examples import SITE, URL, a_study, a_trace, data_files, raw_trace, schema_validator
from hypothesis import example, given
from hypothesis import strategies as st

from generator.addresses import DATA_PAGE
from generator.corpus.linking import link
from generator.dataset import dataset
from generator.dataset.records import TABLES, StudyRow, Table
from generator.dataset.rows import papers
from generator.dataset.table_formats import escape_formula
from generator.fields import RecordField, fields, keys
from generator.model import Corpus, Metadata, Study
from generator.pipeline import generate
from generator.publication import Publication
from generator.text.wording import format_bytes

WRONG: dict[type, object] = {str: 7, int: "seven", bool: "yes"}
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def records(docs: Path, table: Table) -> list[dict[str, Any]]:
    lines = (docs / "data" / f"{table.name}.jsonl").read_bytes().decode()
    found: list[dict[str, Any]] = [json.loads(line) for line in lines.removesuffix("\n").split("\n")]
    assert found, "the invented corpus has a record of every kind"
    return found


def schema(docs: Path, table: Table) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((docs / "data" / "schemas" / f"{table.name}.json").read_text("utf-8"))
    return found


@each_table
def test_every_record_is_as_its_schema_says(docs: Path, table: Table) -> None:
    assert schema(docs, table)["$id"] == f"{URL}data/schemas/{table.name}.json"
    check = schema_validator(schema(docs, table))
    for record in records(docs, table):
        check.validate(record)
        assert list(record) == [field.name for field in fields(table.record)]


@each_table
def test_a_schema_stays_as_it_was_published(docs: Path, table: Table, golden: Callable[[Path, str], None]) -> None:
    text = (docs / "data" / "schemas" / f"{table.name}.json").read_text("utf-8")
    golden(ROOT / "tests" / "golden" / "schemas" / f"{table.name}.json", text)


def test_every_field_that_a_seed_gives_a_study_is_in_the_tables_of_studies(docs: Path) -> None:
    given_by_seeds = {field.name for field in keys(Study).values()}
    header = (docs / "data" / "studies.csv").read_text("utf-8-sig").partition("\n")[0].strip().split(",")
    assert given_by_seeds <= {field.name for field in fields(StudyRow)}
    assert given_by_seeds <= set(header)


def mutations(record: dict[str, Any], shape: tuple[RecordField, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The record with one thing wrong at a time, and where."""
    for field in shape:
        value = record[field.name]
        yield f"no {field.name}", {key: record[key] for key in record if key != field.name}
        wrong = WRONG.get(field.kind, "a record")
        yield field.name, record | {field.name: [wrong] if field.many else wrong}
        if not field.optional:
            yield f"null {field.name}", record | {field.name: None}
        if field.choices:
            yield f"another {field.name}", record | {field.name: "SWAP"}
        if field.fields and value:
            inner, *others = value if field.many else [value]
            for where, changed in mutations(inner, field.fields):
                yield f"{field.name}.{where}", record | {field.name: [changed, *others] if field.many else changed}


@each_table
def test_a_schema_refuses_what_is_no_record(docs: Path, table: Table) -> None:
    check = schema_validator(schema(docs, table))
    tried: set[str] = set()
    for record in records(docs, table):
        for where, changed in mutations(record, fields(table.record)):
            tried.add(where)
            assert not check.is_valid(changed), where
    assert len(tried) > 2 * len(fields(table.record))


@each_table
def test_parquet_holds_what_the_lines_hold(docs: Path, table: Table) -> None:
    assert pq.read_table(docs / "data" / f"{table.name}.parquet").to_pylist() == records(docs, table)


def test_large_tables_are_whole_in_every_format() -> None:
    # More rows than one group of Parquet has, and lines that are longer than what is read at once.
    studies = tuple(a_study(name=f"Yarn {number}", anchor=f"study-{number:06}") for number in range(2_100))
    traces = [a_trace(model=model, reasoning="yarn\n" * 300_000, studies=studies[at:]) for at, model in enumerate("ab")]
    corpus = replace(link(traces, [], [])[0], digests={one.seed: "0" * 64 for one in traces})
    files = data_files(corpus, SITE)
    for name in ("traces", "studies"):
        lines = [json.loads(line) for line in files[f"{name}.jsonl"].splitlines()]
        assert pq.read_table(BytesIO(files[f"{name}.parquet"])).to_pylist() == lines
    names = [one.name for trace in traces for one in trace.studies]
    assert [row["name"] for row in csv.DictReader(StringIO(files["studies.csv"].decode("utf-8-sig")))] == names
    assert ZipFile(BytesIO(files[f"{SITE.slug}.zip"])).testzip() is None


def test_every_download_tells_its_size_and_checksum(corpus: Corpus) -> None:
    with TemporaryFile() as spool:
        for one in dataset(corpus, SITE, spool):
            data = b"".join(one.file.chunks())
            assert (len(data), hashlib.sha256(data).hexdigest()) == (one.file.size, one.file.sha256)


def test_braces_around_an_organisation_are_for_what_is_curated_alone() -> None:
    corpus, _ = link([a_trace(name="Looms")], [], [Metadata("x.yml", "Looms", ("{Yarn Loom}",))])
    (paper,) = papers(replace(corpus, digests=defaultdict(str)))
    assert paper["authors"] == ("Yarn Loom",)
    assert paper["curated"]
    assert paper["curated"].authors == ("{Yarn Loom}",)


def test_an_empty_table_keeps_its_columns(corpus: Corpus, docs: Path) -> None:
    without = replace(corpus, additions=())
    files = data_files(without, SITE)
    empty = pq.read_table(BytesIO(files["additions.parquet"]))
    assert (empty.num_rows, empty.schema) == (0, pq.read_table(docs / "data" / "additions.parquet").schema)


def test_the_page_leads_to_no_empty_table(docs: Path, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "one.md").write_text(raw_trace(a_trace()), "utf-8")
    generate(tmp_path / "seeds", tmp_path / "docs", SITE)
    for folder, is_listed in ((tmp_path / "docs", False), (docs, True)):
        assert ("[additions.parquet](" in (folder / DATA_PAGE).read_text("utf-8")) is is_listed
        assert (folder / "data" / "additions.parquet").is_file()


def test_every_record_names_its_raw_file(docs: Path, corpus: Corpus, corpus_folder: Path) -> None:
    named = [
        (one["seed"], one["sha256"])
        for table in TABLES
        for record in records(docs, table)
        for one in (record, *record.get("seeds", ()))
        if "seed" in one
    ]
    assert {seed for seed, _ in named} == corpus.digests.keys()
    for seed, digest in named:
        assert hashlib.sha256((corpus_folder / seed).read_bytes()).hexdigest() == digest


@each_table
def test_every_record_carries_the_canary(docs: Path, table: Table) -> None:
    assert {record["canary"] for record in records(docs, table)} == {SITE.canary}


def unguarded(cell: str) -> str:
    """As the data page says to read a cell."""
    whole = cell[1:] if re.match("'+[=+\\-@\t\r\n＝＋－＠]", cell) else cell
    return re.sub("([;\t\r\n]\"*)'('*[=+\\-@＝＋－＠])", r"\1\2", whole)


def test_the_spreadsheet_holds_every_study(docs: Path) -> None:
    data = (docs / "data" / "studies.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n"), "no cell of the invented corpus has a line break"
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))
    studies = records(docs, next(table for table in TABLES if table.name == "studies"))
    for row, study in zip(rows, studies, strict=True):
        assert {key: unguarded(cell) for key, cell in row.items()} == {
            "paper_title": study["title"],
            "study": str(study["number"]),
            "url": URL + study["url"],
            "added": study["added"] or "",
            **{key: " | ".join(study[key]) for key in ("replacements", "metrics", "metric_families")},
            **{key: study[key] for key in ("paper", "task", "planner", "model", "name", "ablated_part", "action")},
            **{key: study[key] for key in ("id", "trace", "seed", "sha256", "canary")},
        }


def test_the_spreadsheet_s_columns_begin_like_the_explorer_s(docs: Path) -> None:
    script = (ROOT / "generator/theme/assets/study-table.js").read_text("utf-8")
    columns = re.findall(r"^  (\w+): \(study", script, re.MULTILINE)
    head = (docs / "data" / "studies.csv").read_text("utf-8-sig").split("\n")[0].split(",")
    assert columns
    assert head[: len(columns)] == columns


@given(st.one_of(st.text(), st.text("'\"=+-@\t\r\n＝;a ")))
@example("a;=HYPERLINK(1)")
def test_no_cell_is_a_formula_and_every_cell_can_be_had_back(text: str) -> None:
    cell = escape_formula(text)
    assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert not re.search('[;\t\r\n]"*[=+\\-@＝＋－＠]', cell)
    assert unguarded(cell) == text


def test_the_archive_holds_every_other_file_and_nothing_of_the_machine(docs: Path, corpus: Corpus) -> None:
    files = data_files(corpus, SITE)
    with ZipFile(BytesIO(files.pop("ablation-atlas.zip"))) as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
        assert {entry.filename: archive.read(entry) for entry in entries} == {
            f"ablation-atlas/{name}": data for name, data in files.items()
        }
    assert {(entry.date_time, entry.create_system, entry.compress_type) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, ZIP_STORED)
    }
    assert {name: (docs / "data" / name).read_bytes() for name in files} == files


def test_the_card_names_a_file_for_every_table_and_is_never_taken_for_hand_written(docs: Path) -> None:
    _, head, text = (docs / "data" / "README.md").read_text("utf-8").split("---\n", 2)
    header = yaml.safe_load(head)
    for config, table in zip(header["configs"], TABLES, strict=True):
        assert config["config_name"] == table.name
        (split,) = config["data_files"]
        assert (docs / "data" / split["path"]).is_file()
    assert (header["license"], header["license_link"]) == ("other", f"{URL}data/#licence")
    assert SITE.canary in text


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (9_949, "9.9 kB"), (9_950, "10 kB"), (999_600, "1.0 MB")],
)
def test_sizes_read_like_those_of_a_file_manager(amount: int, shown: str) -> None:
    assert format_bytes(amount) == shown


def test_without_the_site_s_address_files_are_named_beside_their_description(corpus: Corpus) -> None:
    files = data_files(corpus, Publication("", ""))
    distribution = json.loads(files["croissant.json"])["distribution"]
    assert {one["contentUrl"] for one in distribution} < files.keys()
