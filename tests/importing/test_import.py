"""`import`: what is brought in from each kind of source, what is refused and why; nothing is lost or overwritten."""

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from conftest import FIXTURES
from examples import a_study, a_trace, cases, check, raw_trace
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import json as arrow_json
from pyarrow import parquet
from strategies import lines, traces
from test_round_trip import unplaced

from generator.__main__ import main
from generator.diagnostics import Code
from generator.importing.benchmark.dataset_rows import read_titles
from generator.loading.trace_document import document_path, serialize_trace
from generator.model import Corpus, Trace

RUNS = FIXTURES / "runs"
RUN = ["--planner", "lm-planner", "--model", "gpt-4o", "--task", "reviewer"]
STUDIES = [
    {"name": "Gate", "ablated_part": "the gate", "action": "REMOVE", "metrics": ["F1"]},
    {"name": "Loss", "ablated_part": "the loss", "action": "REPLACE", "replacements": ["none"], "metrics": ["F1"]},
]
ROW = {"planner": "p", "model": "m", "task": "author", "name": "Moss", "reasoning": "Why.", "studies": STUDIES}
KNITTING = "traces/lm-planner/gpt-4o/knitting-with-robots.md"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, where `page` is a source and `seeds` do not exist yet."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page").mkdir()
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def bring(source: Path | str, *options: str) -> int:
    return main(["import", str(source), "--seeds", "seeds", *options])


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_runs_folder_is_imported_whole(
    here: Path, golden: Callable[[Path, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """A log without discussion, studies in another file, dicts, broken lines: each taken or refused, and reported."""
    shutil.copytree(RUNS / "weaving", here / "run")
    assert bring("run", *RUN, "--titles", str(RUNS / "titles.csv")) == 1
    output = capsys.readouterr()
    stored = [f"=== {name}\n{data.decode()}" for name, data in sorted(files(here / "seeds").items())]
    golden(RUNS / "expected.txt", f"{output.err}\n{output.out}\n{''.join(stored)}")
    for code in (
        Code.MISSING_DISCUSSION,
        Code.BORROWED_PLAN,
        Code.UNLISTED_PLAN,
        Code.UNTITLED_PAPER,
        Code.UNUSED_KEY,
        Code.FAILED_CALL,
    ):
        assert f": {code.level}: {code.message} [{code}]\n" in output.err
    assert bring("run", *RUN, "--titles", str(RUNS / "titles.csv")) == 1
    assert last_line(capsys) == "0 added, 6 unchanged, 0 changed, 8 refused"


def test_a_run_of_an_agent_is_imported_step_by_step(
    here: Path, golden: Callable[[Path, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """What it thought, did and saw; its title, tokens and cost; and one that ended without a plan."""
    shutil.copytree(RUNS / "agent", here / "run")
    put(here / "titles.csv", "id,title\nknitting,Knitting: A Survey\n")
    agent = ["--planner", "agent-planner", "--model", "gpt-4o", "--task", "author", "--titles", "titles.csv"]
    assert bring("run", *agent) == 1
    output = capsys.readouterr()
    stored = [f"=== {name}\n{data.decode()}" for name, data in sorted(files(here / "seeds").items())]
    golden(RUNS / "agent.txt", f"{output.err}\n{output.out}\n{''.join(stored)}")
    corpus, _ = check(here / "seeds")
    assert [(paper.title, paper.title_source) for paper in corpus.papers] == [("Knitting: A Survey", "given")]


def test_what_an_agent_left_is_a_run_without_the_benchmarks_own_files(here: Path) -> None:
    shutil.copytree(RUNS / "agent", here / "run")
    for name in ("plans.json", "preds.json", "knitting.jsonl"):
        (here / "run" / name).unlink()
    bring("run", "--planner", "agent-planner", "--model", "gpt-4o", "--task", "author")
    assert list(files(here / "seeds")) == ["traces/agent-planner/gpt-4o/knitting.md"]


def test_a_run_without_its_list_is_imported_with_a_warning(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(RUNS / "agent" / "knitting", here / "run" / "knitting")
    assert bring("run", *RUN) == 0
    assert "run/plans.json: warning: no plans.json, which lists the plans; check" in capsys.readouterr().err


def test_the_lines_of_an_agents_list_are_no_plan(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(RUNS / "agent" / "knitting", here / "run" / "knitting")
    patch = json.dumps({"name": "Gate", "ablated_part": "the gate", "action": "REMOVE", "metrics": ["F1"]})
    put(here / "run" / "all_preds.jsonl", json.dumps({"instance_id": "knitting", "model_patch": patch}))
    assert bring("run", *RUN) == 0
    assert "those in all_preds.jsonl were taken" in capsys.readouterr().err
    assert [trace.studies[0].name for trace in check(here / "seeds")[0].traces] == ["Gate"]


def test_of_an_agents_run_the_trajectory_is_missed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "run" / "preds.json", json.dumps({"knitting": {"model_patch": "{}"}}))
    assert bring("run", *RUN) == 1
    said = capsys.readouterr().err
    assert said.startswith("run/knitting/knitting.traj: error: no trajectory for the plan, so the reasoning is not")


def test_a_file_that_is_missing_is_no_matter_of_permissions(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "page" / "a.md").symlink_to(here / "page" / "nowhere.md")
    put(here / "run" / "plans.json", "{}")
    assert bring("page") == 1
    assert bring("run", *RUN, "--titles", "titles.csv") == 1
    said = capsys.readouterr().err
    assert said.count(f"error: {Code.UNREADABLE_FILE.message} [unreadable-file]") == 2
    assert "permission" not in said
    assert "chmod" not in said


def test_an_example_is_of_what_is_wrong(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a trace in JSON and in YAML, and of a file that only claims to be Parquet."""
    put(here / "page" / "a.json", json.dumps(ROW | {"studies": [STUDIES[0] | {"action": "SWAP"}]}))
    put(here / "page" / "b.md", serialize_trace(a_trace()).replace("REMOVE", "SWOP"))
    put(here / "page" / "c.parquet", "PAR")
    assert bring("page") == 1
    _, in_json, in_yaml, of_parquet = capsys.readouterr().err.split("   e.g. | ")
    assert re.match(r'\{"planner": .*"action": "REPLACE", "replacements": \[', in_json)
    assert re.match(r"planner: (.*\n)+ +\| +action: REPLACE\n", in_yaml)
    assert of_parquet.startswith("c.parquet begins and ends with PAR1\n")


@pytest.mark.parametrize("encoding", ["gb18030", "shift_jis", "windows-1252", "utf-16-le"])
def test_no_encoding_is_guessed_unless_it_is_certain(
    encoding: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "é" if encoding == "windows-1252" else "知識"
    (here / "a.md").write_bytes(f"{'Knitting. ' * 9}{text}".encode(encoding))
    assert bring("a.md") == 1
    advised = re.search("iconv -f ([A-Z0-9-]+) ", capsys.readouterr().err)
    assert advised
    assert advised[1] == ("UTF-16LE" if encoding == "utf-16-le" else "ENCODING")


def test_binary_data_is_called_so(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pa.ipc.new_file(here / "a.arrow", pa.schema([("id", pa.int64())])) as file:
        file.write_table(pa.table({"id": [1, 2]}))
    assert bring("a.arrow") == 1
    assert "a.arrow: error: binary data, " in capsys.readouterr().err


LS = {"cmd": "ls"}
OPENAI = [
    {"role": "system", "content": "You plan."},
    {"role": "user", "content": "The paper."},
    {
        "role": "assistant",
        "content": "We look.",
        "tool_calls": [{"function": {"name": "bash", "arguments": json.dumps(LS)}}],
    },
    {"role": "tool", "content": "\x1b[32ma.md\x1b[0m\r\n\x07"},
    {"role": "assistant", "content": "Done."},
]
INSPECT = [
    {"role": "user", "content": [{"type": "text", "text": "The paper."}]},
    {
        "role": "assistant",
        "content": [{"type": "reasoning", "reasoning": "We look."}],
        "tool_calls": [{"id": "1", "function": "bash", "arguments": LS, "type": "function"}],
    },
    {"role": "tool", "tool_call_id": "1", "function": "bash", "content": [{"type": "text", "text": "a.md"}]},
    {"role": "assistant", "content": [{"type": "text", "text": "Done."}]},
]
ANTHROPIC = [
    {"role": "user", "content": "The paper."},
    {
        "role": "assistant",
        "content": [{"type": "text", "text": "We look."}, {"type": "tool_use", "id": "1", "name": "bash", "input": LS}],
    },
    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "1", "content": "a.md"}]},
    {"role": "assistant", "content": "Done."},
]


@pytest.mark.parametrize("messages", [OPENAI, INSPECT, ANTHROPIC, json.dumps(OPENAI)])
@pytest.mark.parametrize("name", ["chat.json", "chats.jsonl"])
def test_the_transcript_of_a_chat_becomes_a_reasoning(messages: object, name: str, here: Path) -> None:
    row: dict[str, object] = {key: value for key, value in ROW.items() if key not in {"reasoning", "name"}}
    row |= {"messages": messages, "cost": 0.5, "paper": "moss", "title": "Moss: A Survey"}
    put(here / name, json.dumps(row))
    assert bring(name) == 0
    corpus, _ = check(here / "seeds")
    (trace,) = corpus.traces
    assert (
        trace.reasoning == "### Step 1\n\nWe look.\n\n```bash\nls\n```\n\n```output\na.md\n```\n\n### Step 2\n\nDone."
    )
    assert (trace.name, trace.given_title, trace.cost) == ("moss", "Moss: A Survey", 0.5)


CHAT = {key: value for key, value in ROW.items() if key not in {"reasoning", "name"}} | {"paper": "moss"}


def test_a_transcript_may_hold_its_reasoning_as_text(here: Path) -> None:
    put(here / "chat.json", json.dumps(CHAT | {"reasoning": "Why."}))
    assert bring("chat.json") == 0
    assert [trace.reasoning for trace in check(here / "seeds")[0].traces] == ["Why."]


@pytest.mark.parametrize("key", ["planner", "model", "task", "paper", "messages", "studies"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_key_that_a_transcript_lacks_is_named(
    key: str, indent: int | None, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = CHAT | {"messages": [{"role": "assistant", "content": "Gate."}]}
    row[f"{key} of mine"] = row.pop(key)
    put(here / "chat.json", json.dumps(row, indent=indent))
    assert bring("chat.json") == 1
    said = capsys.readouterr().err
    assert re.match(rf"chat.json(:1| \(row 1\)): error: a trace without '{key}'", said)
    assert "[missing-key]" in said
    assert '"studies"' in said.partition("e.g.")[2]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[{"planner": "p", "messages": [}]', "1:32"),
        ('[\n  {"planner": "p"},\n  {"planner": }\n]', "3:15"),
        ('{"planner": "p", "messages": [],}', "1:33"),
        ('{"planner": "p", "messages": [{"role": ', "1:40"),
        ("{'planner': 'p'}", "1:2"),
    ],
)
@pytest.mark.parametrize("source", ["page", "page/chat.json"])
def test_broken_json_is_told_with_its_place_and_cause(
    text: str, place: str, source: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(here / "page" / "chat.json", text)
    put(here / "page" / "settings.json", '{"comments": "are", // none\n}')
    assert bring(source) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"page/chat.json:{place}: error: broken JSON: ")
    assert "settings" not in said


def test_what_is_not_understood_of_a_transcript_refuses_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "chat.json", json.dumps(CHAT | {"messages": [{"role": ["assistant"], "content": "Gate."}]}))
    assert bring("chat.json") == 1
    message = Code.UNKNOWN_SPEAKER.message.replace("message 3 is said by 'narrator'", "message 1 is said by nobody")
    assert f"chat.json:1: error: {message} [unknown-speaker]" in capsys.readouterr().err


def test_messages_nested_without_end_are_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = '{"content": [' * 400 + "]}" * 400
    row = json.dumps(CHAT | {"messages": [{"role": "assistant", "content": "CONTENT"}]})
    put(here / "chat.json", row.replace('"CONTENT"', content))
    assert bring("chat.json") == 1
    assert "chat.json:1: error: messages nested too deep" in capsys.readouterr().err


def test_what_is_private_is_reported_or_replaced(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secrets = "AKIA" + "KNITTING" * 2, "/home/ada", "ada@knitting.example"
    held = a_trace(reasoning="I saw {}, and {}.".format(*secrets), studies=(a_study(metrics=(secrets[2],)),))
    put(here / "page" / "a.md", raw_trace(held))
    assert bring("page", "--dry-run") == 0
    said = capsys.readouterr().err
    kinds = (
        "key of AWS, AKIAKN…, in the reasoning",
        "home folder, /home/…, in the",
        "mail address, ada@kn…, in study 1",
    )
    assert all(f"page/a.md:7: warning: what seems a {kind}" in said for kind in kinds)
    assert bring("page", "--redact") == 0
    assert "private-text" not in capsys.readouterr().err
    (text,) = files(here / "seeds").values()
    assert "I saw [key of AWS], and [home folder]." in text.decode()
    assert "'[mail address]'" in text.decode()
    assert not any(secret in text.decode() for secret in secrets)


def test_several_runs_live_side_by_side(here: Path) -> None:
    shutil.copytree(RUNS / "agent", here / "run")
    agent = ["--planner", "agent-planner", "--model", "gpt-4o", "--task", "author"]
    bring("run", *agent)
    bring("run", *agent, "--run", "2")
    corpus, _ = check(here / "seeds")
    first = "agent-planner/gpt-4o/knitting"
    assert [trace.id for trace in corpus.traces] == [first, f"{first}-run-2"]


def test_an_imported_page_is_the_same_corpus(
    here: Path, corpus_folder: Path, corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    number = len(corpus.traces)
    assert bring(corpus_folder) == 0
    assert last_line(capsys) == f"{number} added, 0 unchanged, 0 changed, 0 refused"
    again, _ = check(here / "seeds")
    assert list(map(unplaced, again.traces)) == list(map(unplaced, corpus.traces))
    assert bring(corpus_folder) == 0
    assert last_line(capsys) == f"0 added, {number} unchanged, 0 changed, 0 refused"


def _as_parquet(folder: Path, lines_of_traces: Path) -> None:
    folder.mkdir()
    parquet.write_table(arrow_json.read_json(lines_of_traces), folder / "test-00000-of-00001.parquet")


def test_an_export_and_a_dataset_are_the_same_corpus(
    here: Path, docs: Path, corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    _as_parquet(here / "dataset", docs / "data" / "traces.jsonl")
    assert bring(docs / "data") == 0
    assert last_line(capsys) == f"{len(corpus.traces)} added, 0 unchanged, 0 changed, 0 refused"
    assert bring("dataset") == 0
    assert last_line(capsys) == f"0 added, {len(corpus.traces)} unchanged, 0 changed, 0 refused"
    assert bring(docs / "data" / "traces.jsonl") == 0
    again, _ = check(here / "seeds")
    assert list(map(unplaced, again.traces)) == list(map(unplaced, corpus.traces))


def test_a_row_of_parquet_is_named_by_its_number(here: Path, docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in (docs / "data" / "traces.jsonl").read_text("utf-8").splitlines()]
    rows[2]["reasoning"] = ""
    put(here / "traces.jsonl", "\n".join(map(json.dumps, rows)))
    _as_parquet(here / "dataset", here / "traces.jsonl")
    assert bring("dataset") == 1
    where = "dataset/test-00000-of-00001.parquet (row 3)"
    assert f"{where}: error: the reasoning is empty" in capsys.readouterr().err


def test_a_table_told_twice_is_read_once(here: Path, docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(docs / "data", here / "both")
    assert (here / "both" / "traces.parquet").is_file()
    assert bring("both") == 0
    assert last_line(capsys).endswith(" 0 refused")


@pytest.mark.slow
@given(st.lists(traces(), min_size=1, max_size=3, unique_by=lambda trace: trace.id))
@settings(max_examples=40)
def test_what_is_imported_is_unchanged_ever_after(found: list[Trace]) -> None:
    with TemporaryDirectory() as folder:
        page, seeds = Path(folder, "page"), Path(folder, "seeds")
        for number, trace in enumerate(found):
            put(page / f"{number}.md", raw_trace(trace))
        first = main(["import", str(page), "--seeds", str(seeds)])
        kept = files(seeds)
        assert main(["import", str(page), "--seeds", str(seeds), "--update"]) == first
        assert files(seeds) == kept
        # What is refused would not go together with the rest, such as planners named alike.
        assert len(kept) == len(found) or first == 1


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_studies = st.fixed_dictionaries(
    {"name": lines, "ablated_part": lines, "action": st.sampled_from(["REPLACE", "Action.REMOVE", "add"])},
    optional={"replacement": _anything, "metrics": _anything, "other": _anything},
)


@pytest.mark.slow
@given(st.lists(_studies, min_size=1, max_size=3), st.text(max_size=40))
@settings(max_examples=60)
def test_whatever_a_model_wrote_is_stored_or_refused(studies: list[dict[str, object]], discussion: str) -> None:
    with TemporaryDirectory() as folder:
        run, seeds = Path(folder, "run"), Path(folder, "seeds")
        completion = {"choices": [{"message": {"content": f"<discussion>{discussion}</discussion>"}}]}
        put(run / "plans.json", "{}")
        put(run / "x.json.log", json.dumps(completion))
        put(run / "x.jsonl", "\n".join(map(json.dumps, studies)))
        assert main(["import", str(run), "--seeds", str(seeds), *RUN]) in {0, 1}
        stored = files(seeds)
        assert main(["import", str(run), "--seeds", str(seeds), *RUN, "--update"]) in {0, 1}
        assert files(seeds) == stored
        if stored:
            check(seeds)


def test_a_dry_run_writes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "page" / "a.md", raw_trace(a_trace()))
    assert bring("page", "--dry-run") == 0
    said = capsys.readouterr().out
    assert said.startswith("a dry run, nothing was written\nadded:\n  seeds/traces/lm-planner/gpt-4o/")
    assert not (here / "seeds").exists()


def test_a_changed_trace_waits_for_update_and_keeps_its_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "seeds" / "runs" / "old.md", raw_trace(a_trace()))
    changed = a_trace(reasoning="Another thought.", studies=(a_study(name="Tension"), a_study(name="Wool")))
    put(here / "page" / "a.md", raw_trace(changed))
    before = files(here / "seeds")
    assert bring("page") == 0
    assert "  seeds/runs/old.md: reasoning, 2 studies instead of 1, study 1\n" in capsys.readouterr().out
    assert files(here / "seeds") == before
    assert bring("page", "--update") == 0
    assert last_line(capsys) == "0 added, 0 unchanged, 1 changed, 0 refused"
    assert files(here / "seeds") == {"runs/old.md": serialize_trace(changed).encode()}


def test_a_single_file_may_have_any_name(here: Path) -> None:
    put(here / "issue 12", raw_trace(a_trace()))
    put(here / "rows", json.dumps({"planner": "p"}))
    assert bring("issue 12") == 0
    assert list(files(here / "seeds")) == [KNITTING]


def test_the_home_folder_may_be_a_tilde(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(here))
    put(here / "page" / "a.md", raw_trace(a_trace()))
    shutil.copytree(RUNS / "agent" / "knitting", here / "run" / "knitting")
    put(here / "titles.csv", "id,title\nknitting,Knitting: A Survey\n")
    assert bring("~/page") == 0
    assert bring("~/run", *RUN, "--titles=~/titles.csv") == 0
    assert main(["init", "~/mine", "--name", "Mine", "--runs=~/page"]) == 0
    assert (here / "mine" / "seeds" / KNITTING).is_file()


def test_a_paper_called_readme_is_stored_where_it_is_read(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "page" / "a.md", raw_trace(a_trace(name="README")))
    assert bring("page") == 0
    assert bring("page") == 0
    assert last_line(capsys) == "0 added, 1 unchanged, 0 changed, 0 refused"


def test_the_rest_is_imported_where_one_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "page" / "a.md", raw_trace(a_trace()))
    put(here / "page" / "b.md", raw_trace(a_trace(name="Purling")).replace("REMOVE", "SWAP"))
    assert bring("page") == 1
    output = capsys.readouterr()
    assert "page/b.md:20:15: error: unknown action 'SWAP'" in output.err
    assert output.out.endswith("1 added, 0 unchanged, 0 changed, 1 refused\n")
    assert list(files(here / "seeds")) == [KNITTING]


def test_of_two_traces_of_one_identity_the_second_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "page" / "a.md", raw_trace(a_trace()))
    put(here / "page" / "a, copied.md", serialize_trace(a_trace()))
    put(here / "page" / "b.md", raw_trace(a_trace(reasoning="Another thought.")))
    assert bring("page") == 1
    output = capsys.readouterr()
    assert output.out.endswith("1 added, 0 unchanged, 0 changed, 1 refused\n")
    assert "page/b.md:7: error: a second trace of the same planner" in output.err
    assert b"never varied" in files(here / "seeds")[KNITTING]


def test_a_planner_spelt_in_another_way_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "seeds" / "a.md", raw_trace(a_trace()))
    put(here / "page" / "b.md", raw_trace(a_trace(planner="LM planner", name="Purling")))
    assert bring("page") == 1
    error = capsys.readouterr().err
    assert "page/b.md:7: error: planner 'LM planner' and planner 'lm-planner' share the address" in error
    assert "(see seeds/a.md:7)" in error
    assert list(files(here / "seeds")) == ["a.md"]


def test_a_file_that_holds_something_else_is_kept(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "page" / "a.md", raw_trace(a_trace()))
    put(here / "seeds" / KNITTING, raw_trace(a_trace(name="Purling")))
    before = files(here / "seeds")
    assert bring("page", "--update") == 1
    found = f"the file for this trace is there already and holds something else (see seeds/{KNITTING})"
    assert f"page/a.md:7: error: {found}" in capsys.readouterr().err
    assert files(here / "seeds") == before


def test_records_that_share_a_file_are_kept(here: Path, docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copyfile(docs / "data" / "traces.jsonl", here / "page" / "traces.jsonl")
    put(here / "seeds" / "traces.jsonl", (here / "page" / "traces.jsonl").read_text("utf-8"))
    before = files(here / "seeds")
    first, *rest = (here / "page" / "traces.jsonl").read_text("utf-8").split("\n")
    put(here / "page" / "traces.jsonl", "\n".join([json.dumps({**json.loads(first), "reasoning": "New."}), *rest]))
    assert bring("page", "--update") == 1
    assert f"page/traces.jsonl:1: error: {Code.SHARED_FILE.message} [shared-file]\n" in capsys.readouterr().err
    assert files(here / "seeds") == before


def test_a_link_out_of_the_seeds_is_not_followed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "page" / "a.md", raw_trace(a_trace()))
    (here / "elsewhere").mkdir()
    (here / "seeds" / "traces").mkdir(parents=True)
    (here / "seeds" / "traces" / "lm-planner").symlink_to(here / "elsewhere")
    assert bring("page") == 1
    assert "seeds/traces/lm-planner: error: a link that leads out of the seeds' folder" in capsys.readouterr().err
    assert files(here / "elsewhere") == {}


def _pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def _link(path: Path, secret: Path) -> None:
    path.symlink_to(secret)


@pytest.mark.parametrize("suffix", ["md", "jsonl", "parquet", "bib"])
@pytest.mark.parametrize("make", [_pipe, _link])
def test_import_opens_no_pipe_and_follows_no_link_out_of_its_source(
    make: Callable[[Path, Path], None], suffix: str, here: Path, docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _as_parquet(here / "secret", docs / "data/traces.jsonl")
    secrets = {
        "parquet": next(here.rglob("*.parquet")),
        "md": FIXTURES / "traces/author-mojibake.md",
        "bib": docs / "data/papers.bib",
    }
    (here / "source").mkdir()
    make(here / f"source/odd.{suffix}", secrets.get(suffix, docs / "data/traces.jsonl"))
    assert bring("source") == 1
    assert not (here / "seeds").exists()
    assert "Traceback" not in capsys.readouterr().err


def test_a_parquet_file_that_unpacks_to_more_than_all_seeds_may_hold_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_SEEDS_MB", "20")
    row = {"planner": "p", "model": "m", "task": "author", "reasoning": "x" * 100_000, "studies": None}
    parquet.write_table(pa.Table.from_pylist([row] * 1_000), here / "bomb.parquet", compression="zstd")
    assert (here / "bomb.parquet").stat().st_size < 100_000
    assert bring("bomb.parquet") == 1
    assert "unpacks to more than 20.0 MB" in capsys.readouterr().err


def test_a_run_does_not_read_outside_its_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "secret.json.log", '{"choices": [{"message": {"content": "secret"}}]}')
    put(here / "run" / "plans.json", json.dumps({"../secret": {"predictions": "{}"}}))
    assert bring("run", *RUN) == 1
    assert "secret leads" not in capsys.readouterr().out
    assert not (here / "seeds").exists()


def test_all_files_are_written_or_none(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "page" / "a.md", raw_trace(a_trace(planner="a-planner")))
    put(here / "page" / "b.md", raw_trace(a_trace()))
    put(here / "seeds" / "traces" / "lm-planner", raw_trace(a_trace(name="Purling")))
    before = files(here / "seeds")
    assert bring("page") == 1
    assert "seeds: error: cannot be written (Not a directory: " in capsys.readouterr().err
    assert files(here / "seeds") == before


def test_seeds_that_cannot_be_read_stop_the_import(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "page" / "a.md", raw_trace(a_trace()))
    put(here / "seeds" / "b.md", raw_trace(a_trace(name="Purling")).replace("REMOVE", "SWAP"))
    assert bring("page") == 1
    assert "seeds/b.md:20:15: error: unknown action 'SWAP'" in capsys.readouterr().err
    assert list(files(here / "seeds")) == ["b.md"]


@pytest.mark.parametrize("source", ["page", "missing", "notes.txt"])
def test_what_holds_no_traces_is_an_error_that_names_what_would(
    source: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(here / "notes.txt", "Notes.")
    assert bring(source) == 1
    error = capsys.readouterr().err
    found = "no such file or folder" if source == "missing" else "nothing to import"
    says = Code.UNKNOWN_SOURCE.message.replace("nothing to import", found)
    assert error.startswith(f"{source}: error: {says} [unknown-source]\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    cases("import", "wrong_usage_says_what_is_missing"),
)
def test_wrong_usage_says_what_is_missing(
    arguments: list[str], message: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(here / "run" / "plans.json", "{}")
    with pytest.raises(SystemExit) as caught:
        bring(*arguments)
    assert caught.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    cases("import", "titles_are_read_from_any_table"),
)
def test_titles_are_read_from_any_table(text: str, here: Path) -> None:
    put(here / "titles", text)
    assert read_titles(here / "titles") == {"a": "Knitting", "b/c": "Purling, twice"}


def test_titles_are_read_from_parquet(here: Path) -> None:
    put(here / "titles.jsonl", '{"id": 7, "title": "Knitting"}\n')
    parquet.write_table(arrow_json.read_json(here / "titles.jsonl"), here / "titles")
    assert read_titles(here / "titles") == {"7": "Knitting"}


@pytest.mark.parametrize(
    ("text", "line"),
    cases("import", "a_table_without_titles_is_refused_at_its_line"),
)
def test_a_table_without_titles_is_refused_at_its_line(
    text: str, line: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(here / "run" / "plans.json", "{}")
    put(here / "titles", text)
    assert bring("run", *RUN, "--titles", "titles") == 1
    error = capsys.readouterr().err
    assert error.startswith(f"titles{line}: error: ")
    assert "[wrong-titles]" in error
    if text.startswith("name"):
        assert Code.WRONG_TITLES.message in error


TEXTS = [json.dumps(study) for study in STUDIES]
# As libraries for datasets keep a list of objects.
AS_LISTS = {key: [study.get(key) for study in STUDIES] for key in STUDIES[1]}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("traces.json", json.dumps(ROW)),
        ("traces.json", f"{json.dumps(ROW)}\n{json.dumps(ROW)}\n"),
        ("rows", json.dumps(ROW)),
        ("rows", json.dumps(ROW | {"studies": TEXTS})),
        ("traces.json", json.dumps([ROW], indent=2)),
        ("traces.ndjson", json.dumps(ROW | {"studies": TEXTS})),
        ("traces.jsonl", json.dumps(ROW | {"studies": json.dumps(STUDIES)})),
        ("traces.jsonl", json.dumps(ROW | {"studies": [{**study, "anchor": None} for study in STUDIES]})),
        ("traces.jsonl", json.dumps(ROW | {"studies": AS_LISTS})),
        ("traces.jsonl", json.dumps([ROW])),
        ("traces.JSONL", json.dumps(ROW)),
        ("traces.jsonlines", json.dumps(ROW)),
        ("traces.txt", json.dumps(ROW)),
        ("traces.json", json.dumps({"data": [ROW]})),
    ],
)
def test_a_table_is_read_as_tools_write_it(name: str, text: str, here: Path) -> None:
    put(here / "page" / name, text)
    put(here / "page" / "other.json", '{"dataset": "knitting"}')
    if name == "rows":
        parquet.write_table(arrow_json.read_json(here / "page" / name), here / "page" / "train.parquet")
    assert bring("page") == 0
    corpus, _ = check(here / "seeds")
    found = [[(study.action, study.replacements) for study in trace.studies] for trace in corpus.traces]
    assert found == [[("REMOVE", ()), ("REPLACE", ("none",))]]


@pytest.mark.parametrize("name", ["train.parquet", "train.jsonl", "a.md"])
def test_a_pointer_of_git_lfs_is_called_so(name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "page" / name, f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n")
    assert bring("page") == 1
    assert f"page/{name}: error: {Code.LFS_POINTER.message} [lfs-pointer]" in capsys.readouterr().err


def test_runs_below_a_folder_are_listed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(here / "page" / "runs" / "20250211" / "plans.json", "{}")
    assert bring("page") == 1
    assert "1 run: page/runs/20250211, with --planner" in capsys.readouterr().err
    put(here / "page" / "a.md", raw_trace(a_trace()))
    assert bring("page") == 0
    assert f"warning: {Code.RUNS_BELOW.message.replace('runs/', 'page/runs/')} [runs-below]" in capsys.readouterr().err


def test_author_runs_keep_the_ids_as_names(here: Path) -> None:
    shutil.copytree(RUNS / "weaving", here / "run")
    bring("run", "--planner", "p", "--model", "m", "--task", "author", "--titles", str(RUNS / "titles.csv"))
    assert "traces/p/m/knitting.md" in files(here / "seeds")
    assert "traces/p/m/looms-jacquard.md" in files(here / "seeds")


@given(traces())
def test_a_documents_path_is_made_of_slugs(trace: Trace) -> None:
    path = document_path(replace(trace, name=f"{trace.name}/../x").id)
    assert re.fullmatch(r"traces/[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+\.md", path)
