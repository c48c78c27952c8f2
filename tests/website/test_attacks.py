"""The attacks that are published: each is text, wherever it is shown, to readers and to programs.

All of them are in one corpus and on one site. What may fire is hovered over, focused and clicked.
"""

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser
import html5lib
import pytest
from attacking import Attack, attacks
from converting import page as converted
from playwright.sync_api import Browser, Page, expect

from website.commands import run
from website.conftest import copy_project
from website.kinds import PUBLICATION
from website.pages import Site
from website.parts import part
from website.searching import results
from website.serving import serve

PUBLISHED = [attack for attack in attacks() if not attack.refused]
_HREF = re.compile('href="([^"]*)"')
# Clicks on links lead nowhere, so that one page can be tried to its end. The answer: where links lead, and whether the
# page fits its window.
_FIRE = """() => {
    document.addEventListener('click', event => event.preventDefault(), true);
    for (const element of document.querySelectorAll('main *'))
        for (const name of ['mouseover', 'pointerenter', 'focus', 'click', 'error', 'load', 'toggle'])
            element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
    return {
        schemes: [...new Set([...document.querySelectorAll('article a')].map(link => link.protocol))],
        fits: document.documentElement.scrollWidth <= innerWidth,
    };
}"""
_SCHEMES = {"http:", "https:", "mailto:"}
# Of each page the scripts, but for data and the site's own files, and what else may do or load something; the addresses
# of forms, and what it says of itself.
_PARSED = r"""paths => Promise.all(paths.map(async path => {
    const text = await (await fetch(path)).text();
    const page = new DOMParser().parseFromString(text, 'text/html');
    const scripts = [...page.scripts].filter(script => !/^application\/(ld\+)?json$/.test(script.type));
    const hasHandler = element => element.getAttributeNames().some(name => name.startsWith('on'));
    const loading = page.querySelectorAll('iframe, object, embed, base, style, [http-equiv]');
    const handling = [...page.querySelectorAll('*')].filter(hasHandler);
    return {
        path,
        scripts: scripts.map(one => one.getAttribute('src') ?? one.text).filter(one => !/^[./]*assets\//.test(one)),
        others: [...loading, ...handling].map(one => one.httpEquiv ?? one.outerHTML),
        forms: [...page.querySelectorAll('a[href*="/issues/new"]')].map(link => link.getAttribute('href')),
        data: [...page.scripts].filter(script => script.type === 'application/ld+json').map(script => script.text),
    };
}))"""
_CHOOSE = """paper => {
    history.pushState(null, '', `?paper=${paper}`);
    dispatchEvent(new PopStateEvent('popstate'));
}"""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of all attacks."""
    project = copy_project(tmp_path_factory.mktemp("attacked"))
    shutil.rmtree(project / "seeds")
    for attack in PUBLISHED:
        attack.plant(project / "seeds" / attack.name)
        if attack.imports:
            assert attack.bring(project / "seeds" / attack.name, project / "sources" / attack.name) == 0
    done = run(project, "-m", "generator", "build")
    assert done.status == 0, done.output
    return Site(project / "site", project / "seeds")


@pytest.fixture(scope="module")
def address(attacked: Site) -> Iterator[str]:
    """Where it is served."""
    with serve(attacked.folder, "/") as found:
        yield found


def records(site: Site, attack: Attack) -> list[dict[str, Any]]:
    """The traces that an attack has brought in."""
    found = [record for record in site.records if record["seed"].startswith(f"{attack.name}/")]
    assert found
    return found


def pages(record: dict[str, Any]) -> dict[str, str]:
    """The addresses of the pages that tell of a trace."""
    planner, model, _ = record["id"].split("/")
    return {
        "trace": record["url"],
        "paper": f"papers/{record['paper']}/",
        "planner": f"planners/{planner}/",
        "model": f"planners/{planner}/{model}/",
    }


def shown(page: Page, place: str = "article") -> str:
    return plain(page.locator(place).first.text_content() or "")


def shown_part(page: Page, anchor: str) -> str:
    return plain(part(page, anchor).first.text_content() or "")


def plain(text: str) -> str:
    """A text with the white space of a browser, and the sign that stands for what no page can hold."""
    return " ".join(re.sub("[\ufffe\uffff]", "\ufffd", text).split())


def assert_harmless(page: Page) -> None:
    """Whatever could fire has fired; links lead where they may, the page fits its window."""
    found = page.evaluate(_FIRE)
    assert set(found["schemes"]) <= _SCHEMES
    assert found["fits"], page.url


def assert_shown(page: Page, attack: Attack, *places: str) -> None:
    """What must be seen at a place of a page is there; all but `reasoning` are the article."""
    for place in places:
        whole = shown_part(page, place) if place == "reasoning" else shown(page)
        assert [text for text in attack.shows.get(place, ()) if plain(text) not in whole] == []


@pytest.mark.browser
@pytest.mark.parametrize("attack", PUBLISHED, ids=lambda attack: attack.name)
def test_it_is_published_as_text_and_does_nothing(
    attack: Attack,
    attacked: Site,
    address: str,
    visit: Callable[..., Page],
    record_property: Callable[[str, object], None],
) -> None:
    found = records(attacked, attack)
    places = pages(found[0])
    trace, page = places.pop("trace"), visit(address + places.pop("paper"))
    assert_harmless(page)
    assert plain(found[0]["title"]) in shown(page, "h1")
    assert_shown(page, attack, "paper")
    for record in found:
        page.goto(address + record["url"])
        assert_harmless(page)
        if record["url"] == trace:
            assert_shown(page, attack, "trace", "reasoning")
        for study in record["studies"]:
            card = shown_part(page, study["anchor"])
            for text in (study["name"], study["ablated_part"], *study["replacements"], *study["metrics"]):
                assert plain(text) in card
    for place in places.keys() & attack.shows.keys():
        page.goto(address + places[place])
        assert_shown(page, attack, place)
    record_property("attack", attack.outcome)


@pytest.mark.browser
@pytest.mark.parametrize(
    "place", ["", "papers/", "planners/", "metrics/", "parts/", "changelog/", "planners/lm-planner/"]
)
def test_nothing_happens_where_all_attacks_meet(place: str, address: str, visit: Callable[..., Page]) -> None:
    assert set(visit(address + place).evaluate(_FIRE)["schemes"]) <= _SCHEMES


@pytest.mark.browser
def test_the_explorer_shows_each_as_text(attacked: Site, address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}studies/")
    cards = page.locator(".explorer__study")
    for attack in PUBLISHED:
        record = records(attacked, attack)[0]
        # As on the way back to a choice.
        page.evaluate(_CHOOSE, record["paper"])
        expect(cards.first.get_by_role("link", name=record["title"][:40]).first).to_be_visible()
        texts = [plain(text) for text in cards.all_text_contents()]
        assert cards.locator("script, img, iframe, svg, style").count() == 0
        for study in record["studies"]:
            assert any(plain(study["ablated_part"]) in text for text in texts), attack.name
        page.evaluate(_FIRE.replace("main *", ".explorer__list *"))
    # The filters are the same for each.
    page.evaluate(_FIRE)


@pytest.mark.browser
def test_the_finder_shows_each_title_as_text(attacked: Site, address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}papers/")
    field = page.get_by_role("searchbox", name="Find a paper by title")
    for attack in PUBLISHED:
        title = records(attacked, attack)[0]["title"]
        field.fill(title[:200])
        found = page.get_by_role("list", name="Papers found")
        expect(found.get_by_role("link").first).to_be_visible()
        assert found.locator("script, img, iframe, svg, style").count() == 0


@pytest.mark.browser
def test_the_search_shows_what_it_finds_as_text(address: str, visit: Callable[..., Page]) -> None:
    page = visit(address)
    for words in ("alert", "script onerror", "evil.example", "template redirect", "passwd", "desrever"):
        found = results(page, words)
        assert found.locator("script, img, iframe, style, b").count() == 0
        page.evaluate(_FIRE.replace("main *", "dialog *"))
        page.keyboard.press("Escape")


@pytest.fixture(scope="module")
def parsed(attacked: Site, address: str, browser: Browser) -> Mapping[str, Any]:
    """What stands in every page, by its path, as a browser parses it."""
    paths = sorted(path.relative_to(attacked.folder).as_posix() for path in attacked.folder.rglob("*.html"))
    assert len(paths) > len(PUBLISHED)
    with browser.new_page() as page:
        page.goto(address)
        return {found["path"]: found for found in page.evaluate(_PARSED, paths)}


@pytest.mark.browser
def test_no_attack_reaches_what_the_theme_writes_round_an_article(parsed: Mapping[str, Any]) -> None:
    """Header, head, path and footer show titles and names too: no script and no handler is anybody else's."""
    allowed = parsed["about/index.html"]["scripts"]
    assert len(allowed) == 3
    assert [page for page in parsed.values() if page["scripts"] != allowed] == []
    assert [page for page in parsed.values() if page["others"] != ["Content-Security-Policy"]] == []


