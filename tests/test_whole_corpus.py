"""What must hold of each corpus as a whole: of the invented one, and with CORPUS=… of any other."""

import json
import re
import shutil
from itertools import accumulate
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from examples import SITE, check
from structure import commonmark, published, structure
from test_round_trip import READ_BACK, contents, pages, write

from generator.addresses import EXPLORER_DATA
from generator.importing import Import, ImportOptions, apply_import, plan_import
from generator.loading.trace_document import serialize_trace
from generator.model import Corpus
from generator.parallel import no_progress
from generator.pipeline import generate
from generator.prose import normalize_markdown
from generator.text.wording import percent

# What a trace's page says of the file it was made of, and the text that programs show of its part: there a formula
# stands as it was written, while the page has it as it was meant.
_OWN = re.compile("^(?:seed|description): .*$", re.MULTILINE)


# A link to the explorer: its text, the choice, and what stands behind it, up to another link.
_TO_STUDIES = re.compile(r"\[((?:\\.|[^\]\\])*)\]\((?:\.\./)*studies/index\.md\?([^)]+)\)((?:(?!\[).)*)")
_NUMBER = re.compile(r"([\d,]+)(?: stud(?:y|ies))?")


def printed(text: str, choice: dict[str, list[str]], behind: str) -> str:
    """What a link, or its cell or the next behind it, gives as the number of its studies, or as their share."""
    if _NUMBER.fullmatch(text) and [text] not in choice.values():
        return text
    own, _, after = behind.partition(" | ")
    if found := re.search(r"([\d,]+) stud(?:y|ies)", own):
        return found[1]
    return found[0] if (found := re.match(r"[\d,]+(?: %)?(?= \|)", after)) else ""


def test_every_printed_number_of_studies_is_that_which_its_link_shows(docs: Path) -> None:
    facets = json.loads((docs / EXPLORER_DATA / "facets.json").read_text("utf-8"))
    columns = facets["columns"] | {"paper": [*accumulate(facets["columns"]["paper"])]}
    keys = facets["values"] | {"paper": facets["slugs"]}

    def shown(choice: dict[str, list[str]]) -> int:
        wanted = [({keys[facet].index(key) for key in chosen}, columns[facet]) for facet, chosen in choice.items()]
        rows = range(facets["studies"])
        return sum(
            all({*([at] if isinstance(at := column[row], int) else at)} & places for places, column in wanted)
            for row in rows
        )

    wrong, held = [], 0
    for path in docs.rglob("*.md"):
        for text, query, behind in _TO_STUDIES.findall(path.read_text("utf-8")):
            choice = parse_qs(query)
            number = printed(text, choice, behind)
            of = shown({facet: chosen for facet, chosen in choice.items() if facet != "metric"}) if "%" in number else 0
            told = percent(shown(choice), of) if of else f"{shown(choice):,}"
            held += bool(number)
            if number and number.partition(" stud")[0] != told:
                wrong.append((str(path.relative_to(docs)), text, query, number, told))
    assert wrong == []
    assert held > 80


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
    write(tmp_path / "traces", map(serialize_trace, corpus.traces))
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
    counts = [(len(one.added), one.unchanged, len(one.changed), len(one.refused)) for one in (first, second)]
    assert counts == [(number, 0, 0, 0), (0, number, 0, 0)]
    generate(tmp_path / "seeds", tmp_path / "docs", SITE)
    assert pages(tmp_path / "docs") == pages(docs)
