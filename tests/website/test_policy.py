"""The policy in every page's head: what gets into a page's text past everything else can do nothing there."""

import hashlib
import re
import shutil
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from website.kinds import KINDS, TRACE
from website.pages import Site
from website.searching import results, values
from website.serving import serve

PATIENCE = 15  # seconds
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
DATA = {"application/json", "application/ld+json"}
# Each with what the policy says it stopped. `EVIL` stands for another host, `#planted` is clicked.
ATTACKS = {
    "script": ("<script>alert(1)</script>", "script-src-elem"),
    "handler": ('<img src="x" onerror="alert(1)">', "script-src-attr"),
    "link to a script": ('<a id="planted" href="javascript:alert(1)">x</a>', "script-src-elem"),
    "remote script": ('<script src="EVIL/x.js"></script>', "script-src-elem"),
    "remote module": ('<script type="module" src="EVIL/x.js"></script>', "script-src-elem"),
    "script of a frame": ('<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>', "script-src-elem"),
    "remote image": ('<img src="EVIL/x.png">', "img-src"),
    "remote picture": ('<picture><source srcset="EVIL/x.png"><img></picture>', "img-src"),
    "remote video": ('<video src="EVIL/x.mp4"></video>', "media-src"),
    "remote frame": ('<iframe src="EVIL/"></iframe>', "frame-src"),
    "remote object": ('<object data="EVIL/x.svg" type="image/svg+xml"></object>', "object-src"),
    "remote style sheet": ('<link rel="stylesheet" href="EVIL/x.css">', "style-src-elem"),
    "style sheet": ("<style>h1{background:url(EVIL/x.png)}</style>", "style-src-elem"),
    "style": ('<p style="background:url(EVIL/x.png)">x</p>', "style-src-attr"),
    "base": ('<base href="EVIL/"><img src="x.png">', "base-uri"),
    "form": ('<form action="EVIL/"><button id="planted">x</button></form>', "form-action"),
    "form of a button": (
        '<form><button id="planted" formaction="EVIL/" formmethod="post">x</button></form>',
        "form-action",
    ),
}
_TELLING = "addEventListener('securitypolicyviolation', (event) => window.stopped(event.effectiveDirective));"

_SCHEME_AT_FIRST = """new MutationObserver((_, observer) => {
    if (!document.querySelector("main")) return;
    window.atFirst = document.body.dataset.mdColorScheme;
    observer.disconnect();
}).observe(document, { childList: true, subtree: true });"""


@contextmanager
def another_host() -> Iterator[tuple[str, list[str]]]:
    """The address of a host that a page has no business with, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            # Nothing to go to: a page that is left while it is being closed may never be closed.
            self.send_response(HTTPStatus.NO_CONTENT)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        do_POST = do_GET  # noqa: N815 -- the name it has above

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 -- the name it has above
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def planted(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the site, to plant attacks in."""
    folder = tmp_path_factory.mktemp("planted") / "site"
    shutil.copytree(site.folder, folder)
    return type(site)(folder, site.seeds)


