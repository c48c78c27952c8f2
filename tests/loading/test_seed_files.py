"""Reading seeds: bytes to text, what a text is, and what cannot be read."""

import gzip
import os
import pwd
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from examples import a_trace, cases, raw_trace, told
from hypothesis import example, given
from seed_strategies import mistaken
from strategies import texts

from generator.diagnostics import Code, Diagnostic
from generator.loading.raw_trace import parse_trace
from generator.loading.seed_files import Kind, Seed, decode, fix_mojibake, list_seeds, read_seed

BOM = b"\xef\xbb\xbf"
RAW = raw_trace(a_trace())


def read_seeds(folder: Path, limit: int = 1_000_000) -> tuple[list[Seed], list[Diagnostic]]:
    """All seeds under a folder, and what could not be read; no seed may be larger than `limit` bytes."""
    names, diagnostics = list_seeds(folder, 10 * limit)
    found = [read_seed(folder, name, limit) for name in names]
    return [seed for seed, _ in found if seed], [*diagnostics, *(diagnostic for _, diagnostic in found if diagnostic)]


def problems_of(folder: Path) -> list[str]:
    return [told(diagnostic) for diagnostic in read_seeds(folder)[1]]


def problem_of(folder: Path) -> str:
    (only,) = problems_of(folder)
    return only


@given(texts)
@example("🧠 Reasoning Trace: λ ≤ “½” – naïve")
@example("Île‑de‑France")
@example("折り紙ロボット")
@example("\x81\x8d\x8f\x90\x9d")
def test_whole_file_mojibake_is_undone_exactly(clean: str) -> None:
    assert fix_mojibake(mistaken(clean)) == clean
    assert fix_mojibake(clean.encode().decode("latin-1")) == clean


@pytest.mark.parametrize(
    "clean",
    cases("seed_files", "clean_text_is_left_alone"),
)
def test_clean_text_is_left_alone(clean: str) -> None:
    assert fix_mojibake(clean) == clean


def test_a_text_that_is_mojibake_in_part_is_left_alone() -> None:
    mixed = mistaken("λ") + " and λ"
    assert fix_mojibake(mixed) == mixed


