"""Seeds to docs/ as one: all of it or nothing, the second time nothing new."""

import shutil
from pathlib import Path

import pytest
from examples import SITE, a_trace, raw_trace

from generator.corpus import load_corpus
from generator.corpus.similarity import similar_papers
from generator.diagnostics import GeneratorError
from generator.docs_folder import Changes
from generator.pipeline import generate, write_papers


def tree(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Path -> bytes, inode and time of change."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns)
        for path in paths
    }


@pytest.fixture
def seeds(tmp_path: Path, corpus_folder: Path) -> Path:
    """A copy of the corpus to change."""
    return Path(shutil.copytree(corpus_folder, tmp_path / "seeds"))


@pytest.fixture
def docs(tmp_path: Path, docs: Path) -> Path:
    """The pages of that copy, beside a hand-written one."""
    folder = Path(shutil.copytree(docs, tmp_path / "docs"))
    (folder / "about.md").write_text("# About\n", encoding="utf-8")
    return folder


def test_a_second_run_touches_nothing(seeds: Path, docs: Path) -> None:
    before = tree(docs)
    report = generate(seeds, docs, SITE)
    assert report.changes == Changes((), ())
    assert tree(docs) == before


def test_the_report_counts_what_happened(seeds: Path, tmp_path: Path) -> None:
    report = generate(seeds, tmp_path / "new", SITE)
    written = tree(tmp_path / "new")
    others = {"data/README.md", "agreement.md", "licences.md"}
    assert report.pages == sum(name.endswith(".md") and name not in others for name in written)
    assert (len(report.changes.write), report.changes.delete) == (len(written.keys() - {".generated"}), ())
    assert len(load_corpus(seeds).corpus.traces) == 40


def test_a_changed_seed_changes_the_pages_that_show_it(seeds: Path, docs: Path) -> None:
    before = tree(docs)
    path = seeds / "lm-planner/gpt-4o/brewnet.md"
    path.write_text(path.read_text(encoding="utf-8").replace("IBU error", "IBU distance"), encoding="utf-8")
    generate(seeds, docs, SITE)
    after = tree(docs)
    assert "traces/lm-planner/gpt-4o/brewnet.md" in {name for name in after if after[name] != before[name]}
    untouched = [name for name in after if "tideformer" in name and name.startswith("traces/")]
    assert len(untouched) == 11
    assert all(after[name] == before[name] for name in untouched)


def test_a_removed_seed_takes_its_pages_along(seeds: Path, docs: Path) -> None:
    (seeds / "lm-planner/gpt-4o/brewnet.md").unlink()
    assert len(generate(seeds, docs, SITE).changes.delete) == 2
    assert not (docs / "papers/brewnet.md").exists()
    assert not (docs / "traces/lm-planner/gpt-4o/brewnet.md").exists()
    assert (docs / "about.md").read_text(encoding="utf-8") == "# About\n"


def legible(docs: Path) -> dict[str, bytes]:
    """All files but those that compress what others hold, or hold its checksums."""
    files = {name: content for name, (content, _, _) in tree(docs).items() if not name.endswith((".parquet", ".zip"))}
    return {name: files[name] for name in files.keys() - {"data/croissant.json", "data/index.md"}}


def test_a_seeds_name_and_folder_do_not_matter(seeds: Path, docs: Path) -> None:
    before = legible(docs)
    (seeds / "moved").mkdir()
    (seeds / "lm-planner/gpt-4o/brewnet.md").rename(seeds / "moved/x.txt")
    generate(seeds, docs, SITE)
    after = {
        name: text.replace(b"moved/x.txt", b"lm-planner/gpt-4o/brewnet.md") for name, text in legible(docs).items()
    }
    assert after == before


def test_with_one_error_nothing_is_written_or_deleted(seeds: Path, docs: Path) -> None:
    before = tree(docs)
    (seeds / "lm-planner/gpt-4o/brewnet.md").unlink()
    (seeds / "new.md").write_text(raw_trace(a_trace()), encoding="utf-8")
    (seeds / "broken.md").write_text(raw_trace(a_trace(model="o3-mini")).replace("REMOVE", "SWAP"), encoding="utf-8")
    with pytest.raises(GeneratorError, match="unknown action 'SWAP'"):
        generate(seeds, docs, SITE)
    assert tree(docs) == before


def test_a_page_in_the_way_stops_everything(seeds: Path, docs: Path) -> None:
    (seeds / "new.md").write_text(raw_trace(a_trace()), encoding="utf-8")
    mine = docs / "papers/knitting-with-robots.md"
    mine.write_text("# Mine\n", encoding="utf-8")
    before = tree(docs)
    with pytest.raises(GeneratorError) as caught:
        generate(seeds, docs, SITE)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.location.path == str(mine)
    assert tree(docs) == before


def test_an_empty_folder_prunes_nothing(tmp_path: Path, docs: Path) -> None:
    before = tree(docs)
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "missing"):
        with pytest.raises(GeneratorError, match=r"no such folder|no seed found"):
            generate(tmp_path / folder, docs, SITE)
    assert tree(docs) == before


def test_the_corpus_has_the_expected_warnings(corpus_folder: Path) -> None:
    warnings = load_corpus(corpus_folder).warnings
    assert [(Path(warning.location.path).name, warning.message.split("'")[0].strip()) for warning in warnings] == [
        ("solar.md", "unbalanced bracket in the metrics"),
        ("solar.md", "ADD without a replacement"),
        ("glacier.txt", "unknown section"),
    ]


def test_an_edited_seeds_papers_are_brought_up_to_date_alone(seeds: Path, docs: Path) -> None:
    """What a preview does at once is a part of what a whole run does."""
    before, path = load_corpus(seeds), seeds / "lm-planner/gpt-4o/brewnet.md"
    path.write_text(path.read_text(encoding="utf-8").replace("IBU error", "IBU distance"), encoding="utf-8")
    after = load_corpus(seeds, previous=before)
    edited = [paper for paper in after.corpus.papers if paper is not before.corpus.paper_named.get(paper.slug)]
    assert [paper.slug for paper in edited] == ["brewnet"]
    changes = write_papers(after, edited, similar_papers(after.corpus), docs)
    assert changes == Changes(("papers/brewnet.md", "traces/lm-planner/gpt-4o/brewnet.md"), ())
    whole = generate(seeds, docs, SITE).changes
    assert whole.delete == ()
    assert not {*whole.write} & {*changes.write}
    assert "metrics/index.md" in whole.write