def effects(browser: Browser, folder: Path, page_source: str) -> tuple[list[str], list[str], list[str]]:
    """What a page shows in dialogs, what it asks another host for, and what its policy stopped."""
    page_file = folder / TRACE / "index.html"
    dialogs: list[str] = []
    stopped: list[str] = []

    def shown(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    def stop(directive: str) -> None:
        stopped.append(directive)

    with another_host() as (evil, asked), serve(folder, "/") as address:
        page_file.write_text(page_source.replace("EVIL", evil), "utf-8")
        page = browser.new_page()
        page.on("dialog", shown)
        page.expose_function("stopped", stop)
        page.add_init_script(_TELLING)
        page.goto(f"{address}{TRACE}", wait_until="networkidle")
        page.evaluate("document.getElementById('planted')?.click()")
        until = time.monotonic() + PATIENCE
        while not (dialogs or asked or stopped) and time.monotonic() < until:
            page.wait_for_timeout(50)
        page.close()
    return dialogs, asked, stopped


@pytest.mark.browser
@pytest.mark.parametrize(("attack", "directive"), ATTACKS.values(), ids=ATTACKS)
def test_what_is_planted_past_the_generator_is_stopped(
    browser: Browser, site: Site, planted: Site, attack: str, directive: str
) -> None:
    source = (site.folder / TRACE / "index.html").read_text("utf-8")
    source = re.sub(r'(<section class="level2 reasoning">)', lambda found: found[0] + attack, source, count=1)
    assert attack in source
    dialogs, asked, stopped = effects(browser, planted.folder, source)
    assert (dialogs, asked) == ([], [])
    assert directive in stopped
    # Without the policy it would have worked.
    dialogs, asked, stopped = effects(browser, planted.folder, POLICY.sub("", source))
    assert dialogs or asked
    assert stopped == []


def test_every_page_has_the_policy_before_all_it_loads(site: Site) -> None:
    policies = set()
    for page in site.documents.values():
        (policy,) = POLICY.findall(page.source)
        policies.add(policy)
        before = page.source.partition(policy)[0]
        assert not re.search(r"<(script|link|style|img|base)\b", before), page.url
        assert len(before.encode()) < 1024
    assert len(policies) == 1
    assert "unsafe-inline" not in policies.pop()


def test_no_page_has_anything_inline_but_scripts_that_its_policy_names(site: Site) -> None:
    inline = set()
    for page in site.documents.values():
        (policy,) = POLICY.findall(page.source)
        for element in page.all():
            if element.tag == "script" and "src" not in element.attrib and element.get("type") not in DATA:
                digest = hashlib.sha256((element.text or "").encode()).digest()
                assert f"'sha256-{b64encode(digest).decode()}'" in policy, (page.url, element.text)
                inline.add(element.text)
            assert element.tag != "style", page.url
            assert not [name for name in element.attrib if str(name) == "style" or str(name).startswith("on")], page.url
    # Material's own, the same on all pages.
    assert len(inline) == 3


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "host"),
    # A page that is shown at any address links from the root of the host that the site was made for.
    [(kind, "at_root") for kind in KINDS] + [(kind, "at_subpath") for kind in KINDS if kind != "missing"],
)
def test_no_page_breaks_its_policy_or_asks_another_host_with_the_search_open_too(
    visit: Callable[..., Page], kind: str, host: str, request: pytest.FixtureRequest
) -> None:
    """`visit` fails on whatever the policy stops, on errors, and on requests to other hosts."""
    page = visit(request.getfixturevalue(host) + KINDS[kind])
    page.wait_for_load_state("networkidle")
    results(page, "ablation")
    values(page, "Metric").first.click()
    page.wait_for_load_state("networkidle")


def switch(page: Page, *modes: str) -> None:
    """Press the palette's button, which leads from the system's choice to light, dark, and back."""
    for mode in modes:
        page.get_by_title(f"Switch to {mode}").click()


@pytest.mark.browser
@pytest.mark.parametrize("place", ["", TRACE, "no/such/page/"])
def test_the_chosen_scheme_stays(visit: Callable[..., Page], at_root: str, place: str) -> None:
    page = visit(at_root + place, color_scheme="light")
    switch(page, "light mode", "dark mode")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(f"{at_root}planners/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    switch(page, "the system's mode")
    page.goto(at_root + TRACE)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


@pytest.mark.browser
def test_nothing_but_the_choices_of_readers_is_kept(visit: Callable[..., Page], at_subpath: str) -> None:
    page = visit(at_subpath + TRACE, color_scheme="light")
    switch(page, "light mode", "dark mode")
    assert page.evaluate("Object.keys(localStorage)") == ["/.__palette"]
    assert page.evaluate("document.cookie") == ""


@pytest.mark.browser
def test_the_chosen_scheme_is_set_before_anything_is_drawn(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root, color_scheme="light")
    switch(page, "light mode", "dark mode")
    page.add_init_script(_SCHEME_AT_FIRST)
    page.reload()
    assert page.evaluate("window.atFirst") == "slate"
