"""Diagnostics as people and programs read them: at the right place, and with nothing of a seed but text."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import URL
from hypothesis import example, given
from hypothesis import strategies as st

from generator.corpus import load_corpus
from generator.diagnostics import Code, Diagnostic, GeneratorError, Location, sorted_unique
from generator.diagnostics.formats import format_github, format_json, format_text, summary
from generator.loading.seed_files import lines_of

ROOT = Path(__file__).parent.parent.parent
ANY = st.text(st.characters())


def a_diagnostic(path: str = "a.md", line: int = 0, column: int = 0, message: str = "wrong") -> Diagnostic:
    return Diagnostic(Code.UNKNOWN_ACTION, Location(path, line, column), message, "put it right")


def excerpt(folder: Path, text: str, line: int, column: int) -> list[str]:
    """The lines that show where a problem is, without the problem and the example."""
    path = folder / "a.md"
    path.write_bytes(text.encode())
    return format_text([a_diagnostic(str(path), line, column)], lines_of).split("\n")[1:-1]


def test_the_line_and_the_column_are_shown(tmp_path: Path) -> None:
    assert excerpt(tmp_path, "# a\n- **Action**: SWAP\n", 2, 15) == [
        "      2 | - **Action**: SWAP",
        "        |               ^",
    ]


@pytest.mark.parametrize(
    ("line", "column", "shown"),
    [
        ("折り: x", 5, "折り: x\n" + " " * 6 + "^"),
        ("🧠 x", 3, "🧠 x\n" + " " * 3 + "^"),
        ("\tx: 1", 2, "\\tx: 1\n" + " " * 2 + "^"),
        ("a\x1b[31m\u202eb", 8, "a\\x1b[31m\\u202eb\n" + " " * 15 + "^"),
        ("a\u2028b", 3, "a\\u2028b\n" + " " * 7 + "^"),
        ("", 1, "\n^"),
    ],
)
def test_what_cannot_be_seen_is_escaped_and_the_mark_stays_below(
    tmp_path: Path, line: str, column: int, shown: str
) -> None:
    assert "\n".join(row.split(" | ")[1] for row in excerpt(tmp_path, line, 1, column)) == shown


def test_a_long_line_is_cut_around_the_column(tmp_path: Path) -> None:
    source, mark = excerpt(tmp_path, "a" * 5000 + "X" + "b" * 5000, 1, 5001)
    assert len(source) < 150
    assert source[mark.index("^")] == "X"
    assert source.endswith("b…")
    assert " | …a" in source


def test_a_byte_that_is_no_utf_8_is_shown_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfna\xefve\r\n")
    shown = format_text([a_diagnostic(str(tmp_path / "a.md"), 1, 3)], lines_of).split("\n")
    assert shown[1:3] == [r"      1 | na\xefve\r", "        |   ^"]


@pytest.mark.parametrize("line", [0, 2, 9])
def test_a_line_that_is_not_there_is_not_shown(tmp_path: Path, line: int) -> None:
    assert excerpt(tmp_path, "only", line, 1) == []
    assert format_text([a_diagnostic("nowhere/at/all.md", line)], lines_of).count("\n") == 1


def test_an_example_is_shown_once_for_a_code() -> None:
    shown = format_text([a_diagnostic("a"), a_diagnostic("b", message="odd")], lines_of)
    assert shown.count(Code.UNKNOWN_ACTION.explanation.example) == 1


def test_problems_that_say_the_same_are_one_with_the_first_of_its_places_and_a_count() -> None:
    same = [a_diagnostic(f"{number:02}.md", number) for number in range(1, 31)]
    shown = format_text([*same, a_diagnostic("other.md", message="odd")], lines_of).split("\n")
    assert shown[:2] == [str(same[0]), "   also | 02.md:2"]
    assert shown[10:12] == ["        | 11.md:11", "        | … and 19 more, which `check --format json` lists"]
    assert shown[-1].startswith("other.md: error: odd; ")


def test_the_summary_counts_levels_and_files() -> None:
    warning = Diagnostic(Code.CONTINUED_LINE, Location("a.md", 3), "odd", "look")
    assert summary([a_diagnostic()], URL) == f"1 error in 1 file; each code is explained at {URL}problems/"
    assert summary([a_diagnostic()], "") == "1 error in 1 file"
    assert summary([warning, a_diagnostic(), a_diagnostic("b")], URL).startswith("2 errors and 1 warning in 2 files; ")
    assert summary([warning, warning], URL).startswith("2 warnings in 1 file; ")


def test_diagnostics_are_sorted_by_path_and_line_each_once() -> None:
    found = [("b", 1, 0), ("a", 10, 0), ("a", 9, 2), ("a", 9, 1), ("b", 1, 0)]
    places = [("a", 9, 1), ("a", 9, 2), ("a", 10, 0), ("b", 1, 0)]
    ordered = sorted_unique(a_diagnostic(*place) for place in found)
    assert [diagnostic.location for diagnostic in ordered] == [Location(*place) for place in places]


def unescaped(text: str) -> str:
    """As GitHub's runner reads the data of a command."""
    for escape, ch in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, ch)
    return text


