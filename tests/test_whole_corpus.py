"""What must hold of each corpus as a whole: of the invented one, and with CORPUS=… of any other."""

import re
import shutil
from pathlib import Path

import pytest
from examples import SITE, check
from structure import commonmark, published, structure
from test_round_trip import READ_BACK, contents, pages, write

from generator.importing import Import, ImportOptions, apply_import, plan_import
from generator.loading.trace_document import serialize_trace
from generator.model import Corpus
from generator.parallel import no_progress
from generator.pipeline import generate
from generator.prose import normalize_markdown

# What a trace's page says of the file it was made of, and the text that programs show of its part: there a formula
# stands as it was written, while the page has it as it was meant.
_OWN = re.compile("^(?:seed|description): .*$", re.MULTILINE)


def traces_of(docs: Path) -> dict[str, str]:
    found = sorted((docs / "traces").rglob("*.md"))
    return {str(path.relative_to(docs)): _OWN.sub("", path.read_text("utf-8")) for path in found}


def test_reasonings_are_published_as_commonmark_reads_them(corpus: Corpus) -> None:
    different = [
        trace.seed
        for trace in corpus.traces
        if structure(published(normalize_markdown(trace.reasoning))) != structure(commonmark(trace.reasoning))
    ]
    assert different == []


def test_the_tables_give_the_same_corpus_and_the_same_pages(corpus: Corpus, docs: Path, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name in READ_BACK:
        shutil.copyfile(docs / "data" / f"{name}.jsonl", seeds / f"{name}.jsonl")
    assert contents(check(seeds)[0]) == contents(corpus)
    generate(seeds, tmp_path / "docs", SITE)
    assert pages(tmp_path / "docs") == pages(docs)


def test_documents_give_the_same_corpus(corpus: Corpus, corpus_folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "traces", (serialize_trace(trace, ["Not read back: planner: x"]) for trace in corpus.traces))
    for one in corpus.papers:
        for seed in {record.seed for record in (one.metadata, one.summary) if record}:
            shutil.copyfile(corpus_folder / seed, tmp_path / Path(seed).name)
    for seed in {addition.seed for addition in corpus.additions}:
        shutil.copyfile(corpus_folder / seed, tmp_path / Path(seed).name)
    again, _ = check(tmp_path)
    assert contents(again) == contents(corpus)


@pytest.fixture(scope="module")
def raw(corpus_folder: Path, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The seeds of the traces alone, and the pages made of them."""
    seeds, docs = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("of-raw")
    for name in {trace.seed for trace in corpus.traces}:
        (seeds / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(corpus_folder / name, seeds / name)
    generate(seeds, docs, SITE)
    return seeds, docs


def test_the_pages_of_traces_give_the_same_pages(raw: tuple[Path, Path], tmp_path: Path) -> None:
    _, docs = raw
    shutil.copytree(docs / "traces", tmp_path / "seeds" / "traces")
    generate(tmp_path / "seeds", tmp_path / "docs", SITE)
    assert traces_of(tmp_path / "docs") == traces_of(docs)


def test_what_is_imported_gives_the_same_pages_and_is_nothing_new_afterwards(
    raw: tuple[Path, Path], corpus: Corpus, tmp_path: Path
) -> None:
    source, docs = raw

    def bring() -> Import:
        planned = plan_import(source, None, tmp_path / "seeds", no_progress, ImportOptions())
        apply_import(planned, tmp_path / "seeds", no_progress)
        return planned

    first, second = bring(), bring()
    number = len(corpus.traces)
    counts = [(len(one.added), len(one.unchanged), len(one.changed), len(one.refused)) for one in (first, second)]
    assert counts == [(number, 0, 0, 0), (0, number, 0, 0)]
    generate(tmp_path / "seeds", tmp_path / "docs", SITE)
    assert pages(tmp_path / "docs") == pages(docs)