def test_programs_read_every_data_file(attacked: Site) -> None:
    read = 0
    for path in attacked.folder.rglob("*"):
        if "pagefind" in path.parts or not path.is_file():
            continue
        if path.suffix in {".json", ".jsonl"}:
            text = path.read_bytes().decode()
            for line in text.split("\n") if path.suffix == ".jsonl" else [text]:
                assert not line or json.loads(line) is not None
        elif path.name == "feed.xml":
            feed = feedparser.parse(path.read_bytes())
            assert not feed.bozo, path
            assert all(entry.link.startswith("https://") for entry in feed.entries)
        elif path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                header, *rows = csv.reader(file)
            assert all(len(row) == len(header) for row in rows)
        else:
            continue
        read += 1
    assert read > len(PUBLISHED)


def test_a_reader_of_feeds_has_nothing_to_clean_away(attacked: Site) -> None:
    seen = set()
    for path in attacked.folder.rglob("feed.xml"):
        for entry in feedparser.parse(path.read_bytes(), sanitize_html=False).entries:
            for told in (*entry.get("content", ()), entry.get("summary_detail"), entry.title_detail):
                if told and told.type == "text/html":
                    seen |= {str(one.tag).rpartition("}")[2] for one in html5lib.parseFragment(told.value).iter()}
                    assert not re.search("javascript:|vbscript:", unescape(" ".join(_HREF.findall(told.value))))
    assert seen <= {"DOCUMENT_FRAGMENT", "p", "a", "ul", "ol", "li", "em", "strong", "code"}