@pytest.mark.parametrize(
    "data",
    [
        RAW.encode(),
        mistaken(RAW).encode(),
        BOM + RAW.encode(),
        mistaken("\ufeff" + RAW).encode(),
        BOM + mistaken(RAW).encode(),
        RAW.replace("\n", "\r\n").encode(),
        BOM + RAW.replace("\n", "\r\n").encode(),
        RAW.replace("\n", "\r").encode(),
        mistaken(RAW.replace("\n", "\r\n")).encode(),
    ],
    ids=["clean", "slip", "bom", "bom through slip", "bom before slip", "crlf", "bom crlf", "cr", "slip crlf"],
)
def test_one_text_comes_out_however_an_editor_saved_it(data: bytes) -> None:
    assert decode(data) == RAW


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(RAW.encode(), mtime=0),
        b"PK\x05\x06" + bytes(18),
        b"PK\x03\x04\xff\0" + 9 * RAW.encode(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0",
    ],
    ids=["gzip", "empty zip", "zip without compression", "ole", "png"],
)
def test_what_is_no_text_is_told_as_such(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.md").write_bytes(data)
    said = "binary data, expected text; move it out of the seeds' folder, or export it as text"
    assert problem_of(tmp_path) == f"a.md: {said}"


@pytest.mark.parametrize("codec", ["windows-1252", "gb18030", "shift_jis"])
def test_text_of_an_older_encoding_gets_no_remedy_for_another_one(tmp_path: Path, codec: str) -> None:
    (tmp_path / "a.md").write_bytes((RAW.replace("🧠 ", "").replace("📋 ", "") + "×").encode(codec))
    ((diagnostic,),) = read_seeds(tmp_path)[1:]
    assert diagnostic.code is Code.NOT_UTF_8
    assert diagnostic.example == "iconv -f ENCODING -t UTF-8 old.md > new.md"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told_as_such(tmp_path: Path, codec: str) -> None:
    (tmp_path / "a.md").write_bytes(RAW.encode(codec))
    named = codec.upper().replace("-LE", "LE").replace("-BE", "BE")
    assert problem_of(tmp_path) == f"a.md: {named}, expected UTF-8; save the file as UTF-8"


@pytest.mark.parametrize(
    "name", ["a.md", "b.txt", "c", "d e (1).markdown", "deep/er/f.md", "g.yml", "readme_of_a_paper.md"]
)
def test_a_trace_is_a_trace_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(RAW, encoding="utf-8")
    (seed,), diagnostics = read_seeds(tmp_path)
    assert (seed.path, seed.kind, seed.text, diagnostics) == (name, Kind.TRACE, RAW, [])


def test_kinds_are_told_by_content(tmp_path: Path) -> None:
    (tmp_path / "1.md").write_text("AI Quick Summary\nRobots knit.\nAbstract\nThey do.\n", encoding="utf-8")
    (tmp_path / "2.md").write_text("title: Knitting with Robots\n", encoding="utf-8")
    (tmp_path / "3.txt").write_text(RAW.replace("🧠 ", ""), encoding="utf-8")
    (tmp_path / "4").write_text("# the first\nadded: 2025-01-31\n", encoding="utf-8")
    (tmp_path / "5.yml").write_text("title: Added\ntraces: []\n", encoding="utf-8")
    (tmp_path / "6.yml").write_text("aded: 2025-01-31\ntraces:\n  - a/b/c\n", encoding="utf-8")
    seeds, diagnostics = read_seeds(tmp_path)
    kinds = [Kind.SUMMARY, Kind.METADATA, Kind.TRACE, Kind.ADDITION, Kind.METADATA, Kind.ADDITION]
    assert [seed.kind for seed in seeds] == kinds
    assert diagnostics == []


def test_hidden_files_readmes_and_what_programs_leave_behind_are_no_seeds(tmp_path: Path) -> None:
    left_behind = ("a.md~", "#a.md#", "~$a.docx", "Thumbs.db", "deep/desktop.ini")
    for name in (".DS_Store", ".git/HEAD", "README.md", "deep/readme.txt", "README", *left_behind):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff no seed")
    (tmp_path / "a.md").write_text(RAW, encoding="utf-8")
    seeds, diagnostics = read_seeds(tmp_path)
    assert [seed.path for seed in seeds] == ["a.md"]
    assert diagnostics == []


def test_seeds_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    names = ["b/x.md", "a.md", "B.md", "b.md", "ä.md", "a/z.md"]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(RAW, encoding="utf-8")
    assert [seed.path for seed in read_seeds(tmp_path)[0]] == sorted(names)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's right to read everything, which machines for tests often give."""
    own = os.geteuid()
    if own == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(own)


def test_a_folder_that_cannot_be_read_is_a_problem() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "a.md").write_text(RAW, encoding="utf-8")
        (folder / "closed").mkdir(mode=0)
        with as_nobody():
            found = problem_of(folder)
    assert found == "closed: cannot be read (Permission denied); see to its permissions"


@pytest.mark.skipif(sys.platform == "win32", reason="no file there has such a name")
def test_a_file_name_with_a_control_character_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a\x01.md").write_text(RAW, encoding="utf-8")
    assert problem_of(tmp_path) == "a\\x01.md: control character U+0001 in the file's name; rename it"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep file names as Unicode")
def test_a_file_name_that_is_not_utf_8_is_a_problem(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/Schr\xf6dinger.md")).write_text(RAW, encoding="utf-8")
    assert problem_of(tmp_path) == f"Schr\\udcf6dinger.md: {Code.FILE_NAME_NOT_UTF_8.message}"


def test_the_corpus_is_read_whole(corpus_folder: Path) -> None:
    seeds, diagnostics = read_seeds(corpus_folder)
    assert diagnostics == []
    assert [sum(seed.kind is kind for seed in seeds) for kind in Kind] == [40, 0, 0, 0, 4, 3, 2, 0, 0]
    assert all(parse_trace(seed.path, seed.text)[0] for seed in seeds if seed.kind is Kind.TRACE)


def test_the_fixtures_kept_their_bytes(corpus_folder: Path) -> None:
    """A checkout or an editor that tidies them would take the point out of these tests."""
    files = [path.read_bytes() for path in corpus_folder.rglob("*") if path.is_file()]
    assert sum(data.startswith(BOM) for data in files) == 2
    assert sum(b"\r\n" in data for data in files) == 2
    assert sum("ðŸ§".encode() in data for data in files) == 2
    assert sum(data.endswith(b"</div>") for data in files) == 39
    assert sum(not data.endswith(b"\n\n</div>") for data in files if data.endswith(b"</div>")) == 3
    assert sum(b"$\text{" in data for data in files) == 1
