"""The dataset as readers load it: each runs as a program of its own, offline, with the lines that the page shows."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from examples import SITE, URL, a_study, a_trace, raw_trace

from generator.dataset.records import TABLES
from generator.pipeline import generate

pytestmark = pytest.mark.slow
OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
NAMES = [table.name for table in TABLES]


def lines(data: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (data / f"{name}.jsonl").read_bytes().splitlines()]


@pytest.fixture
def data(docs: Path) -> Path:
    return docs / "data"


@pytest.fixture
def answer(tmp_path: Path) -> Callable[[str], Any]:
    """Runs Python code as a program of its own, in the test's folder; what it assigns to `answer`."""

    def run(code: str) -> Any:  # noqa: ANN401 -- whatever the code makes
        command = [sys.executable, "-c", f"{code}\nimport json\nprint(json.dumps(answer))"]
        environment = os.environ | OFFLINE | {"HOME": str(tmp_path), "HF_HOME": str(tmp_path / "hub")}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


PANDAS = """
import pandas
read_lines = lambda path: pandas.read_json(path, lines=True)
readers = {"parquet": pandas.read_parquet, "jsonl": read_lines, "csv": pandas.read_csv}
answer |= {suffix: list(read(f"{data}/studies.{suffix}").id) for suffix, read in readers.items()}
"""
POLARS = """
import polars
readers = {"parquet": polars.read_parquet, "jsonl": polars.read_ndjson, "csv": polars.read_csv}
answer |= {suffix: list(read(f"{data}/studies.{suffix}")["id"]) for suffix, read in readers.items()}
"""
DUCKDB = """
import duckdb
table = lambda suffix: duckdb.sql(f"SELECT id FROM '{data}/studies.{suffix}'").fetchall()
answer |= {suffix: [id for id, in table(suffix)] for suffix in ("parquet", "jsonl", "csv")}
"""
DATASETS = """
import datasets
load = lambda kind, suffix: datasets.load_dataset(kind, data_files=f"{data}/studies.{suffix}", split="train")
kinds = {"parquet": "parquet", "jsonl": "json", "csv": "csv"}
answer |= {suffix: list(load(kind, suffix)["id"]) for suffix, kind in kinds.items()}
"""
READERS = {"datasets": DATASETS, "pandas": PANDAS, "DuckDB": DUCKDB, "polars": POLARS}


@pytest.mark.parametrize("name", READERS)
def test_every_format_and_the_lines_on_the_page_load_the_studies(
    name: str, data: Path, tmp_path: Path, answer: Callable[[str], Any]
) -> None:
    page = (data / "index.md").read_text("utf-8")
    (code,) = re.findall(rf"^### {name}\n\n```\n(.*?)```$", page, re.MULTILINE | re.DOTALL)
    with ZipFile(data / "ablation-atlas.zip") as archive:
        archive.extractall(tmp_path)
    counted = code.replace(f"{URL}data/", f"{data}/") + "\nanswer = {'lines': len(studies)}"
    found = answer(f"data = {str(data)!r}\n{counted}\n{READERS[name]}")
    ids = [study["id"] for study in lines(data, "studies")]
    assert found == {"lines": len(ids), **dict.fromkeys(("parquet", "jsonl", "csv"), ids)}


def test_what_looks_like_something_else_is_text_as_the_page_has_it_read(
    tmp_path: Path, answer: Callable[[str], Any]
) -> None:
    odd = ("None", "NA", "null", "nan", "N/A", "1-2", "3/4", "0012", "1e5", "12:30", "TRUE")
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    studies = tuple(a_study(name=text, ablated_part=text, metrics=(text,), anchor="") for text in odd)
    (seeds / "a.md").write_text(raw_trace(a_trace(studies=studies)), encoding="utf-8")
    generate(seeds, tmp_path / "docs", SITE)
    page = (tmp_path / "docs" / "data" / "index.md").read_text("utf-8")
    (code,) = re.findall(r"^### studies.csv.*?```\n(.*?)```$", page, re.MULTILINE | re.DOTALL)
    cells = "studies[['name', 'ablated_part', 'metrics']].values.tolist()"
    found = answer(code.replace("studies.csv", str(tmp_path / "docs" / "data" / "studies.csv")) + f"\nanswer = {cells}")
    assert found == [[text] * 3 for text in odd]


def test_the_unpacked_archive_loads_as_a_dataset_of_the_hub(
    data: Path, tmp_path: Path, answer: Callable[[str], Any]
) -> None:
    with ZipFile(data / "ablation-atlas.zip") as archive:
        archive.extractall(tmp_path)
    code = f"import datasets; load = lambda name: datasets.load_dataset({str(tmp_path / 'ablation-atlas')!r}, name)"
    found = answer(f"{code}\nanswer = {{name: load(name)['test'].to_list() for name in {NAMES!r}}}")
    assert found == {name: lines(data, name) for name in NAMES}


CROISSANT = """
import json, mlcroissant
from pathlib import Path

def plain(value):
    if isinstance(value, dict):
        return {key.rpartition("/")[2]: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.decode() if isinstance(value, bytes) else value

described = json.loads(Path(data, "croissant.json").read_text())
broken = json.loads(json.dumps(described))
del broken["recordSet"][0]["field"][0]["dataType"]
try:
    mlcroissant.Dataset(broken)
    refused = False
except mlcroissant.ValidationError:
    refused = True
files = {one["@id"]: Path(data, one["name"]) for one in described["distribution"]}
dataset = mlcroissant.Dataset(Path(data, "croissant.json"), mapping=files)
names = [one["name"] for one in described["recordSet"]]
answer = {name: [plain(record) for record in dataset.records(name)] for name in names}
answer |= {"warnings": list(dataset.metadata.ctx.issues.warnings), "refused": refused}
"""


def test_croissant_is_valid_and_leads_to_every_record(data: Path, answer: Callable[[str], Any]) -> None:
    # Nested records of these that are null, or lie deeper than loaders reach, come out otherwise.
    exact = [name for name in NAMES if name not in {"papers", "summaries"}]
    found = answer(f"data = {str(data)!r}\n{CROISSANT}")
    assert found["warnings"] == [], "something that the specification recommends is missing"
    assert found["refused"], "a field without its type is taken"
    assert {name: found[name] for name in exact} == {name: lines(data, name) for name in exact}
    assert [one["seeds"] for one in found["papers"]] == [one["seeds"] for one in lines(data, "papers")]
    assert [one["abstract"] for one in found["summaries"]] == [one["abstract"] for one in lines(data, "summaries")]


def test_the_description_names_sizes_and_checksums_as_they_are(data: Path) -> None:
    sums = subprocess.run(
        ["sha256sum", "--check", "--ignore-missing", "--strict", "-"],  # noqa: S607 -- what the page tells readers to run
        cwd=data,
        input="".join(re.findall(r"^([0-9a-f]{64}  .*\n)", (data / "index.md").read_text("utf-8"), re.MULTILINE)),
        capture_output=True,
        text=True,
        check=True,
    )
    checked = {line.removesuffix(": OK") for line in sums.stdout.splitlines()}
    described = json.loads((data / "croissant.json").read_text("utf-8"))["distribution"]
    assert checked == {"croissant.json", "README.md", "ablation-atlas.zip", *(one["name"] for one in described)}
    page = (data / "index.md").read_text("utf-8")
    for one in described:
        assert f"{one['sha256']}  {one['name']}" in page
        assert one["contentSize"] == f"{(data / one['name']).stat().st_size} B"