@pytest.mark.browser
def test_addresses_that_fill_in_a_form_fill_in_what_they_mean_to(attacked: Site, parsed: Mapping[str, Any]) -> None:
    forms = [link for page in parsed.values() for link in page["forms"]]
    assert len(forms) > len(PUBLISHED)
    for form in map(urlsplit, forms):
        filled = parse_qs(form.query, strict_parsing=True)
        assert form.hostname == "github.com"
        assert filled.keys() <= {"template", "page", "seed"}
        assert all(len(values) == 1 for values in filled.values())
        assert filled["template"] in (["fix.yml"], ["new-trace.yml"])
        assert (attacked.seeds / filled.get("seed", [""])[0]).exists()


def test_the_list_for_language_models_leads_to_this_site_alone(attacked: Site) -> None:
    links = converted((attacked.folder / "llms.txt").read_text("utf-8")).find_all("a")
    hosts = {urlsplit(str(link["href"])).hostname for link in links if not str(link["href"]).startswith("#")}
    assert hosts == {urlsplit(PUBLICATION.url).hostname}


@pytest.mark.browser
def test_what_a_browser_saves_starts_no_formula(attacked: Site, address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}studies/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file)
    assert len(rows) == sum(len(record["studies"]) for record in attacked.records)
    starts = re.compile('(?:^|[;\t\r\n]"*)[=+\\-@＝＋－＠]')
    assert [cell for row in rows for cell in row if starts.search(cell)] == []


@pytest.mark.browser
def test_what_pages_say_of_themselves_is_whole(attacked: Site, parsed: Mapping[str, Any]) -> None:
    for attack in PUBLISHED:
        for record in records(attacked, attack):
            (data,) = parsed[f"{record['url']}index.html"]["data"]
            assert json.loads(data)["@graph"]


def test_the_data_hold_what_was_sent_in(attacked: Site) -> None:
    """Names are verbatim, character by character."""
    for attack in (one for one in PUBLISHED if not one.imports):
        raw = b"".join(content for content in attack.seeds.values() if isinstance(content, bytes)).decode("utf-8-sig")
        for record in records(attacked, attack):
            if record["seed"].endswith(".md") and record["model"] != "of-documents":
                assert all(study["name"] in raw and study["ablated_part"] in raw for study in record["studies"])
                assert record["reasoning"] in raw
