"""`mkdocs serve --dirty`: an edit is on screen at once, search and data follow, and no file leaks."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from attacking import Attack, attacks
from harsh import be_harsh_but_for_memory, harsh_environment
from playwright.sync_api import Page, expect

from website.conftest import ROOT
from website.parts import part
from website.searching import results

PATIENCE = 120  # seconds
_QUIET = 3  # seconds, longer than a preview waits for more edits
SEED, PAGE = "lm-planner/gpt-4o/brewnet.md", "/traces/lm-planner/gpt-4o/brewnet/"
SECRET = "what stands outside the site"  # noqa: S105 -- a text to look for


def _is_building(said: str) -> bool:
    """Tell by what a preview said whether it builds; of builds as long as each other MkDocs tells the length once."""
    ended = sum(map(said.count, ("Serving on", "Reloading browsers", "An error happened during the rebuild")))
    return said.count("Building doc") > ended


@dataclass(frozen=True, slots=True)
class Preview:
    """A running preview: its port, its project, its seeds, and where its site is."""

    port: int
    project: Path
    seeds: Path
    temporary: Path
    process: subprocess.Popen[bytes]

    @property
    def log(self) -> str:
        """What it has said in its terminal."""
        return (self.project / "serve.log").read_text("utf-8")

    @property
    def site(self) -> Path:
        """The folder that it serves."""
        (folder,) = self.temporary.glob("mkdocs_*")
        return folder

    @property
    def address(self) -> str:
        """Where it is, without the slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        """The status and the text of an answer; the path is sent as it stands."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")

    def text(self, path: str) -> str:
        """What stands at an address, nothing where nothing is."""
        try:
            status, text = self.get(path)
        except OSError:
            return ""
        return text if status == 200 else ""

    def problems(self) -> list[str]:
        """What the pages show to be wrong with the seeds."""
        found: list[str] = json.loads(self.text("/preview.json"))["problems"]
        return found

    def wait_for(self, seen: Callable[[], object]) -> None:
        """Wait until it is seen; fail with its own words if that takes too long, or it ends."""
        until = time.monotonic() + PATIENCE
        while not seen():
            assert self.process.poll() is None, self.log
            assert time.monotonic() < until, self.log
            time.sleep(0.1)

    def wait_for_quiet(self) -> None:
        """Wait until no build runs or is about to: a dirty build takes what was saved during another for built."""
        said, since = "", time.monotonic()
        while _is_building(said) or time.monotonic() < since + _QUIET:
            time.sleep(0.1)
            if self.log != said:
                said, since = self.log, time.monotonic()

    def edit(self, old: str, new: str, seed: str = SEED) -> None:
        """Save a seed with other words."""
        text = (self.seeds / seed).read_text("utf-8")
        assert old in text
        (self.seeds / seed).write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Iterator[Preview]:
    """A preview of a project of the invented corpus, on a harsh machine, with memory for all builds of these tests."""
    folder = tmp_path_factory.mktemp("preview")
    project, seeds, temporary = folder / "project", folder / "project" / "seeds", folder / "temporary"
    for name in ("generator", "docs"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("hooks.py", "mkdocs.yml"):
        shutil.copyfile(ROOT / name, project / name)
    shutil.copytree(corpus_folder, seeds)
    temporary.mkdir()
    (temporary / "secret.txt").write_text(SECRET, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--dev-addr", f"127.0.0.1:{port}"]
    variables = harsh_environment() | {"TMPDIR": str(temporary), "SITE_URL": f"http://127.0.0.1:{port}/"}
    with (project / "serve.log").open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=project,
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=be_harsh_but_for_memory,  # noqa: PLW1509 -- nobody uses threads here
        )
    started = Preview(port, project, seeds, temporary, process)
    try:
        started.wait_for(lambda: started.text("/") and started.text("/pagefind/pagefind-entry.json"))
        yield started
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
    assert [path.name for path in temporary.iterdir()] == ["secret.txt"]


def index_of(preview: Preview) -> str:
    """What tells one search index from another."""
    return preview.text("/pagefind/pagefind-entry.json")


def article(preview: Preview) -> str:
    """The page without the script that waits for the next build."""
    return preview.text(PAGE).partition("<article")[2].partition("</article>")[0]


def test_an_edited_trace_is_on_its_page_and_search_and_data_follow(preview: Preview) -> None:
    before = index_of(preview)
    assert before
    preview.edit("has three inputs", "has three quinces")
    preview.wait_for(lambda: "has three quinces" in preview.text(PAGE))
    preview.wait_for(lambda: "has three quinces" in preview.text("/data/traces.jsonl"))
    preview.wait_for(lambda: index_of(preview) not in {"", before})
    assert "has three quinces" in preview.text(f"{PAGE.rstrip('/')}.md")
    assert "has three quinces" in preview.text(f"{PAGE}index.json")
    assert preview.problems() == []


def test_a_new_trace_gets_its_page_and_a_deleted_one_loses_it_in_the_indexes(preview: Preview) -> None:
    seed = preview.seeds / SEED
    text = seed.read_text("utf-8")
    new = preview.seeds / "new.md"
    new.write_text(text.replace("# lm-planner/gpt-4o/", "# lm-planner/newcomer/"), "utf-8")
    page = PAGE.replace("gpt-4o", "newcomer")
    preview.wait_for(lambda: preview.text(page))
    preview.wait_for(lambda: "newcomer" in preview.text("/planners/"))
    new.unlink()
    preview.wait_for(lambda: "newcomer" not in preview.text("/planners/"))


@pytest.mark.browser
def test_a_mistake_is_told_on_the_page_and_in_the_terminal_until_it_is_mended(
    visit: Callable[..., Page], preview: Preview
) -> None:
    page, shown = visit(preview.address + PAGE), article(preview)
    preview.edit("**Action**: REMOVE", "**Action**: REMOVED")
    problem = page.get_by_text(f"{SEED}:").first
    expect(problem).to_contain_text("unknown action 'REMOVED'", timeout=PATIENCE * 1000)
    expect(problem).to_contain_text("did you mean REMOVE")
    preview.wait_for(lambda: "did you mean REMOVE" in preview.log)
    assert article(preview) == shown
    preview.edit("**Action**: REMOVED", "**Action**: REMOVE")
    expect(problem).to_be_hidden(timeout=PATIENCE * 1000)


@pytest.mark.browser
def test_an_open_page_is_renewed_for_an_edit_and_for_what_follows_it(
    visit: Callable[..., Page], preview: Preview
) -> None:
    page, before = visit(preview.address + PAGE), index_of(preview)
    opened: list[str] = []
    page.on("load", lambda shown: opened.append(shown.url))
    preview.edit("each gets one study", "each gets one sloe")
    expect(part(page, "reasoning")).to_contain_text("one sloe", timeout=PATIENCE * 1000)
    preview.wait_for(lambda: index_of(preview) not in {"", before})
    preview.wait_for_quiet()
    # Playwright hears of what a page did while it waits for it.
    page.wait_for_load_state()
    assert set(opened) == {preview.address + PAGE}
    assert len(opened) <= 2
    expect(results(page, "sloe").first).to_contain_text("sloe")
    # What is open by then is renewed too.
    with page.expect_event("load", timeout=PATIENCE * 1000):
        preview.edit("each gets one sloe", "each gets one study")


def test_a_mistake_right_after_an_edit_is_told_once_and_the_edit_follows_when_it_is_mended(preview: Preview) -> None:
    preview.edit("each gets one study", "each gets one medlar")
    preview.wait_for(lambda: "one medlar" in preview.text(PAGE))
    preview.edit("**Action**: REMOVE\n", "**Action**: REMOVES\n")
    preview.wait_for(preview.problems)
    time.sleep(1)  # one save may be seen as two changes
    told = preview.log.count("unknown action 'REMOVES'")
    preview.wait_for_quiet()  # what builds again whenever things are quiet would have done so by then
    assert preview.log.count("unknown action 'REMOVES'") == told > 0
    preview.edit("**Action**: REMOVES\n", "**Action**: REMOVE\n")
    preview.wait_for(lambda: "one medlar" in preview.text("/data/traces.jsonl"))
    assert preview.problems() == []


def test_a_hand_written_page_is_shown_anew(preview: Preview) -> None:
    preview.wait_for_quiet()
    page = preview.project / "docs" / "about.md"
    page.write_text(page.read_text("utf-8") + "\nAnd of mulberries.\n", "utf-8")
    preview.wait_for(lambda: "And of mulberries." in preview.text("/about/"))


def test_a_broken_configuration_is_told_and_the_pages_stay(preview: Preview) -> None:
    configuration = preview.project / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    configuration.write_text(f"{text}\nnav: [", "utf-8")
    preview.wait_for(lambda: "nothing was built: ConfigurationError: " in "".join(preview.problems()))
    assert "BrewNet" in article(preview)
    assert "Traceback" not in preview.log
    configuration.write_text(text, "utf-8")
    preview.wait_for(lambda: preview.problems() == [])
    preview.wait_for_quiet()


def test_a_changed_theme_reaches_every_page_and_edits_follow_as_before(preview: Preview) -> None:
    template = preview.project / "generator" / "theme" / "main.html"
    template.write_text(template.read_text("utf-8") + "{# changed #}\n", "utf-8")
    config = preview.project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("copyright: ", "copyright: Mulberry "), "utf-8")
    preview.wait_for(lambda: "Mulberry" in preview.text(PAGE) and "Mulberry" in preview.text("/papers/brewnet/"))
    preview.wait_for(lambda: index_of(preview))
    preview.edit("BrewNet predicts", "BrewNet foretells")
    preview.wait_for(lambda: "BrewNet foretells" in preview.text(PAGE))
    preview.wait_for(lambda: "BrewNet foretells" in preview.text("/data/traces.jsonl"))


@pytest.mark.parametrize("attack", [one for one in attacks() if one.asks], ids=lambda attack: attack.name)
def test_nothing_but_the_site_is_served_and_to_nobody_else(
    preview: Preview, attack: Attack, record_property: Callable[[str, object], None]
) -> None:
    links = {"leak.txt": preview.temporary / "secret.txt", "leaks": preview.temporary}
    for name, target in links.items():
        (preview.site / name).symlink_to(target)
    try:
        for asked in attack.asks:
            host, slash, path = asked.partition("/") if not asked.startswith(("{", "file:")) else ("", "", asked)
            status, text = preview.get((slash + path).format(temporary=preview.temporary), host)
            assert [str(status)] == [*attack.refused], asked
            assert not any(secret in text for secret in (SECRET, "root:", "BrewNet")), asked
    finally:
        for name in links:
            (preview.site / name).unlink()
    record_property("attack", attack.outcome)


def test_a_head_is_answered_and_no_other_site_may_frame_a_page(preview: Preview) -> None:
    connection = HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
    connection.request("HEAD", PAGE)
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 1000
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_taken_port_is_told_before_anything_is_built(preview: Preview) -> None:
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{preview.port}"]
    done = subprocess.run(command, cwd=preview.project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"127.0.0.1:{preview.port}: error: port {preview.port} is taken; " in done.stderr
    assert re.search(r"make serve PORT=\d+", done.stderr)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("address", ["127.0.0.1:70000", "192.0.2.1:8000"])
def test_an_address_that_no_preview_can_have_is_told_before_anything_is_built(preview: Preview, address: str) -> None:
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    done = subprocess.run(command, cwd=preview.project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{address}: error: nothing can serve there (" in done.stderr
    assert "1024 to 65535" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_is_read_by_any_name_of_this_machine(preview: Preview) -> None:
    for host in ("localhost", f"localhost:{preview.port}", "127.0.0.1", "[::1]"):
        assert preview.get(PAGE, host=host)[0] == 200
