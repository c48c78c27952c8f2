"""The study explorer, as readers use it; what it must show is counted from the exported traces."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from website.assistance import violations
from website.kinds import PUBLICATION
from website.pages import Site

pytestmark = pytest.mark.browser

Study = dict[str, Any]
STEAM = "painting-steam-with-teacups"


@pytest.fixture(scope="module")
def studies(site: Site) -> list[Study]:
    """Every study with the facts of its trace."""
    return [{**trace, **study} for trace in site.records for study in trace["studies"]]


def measures_fid(study: Study) -> bool:
    return any(metric.casefold() in {"fid", "fid score"} for metric in study["metrics"])


def words(study: Study) -> set[str]:
    texts = [study["name"], study["ablated_part"], *study["replacements"], *study["metrics"], study["title"]]
    return set(re.findall(r"\w+", " ".join(texts).casefold()))


def facet(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def value(page: Page, name: str, key: str) -> Locator:
    return facet(page, name).get_by_role("listitem").filter(has_text=re.compile(rf"^{re.escape(key)}\s*[\d,]+$"))


def status(page: Page) -> Locator:
    return page.locator("#explorer").get_by_role("status")


def cards(page: Page) -> Locator:
    return page.locator(".explorer__study")


def expect_number(page: Page, number: int, total: int) -> None:
    of = "" if number == total else f" of {total:,}"
    expect(status(page)).to_have_text(re.compile(rf"^{number:,}{of} studies$"))


def expect_counts(page: Page, name: str, counts: Counter[str]) -> None:
    assert counts
    for key, number in counts.items():
        expect(value(page, name, key)).to_have_text(re.compile(rf"\D{number:,}$"))


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def count(found: Iterable[Study], key: str) -> Counter[str]:
    return Counter(study[key] for study in found)


def test_remove_studies_of_one_model_by_one_metric_take_three_clicks(
    visit: Callable[..., Page], address: str, studies: list[Study]
) -> None:
    page = visit(f"{address}studies/")
    expect_number(page, len(studies), len(studies))
    wanted = [
        study
        for study in studies
        if study["action"] == "REMOVE" and study["model"] == "o3-mini" and measures_fid(study)
    ]
    assert 1 < len(wanted) < len(studies)
    for name, key in (("Action", "REMOVE"), ("Model", "o3-mini"), ("Metric", "FID")):
        page.get_by_role("group", name=name, exact=True).get_by_role("checkbox", name=key).click()
    expect_number(page, len(wanted), len(studies))
    expect(value(page, "Metric", "FID")).to_have_text(re.compile(rf"\D{len(wanted)}$"))
    assert query(page) == {"action": ["REMOVE"], "model": ["o3-mini"], "metric": ["FID"]}

    shared = visit(page.url)
    expect_number(shared, len(wanted), len(studies))
    expect(cards(shared)).to_have_count(len(wanted))
    shown = {link.get_attribute("href") for link in cards(shared).locator("h3 a").all()}
    assert shown == {f"{address}{study['url']}#{study['anchor']}" for study in wanted}
    cards(shared).locator("h3 a").first.click()
    expect(shared.locator(":target")).to_be_in_viewport()


def test_counts_are_those_of_the_corpus(visit: Callable[..., Page], at_root: str, studies: list[Study]) -> None:
    page = visit(f"{at_root}studies/")
    expect_number(page, len(studies), len(studies))
    for name in ("Action", "Task", "Model"):
        expect_counts(page, name, count(studies, name.lower()))


# [what an index prints, what the explorer selects] of each entry that leads to the explorer.
PRINTED_AND_SHOWN = """async (root) => {
  const { StudyIndex } = await import(`${root}assets/study-index.js`);
  const index = await StudyIndex.open(new URL("data/studies/", root));
  return [...document.querySelectorAll("li > a[href*='studies/?']")].map((link) => {
    const given = new URL(link.href).searchParams;
    const chosen = Object.fromEntries(index.facets.map((facet) => [facet, given.getAll(facet)]));
    const printed = link.parentElement.textContent.match(/([0-9,]+) stud(?:y|ies)/)[1];
    return [Number(printed.replace(",", "")), index.select(chosen, null).rows.length];
  });
}"""


@pytest.mark.parametrize("kind", ["metrics", "parts"])
def test_a_count_is_that_of_the_studies_to_which_it_leads(visit: Callable[..., Page], at_root: str, kind: str) -> None:
    counts = visit(f"{at_root}{kind}/").evaluate(PRINTED_AND_SHOWN, at_root)
    assert len(counts) >= 3
    assert [shown for _, shown in counts] == [printed for printed, _ in counts]


# The first of two studies is of a kind of part that has two spellings; neither holds a word of the query itself.
FOUND_BY_SPELLING = """async (root) => {
  const { StudyIndex } = await import(`${root}assets/study-index.js`);
  const same = [0, 0], one = ["-"];
  const single = { action: same, model: same, task: same, planner: same, paper: same };
  const columns = { ...single, metric: [[], []], part: [[0], []] };
  const values = { action: one, metric: [], part: ["Glazing rate"], model: one, task: one, planner: one, paper: one };
  const spellings = { part: { "Glazing rate": "glazing rate glaze ratio" } };
  const facets = { studies: 2, perFile: 32, words: [], values, columns, slugs: one, replacements: same, spellings };
  const index = new StudyIndex(root, facets);
  return [...await index.search("glazing ratio")].map(Boolean);
}"""


def test_a_search_finds_the_studies_of_a_kind_of_part_by_each_of_its_spellings(
    visit: Callable[..., Page], at_root: str
) -> None:
    assert visit(f"{at_root}studies/").evaluate(FOUND_BY_SPELLING, at_root) == [True, False]


def test_values_of_a_facet_add_up_and_facets_narrow_each_other(
    visit: Callable[..., Page], at_root: str, studies: list[Study]
) -> None:
    page = visit(f"{at_root}studies/?action=REMOVE&action=ADD&model=o3-mini&model=gpt-4o")
    by_action = [study for study in studies if study["action"] in {"REMOVE", "ADD"}]
    by_model = [study for study in studies if study["model"] in {"o3-mini", "gpt-4o"}]
    both = [study for study in by_action if study in by_model]
    assert len(both) < min(len(by_action), len(by_model))
    expect_number(page, len(both), len(studies))
    # A facet counts what its own values would add: only the other facets narrow it.
    expect_counts(page, "Action", count(by_model, "action"))
    expect_counts(page, "Model", count(by_action, "model"))
    expect_counts(page, "Task", count(both, "task"))


def test_metrics_are_counted_by_family_and_shown_as_they_are_written(
    visit: Callable[..., Page], at_root: str, studies: list[Study]
) -> None:
    page = visit(f"{at_root}studies/?metric=FID")
    wanted = [study for study in studies if measures_fid(study)]
    expect_number(page, len(wanted), len(studies))
    written = {metric for study in wanted for metric in study["metrics"]}
    assert {"FID", "FID score"} <= written
    for metric in written:
        expect(cards(page).get_by_text(metric, exact=True).first).to_be_visible()


def test_a_card_shows_the_studys_own_words(visit: Callable[..., Page], at_root: str, studies: list[Study]) -> None:
    page = visit(f"{at_root}studies/?q=teaspoon")
    (study,) = (study for study in studies if "teaspoon" in study["ablated_part"])
    card = cards(page)
    expect(card).to_have_count(1)
    # Its name, "Ablation 2", says nothing.
    expect(card.get_by_role("heading")).to_have_text(study["ablated_part"])
    value, *replacements = study["replacements"]
    for text in (study["action"], study["title"], *replacements, *study["metrics"]):
        expect(card.get_by_text(text, exact=True)).to_be_visible()
    # A program's value is told in words.
    expect(card.get_by_text("stir rate: 0.1, 0.20", exact=True)).to_have_attribute("title", value)
    expect(card).to_contain_text(study["model"])
    card.get_by_role("link", name=study["title"]).click()
    page.wait_for_url(f"{at_root}papers/{study['paper']}/")


def test_words_are_found_in_any_field_whatever_their_ending_case_and_accents(
    visit: Callable[..., Page], at_root: str, studies: list[Study]
) -> None:
    page = visit(f"{at_root}studies/")
    box = page.get_by_role("searchbox", name="Search the studies")
    for typed, wanted in {
        "SAUCER prior": [study for study in studies if {"saucer", "prior"} <= words(study)],
        "schrodinger teapots": [study for study in studies if {"schrödinger", "teapot"} <= words(study)],
        "ceram": [study for study in studies if any(word.startswith("ceram") for word in words(study))],
        "painted steam": [study for study in studies if {"painting", "steam"} <= words(study)],
    }.items():
        assert wanted
        box.fill(typed)
        expect_number(page, len(wanted), len(studies))
    box.fill("nosuchword")
    expect(status(page)).to_have_text(re.compile("No study matches"))
    expect(cards(page)).to_have_count(0)


def test_misspelt_words_are_searched_in_all_texts_by_one_click_and_lead_back(
    visit: Callable[..., Page], at_root: str
) -> None:
    page = visit(f"{at_root}studies/?q=saucre&action=REMOVE")
    page.get_by_role("button", name="Search all texts for “saucre”").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("for “saucer” instead")).to_be_visible()
    dialog.get_by_role("link", name="All studies of these words").click()
    page.wait_for_url(re.compile(r"/studies/\?q=saucer"))
    expect(cards(page).first).to_be_visible()
    expect(page.get_by_role("button", name="Search all texts")).to_have_count(0)
    # Where values leave nothing, no other spelling helps.
    page = visit(f"{at_root}studies/?metric=No+such+metric")
    expect(status(page)).to_have_text(re.compile("No study matches"))
    expect(page.get_by_role("button", name="Search all texts")).to_have_count(0)


def test_a_printed_list_says_what_was_chosen_and_what_is_left_out(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}studies/?model=gpt-4o")
    box = facet(page, "Action")
    expect(box).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Model: gpt-4o")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(r"^Show \d+ more of"))).to_be_visible()
    for away in (box, page.get_by_role("searchbox", name="Search the studies"), page.locator("summary")):
        expect(away).to_be_hidden()
    left = "element => element.getBoundingClientRect().left"
    assert status(page).evaluate(left) == page.get_by_role("heading", level=1).evaluate(left)


def test_the_best_match_stands_first(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}studies/?q=teacup")
    is_named = "cards => cards.map((card) => /teacup/i.test(card.querySelector('h3, dd').textContent))"
    named = cards(page).evaluate_all(is_named)
    assert named == sorted(named, reverse=True)
    page.get_by_label("Sort by").select_option("Most replacements")
    expect(cards(page).first.get_by_role("heading")).to_have_text("teaspoon schedule")
    assert query(page) == {"q": ["teacup"], "sort": ["replacements"]}


def test_the_choice_lives_in_the_address(visit: Callable[..., Page], at_root: str, studies: list[Study]) -> None:
    page = visit(f"{at_root}studies/?q=saucer&action=remove&paper={STEAM}&sort=model")
    expect(page.get_by_role("searchbox", name="Search the studies")).to_have_value("saucer")
    expect(page.get_by_label("Sort by")).to_have_value("model")
    expect(facet(page, "Action").get_by_role("checkbox", name="REMOVE")).to_be_checked()
    expect(facet(page, "Paper").get_by_role("checkbox", checked=True)).to_have_count(1)
    wanted = [
        study
        for study in studies
        if study["paper"] == STEAM and study["action"] == "REMOVE" and "saucer" in words(study)
    ]
    expect_number(page, len(wanted), len(studies))


def test_back_and_forward_walk_through_the_choices(
    visit: Callable[..., Page], at_root: str, studies: list[Study]
) -> None:
    page = visit(f"{at_root}studies/")
    removing = [study for study in studies if study["action"] == "REMOVE"]
    box = facet(page, "Action").get_by_role("checkbox", name="REMOVE")
    box.check()
    expect_number(page, len(removing), len(studies))
    page.go_back()
    expect_number(page, len(studies), len(studies))
    expect(box).not_to_be_checked()
    page.go_forward()
    expect_number(page, len(removing), len(studies))
    cards(page).locator("h3 a").first.click()
    page.wait_for_url(f"{at_root}traces/**")
    page.go_back()
    expect_number(page, len(removing), len(studies))


def test_chosen_values_can_be_taken_back(visit: Callable[..., Page], at_root: str, studies: list[Study]) -> None:
    page = visit(f"{at_root}studies/?q=saucer&action=REMOVE&metric=FID&metric=No+such+metric")
    chosen = page.get_by_role("list", name="Chosen values")
    chosen.get_by_role("button", name="Remove Metric: No such metric").click()
    assert query(page) == {"q": ["saucer"], "action": ["REMOVE"], "metric": ["FID"]}
    chosen.get_by_role("button", name="Remove Action: REMOVE").click()
    assert query(page) == {"q": ["saucer"], "metric": ["FID"]}
    chosen.get_by_role("button", name="Clear all").click()
    expect_number(page, len(studies), len(studies))
    assert query(page) == {}
    expect(chosen.get_by_role("button")).to_have_count(0)


def test_long_facets_show_more_and_can_be_searched(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}studies/")
    metric = facet(page, "Metric")
    boxes = metric.get_by_role("checkbox")
    expect(boxes).to_have_count(8)
    metric.get_by_role("button", name="Show more").click()
    assert boxes.count() > 8
    metric.get_by_role("searchbox").fill("crack rate")
    expect(boxes).to_have_count(5)
    boxes.first.check()
    expect(boxes.first).to_be_checked()
    expect(boxes.first).to_be_focused()


def test_the_list_grows_and_is_as_long_on_the_way_back(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}studies/?q=firing")
    expect(cards(page)).to_have_count(20)
    page.get_by_role("button", name="Show 10 more of 10").click()
    expect(cards(page)).to_have_count(30)
    link = cards(page).nth(20).get_by_role("heading").get_by_role("link")
    expect(link).to_be_focused()
    expect(page.locator(".explorer__results > .explorer__more")).to_be_hidden()
    # Material shows the page's title in the header there, so the place is read when that has come.
    link.scroll_into_view_if_needed()
    place = link.bounding_box()
    link.click()
    page.wait_for_url(f"{at_root}traces/**")
    page.go_back()
    expect(cards(page)).to_have_count(30)
    expect(link).to_be_in_viewport()
    assert link.bounding_box() == pytest.approx(place, abs=2)


def test_on_a_phone_the_filters_are_a_sheet_that_tells_how_many_studies_are_left(
    visit: Callable[..., Page], at_root: str, studies: list[Study]
) -> None:
    page = visit(f"{at_root}studies/", viewport={"width": 360, "height": 740})
    expect(cards(page).first).to_be_in_viewport()
    page.get_by_role("button", name="Filters").click()
    for key in ("ADD", "REMOVE"):
        facet(page, "Action").get_by_role("checkbox", name=key).check()
        counted = count(studies, "action")
        number = counted["ADD"] + counted["REMOVE"] * (key == "REMOVE")
        expect(page.get_by_role("button", name=f"Show {number} studies")).to_be_in_viewport()
    page.get_by_role("button", name=f"Show {number} studies").click()
    expect(facet(page, "Action")).to_be_hidden()
    expect(page.get_by_role("button", name="Filters (2)")).to_be_visible()
    expect_number(page, number, len(studies))


def test_on_wide_screens_the_filters_stay_beside_the_list(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}studies/", viewport={"width": 1440, "height": 900})
    cards(page).nth(12).scroll_into_view_if_needed()
    expect(facet(page, "Action")).to_be_in_viewport(ratio=1)


def test_a_view_is_shared_cited_and_saved_by_what_is_chosen(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}studies/", permissions=["clipboard-read", "clipboard-write"])
    facet(page, "Action").get_by_role("checkbox", name="REMOVE").check()
    facet(page, "Metric").get_by_role("checkbox", name="FID").check()
    address = f"{at_root}studies/?action=REMOVE&metric=FID"
    page.get_by_text("Cite this view", exact=True).click()
    for name, start in (("link", address), ("APA", f"{PUBLICATION.runners[0].name}. ("), ("BibTeX", "@misc{")):
        page.get_by_role("button", name=f"Copy {name}").click()
        expect(page.get_by_text("Copied to clipboard")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(start)
        assert address in copied
        assert name == "link" or re.search(r"Ablation studies: \{?REMOVE\}?, \{?FID\}?", copied)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == "ablation-studies-remove-fid.csv"


def test_the_keyboard_is_enough(visit: Callable[..., Page], at_root: str, studies: list[Study]) -> None:
    page = visit(f"{at_root}studies/")
    box = facet(page, "Action").get_by_role("checkbox", name="REMOVE")
    box.focus()
    page.keyboard.press("Space")
    removing = [study for study in studies if study["action"] == "REMOVE"]
    expect_number(page, len(removing), len(studies))
    expect(box).to_be_focused()
    page.get_by_role("button", name="Remove Action: REMOVE").focus()
    page.keyboard.press("Enter")
    expect_number(page, len(studies), len(studies))
    expect(status(page)).to_be_focused()


def test_the_current_choice_downloads_as_a_table(
    visit: Callable[..., Page], address: str, studies: list[Study], tmp_path: Path
) -> None:
    page = visit(f"{address}studies/?paper={STEAM}&model=o3-mini")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    download.value.save_as(tmp_path / "table.csv")
    data = (tmp_path / "table.csv").read_bytes()
    assert data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    wanted = [study for study in studies if study["paper"] == STEAM and study["model"] == "o3-mini"]
    assert len(wanted) == 4
    for number, (row, study) in enumerate(zip(rows, wanted, strict=True), 1):
        assert row == {
            "paper_title": study["title"],
            "paper": STEAM,
            "task": study["task"],
            "planner": study["planner"],
            "model": "o3-mini",
            "study": str(number),
            "name": guarded(study["name"]),
            "ablated_part": guarded(study["ablated_part"]),
            "action": study["action"],
            "replacements": " | ".join(study["replacements"]),
            "metrics": " | ".join(study["metrics"]),
            "metric_families": row["metric_families"],
            "url": f"{address}{study['url']}#{study['anchor']}",
        }
    assert rows[1]["name"].startswith("'=HYPERLINK")
    assert rows[1]["ablated_part"].startswith("'@")
    assert rows[1]["metric_families"].split(" | ")[0] == "FID"
    page.goto(f"{address}studies/")
    documented = page.locator("#explorer-table ~ ul code").all_inner_texts()
    assert [name for name in documented if name.strip() != "|"] == list(rows[0])


def guarded(text: str) -> str:
    return f"'{text}" if text[0] in "=+-@\t" else text


def test_hostile_words_are_text(visit: Callable[..., Page], at_root: str, studies: list[Study]) -> None:
    page = visit(f"{at_root}studies/?q=alert")
    (study,) = (study for study in studies if "<script>" in study["name"])
    card = cards(page).filter(has_text="quotes")
    expect(card.get_by_role("heading")).to_have_text(study["name"])
    expect(card).to_contain_text(study["ablated_part"])
    assert card.locator("script, img, section").count() == 0


def test_without_javascript_the_page_says_so_and_leads_on(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}studies/", java_script_enabled=False)
    note = page.locator(".admonition")
    expect(note).to_contain_text("JavaScript")
    for name, target in (("papers", "papers/"), ("planners", "planners/"), ("the data files", "data/")):
        link = note.get_by_role("link", name=name)
        assert link.evaluate("link => link.href") == at_root + target


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation_while_filtering(
    visit: Callable[..., Page], at_root: str, scheme: str, width: int
) -> None:
    page = visit(
        f"{at_root}studies/?q=saucer&action=REMOVE&metric=No+such+metric&metric=FID",
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )
    expect(cards(page).first).to_be_visible()
    if width == 360:
        page.get_by_role("button", name="Filters").click()
        expect(facet(page, "Action")).to_be_visible()
    assert violations(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
