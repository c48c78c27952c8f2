"""The preview's server and its watch: who is told of which change."""

from __future__ import annotations

import re
import sys
import time
from http.client import HTTPConnection
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from generator.previewing.inputs import Inputs
from generator.previewing.web import Web

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = "<meta content=\"script-src 'self'\"><body>{}</body>\n"
PATIENCE = 30  # seconds


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two pages, one of which shows a picture, and a file that belongs to nobody."""
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    folder = tmp_path / "site"
    for name in ("one", "two"):
        (folder / name).mkdir(parents=True)
        (folder / name / "index.html").write_text(PAGE.format(name), "utf-8")
    (folder / "picture.svg").write_text("<svg/>", "utf-8")
    (folder / "404.html").write_text(PAGE.format("not here"), "utf-8")
    return folder


@pytest.fixture
def web(site: Path) -> Iterator[Web]:
    """The site, served below a path."""
    with Web(("127.0.0.1", 0), "/atlas/", site) as served:
        served.server_bind()
        served.server_activate()
        Thread(target=served.serve_forever, daemon=True).start()
        yield served
        served.shutdown()


def asked(web: Web, path: str, page: str = "") -> tuple[int, dict[str, str], str]:
    """What the server answers to a page's question, or to a reader's."""
    connection = HTTPConnection("127.0.0.1", web.server_address[1], timeout=PATIENCE)
    connection.request("GET", path, headers={"Referer": f"http://127.0.0.1{page}"} if page else {})
    answer = connection.getresponse()
    return answer.status, dict(answer.headers), answer.read().decode()


def since(web: Web, page: str) -> str:
    """Open a page; where its script waits for changes."""
    _, _, text = asked(web, page)
    found = re.search(r'data-since="(\d+)"', text)
    assert found
    return f"/.preview/changes/{found[1]}{page}"


def test_a_page_comes_with_a_script_that_its_policy_allows(web: Web, site: Path) -> None:
    status, headers, text = asked(web, "/atlas/one/")
    page = (site / "one" / "index.html").read_text("utf-8")
    before, mark, after = text.partition('<script src="/.preview/reload.js"')
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "text/html; charset=utf-8", "no-store")
    assert mark
    assert before + after.partition("</script>")[2] == page
    assert asked(web, "/.preview/reload.js")[1]["Content-Type"].startswith("text/javascript")


def test_other_files_come_as_they_are(web: Web, site: Path) -> None:
    assert asked(web, "/atlas/picture.svg")[::2] == (200, (site / "picture.svg").read_text("utf-8"))


def test_a_folder_and_the_root_lead_to_their_pages(web: Web) -> None:
    for path, target in (("/atlas/one", "/atlas/one/"), ("/", "/atlas/")):
        status, headers, _ = asked(web, path)
        assert (status, headers["Location"]) == (302, target)


@pytest.mark.parametrize(
    "path", ["/atlas/three/", "/one/", "/atlas/../secret.txt", "/atlas/%2e%2e/secret.txt", "/atlas//../../secret.txt"]
)
def test_nothing_else_is_found(web: Web, path: str) -> None:
    status, _, text = asked(web, path)
    assert status == 404
    assert "not here" in text


def test_a_page_is_told_of_what_it_shows_and_of_nothing_else(web: Web) -> None:
    one, two = since(web, "/atlas/one/"), since(web, "/atlas/two/")
    asked(web, "/atlas/picture.svg", page="/atlas/two/")
    with web.changing() as changed:
        changed.append("one/index.html")
    assert asked(web, one)[2] == "data: changed\n\n"
    assert not web.changed("two/index.html", int(two.split("/")[3]), patience=0)
    with web.changing() as changed:
        changed.append("picture.svg")
    assert asked(web, two)[2] == "data: changed\n\n"
    assert not web.changed("one/index.html", int(since(web, "/atlas/one/").split("/")[3]), patience=0)


def test_a_page_that_waits_is_told_at_once(web: Web) -> None:
    told: list[str] = []
    page = since(web, "/atlas/one/")
    waiting = Thread(target=lambda: told.append(asked(web, page)[2]))
    waiting.start()
    web.replace(web.root)
    waiting.join(PATIENCE)
    assert told == ["data: changed\n\n"]


def test_what_is_saved_is_noticed_once(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    kept, edited, deleted = (tmp_path / "folder" / name for name in ("kept", "edited", "deleted"))
    for path in (kept, edited, deleted):
        path.write_text("old", "utf-8")
    inputs = Inputs([tmp_path / "folder", tmp_path / "single"])
    edited.write_text("new", "utf-8")
    deleted.unlink()
    (tmp_path / "folder" / ".hidden").touch()
    (tmp_path / "single").touch()
    changes = inputs.changes()
    assert next(changes) == {edited, deleted, tmp_path / "single"}
    kept.write_text("written here", "utf-8")
    inputs.accept([kept])
    edited.write_text("newer", "utf-8")
    assert next(changes) == {edited}


@pytest.mark.skipif(sys.platform != "linux", reason="needs inotify; elsewhere files are looked at")
def test_what_is_saved_is_noticed_without_waiting_for_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.previewing.inputs._PAUSE", 10 * PATIENCE)
    (tmp_path / "folder" / "deep").mkdir(parents=True)
    single, deep = tmp_path / "single", tmp_path / "folder" / "deep" / "new"
    found: list[set[Path]] = []
    # What is missing is looked for, and keeps nobody from being told of the rest.
    changes = Inputs([tmp_path / "nowhere" / "file", tmp_path / "folder", single]).changes()
    for path in (deep, single):
        waiting = Thread(target=lambda: found.append(next(changes)))
        waiting.start()
        while waiting.is_alive() and not path.exists():
            time.sleep(0.5)
            path.touch()
        waiting.join(PATIENCE)
    assert found == [{deep}, {single}]