def commands(output: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """As GitHub's runner reads a log: a command is a line that begins with two colons."""
    for line in re.split(r"\r\n|\r|\n", output):
        command = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
        assert command, line
        properties = dict(item.split("=", 1) for item in command[2].split(","))
        yield command[1], {key: unescaped(value) for key, value in properties.items()}, unescaped(command[3])


@given(ANY, ANY, st.integers(0, 9))
@example("a.md\n::add-mask::x", "x\n::stop-commands::y\r::error::z %0A::warning::", 1)
@example("a,line=9::warning::.md", "%0A::error::", 0)
def test_no_seed_brings_a_workflow_command_in(path: str, message: str, line: int) -> None:
    ((command, properties, text),) = commands(format_github([a_diagnostic(path or "x", line, message=message)], URL))
    assert command == "error"
    assert properties.get("line", "0") == str(line)
    assert set(properties) <= {"file", "line", "col", "title"}
    assert text.startswith(a_diagnostic(message=message).text)


def test_the_ten_annotations_that_github_shows_differ_in_kind_and_the_rest_is_in_the_log() -> None:
    many = [a_diagnostic(f"{number:04}.md") for number in range(1000)]
    codes = (Code.NOT_UTF_8, Code.EMPTY_PLAN, Code.ADD_WITHOUT_REPLACEMENT)
    others = [Diagnostic(code, Location("z.md"), "found", "do it") for code in codes]
    lines = format_github([*many, *others], URL).split("\n")
    shown = [line for line in lines if line.startswith(("::error ", "::warning "))]
    assert len(shown) == 11
    assert all(sum(f"[{code}]" in line for line in shown) == 1 for code in codes)
    assert lines[11].startswith("::notice title=992 more problems in the log of this step::")
    assert [line[:8] for line in lines[13:-1]] == [f"- {number:04}.m" for number in range(8, 1000)]


@given(ANY, ANY)
def test_a_diagnostic_is_one_line_of_characters_that_can_be_seen(path: str, message: str) -> None:
    assert str(a_diagnostic(path, message=message)).isprintable()


@given(ANY, ANY, st.integers(0, 9), st.integers(0, 9))
def test_json_holds_all_there_is_to_say(path: str, message: str, line: int, column: int) -> None:
    first = Location(path, 1, 1)
    diagnostic = Diagnostic(Code.DOUBLED_FIELD, Location(path, line, column), message, "keep one", first)
    (found,) = json.loads(format_json([diagnostic], URL))
    assert found == {
        "code": "doubled-field",
        "level": "error",
        "path": path,
        "line": line or None,
        "column": column or None,
        "message": message,
        "remedy": "keep one",
        "related": {"path": path, "line": 1, "column": 1},
        "example": Code.DOUBLED_FIELD.explanation.example,
        "help": f"{URL}problems/#doubled-field",
    }


def test_an_example_is_of_the_format_of_the_file(tmp_path: Path) -> None:
    study = "name: A\n  ablated_part: the gate\n  action: REPLACE\n  metrics: [accuracy]"
    head = "planner: p\nmodel: m\npaper: Knitting\ntask: reviewer"
    (tmp_path / "a.md").write_text(f"---\n{head}\nstudies:\n- {study}\n---\n\nText.\n", "utf-8")
    with pytest.raises(GeneratorError) as caught:
        load_corpus(tmp_path)
    assert [one.example for one in caught.value.diagnostics] == ["action: REPLACE\nreplacements:\n  - a fixed average"]
