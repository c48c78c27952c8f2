"""The policy in every page's head: what gets into a page's text past everything else can do nothing there."""

import hashlib
import re
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from website.kinds import TRACE
from website.pages import Site
from website.serving import serve

PATIENCE = 15  # seconds
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
DATA = {"application/json", "application/ld+json"}
# Each with what the policy says it stopped. `EVIL` stands for an address of another host, `NAME` for a text of the
# attack's own; buttons and links are clicked. The last one changes where what follows it leads.
ATTACKS = {
    "script": ("<script>alert('NAME')</script>", "script-src-elem"),
    "handler": ("""<img src="x" onerror="alert('NAME')">""", "script-src-attr"),
    "link to a script": ("""<a class="planted" href="javascript:alert('NAME')">x</a>""", "script-src-elem"),
    "remote script": ('<script src="EVIL"></script>', "script-src-elem"),
    "remote module": ('<script type="module" src="EVIL"></script>', "script-src-elem"),
    "script of a frame": ("""<iframe srcdoc="<script>parent.alert('NAME')</script>"></iframe>""", "script-src-elem"),
    "remote image": ('<img src="EVIL">', "img-src"),
    "remote picture": ('<picture><source srcset="EVIL"><img></picture>', "img-src"),
    "remote video": ('<video src="EVIL"></video>', "media-src"),
    "remote frame": ('<iframe src="EVIL"></iframe>', "frame-src"),
    "remote object": ('<object data="EVIL" type="image/svg+xml"></object>', "object-src"),
    "remote style sheet": ('<link rel="stylesheet" href="EVIL">', "style-src-elem"),
    "style sheet": ("<style>h1{background:url(EVIL)}</style>", "style-src-elem"),
    "style": ('<p style="background:url(EVIL)">x</p>', "style-src-attr"),
    "form": ('<form action="EVIL"><button class="planted">x</button></form>', "form-action"),
    "form of a button": (
        '<form><button class="planted" formaction="EVIL" formmethod="post">x</button></form>',
        "form-action",
    ),
    "base": ('<base href="EVIL/"><img src="x.png">', "base-uri"),
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


def effects(browser: Browser, folder: Path, source: str) -> tuple[set[str], Counter[str]]:
    """The attacks that show a dialog or ask another host for something, and what the policy stopped."""
    worked: set[str] = set()
    stopped: Counter[str] = Counter()

    def shown(dialog: Dialog) -> None:
        worked.add(dialog.message)
        dialog.dismiss()

    with another_host() as (evil, asked), serve(folder, "/") as address, browser.new_page() as page:
        for name, (attack, _) in ATTACKS.items():
            path = name.replace(" ", "-")
            source = source.replace(attack, attack.replace("EVIL", f"{evil}/{path}").replace("NAME", path))
        (folder / "index.html").write_text(source, "utf-8")
        page.on("dialog", shown)
        page.expose_function("stopped", lambda directive: stopped.update([directive]))
        page.add_init_script(_TELLING)
        page.goto(address)
        planted = page.locator(".planted").all()

        def wait_for(number: int) -> None:
            until = time.monotonic() + PATIENCE
            while len(worked) + stopped.total() < number and time.monotonic() < until:
                page.wait_for_timeout(50)
                worked.update(urlsplit(path).path.split("/")[1] for path in asked)

        # One after the other: a form that is sent takes back what another is about to send.
        for number, element in enumerate(planted, len(ATTACKS) - len(planted)):
            wait_for(number)
            element.dispatch_event("click")
        wait_for(len(ATTACKS))
    return {name.replace("-", " ") for name in worked}, stopped


@pytest.mark.browser
def test_what_is_planted_past_the_generator_is_stopped(browser: Browser, site: Site, tmp_path: Path) -> None:
    for name in ("assets", "404.html"):
        (tmp_path / name).symlink_to(site.folder / name)
    source = (site.folder / TRACE / "index.html").read_text("utf-8")
    attacks = "\n".join(attack for attack, _ in ATTACKS.values())
    source = re.sub(r'(<section class="level2 reasoning">)', lambda found: found[0] + attacks, source, count=1)
    assert attacks in source
    worked, stopped = effects(browser, tmp_path, source)
    assert worked == set()
    assert Counter(directive for _, directive in ATTACKS.values()) <= stopped
    # Without the policy each of them would have worked.
    worked, stopped = effects(browser, tmp_path, POLICY.sub("", source))
    assert worked >= set(ATTACKS)
    assert not stopped


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
def test_nothing_but_the_choices_of_readers_is_kept(visit: Callable[..., Page], address: str) -> None:
    page = visit(address + TRACE, color_scheme="light")
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
